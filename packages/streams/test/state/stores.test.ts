import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { openStore } from '../../src/state/open-store.ts'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import type { CachingStore, TimestampedKeyValueStore, TimestampedWindowStore } from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { Host } from './store-host.ts'

const common = { engine: 'memory', logging: {}, key: serdes.string, value: serdes.json() } as const
const keyValue = { ...common, kind: 'keyValue', name: 'kv', timestamped: true } as unknown as StoreDefinition
const window = {
  ...common,
  kind: 'window',
  name: 'w',
  timestamped: true,
  retentionMs: 100,
  windowSizeMs: 10,
  retainDuplicates: false,
} as unknown as StoreDefinition

type KeyValues = TimestampedKeyValueStore<string, { n: number }> & TaskStore & CachingStore<string, { n: number }>
type Windows = TimestampedWindowStore<string, { n: number }> & TaskStore

function openKeyValue(host: Host): KeyValues {
  return openStore({ ...keyValue, caching: host.cache !== undefined }, host) as unknown as KeyValues
}

describe('key-value store', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('put' as const),
      key: fc.constantFrom('a', 'b', 'é', '𝒳', ''),
      n: fc.integer({ min: 0, max: 9 }),
    }),
    fc.record({
      kind: fc.constant('delete' as const),
      key: fc.constantFrom('a', 'b', 'é', '𝒳', ''),
      n: fc.constant(0),
    }),
    fc.record({ kind: fc.constant('commit' as const), key: fc.constant(''), n: fc.constant(0) }),
  )

  for (const [title, cacheMaxBytes] of [
    ['without a cache', 0],
    ['with a cache that holds all', 1_000_000],
    ['with a cache of two entries', 220],
  ] as const) {
    test(`answers as a sorted map ${title}, committed or not`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          const host = new Host(cacheMaxBytes)
          const store = openKeyValue(host)
          const model = new Map<string, number>()
          for (const { kind, key, n } of steps) {
            if (kind === 'commit') host.commit(store)
            else if (kind === 'put') {
              store.put(key, { value: { n }, timestamp: n })
              model.set(key, n)
            } else {
              assert.equal(store.delete(key)?.value.n ?? null, model.get(key) ?? null)
              model.delete(key)
            }
          }
          for (const key of ['a', 'b', 'é', '𝒳', '']) assert.equal(store.get(key)?.value.n, model.get(key))
          const order = [...model.keys()].toSorted((left, right) =>
            Buffer.compare(Buffer.from(left), Buffer.from(right)),
          )
          assert.deepEqual(
            [...store.all()].map(({ key }) => key),
            order,
          )
          assert.deepEqual(
            [...store.reverseAll()].map(({ key }) => key),
            order.toReversed(),
          )
          assert.deepEqual(
            [...store.range('a', 'é')].map(({ key }) => key),
            order.filter(
              (key) =>
                Buffer.compare(Buffer.from(key), Buffer.from('a')) >= 0 &&
                Buffer.compare(Buffer.from(key), Buffer.from('é')) <= 0,
            ),
          )
        }),
        { seed: 42, numRuns: 200 },
      )
    })
  }

  test('a snapshot outlives changes in place of the live value', () => {
    for (const cacheMaxBytes of [0, 1_000_000]) {
      const store = openKeyValue(new Host(cacheMaxBytes))
      const live = { n: 1 }
      store.put('a', { value: live, timestamp: 0 })
      const snapshot = store.snapshot('a')
      live.n = 2
      assert.equal(snapshot?.value.n, 1)
      assert.equal(store.get('a')?.value.n, 2)
    }
  })

  test('a cached store emits one change per key and flush, in the order of the last writes, with what was below', () => {
    const host = new Host(1_000_000)
    const store = openKeyValue(host)
    const seen: string[] = []
    store.setFlushListener(({ key, value, timestamp }) => {
      seen.push(`${key}:${value.oldValue?.n ?? null}>${value.newValue?.n ?? null}@${timestamp}`)
    }, true)
    store.put('a', { value: { n: 1 }, timestamp: 1 })
    store.put('b', { value: { n: 2 }, timestamp: 2 })
    store.put('a', { value: { n: 3 }, timestamp: 3 })
    store.put('gone', { value: { n: 9 }, timestamp: 4 })
    store.put('gone', null)
    assert.deepEqual(seen, [])
    host.commit(store)
    assert.deepEqual(seen, ['b:null>2@2', 'a:null>3@3'])
    store.put('a', { value: { n: 4 }, timestamp: 5 })
    host.commit(store)
    assert.equal(seen.at(-1), 'a:3>4@5')
    assert.deepEqual(host.logged, ['62@2={"n":2}', '61@3={"n":3}', '61@5={"n":4}'])
  })

  test('what was written since the last commit can be dropped', () => {
    const host = new Host(0)
    const store = openKeyValue(host)
    store.put('a', { value: { n: 1 }, timestamp: 1 })
    host.commit(store)
    store.put('a', { value: { n: 2 }, timestamp: 2 })
    store.put('b', { value: { n: 2 }, timestamp: 2 })
    store.discard()
    assert.equal(store.get('a')?.value.n, 1)
    assert.equal(store.get('b'), null)
  })
})

describe('window store', () => {
  for (const cacheMaxBytes of [0, 1_000_000]) {
    test(`keeps windows by key and start, and forgets what is older than the retention (cache ${cacheMaxBytes})`, () => {
      const host = new Host(cacheMaxBytes)
      const store = openStore({ ...window, caching: cacheMaxBytes > 0 }, host) as unknown as Windows
      for (const start of [0, 10, 20, 90]) store.put('k', { value: { n: start }, timestamp: start }, start)
      store.put('other', { value: { n: -1 }, timestamp: 20 }, 20)
      host.commit(store)
      store.put('k', { value: { n: 99 }, timestamp: 21 }, 20)
      assert.deepEqual(
        [...store.fetchRange('k', 5, 90)].map(([start, { value }]) => [start, value.n]),
        [
          [10, 10],
          [20, 99],
          [90, 90],
        ],
      )
      assert.deepEqual(
        [...store.backwardFetchRange('k', 0, 15)].map(([start]) => start),
        [10, 0],
      )
      store.put('k', { value: { n: 115 }, timestamp: 115 }, 115)
      // What a record cache holds is read as long as it is there, as in Java.
      assert.equal(store.fetch('k', 10)?.value.n, cacheMaxBytes === 0 ? undefined : 10, 'older than the retention')
      assert.equal(store.fetch('k', 20)?.value.n, 99)
      assert.deepEqual(
        [...store.fetchAll(20, 200)].map(({ key }) => `${key.key}@${key.window.startMs}-${key.window.endMs}`),
        ['k@20-30', 'other@20-30', 'k@90-100', 'k@115-125'],
      )
    })
  }

  test('the changelog has Java keys: key, start, sequence', () => {
    const host = new Host(0)
    const store = openStore({ ...window, caching: false }, host) as unknown as Windows
    store.put('A', { value: { n: 1 }, timestamp: 60_005 }, 60_000)
    assert.deepEqual(host.logged, ['41000000000000ea6000000000@60005={"n":1}'])
  })
})
