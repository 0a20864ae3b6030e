/** `npm run example -- NAME [--bootstrap-server HOST:PORT] [--records N]`: runs one of the examples. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBroker } from '@streamwright/broker'
import { examples } from './examples.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'bootstrap-server': { type: 'string' }, records: { type: 'string' } },
})
const example = examples[positionals[0] ?? '']
if (example === undefined) {
  process.stderr.write(`Name one of the examples: ${Object.keys(examples).join(', ')}\n`)
  process.exitCode = 1
} else {
  const interruption = new AbortController()
  // Not `once`: npm may pass on the Ctrl-C that the terminal has sent too, and the second would cut the end short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort())
  const given = values['bootstrap-server']
  const broker = given === undefined ? await startBroker({ port: 0, inMemory: true }) : undefined
  // What the broker forgets at the end, the stores must forget too.
  const stateDirectory = broker === undefined ? undefined : mkdtempSync(join(tmpdir(), 'streamwright-example-'))
  await example({
    bootstrapServers: given ?? broker?.bootstrapServers ?? '',
    records: values.records === undefined ? undefined : Number(values.records),
    print: (line) => void process.stdout.write(`${line}\n`),
    interrupted: interruption.signal,
    ...(stateDirectory === undefined ? {} : { stateDirectory }),
  })
  await broker?.close()
  if (stateDirectory !== undefined) rmSync(stateDirectory, { recursive: true, force: true })
}
