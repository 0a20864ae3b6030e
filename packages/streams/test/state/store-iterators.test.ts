import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers, serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { Stores } from '../../src/dsl/stores.ts'
import type { EngineSpace } from '../../src/state/engine/engine.ts'
import { openStore } from '../../src/state/open-store.ts'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import type {
  KeyValueStore,
  SessionStore,
  StoreIterator,
  TimestampedKeyValueStore,
  TimestampedKeyValueStoreWithHeaders,
  TimestampedWindowStore,
  VersionedKeyValueStore,
} from '../../src/state/store.ts'
import { Windowed } from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

interface Row {
  n: number
}

const options = { key: serdes.string, value: serdes.json<Row>() }
let nextName = 0

/** A store as a test sees it: set and delete rows, and every iterator it has, as text. */
interface Subject {
  readonly store: TaskStore
  /** Changes the row in place where there is one, and puts it back: what an aggregator does. */
  set(key: string, n: number): void
  remove(key: string): void
  iterators(): StoreIterator<unknown>[]
}

type Open = (host: Host, name: string, caching: boolean) => Subject

function openAs<S>(definition: StoreDefinition, host: Host): S & TaskStore {
  return openStore(definition, host) as unknown as S & TaskStore
}

function changed(row: Row | undefined, n: number): Row {
  if (row === undefined) return { n }
  row.n = n
  return row
}

const kinds: Readonly<Record<string, Open>> = {
  'key-value'(host, name, caching) {
    const definition = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), { ...options, caching })
    const store = openAs<KeyValueStore<string, Row>>(definition, host)
    return {
      store,
      set: (key, n) => store.put(key, changed(store.get(key) ?? undefined, n)),
      remove: (key) => store.put(key, null),
      iterators: () => [
        store.all(),
        store.reverseAll(),
        store.range('b', 'd'),
        store.reverseRange('a', 'c'),
        store.prefixScan('a'),
      ],
    }
  },
  timestamped(host, name, caching) {
    const definition = Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), {
      ...options,
      caching,
    })
    const store = openAs<TimestampedKeyValueStore<string, Row>>(definition, host)
    return {
      store,
      set: (key, n) => store.put(key, { value: changed(store.get(key)?.value, n), timestamp: n }),
      remove: (key) => store.put(key, null),
      iterators: () => [store.all(), store.reverseAll(), store.range('b', null)],
    }
  },
  headers(host, name, caching) {
    const supplier = Stores.inMemoryKeyValueStore(name)
    const definition = Stores.timestampedKeyValueStoreWithHeadersBuilder(supplier, { ...options, caching })
    const store = openAs<TimestampedKeyValueStoreWithHeaders<string, Row>>(definition, host)
    return {
      store,
      set: (key, n) =>
        store.put(key, {
          value: changed(store.get(key)?.value, n),
          timestamp: n,
          headers: new Headers().add('n', String(n)),
        }),
      remove: (key) => store.put(key, null),
      iterators: () => [store.all(), store.reverseAll()],
    }
  },
  window(host, name, caching) {
    const supplier = Stores.inMemoryWindowStore(name, { retentionMs: 1000, windowSizeMs: 10 })
    const definition = Stores.timestampedWindowStoreBuilder(supplier, { ...options, caching })
    const store = openAs<TimestampedWindowStore<string, Row>>(definition, host)
    return {
      store,
      set: (key, n) => store.put(key, { value: changed(store.fetch(key, n % 3)?.value, n), timestamp: n }, n % 3),
      remove: (key) => store.put(key, null, 1),
      iterators: () => [
        store.all(),
        store.backwardAll(),
        store.fetchAll(0, 1),
        store.fetchRange('a', 0, 2),
        store.backwardFetchRange('b', 0, 2),
        store.fetchKeyRange('a', 'c', 0, 2),
      ],
    }
  },
  'windows by their start'(host, name, caching) {
    const supplier = Stores.inMemoryWindowStore(name, { retentionMs: 1000, windowSizeMs: 10 })
    const definition = Stores.timestampedWindowStoreBuilder(supplier, { ...options, caching })
    // What operators use that find windows by their start alone.
    const byStart = { ...definition, readsRanges: false }
    const store = openAs<TimestampedWindowStore<string, Row>>(byStart, host)
    return {
      store,
      set: (key, n) => store.put(key, { value: changed(store.fetch(key, n % 3)?.value, n), timestamp: n }, n % 3),
      remove: (key) => store.put(key, null, 1),
      iterators: () => [
        store.all(),
        store.backwardAll(),
        store.fetchAll(0, 1),
        store.fetchRange('a', 0, 2),
        store.backwardFetchRange('b', 0, 2),
        store.fetchKeyRange('a', 'c', 0, 2),
      ],
    }
  },
  session(host, name, caching) {
    const definition = Stores.sessionStoreBuilder(Stores.inMemorySessionStore(name, 1000), { ...options, caching })
    const store = openAs<SessionStore<string, Row>>(definition, host)
    const session = (key: string, n: number) => new Windowed(key, { startMs: n % 3, endMs: 10 + (n % 2) })
    return {
      store,
      set: (key, n) =>
        store.put(session(key, n), changed(store.fetchSession(key, n % 3, 10 + (n % 2)) ?? undefined, n)),
      remove: (key) => store.remove(session(key, 1)),
      iterators: () => [
        store.fetch('a'),
        store.backwardFetch('b'),
        store.fetchKeyRange(null, null),
        store.backwardFetchKeyRange('a', 'c'),
        store.findSessions('a', 10, 1),
        store.findSessionsByEnd(0, 100),
      ],
    }
  },
  versioned(host, name) {
    const supplier = Stores.inMemoryVersionedKeyValueStore(name, { historyRetentionMs: 1000, segmentIntervalMs: 3 })
    const store = openAs<VersionedKeyValueStore<string, Row>>(
      Stores.versionedKeyValueStoreBuilder(supplier, options),
      host,
    )
    return {
      store,
      set: (key, n) => void store.put(key, changed(store.get(key)?.value, n), n),
      remove: (key) => void store.put(key, null, 4),
      iterators: () => [store.all(), store.versions('a', 0, 100), store.versions('b', 0, 100, 'descending')],
    }
  },
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      key: fc.constantFrom('a', 'ab', 'b', 'c', ''),
      n: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('remove' as const), key: fc.constantFrom('a', 'b'), n: fc.constant(0) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'commit' as const, key: '', n: 0 }) },
  { weight: 2, arbitrary: fc.constant({ do: 'iterate' as const, key: '', n: 0 }) },
)

