import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { openStore } from '../../src/state/open-store.ts'
import { readOnlyStore } from '../../src/state/read-only-stores.ts'
import type { SessionStoreDefinition } from '../../src/state/store-definition.ts'
import type { KeyValue, SessionStore, StoreIterator } from '../../src/state/store.ts'
import { Windowed } from '../../src/state/store.ts'
import type { RestoredRecord, TaskStore } from '../../src/state/task-store.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

type Sessions = SessionStore<string, { n: number }> & TaskStore
type Found = KeyValue<Windowed<string>, { n: number }>

function definition(options: Partial<SessionStoreDefinition> = {}): SessionStoreDefinition {
  const serdesOf = { key: serdes.string, value: serdes.json() } as unknown as Pick<
    SessionStoreDefinition,
    'key' | 'value'
  >
  return {
    kind: 'session',
    name: 'store',
    engine: 'memory',
    caching: false,
    logging: {},
    retentionMs: 1_000_000,
    ...serdesOf,
    ...options,
  }
}

function open(host: Host, options: Partial<SessionStoreDefinition> = {}): Sessions {
  return openStore(definition({ caching: host.cache !== undefined, ...options }), host) as unknown as Sessions
}

function session(key: string, startMs: number, endMs: number): Windowed<string> {
  return new Windowed(key, { startMs, endMs })
}

function texts(iterator: StoreIterator<Found>): string[] {
  return [...iterator].map(({ key, value }) => `${key.key}@${key.window.startMs}-${key.window.endMs}=${value.n}`)
}

/** What was logged, as a restoration reads it. */
function changelogOf(host: Host): RestoredRecord[] {
  return host.logged.map((line) => {
    const [key = '', rest = ''] = line.split('@')
    const [timestamp = '', value = ''] = rest.split('=')
    return {
      key: Buffer.from(key, 'hex'),
      value: value === 'null' ? null : Buffer.from(value),
      timestamp: Number(timestamp),
    }
  })
}

const keys = fc.constantFrom('a', 'ab', 'é', '')
// Far enough apart for several rows of the engine to hold the sessions of a key.
const times = fc.integer({ min: 0, max: 40_000 })
const step = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    key: keys,
    start: times,
    length: fc.constantFrom(0, 5, 5000),
    n: fc.nat(9),
  }),
  fc.record({ kind: fc.constant('remove' as const), pick: fc.nat(20), throughPut: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('commit' as const, 'reopen' as const) }),
)

