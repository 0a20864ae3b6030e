import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serdes } from '@streamwright/formats'
import { Stores } from '../../src/dsl/stores.ts'
import { plainKeyValueView, plainWindowView } from '../../src/state/value-views.ts'
import { openStore } from '../../src/state/open-store.ts'
import { readOnlyStore } from '../../src/state/read-only-stores.ts'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import { Windowed } from '../../src/state/store.ts'
import type {
  SessionStore,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  VersionedKeyValueStore,
} from '../../src/state/store.ts'
import { Host } from './store-host.ts'

interface Row {
  n: number
}

const options = { key: serdes.string, value: serdes.json<Row>() }

/** The store as its processor sees it, and as a reader does. */
function both<S extends StateStore>(definition: StoreDefinition): readonly [S, S] {
  const store = openStore(definition, new Host(0))
  return [store as unknown as S, readOnlyStore(store) as unknown as S]
}

const refused = { code: 'STORE_READ_ONLY' }

describe('read-only stores', () => {
  test('of rows read what is there, as copies, and refuse writes', () => {
    const definition = Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore('kv'), options)
    const [store, reader] = both<TimestampedKeyValueStore<string, Row>>(definition)
    store.put('a', { value: { n: 1 }, timestamp: 5 })
    const row = reader.get('a')
    assert.deepEqual(row, { value: { n: 1 }, timestamp: 5 })
    if (row !== null) row.value.n = 99
    assert.deepEqual(store.get('a')?.value, { n: 1 }, 'the store is not changed by its readers')
    assert.deepEqual([...reader.all()], [{ key: 'a', value: { value: { n: 1 }, timestamp: 5 } }])
    assert.deepEqual([reader.name, reader.persistent, reader.isOpen], ['kv', false, true])
    assert.throws(() => reader.put('a', null), refused)
    assert.throws(() => reader.putIfAbsent('b', { value: { n: 1 }, timestamp: 1 }), refused)
    assert.throws(() => reader.putAll([]), refused)
    assert.throws(() => reader.delete('a'), refused)
    const values = plainKeyValueView(reader)
    assert.deepEqual([values.get('a'), values.get('b')], [{ n: 1 }, null])
    assert.deepEqual([...values.range('a', 'z')], [{ key: 'a', value: { n: 1 } }])
  })

  test('of windows read what is there, with timestamps or without', () => {
    const supplier = Stores.inMemoryWindowStore('w', { retentionMs: 100, windowSizeMs: 10 })
    const [store, reader] = both<TimestampedWindowStore<string, Row>>(
      Stores.timestampedWindowStoreBuilder(supplier, options),
    )
    store.put('a', { value: { n: 1 }, timestamp: 5 }, 0)
    assert.deepEqual(reader.fetch('a', 0), { value: { n: 1 }, timestamp: 5 })
    assert.equal([...reader.fetchAll(0, 10)].length, 1)
    assert.throws(() => reader.put('a', null, 0), refused)
    const values = plainWindowView(reader)
    assert.deepEqual(values.fetch('a', 0), { n: 1 })
    assert.deepEqual([...values.fetchRange('a', 0, 10)], [[0, { n: 1 }]])
    assert.deepEqual(
      [...values.backwardAll()].map(({ value }) => value),
      [{ n: 1 }],
    )
  })

  test('of sessions read what is there', () => {
    const definition = Stores.sessionStoreBuilder(Stores.inMemorySessionStore('s', 100), options)
    const [store, reader] = both<SessionStore<string, Row>>(definition)
    const session = new Windowed('a', { startMs: 5, endMs: 9 })
    store.put(session, { n: 1 })
    const copy = reader.fetchSession('a', 5, 9)
    if (copy !== null) copy.n = 99
    assert.deepEqual(store.fetchSession('a', 5, 9), { n: 1 })
    assert.deepEqual(
      [...reader.findSessions('a', 0, 10)].map(({ value }) => value),
      [{ n: 1 }],
    )
    assert.equal([...reader.backwardFetchKeyRange(null, null)].length, 1)
    assert.throws(() => reader.put(session, null), refused)
    assert.throws(() => reader.remove(session), refused)
  })

  test('of versions read what is there', () => {
    const supplier = Stores.inMemoryVersionedKeyValueStore('v', { historyRetentionMs: 100 })
    const [store, reader] = both<VersionedKeyValueStore<string, Row>>(
      Stores.versionedKeyValueStoreBuilder(supplier, options),
    )
    store.put('a', { n: 1 }, 5)
    store.put('a', { n: 2 }, 9)
    const copy = reader.get('a', 20)
    if (copy !== null) copy.value.n = 99
    assert.deepEqual([reader.get('a')?.value, reader.get('a', 7)?.value], [{ n: 2 }, { n: 1 }])
    assert.throws(() => reader.put('a', null, 10), refused)
    assert.throws(() => reader.delete('a', 10), refused)
  })
})
