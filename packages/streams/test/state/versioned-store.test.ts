import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import { Stores } from '../../src/dsl/stores.ts'
import { openStore } from '../../src/state/open-store.ts'
import type { VersionedKeyValueStore } from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

type Versioned = VersionedKeyValueStore<string, string> & TaskStore

const retentionMs = 30

function definitionOf(historyRetentionMs: number, segmentIntervalMs?: number) {
  const supplier = Stores.inMemoryVersionedKeyValueStore('s0', {
    historyRetentionMs,
    ...(segmentIntervalMs === undefined ? {} : { segmentIntervalMs }),
  })
  return Stores.versionedKeyValueStoreBuilder(supplier, { key: serdes.string, value: serdes.string })
}

function open(host: Host, segmentIntervalMs = 10, historyRetentionMs = retentionMs): Versioned {
  return openStore(definitionOf(historyRetentionMs, segmentIntervalMs), host) as unknown as Versioned
}

/** All versions by brute force: every accepted put, by time. */
class Model {
  readonly #puts = new Map<string, Map<number, string | null>>()
  observedMs = -1

  isTooOld(timestamp: number): boolean {
    return timestamp < this.observedMs - retentionMs
  }

  put(key: string, value: string | null, timestamp: number): void {
    this.observedMs = Math.max(this.observedMs, timestamp)
    const puts = this.#puts.get(key) ?? new Map<number, string | null>()
    this.#puts.set(key, puts.set(timestamp, value))
  }

