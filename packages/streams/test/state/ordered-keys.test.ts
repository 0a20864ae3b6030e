import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { OrderedKeys } from '../../src/state/stores/ordered-keys.ts'

const key = fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'ÿ'), maxLength: 6 })

test('ordered keys are those of a sorted set, whatever is added and removed', () => {
  const change = fc.record({ key, isDeletion: fc.boolean() })
  const bound = fc.option(key, { nil: undefined })
  fc.assert(
    fc.property(fc.array(key), fc.array(change, { maxLength: 2000 }), bound, bound, (initial, changes, from, to) => {
      const keys = new OrderedKeys(new Set(initial))
      const model = new Set(initial)
      for (const { key: changed, isDeletion } of changes) {
        if (isDeletion) {
          keys.delete(changed)
          model.delete(changed)
        } else {
          keys.add(changed)
          model.add(changed)
        }
      }
      const wanted = [...model].filter(
        (each) => (from === undefined || each >= from) && (to === undefined || each < to),
      )
      deepEqual(keys.range(from, to), wanted.toSorted())
    }),
    { seed: 7, numRuns: 60 },
  )
})

test('a thousand keys in any order come out in order', () => {
  const keys = new OrderedKeys([])
  for (let index = 0; index < 1000; index++) keys.add(String((index * 7919) % 1000).padStart(4, '0'))
  deepEqual(
    keys.range('0100', '0900'),
    Array.from({ length: 800 }, (_none, index) => String(index + 100).padStart(4, '0')),
  )
})
