import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { hashMapOrder, hashSetOrder } from '../../src/topology/java-hash.ts'
import { JavaTreeSet } from '../../src/topology/java-tree-set.ts'

test('with an order that does not change, a tree is a sorted set', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (values) => {
      const tree = new JavaTreeSet<number>((left, right) => left - right)
      for (const value of values) tree.add(value)
      assert.deepEqual(
        [...tree],
        [...new Set(values)].toSorted((left, right) => left - right),
      )
    }),
    { seed: 7, numRuns: 200 },
  )
})

test('hash order goes by buckets, whose number depends on how the set was made', () => {
  assert.deepEqual(hashMapOrder(['b', 'a', 'c']), ['a', 'b', 'c'])
  // "Aa" and "BB" have the same hash in Java: inside a bucket the first comes first.
  assert.deepEqual(hashMapOrder(['BB', 'Aa']), ['BB', 'Aa'])
  const names = Array.from({ length: 13 }, (_, index) => `name-${index}`)
  assert.deepEqual(hashMapOrder(names).toSorted(), names.toSorted())
  assert.equal(hashSetOrder(names).length, 13)
})
