import assert from 'node:assert/strict'
import test from 'node:test'
import { OffsetMap } from '../../../src/log/cleaner/offset-map.ts'

const keyOf = (index: number): Buffer => Buffer.from(`key-${index}`)

test('the last offset of each key is found, up to as many keys as were asked for', () => {
  const map = new OffsetMap(1000, 1_000_000)
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 1000; index++) map.put(keyOf(index), round * 1000 + index)
  }
  assert.equal(map.count, 1000)
  for (let index = 0; index < 1000; index++) assert.equal(map.get(keyOf(index)), 2000 + index)
  assert.equal(map.get(keyOf(1000)), -1)
  assert.equal(map.get(Buffer.alloc(0)), -1)
})

test('it stays within its memory, and says when it is full', () => {
  const map = new OffsetMap(1000, 24 * 100)
  let count = 0
  while (!map.isFull) map.put(keyOf(count), count++)
  assert.equal(count, 75)
  assert.throws(() => map.put(keyOf(count), count))
})

test('there is room for one key in the smallest', () => {
  const map = new OffsetMap(0, 0)
  assert.equal(map.isFull, false)
  map.put(keyOf(0), 5)
  assert.equal(map.get(keyOf(0)), 5)
})
