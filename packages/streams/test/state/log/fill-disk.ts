/** Commits until the disk is full, prints how that was told, commits a little more, and ends without a close. */
import { silentLog } from '@streamwright/std'
import { StreamsError } from '../../../src/errors.ts'
import { LogEngineSpace } from '../../../src/state/engine/log/log-engine-space.ts'

const space = new LogEngineSpace(process.argv[2] ?? '', silentLog)

function commit(number: number, bytes: number): void {
  const write = { key: Buffer.from(`key ${number}`), value: Buffer.alloc(bytes) }
  space.commit(new Map([['one', [write]]]), new Map([['one', number]]))
}

let number = 0
try {
  for (;;) {
    commit(number + 1, 10_000)
    number++
  }
} catch (error) {
  if (!(error instanceof StreamsError)) throw error
  process.stdout.write(`${error.code}: ${error.message}\n`)
}
// What did not fit has left nothing behind: something smaller fits, and is read back.
commit(++number, 20)
if (space.open('one').get(Buffer.from(`key ${number}`))?.length !== 20) throw new Error('the small write is not there')
process.stdout.write(`committed ${number}\n`)
