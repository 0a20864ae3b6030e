import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deletedLength } from '../../src/state/rows/row-arena.ts'
import { RowRun } from '../../src/state/rows/row-run.ts'
import { engineKinds } from './engine-kinds.ts'

const store = 'store'
const count = 80_000

/** Every key once, out of order; in the second round each third is deleted. */
function round(number: number): RowRun {
  const run = new RowRun()
  for (let index = 0; index < count; index++) {
    const key = keyOf(index)
    const isDeleted = number === 1 && index % 3 === 0
    const row = run.append(key, 0, key.length, isDeleted ? deletedLength : 4)
    if (!isDeleted) run.rows.memory(row).writeInt32BE(index + number, run.rows.valueStart(row))
  }
  return run
}

function keyOf(index: number): Buffer {
  return Buffer.from(`key ${(index * 7919) % count}`)
}

describe('a commit of many rows', () => {
  // An engine of the user's own gets a list, and the one of the tests inserts into an array.
  for (const { kind } of engineKinds.filter(({ kind: { name } }) => !name.includes('own'))) {
    test(`is there as a whole, with a position and without: ${kind.name}`, () => {
      const place = kind.place()
      const space = place.open()
      const engine = space.open(store)
      space.commit(new Map([[store, round(0)]]), new Map([[store, 5]]))
      space.commit(new Map([[store, round(1)]]), new Map())
      assert.equal(space.position(store), 5)
      assert.equal([...engine.range(undefined, undefined, false)].length, count - Math.ceil(count / 3))
      for (let index = 0; index < count; index += 97) {
        assert.equal(engine.get(keyOf(index))?.readInt32BE(), index % 3 === 0 ? undefined : index + 1)
      }
      space.close()
      place.remove()
    })
  }
})
