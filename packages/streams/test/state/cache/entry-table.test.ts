import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { EntryTable } from '../../../src/state/cache/entry-table.ts'

const key = fc.oneof(
  fc.constantFrom('', 'a', 'é', '𝒳'),
  fc.nat(60).map((number) => `key ${number}`),
)
const steps = fc.array(fc.tuple(fc.constantFrom('add' as const, 'delete' as const), key), { maxLength: 200 })

test('a table of entries holds what a map holds, through additions and deletions of any kind', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const table = new EntryTable<{ readonly mapKey: string; readonly step: number }>()
      const model = new Map<string, number>()
      for (const [step, [what, mapKey]] of list.entries()) {
        if (what === 'delete') {
          table.delete(mapKey)
          model.delete(mapKey)
        } else if (!model.has(mapKey)) {
          table.add({ mapKey, step })
          model.set(mapKey, step)
        }
        assert.equal(table.get(mapKey)?.step, model.get(mapKey))
        assert.equal(table.size, model.size)
      }
      for (const [mapKey, step] of model) assert.equal(table.get(mapKey)?.step, step)
      assert.deepEqual([...table.keys()].toSorted(), [...model.keys()].toSorted())
    }),
    { seed: 42, numRuns: 300 },
  )
})