describe('session store', () => {
  for (const { kind, runs } of engineKinds) {
    for (const [title, cacheMaxBytes] of [
      ['without a cache', 0],
      ['with a cache that holds all', 1_000_000],
      ['with a cache of two entries', 260],
    ] as const) {
      test(`answers as a list does, ${title}, in ${kind.name}, committed, reopened and restored`, () => {
        fc.assert(
          fc.property(fc.array(step, { maxLength: 40 }), times, times, (steps, from, to) => {
            const place = kind.place()
            try {
              checkSteps(
                new Host(cacheMaxBytes, place.open()),
                () => {
                  if (place.survivesClose) return new Host(cacheMaxBytes, place.open())
                  return undefined
                },
                steps,
                Math.min(from, to),
                Math.max(from, to),
              )
            } finally {
              place.remove()
            }
          }),
          { seed: 5, numRuns: Math.ceil(runs / 2) },
        )
      })
    }
  }

  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

  function checkSteps(
    firstHost: Host,
    reopened: () => Host | undefined,
    steps: readonly Step[],
    from: number,
    to: number,
  ): void {
    let host = firstHost
    let store = open(host)
    const logged: string[] = []
    const model = new Map<string, Found>()
    for (const each of steps) {
      if (each.kind === 'put') {
        const key = session(each.key, each.start, each.start + each.length)
        store.put(key, { n: each.n })
        model.set(JSON.stringify(key), { key, value: { n: each.n } })
      } else if (each.kind === 'remove') {
        const [name, found] = [...model][each.pick % Math.max(model.size, 1)] ?? []
        if (name === undefined || found === undefined) continue
        if (each.throughPut) store.put(found.key, null)
        else store.remove(found.key)
        model.delete(name)
      } else {
        host.commit(store)
        if (each.kind === 'commit') continue
        const next = reopened()
        if (next === undefined) continue
        logged.push(...host.logged)
        store.close()
        host.engines.close()
        host = next
        store = open(host)
      }
    }
    checkReads(store, [...model.values()], from, to)
    host.commit(store)
    checkReads(store, [...model.values()], from, to)
    const restored = new Host(0)
    restored.logged.push(...logged, ...host.logged)
    const other = open(restored)
    const writes = other.restoreWrites?.(changelogOf(restored)) ?? []
    restored.engines.commit(new Map([['store', writes]]), new Map())
    checkReads(other, [...model.values()], from, to)
    store.close()
    host.engines.close()
  }

  function checkReads(store: Sessions, model: readonly Found[], from: number, to: number): void {
    const inOrder = model.toSorted(
      (left, right) =>
        left.key.window.endMs - right.key.window.endMs ||
        Buffer.compare(Buffer.from(left.key.key), Buffer.from(right.key.key)) ||
        right.key.window.startMs - left.key.window.startMs,
    )
    const textsOf = (accepts: (found: Found) => boolean): string[] =>
      inOrder.filter(accepts).map(({ key, value }) => `${key.key}@${key.window.startMs}-${key.window.endMs}=${value.n}`)
    const overlaps = ({ key: { window } }: Found): boolean => window.endMs >= from && window.startMs <= to
    for (const key of ['a', 'ab', 'é', '']) {
      const ofKey = textsOf((found) => found.key.key === key)
      assert.deepEqual(texts(store.fetch(key)), ofKey)
      assert.deepEqual(texts(store.backwardFetch(key)), ofKey.toReversed())
      const around = textsOf((found) => found.key.key === key && overlaps(found))
      assert.deepEqual(texts(store.findSessions(key, from, to)), around)
      assert.deepEqual(texts(store.backwardFindSessions(key, from, to)), around.toReversed())
    }
    const between = ({ key: { key } }: Found): boolean =>
      Buffer.compare(Buffer.from(key), Buffer.from('a')) >= 0 && Buffer.compare(Buffer.from(key), Buffer.from('é')) <= 0
    assert.deepEqual(texts(store.fetchKeyRange('a', 'é')), textsOf(between))
    assert.deepEqual(texts(store.backwardFetchKeyRange('a', 'é')), textsOf(between).toReversed())
    const keysAround = textsOf((found) => between(found) && overlaps(found))
    assert.deepEqual(texts(store.findSessionsKeyRange('a', 'é', from, to)), keysAround)
    assert.deepEqual(texts(store.backwardFindSessionsKeyRange('a', 'é', from, to)), keysAround.toReversed())
    assert.deepEqual(
      texts(store.fetchKeyRange(null, null)),
      textsOf(() => true),
    )
    for (const { key, value } of model) {
      assert.deepEqual(store.fetchSession(key.key, key.window.startMs, key.window.endMs), value)
    }
    assert.equal(store.fetchSession('a', 50_000, 50_000), null)
  }

  test('writes keys as Java does: key, end, start', () => {
    const host = new Host(0)
    host.context.timestamp = 7
    open(host).put(session('A', 10, 20), { n: 1 })
    assert.deepEqual(host.logged, ['410000000000000014000000000000000a@7={"n":1}'])
  })

  test('in memory, what lies behind the retention is refused, logged and counted', () => {
    const host = new Host(0)
    const store = open(host, { retentionMs: 100 })
    store.put(session('a', 0, 10), { n: 1 })
    store.put(session('a', 200, 200), { n: 2 })
    store.put(session('a', 90, 100), { n: 3 })
    store.put(session('a', 90, 101), { n: 4 })
    assert.deepEqual(texts(store.fetch('a')), ['a@90-101=4', 'a@200-200=2'])
    assert.equal(host.droppedRecords, 1)
    assert.equal(host.logged.length, 4)
    assert.equal(store.fetchSession('a', 0, 10), null)
  })

  test('persistent, what shares a segment with something live is not read, but told when sessions close', () => {
    const host = new Host(0)
    const store = open(host, { retentionMs: 100, engine: 'persistent' })
    store.put(session('a', 0, 10), { n: 1 })
    store.put(session('a', 300, 300), { n: 2 })
    assert.deepEqual(texts(store.fetch('a')), ['a@300-300=2'])
    assert.deepEqual(texts(store.findSessionsByEnd(0, 299)), ['a@0-10=1'])
    host.commit(store)
    assert.deepEqual(texts(store.findSessionsByEnd(0, 299)), ['a@0-10=1'])
    store.put(session('a', 200_000, 200_000), { n: 3 })
    assert.deepEqual(texts(store.findSessionsByEnd(0, 299)), [])
    assert.equal(host.droppedRecords, 0)
    store.put(session('a', 0, 10), { n: 4 })
    assert.equal(host.droppedRecords, 1)
  })

  test('rows of long ago leave the engine', () => {
    const host = new Host(0)
    const store = open(host, { retentionMs: 10_000 })
    for (let timeMs = 0; timeMs < 100_000; timeMs += 500) {
      store.put(session('a', timeMs, timeMs), { n: 1 })
      host.commit(store)
    }
    assert.equal(texts(store.fetch('a')).length, 20)
    assert.ok(host.engines.open('store').approximateNumEntries() <= 20)
  })

  test('a session that grows leaves nothing behind in the overlay', () => {
    const host = new Host(0)
    const store = open(host)
    store.put(session('a', 0, 0), { n: 0 })
    const one = store.uncommittedBytes
    for (let end = 1; end < 1000; end++) {
      store.remove(session('a', 0, end - 1))
      store.put(session('a', 0, end), { n: 1 })
    }
    assert.equal(store.uncommittedBytes, one)
    assert.deepEqual(texts(store.fetch('a')), ['a@0-999=1'])
    store.discard()
    assert.deepEqual(texts(store.fetch('a')), [])
  })

  test('iterators see the sessions as they were', () => {
    for (const cacheMaxBytes of [0, 1_000_000]) {
      const store = open(new Host(cacheMaxBytes))
      const value = { n: 1 }
      store.put(session('a', 0, 0), value)
      const iterator = store.fetch('a')
      value.n = 2
      store.put(session('a', 0, 0), value)
      store.put(session('a', 9, 9), { n: 9 })
      assert.deepEqual(texts(iterator), ['a@0-0=1'])
      assert.deepEqual(texts(store.fetch('a')), ['a@0-0=2', 'a@9-9=9'])
    }
  })

  test('can be shown to those who may only read', () => {
    const store = open(new Host(0))
    store.put(session('a', 0, 0), { n: 1 })
    const shown = readOnlyStore(store) as Sessions
    assert.deepEqual(texts(shown.fetch('a')), ['a@0-0=1'])
    assert.deepEqual(shown.fetchSession('a', 0, 0), { n: 1 })
    assert.throws(() => shown.put(session('a', 1, 1), { n: 1 }), /can only be read here/)
    assert.throws(() => shown.remove(session('a', 0, 0)), /can only be read here/)
  })
})
