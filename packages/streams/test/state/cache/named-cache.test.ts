import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CacheEntry } from '../../../src/state/cache/cache-entry.ts'
import { NamedCache } from '../../../src/state/cache/named-cache.ts'

const keys = ['a', 'b', 'c', 'd'] as const

/** What is evicted, one after the other, when of four entries the first two are used. */
function evictions(isExact: boolean): string[] {
  const forgotten: string[] = []
  const store = { writeThrough: () => undefined, forget: ({ mapKey }: CacheEntry<string>) => forgotten.push(mapKey) }
  const cache = new NamedCache<string>(store, isExact)
  const entries = keys.map((key) => new CacheEntry<string>(key, 0, key))
  for (const entry of entries) cache.insert(entry, 1)
  const [first, second] = entries
  for (const used of [second, first]) if (used !== undefined) cache.touch(used)
  while (cache.size > 0) cache.evictOldest()
  assert.equal(cache.bytes, 0)
  return forgotten
}

test('an exact cache evicts what was not used for longest, as Java does', () => {
  assert.deepEqual(evictions(true), ['c', 'd', 'b', 'a'])
})

test('a large cache passes over what was used since it came last to its end, in the order in which it came', () => {
  assert.deepEqual(evictions(false), ['c', 'd', 'a', 'b'])
})

test('of more entries than may be clean, those that are written through leave', () => {
  const written: string[] = []
  const store = { writeThrough: ({ mapKey }: CacheEntry<string>) => void written.push(mapKey), forget: () => undefined }
  for (const [cleanMax, left] of [
    [4, 4],
    [3, 1],
  ] as const) {
    const cache = new NamedCache<string>(store, false, cleanMax)
    const entries = keys.map((key) => new CacheEntry<string>(key, 0, key))
    for (const entry of entries) cache.insert(entry, 1)
    for (const entry of entries.slice(1)) cache.markDirty(entry)
    cache.flush()
    assert.equal(cache.size, left)
    assert.deepEqual(written.splice(0), ['b', 'c', 'd'])
  }
})