  nextAfter(key: string, timestamp: number): number | undefined {
    const later = [...(this.#puts.get(key)?.keys() ?? [])].filter((time) => time > timestamp)
    return later.length === 0 ? undefined : Math.min(...later)
  }

  at(key: string, timestamp: number): { value: string; timestamp: number; validTo: number | null } | null {
    const earlier = [...(this.#puts.get(key)?.keys() ?? [])].filter((time) => time <= timestamp)
    if (earlier.length === 0) return null
    const from = Math.max(...earlier)
    const value = this.#puts.get(key)?.get(from) ?? null
    return value === null ? null : { value, timestamp: from, validTo: this.nextAfter(key, from) ?? null }
  }

  asOf(key: string, timestamp: number): ReturnType<Model['at']> {
    const found = this.at(key, timestamp)
    return found !== null && found.validTo !== null && this.isTooOld(timestamp) ? null : found
  }
}

const keys = fc.constantFrom('a', 'ab', 'é', '')
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key: keys,
      value: fc.option(fc.constantFrom('x', 'y', '')),
      time: fc.nat(90),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'commit' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
)

describe('versioned store', () => {
  for (const { kind, runs } of engineKinds) {
    test(`answers as a list of all versions on ${kind.name}, whatever order they come in, committed or not`, () => {
      const place = kind.place()
      const space = place.open()
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), fc.constantFrom(1, 7, 1000), (steps, segmentIntervalMs) => {
          space.wipe('s0')
          const host = new Host(0, space)
          let store = open(host, segmentIntervalMs)
          const model = new Model()
          for (const each of steps) {
            if (each.do !== 'put') {
              host.commit(store)
              if (each.do === 'reopen') store = open(host, segmentIntervalMs)
              continue
            }
            const { key, value, time } = each
            // A deletion at the very time of the latest version is a case of its own, below.
            if (value === null && store.get(key)?.timestamp === time) continue
            if (model.isTooOld(time)) {
              assert.equal(store.put(key, value, time), 'notPut')
              continue
            }
            model.put(key, value, time)
            assert.equal(store.put(key, value, time), model.nextAfter(key, time) ?? 'latest')
          }
          for (const key of ['a', 'ab', 'é', '']) {
            assert.deepEqual(store.get(key), model.at(key, 1000))
            for (let time = 0; time <= 95; time++) assert.deepEqual(store.get(key, time), model.asOf(key, time))
          }
          const latest = ['', 'a', 'ab', 'é'].flatMap((key) => {
            const value = model.at(key, 1000)
            return value === null ? [] : [{ key, value }]
          })
          assert.deepEqual([...store.all()], latest)
        }),
        { seed: 42, numRuns: runs },
      )
      space.close()
      place.remove()
    })
  }

  test('tells every version that was valid within the bounds', () => {
    const host = new Host(0)
    const store = open(host)
    store.put('a', 'one', 10)
    store.put('a', null, 20)
    host.commit(store)
    store.put('a', 'three', 30)
    store.put('a', 'two', 25)
    const texts = (from: number, to: number, order?: 'descending') =>
      [...store.versions('a', from, to, order)].map(
        ({ value, timestamp, validTo }) => `${value} ${timestamp}-${validTo}`,
      )
    assert.deepEqual(texts(0, 100), ['one 10-20', 'two 25-30', 'three 30-null'])
    assert.deepEqual(texts(19, 25, 'descending'), ['two 25-30', 'one 10-20'])
    assert.deepEqual(texts(20, 24), [])
    assert.deepEqual(texts(35, 36), ['three 30-null'])
  })

  test('logs what it refuses too, with the time of the version, and counts it as dropped', () => {
    const host = new Host(0)
    const store = open(host)
    store.put('a', 'new', 100)
    assert.equal(store.put('a', 'old', 69), 'notPut')
    assert.equal(store.put('a', 'edge', 70), 100)
    assert.equal(store.delete('a', 1), null)
    assert.deepEqual(store.delete('a', 80), { value: 'edge', timestamp: 70, validTo: 100 })
    assert.deepEqual(host.logged, ['61@100=new', '61@69=old', '61@70=edge', '61@1=null', '61@80=null'])
    assert.equal(host.droppedRecords, 2)
  })

  test('a history is not changed by a value that an aggregator changes in place', () => {
    const host = new Host(0)
    const definition = { ...definitionOf(retentionMs, 10), value: serdes.json() as never }
    const store = openStore(definition, host) as unknown as VersionedKeyValueStore<string, { n: number }>
    store.put('a', { n: 1 }, 10)
    const live = store.get('a')?.value ?? { n: 0 }
    live.n = 2
    store.put('a', live, 20)
    assert.deepEqual(store.get('a', 15)?.value, { n: 1 })
    assert.deepEqual(store.get('a')?.value, { n: 2 })
  })

  test('drops the segments that lie behind the retention', () => {
    const host = new Host(0)
    const store = open(host)
    for (let time = 0; time < 1000; time += 5) {
      store.put('a', String(time), time)
      host.commit(store)
    }
    // The latest, the time that was observed, and what ended within 30 ms and the segment in progress.
    assert.ok(host.engines.open('s0').approximateNumEntries() <= 2 + 8)
  })

  test('restores from its changelog what it held, refusing again what it had refused', () => {
    const source = new Host(0)
    const store = open(source)
    const records: { key: Buffer; value: Buffer | null; timestamp: number }[] = []
    const put = (key: string, value: string | null, timestamp: number): void => {
      store.put(key, value, timestamp)
      records.push({ key: Buffer.from(key), value: value === null ? null : Buffer.from(value), timestamp })
    }
    put('a', 'one', 10)
    put('a', 'three', 30)
    put('a', 'two', 20)
    put('b', 'b', 35)
    put('b', null, 36)
    put('c', 'c', 100)
    put('a', 'late', 50)
    put('a', 'in time', 75)
    const target = new Host(0)
    const restored = open(target)
    for (const batch of [records.slice(0, 3), records.slice(3)]) {
      const writes = restored.restoreWrites?.(batch) ?? []
      target.engines.commit(new Map([['s0', writes]]), new Map())
    }
    for (const key of ['a', 'b', 'c']) {
      for (let time = 0; time <= 110; time++) assert.deepEqual(restored.get(key, time), store.get(key, time))
    }
  })

  test('a discarded commit leaves what was committed, the time that was observed included', () => {
    const host = new Host(0)
    const store = open(host)
    store.put('a', 'kept', 10)
    host.commit(store)
    store.put('a', 'gone', 200)
    store.discard()
    assert.deepEqual(store.get('a'), { value: 'kept', timestamp: 10, validTo: null })
    assert.equal(store.put('a', 'older', 5), 10)
  })

  test('as in Java, a key deleted at the time of its only version forgets when that was', () => {
    const store = open(new Host(0))
    store.put('a', 'x', 10)
    assert.equal(store.put('a', null, 10), 'latest')
    assert.equal(store.put('a', 'earlier', 5), 'latest')
    assert.equal(store.get('a')?.value, 'earlier')
  })
})
