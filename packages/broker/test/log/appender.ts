import { open } from 'node:fs/promises'
import { environmentWith, silentLog } from '@streamwright/std'
import { LogDirectory } from '../../src/log/log-directory.ts'
import { defaultLogSettings } from '../../src/log/log-settings.ts'
import { batchOf } from './batches.ts'

/** A process for kill.integration.test.ts: appends without end, and notes in a file what was acknowledged. */
const [path = '', notesPath = ''] = process.argv.slice(2)
const directory = await LogDirectory.open({
  path,
  environment: environmentWith({ log: silentLog }),
  settingsOf: () => ({ ...defaultLogSettings, segmentBytes: 200_000 }),
})
const log = directory.get('topic', 0) ?? directory.create('topic', 0, '50FiR1YzRC-zyoskInssLA')
const notes = await open(notesPath, 'a')
for (let round = 0; ; round++) {
  const appended = Array.from({ length: 20 }, (_, index) => {
    const value = `${round} ${index} ${'x'.repeat((round * 37 + index * 101) % 3000)}`
    return { value, result: log.append(batchOf({ values: [value], timestamp: 1_700_000_000_000 + round })) }
  })
  await appended.at(-1)?.result.written
  await notes.write(appended.map(({ value, result }) => `${result.baseOffset} ${value}\n`).join(''))
}
