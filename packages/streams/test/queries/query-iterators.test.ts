import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { systemClock } from '@streamwright/std'
import {
  KeyQuery,
  PositionBound,
  RangeQuery,
  Stores,
  WindowKeyQuery,
  WindowRangeQuery,
  Windowed,
  serdes,
} from '../../src/index.ts'
import type { KeyValueStore, Query, SessionStore, WindowStore } from '../../src/index.ts'
import { answerQuery } from '../../src/queries/answer-query.ts'
import { openIteratorsMax } from '../../src/queries/limits.ts'
import { openStore } from '../../src/state/open-store.ts'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { commitStores, discardStores } from '../../src/tasks/store-writes.ts'
import type { EngineSpace } from '../../src/state/engine/engine.ts'
import { engineKinds } from '../state/engine-kinds.ts'
import { Host } from '../state/store-host.ts'

interface Row {
  n: number
}

/** A row stands under its key, and in windows and sessions at a place in time. */
type Rows = ReadonlyMap<string, number>

/** One kind of store: how a row is put as an aggregator does it, and what is asked. */
interface Kind {
  readonly definition: (name: string, caching: boolean) => StoreDefinition
  readonly put: (store: TaskStore, key: string, slot: number, n: number | null) => void
  /** Of one key: what was emitted; of all. */
  readonly ofKey: (key: string) => Query<unknown>
  readonly ofAll: (() => Query<unknown>) | undefined
}

const options = { key: serdes.string, value: serdes.json<Row>() }
const windowOptions = { retentionMs: 100_000, windowSizeMs: 10 }

function changed(row: Row | null, n: number): Row {
  if (row === null) return { n }
  row.n = n
  return row
}

const kinds: Readonly<Record<string, Kind>> = {
  'key-value stores': {
    definition: (name, caching) =>
      Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), { ...options, caching }),
    put(store, key, slot, n) {
      const rows = store as unknown as KeyValueStore<string, Row>
      const name = `${key}${slot}`
      rows.put(name, n === null ? null : changed(rows.get(name), n))
    },
    ofKey: (key) => RangeQuery.withRange(`${key}0`, `${key}9`),
    ofAll: () => RangeQuery.withNoBounds(),
  },
  'window stores': {
    definition: (name, caching) =>
      Stores.windowStoreBuilder(Stores.inMemoryWindowStore(name, windowOptions), { ...options, caching }),
    put(store, key, slot, n) {
      const windows = store as unknown as WindowStore<string, Row>
      windows.put(key, n === null ? null : changed(windows.fetch(key, slot * 10), n), slot * 10)
    },
    ofKey: (key) => WindowKeyQuery.withKeyAndWindowStartRange(key, 0, 1000),
    ofAll: () => WindowRangeQuery.withWindowStartRange(0, 1000),
  },
  'session stores': {
    definition: (name, caching) =>
      Stores.sessionStoreBuilder(Stores.inMemorySessionStore(name, 100_000), { ...options, caching }),
    put(store, key, slot, n) {
      const sessions = store as unknown as SessionStore<string, Row>
      const window = { startMs: slot * 10, endMs: slot * 10 + 5 }
      const row = sessions.fetchSession(key, window.startMs, window.endMs)
      sessions.put(new Windowed(key, window), n === null ? null : changed(row, n))
    },
    ofKey: (key) => WindowRangeQuery.withKey(key),
    ofAll: undefined,
  },
}

const config = {
  partition: 0,
  positionBound: PositionBound.unbounded(),
  executionInfoEnabled: false,
  isOfTable: false,
}

function ask(store: TaskStore, query: Query<unknown>): Iterable<unknown> {
  const result = answerQuery(store, query, config, systemClock)
  assert.ok(result.isSuccess)
  return result.result as Iterable<unknown>
}

/** Rows of an answer, as the model has them. */
function rowsOf(key: string | undefined, entries: Iterable<unknown>): [string, number][] {
  const rows: [string, number][] = []
  for (const entry of entries) {
    if (Array.isArray(entry)) {
      const [startMs, row] = entry as [number, Row]
      rows.push([`${key ?? ''}${startMs / 10}`, row.n])
      continue
    }
    const { key: name, value } = entry as { key: string | Windowed<string>; value: Row }
    rows.push([typeof name === 'string' ? name : `${name.key}${name.window.startMs / 10}`, value.n])
  }
  return rows
}

function sorted(rows: Iterable<readonly [string, number]>): (readonly [string, number])[] {
  return [...rows].toSorted(([left], [right]) => (left < right ? -1 : 1))
}

