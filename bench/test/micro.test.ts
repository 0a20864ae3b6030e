import assert from 'node:assert/strict'
import { test } from 'node:test'
import { microCases } from '../micro/cases.ts'
import { RecordBlock } from '../micro/record-block.ts'

test('every micro benchmark runs, twice, and has a name of its own', async () => {
  const names = microCases.map(({ group, name }) => `${group} ${name}`)
  assert.equal(new Set(names).size, names.length)
  for (const micro of microCases) {
    const run = micro.start()
    await run.run()
    await run.run()
    run.close?.()
    assert.ok(run.perRun > 0)
  }
})

test('a block gives out its records as they are, under any offset and time', () => {
  const block = new RecordBlock()
  const long = Buffer.alloc(100_000, 7)
  block.append('key', 'välue', 5)
  block.append(null, long, 6)
  block.append('', null, 7)
  for (const [base, shiftMs] of [
    [0, 0],
    [100, 1000],
  ] as const) {
    block.rewind(base, shiftMs)
    const found: unknown[] = []
    while (block.next()) {
      const { keyStart, keyEnd, valueStart, valueEnd } = block
      const bytes = (start: number, end: number) =>
        start < 0 ? null : block.buffer.toString('latin1', start, end).length
      found.push([block.offset - base, block.timestamp - shiftMs, bytes(keyStart, keyEnd), bytes(valueStart, valueEnd)])
    }
    assert.deepEqual(found, [
      [0, 5, 3, 6],
      [1, 6, null, 100_000],
      [2, 7, 0, null],
    ])
  }
})
