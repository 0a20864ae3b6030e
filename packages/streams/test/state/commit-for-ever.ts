/** Commits the same rows with another value again and again, in commits of several transactions: `directory`. */
import { silentLog } from '@streamwright/std'
import { LmdbEngineSpace } from '../../src/state/engine/lmdb-engine.ts'
import { RowRun } from '../../src/state/rows/row-run.ts'

const rowCount = 30_000
const space = new LmdbEngineSpace(process.argv[2] ?? '', silentLog)
space.open('store')
for (let round = (space.position('store') ?? 0) + 1; ; round++) {
  const run = new RowRun()
  for (let index = 0; index < rowCount; index++) {
    const row = run.appendText(`key ${index}`, 4)
    run.rows.memory(row).writeInt32BE(round, run.rows.valueStart(row))
  }
  process.stdout.write(`${round}\n`)
  space.commit(new Map([['store', run]]), new Map([['store', round]]))
}
