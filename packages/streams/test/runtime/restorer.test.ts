import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { restoreEnd } from '../../src/runtime/restorer.ts'

test('a changelog is restored to its end', () => {
  assert.equal(restoreEnd(3, 10, undefined), 10)
})

test('a source topic is restored to what the group has committed, inside the topic', () => {
  assert.equal(restoreEnd(0, 10, 7), 7)
  assert.equal(restoreEnd(0, 10, 12), 10)
  assert.equal(restoreEnd(0, 10, 0), 0)
  assert.equal(restoreEnd(5, 10, 2), 5)
  const offset = fc.nat(100)
  fc.assert(
    fc.property(offset, offset, offset, (begin, records, committed) => {
      const logEnd = begin + records
      const end = restoreEnd(begin, logEnd, committed)
      assert.ok(end >= begin && end <= logEnd)
      assert.ok(committed < begin || end <= committed)
    }),
  )
})