const keys = ['a', 'b']
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      key: fc.constantFrom(...keys),
      slot: fc.nat(3),
      n: fc.option(fc.nat(99), { nil: null, freq: 4 }),
    }),
  },
  fc.constantFrom('commit' as const, 'discard' as const, 'open' as const),
)
const runs = fc.record({ caching: fc.boolean(), steps: fc.array(step, { maxLength: 40 }) })

let nextName = 0

function check(
  kind: Kind,
  engines: EngineSpace,
  { caching, steps }: typeof runs extends fc.Arbitrary<infer T> ? T : never,
): void {
  const host = new Host(caching ? 1_000_000 : 0, engines)
  const store = openStore(kind.definition(`s${nextName++ % 100}`, caching), host)
  let [now, emitted, committed]: [Rows, Rows, Rows] = [new Map(), new Map(), new Map()]
  let [offset, emittedOffset, committedOffset] = [-1, -1, -1]
  const open: { readonly expected: (readonly [string, number])[]; readonly entries: Iterable<unknown> }[] = []
  for (const each of steps) {
    if (each === 'commit') {
      store.flushCache()
      commitStores([store], engines, new Map())
      emitted = committed = now
      emittedOffset = committedOffset = offset
    } else if (each === 'discard') {
      discardStores([store])
      now = emitted = committed
      emittedOffset = committedOffset
    } else if (each === 'open') {
      if (kind.ofAll !== undefined && open.length < openIteratorsMax) {
        open.push({ expected: sorted(emitted), entries: ask(store, kind.ofAll()) })
      }
    } else {
      offset += 1
      Object.assign(host.context, { topic: 'in', partition: 0, offset })
      kind.put(store, each.key, each.slot, each.n)
      const rows = new Map(now)
      if (each.n === null) rows.delete(`${each.key}${each.slot}`)
      else rows.set(`${each.key}${each.slot}`, each.n)
      now = rows
      if (!caching) [emitted, emittedOffset] = [now, offset]
    }
    for (const key of keys) {
      const ofKey = [...emitted].filter(([name]) => name.startsWith(key))
      assert.deepEqual(rowsOf(key, ask(store, kind.ofKey(key))), sorted(ofKey))
    }
    assert.equal(store.position?.current.partitionPositions('in').get(0) ?? -1, emittedOffset)
  }
  // They show what was there when they were opened, whatever came since.
  for (const { expected, entries } of open) assert.deepEqual(sorted(rowsOf(undefined, entries)), expected)
  store.close()
  engines.wipe(store.name)
}

for (const { kind: engine, runs: numRuns } of engineKinds) {
  describe(`queries on the engine ${engine.name}`, () => {
    const place = engine.place()
    const engines = place.open()
    after(() => {
      engines.close()
      place.remove()
    })
    for (const [name, kind] of Object.entries(kinds)) {
      test(`of ${name} read what was emitted, as it was at the moment of the question`, () => {
        fc.assert(
          fc.property(runs, (run) => check(kind, engines, run)),
          { seed: 7, numRuns: Math.min(numRuns, 60) },
        )
      })
    }

    test('that leave iterators open are refused in the end, before they hurt the task; it goes on', () => {
      const store = openStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore('s1'), options),
        new Host(0, engines),
      )
      const rows = store as unknown as KeyValueStore<string, Row>
      for (const key of ['a', 'b', 'c']) rows.put(key, { n: 1 })
      commitStores([store], engines, new Map())
      const left = Array.from({ length: openIteratorsMax }, (_none, n) => {
        const entries = ask(store, RangeQuery.withNoBounds())[Symbol.iterator]()
        entries.next()
        rows.put('a', { n })
        commitStores([store], engines, new Map())
        return entries
      })
      const refused = answerQuery(store, RangeQuery.withNoBounds(), config, systemClock)
      assert.ok(!refused.isSuccess && refused.failureReason === 'STORE_EXCEPTION')
      assert.match(refused.failureMessage, /64 iterators over the store s1 are open/)
      assert.equal([...rows.all()].length, 3, 'the task itself reads on')
      const one = answerQuery(store, KeyQuery.withKey('b'), config, systemClock)
      assert.deepEqual(one.isSuccess && one.result, { n: 1 }, 'and so do questions for one key')
      left[0]?.return?.()
      assert.equal([...ask(store, RangeQuery.withNoBounds())].length, 3)
      for (const entries of left) entries.return?.()
      store.close()
    })
  })
}