function text(entries: Iterable<unknown>): string[] {
  return [...entries].map((entry) =>
    JSON.stringify(entry, (_name, value: unknown) => (value instanceof Headers ? value.text('n') : value)),
  )
}

for (const { kind, runs } of engineKinds) {
  describe(`iterators of stores on the engine ${kind.name}`, () => {
    for (const [storeKind, open] of Object.entries(kinds)) {
      for (const [cacheTitle, cacheMaxBytes] of [
        ['', 0],
        [' with a cache', 100_000],
        [' with a cache of few entries', 400],
      ] as const) {
        if (storeKind === 'versioned' && cacheMaxBytes > 0) continue
        test(`${storeKind}${cacheTitle}: an iterator sees the state at its creation, whatever is written since`, () => {
          const place = kind.place()
          const space: EngineSpace = place.open()
          try {
            fc.assert(
              fc.property(fc.array(step, { maxLength: 30 }), fc.nat(2), (steps, readFirst) => {
                const host = new Host(cacheMaxBytes, space)
                const subject = open(host, `s${nextName++ % 100}`, cacheMaxBytes > 0)
                const checks: (() => void)[] = []
                for (const { do: what, key, n } of steps) {
                  if (what === 'set') subject.set(key, n)
                  else if (what === 'remove') subject.remove(key)
                  else if (what === 'commit') host.commit(subject.store)
                  else {
                    const expected = subject.iterators().map(text)
                    const iterators = subject.iterators()
                    const begun = iterators.map((iterator) => taken(iterator, readFirst))
                    checks.push(() => {
                      assert.deepEqual(
                        iterators.map((iterator, index) => [...(begun[index] ?? []), ...text(iterator)]),
                        expected,
                      )
                    })
                  }
                }
                for (const check of checks) check()
                subject.store.close()
                space.wipe(subject.store.name)
              }),
              { seed: 42, numRuns: Math.ceil(runs / 2) },
            )
          } finally {
            space.close()
            place.remove()
          }
        })
      }
    }
  })
}

function taken(iterator: StoreIterator<unknown>, count: number): string[] {
  const entries: unknown[] = []
  for (let left = count; left > 0; left--) {
    const result = iterator.next()
    if (result.done !== true) entries.push(result.value)
  }
  return text(entries)
}
