import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { Stores } from '../../src/dsl/stores.ts'
import { bucketKeyBytes } from '../../src/state/engine/long-keys.ts'
import { openStore } from '../../src/state/open-store.ts'
import type { KeyValueStore, WindowStore } from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

const long = 'x'.repeat(bucketKeyBytes - 1)
/** In the order of their bytes. */
const keys = ['', 'a', 'aa', 'ab', 'b', long, `${long}x`, `${long}xy`, `${long}y`, 'é', '𝒳'] as const
const key = fc.constantFrom(...keys)
const options = { key: serdes.string, value: serdes.string }

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key,
      value: fc.constantFrom('', 'x', 'yy'),
      start: fc.constantFrom(0, 5, 70_000, 130_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('delete' as const),
      key,
      value: fc.constant(''),
      start: fc.constantFrom(0, 5, 70_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('commit' as const, 'reopen' as const, 'discard' as const)
      .map((what) => ({ do: what, key: '', value: '', start: 0 })),
  },
)

/** The rows of a model in the order of their keys. */
function rows(model: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return keys.flatMap((each) => {
    const value = model.get(each)
    return value === undefined ? [] : [[each, value] as const]
  })
}

function pairs<K, V>(iterator: Iterable<{ readonly key: K; readonly value: V }>): (readonly [K, V])[] {
  return [...iterator].map((entry) => [entry.key, entry.value] as const)
}

for (const { kind, runs } of engineKinds) {
  describe(`stores on the engine ${kind.name}`, () => {
    for (const cacheMaxBytes of [0, 300, 1_000_000]) {
      const caching = cacheMaxBytes > 0
      test(`key-value: every read agrees with a map, through commits, restarts and failed commits (cache ${cacheMaxBytes})`, () => {
        const place = kind.place()
        const space = place.open()
        fc.assert(
          fc.property(fc.array(step, { maxLength: 30 }), key, key, (steps, low, high) => {
            space.wipe('s1')
            const definition = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('s1'), { ...options, caching })
            let host = new Host(cacheMaxBytes, space)
            const open = () => openStore(definition, host) as unknown as KeyValueStore<string, string> & TaskStore
            let store = open()
            let model = new Map<string, string>()
            let committed = new Map<string, string>()
            for (const each of steps) {
              if (each.do === 'put') {
                store.put(each.key, each.value)
                model.set(each.key, each.value)
              } else if (each.do === 'delete') {
                assert.equal(store.delete(each.key), model.get(each.key) ?? null)
                model.delete(each.key)
              } else if (each.do === 'discard') {
                store.discard()
                // An entry that a full cache has let go of is uncommitted all the same.
                model = new Map(committed)
              } else {
                host.commit(store)
                committed = new Map(model)
                if (each.do === 'reopen') {
                  store.close()
                  host = new Host(cacheMaxBytes, space)
                  store = open()
                }
              }
            }
            const all = rows(model)
            for (const each of keys) assert.equal(store.get(each), model.get(each) ?? null)
            assert.deepEqual(pairs(store.all()), all)
            assert.deepEqual(pairs(store.reverseAll()), all.toReversed())
            const [from, to] = [keys.indexOf(low), keys.indexOf(high)]
            const inside = all.filter(([each]) => keys.indexOf(each as '') >= from && keys.indexOf(each as '') <= to)
            assert.deepEqual(pairs(store.range(low, high)), inside)
            assert.deepEqual(pairs(store.reverseRange(low, high)), inside.toReversed())
            assert.deepEqual(
              pairs(store.prefixScan(low)),
              all.filter(([each]) => each.startsWith(low)),
            )
            store.close()
          }),
          { seed: 42, numRuns: runs },
        )
        space.close()
        place.remove()
      })

      for (const readsRanges of [true, false]) {
        test(`window${readsRanges ? ' ranges' : ''}: every read agrees with a map, through commits, restarts and failed commits (cache ${cacheMaxBytes})`, () => {
          const place = kind.place()
          const space = place.open()
          fc.assert(
            fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
              space.wipe('s2')
              const supplier = Stores.inMemoryWindowStore('s2', { retentionMs: 200_000, windowSizeMs: 10 })
              const definition = { ...Stores.windowStoreBuilder(supplier, { ...options, caching }), readsRanges }
              let host = new Host(cacheMaxBytes, space)
              const open = () => openStore(definition, host) as unknown as WindowStore<string, string> & TaskStore
              let store = open()
              let model = new Map<string, string>()
              let committed = new Map<string, string>()
              const nameOf = (each: string, start: number): string => `${start}:${each}`
              for (const each of steps) {
                if (each.do === 'put') {
                  store.put(each.key, each.value, each.start)
                  model.set(nameOf(each.key, each.start), each.value)
                } else if (each.do === 'delete') {
                  store.put(each.key, null, each.start)
                  model.delete(nameOf(each.key, each.start))
                } else if (each.do === 'discard') {
                  store.discard()
                  model = new Map(committed)
                } else {
                  host.commit(store)
                  committed = new Map(model)
                  if (each.do === 'reopen') {
                    store.close()
                    host = new Host(cacheMaxBytes, space)
                    store = open()
                  }
                }
              }
              const starts = [0, 5, 70_000, 130_000]
              const expected = starts.flatMap((start) =>
                keys.flatMap((each) => {
                  const value = model.get(nameOf(each, start))
                  return value === undefined ? [] : [{ start, each, value }]
                }),
              )
              const found = [...store.all()].map(({ key: { key: each, window }, value }) => ({
                start: window.startMs,
                each,
                value,
              }))
              assert.deepEqual(found, expected)
              for (const each of keys) {
                const ofKey = expected
                  .filter((row) => row.each === each)
                  .map(({ start, value }) => [start, value] as const)
                assert.deepEqual([...store.fetchRange(each, 0, 200_000)], ofKey)
                assert.deepEqual(
                  [...store.backwardFetchRange(each, 5, 70_000)],
                  ofKey.filter(([start]) => start >= 5 && start <= 70_000).toReversed(),
                )
                for (const start of starts)
                  assert.equal(store.fetch(each, start), model.get(nameOf(each, start)) ?? null)
              }
              store.close()
            }),
            { seed: 42, numRuns: runs },
          )
          space.close()
          place.remove()
        })
      }
    }
  })
}
