import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers, serdes } from '@streamwright/formats'
import * as fc from 'fast-check'
import type { KeyValueStoreSupplier } from '../../src/dsl/stores.ts'
import { Stores } from '../../src/dsl/stores.ts'
import { openStore } from '../../src/state/open-store.ts'
import type { StoreDefinition } from '../../src/state/store-definition.ts'
import type {
  KeyValueStore,
  TimestampedKeyValueStore,
  TimestampedKeyValueStoreWithHeaders,
  TimestampedWindowStoreWithHeaders,
} from '../../src/state/store.ts'
import type { TaskStore } from '../../src/state/task-store.ts'
import { decodeHeaders, encodeHeaders } from '../../src/state/stores/header-bytes.ts'
import { Host } from './store-host.ts'

const options = { key: serdes.string, value: serdes.string }

function open<S>(definition: StoreDefinition, host: Host): S & TaskStore {
  return openStore(definition, host) as unknown as S & TaskStore
}

const suppliers: readonly (readonly [KeyValueStoreSupplier, kept: 'value' | 'timestamp' | 'headers'])[] = [
  [Stores.persistentKeyValueStore('kv'), 'value'],
  [Stores.persistentTimestampedKeyValueStore('kv'), 'timestamp'],
  [Stores.persistentTimestampedKeyValueStoreWithHeaders('kv'), 'headers'],
  [Stores.inMemoryKeyValueStore('kv'), 'headers'],
]

describe('forms of values', () => {
  for (const [supplier, kept] of suppliers) {
    test(`a ${supplier.engine === 'memory' ? 'memory' : 'persistent'} store that keeps the ${kept} forgets the rest, committed or not`, () => {
      const host = new Host(0)
      const timestamped = open<TimestampedKeyValueStore<string, string>>(
        Stores.timestampedKeyValueStoreBuilder(supplier, options),
        host,
      )
      timestamped.put('a', { value: 'x', timestamp: 7 })
      const timestamp = kept === 'value' ? -1 : 7
      assert.deepEqual(timestamped.get('a'), { value: 'x', timestamp })
      host.commit(timestamped)
      assert.deepEqual(timestamped.get('a'), { value: 'x', timestamp })
      assert.deepEqual(host.logged, ['61@7=x'], 'the changelog has the timestamp in any case')

      const other = new Host(0)
      const withHeaders = open<TimestampedKeyValueStoreWithHeaders<string, string>>(
        Stores.timestampedKeyValueStoreWithHeadersBuilder(supplier, options),
        other,
      )
      withHeaders.put('a', { value: 'x', timestamp: 7, headers: new Headers().add('h', '1') })
      for (const when of ['before', 'after']) {
        const found = withHeaders.get('a')
        assert.deepEqual(found?.headers.text('h'), kept === 'headers' ? '1' : undefined, `${when} the commit`)
        assert.deepEqual(found?.timestamp, timestamp)
        other.commit(withHeaders)
      }
    })
  }

  test('a cached store over one that forgets timestamps remembers them as long as the cache does, as in Java', () => {
    const host = new Host(1000)
    const builder = Stores.timestampedKeyValueStoreBuilder(Stores.persistentKeyValueStore('kv'), {
      ...options,
      caching: true,
    })
    const store = open<TimestampedKeyValueStore<string, string>>(builder, host)
    store.put('a', { value: 'x', timestamp: 7 })
    host.commit(store)
    assert.equal(store.get('a')?.timestamp, 7)
    for (let i = 0; i < 50; i++) store.put(String(i), { value: 'y', timestamp: 8 })
    assert.equal(store.get('a')?.timestamp, -1)
  })

  test('headers are the ones that were put, whatever becomes of the object', () => {
    const host = new Host(0)
    const supplier = Stores.inMemoryWindowStore('w', { retentionMs: 100, windowSizeMs: 10 })
    const definition = Stores.timestampedWindowStoreWithHeadersBuilder(supplier, options)
    const store = open<TimestampedWindowStoreWithHeaders<string, string>>(definition, host)
    const headers = new Headers().add('h', '1')
    store.put('a', { value: 'x', timestamp: 3, headers }, 0)
    headers.add('h', '2')
    store.fetch('a', 0)?.headers.add('h', '3')
    assert.equal(store.fetch('a', 0)?.headers.text('h'), '1')
    host.commit(store)
    assert.equal(store.fetch('a', 0)?.headers.text('h'), '1')
  })

  test('headers read back as they were, null values and repeated names included', () => {
    const header = fc.tuple(fc.string(), fc.option(fc.uint8Array({ maxLength: 300 })))
    fc.assert(
      fc.property(fc.array(header, { maxLength: 5 }), (entries) => {
        const headers = new Headers(entries.map(([key, value]) => ({ key, value })))
        const read = decodeHeaders(encodeHeaders(headers)) ?? new Headers()
        const forms = (from: Headers): unknown[] =>
          [...from].map(({ key, value }) => [key, value && Buffer.from(value).toString('hex')])
        assert.deepEqual(forms(read), forms(headers))
      }),
    )
    assert.equal(encodeHeaders(new Headers().add('a', 'b')).toString('hex'), '0202610262', 'the form of Kafka Streams')
  })
})

describe('bounded key-value stores', () => {
  test('lruMap keeps the rows that were used last, and logs the others as deleted where it is plain', () => {
    const host = new Host(0)
    const store = open<KeyValueStore<string, string>>(
      Stores.keyValueStoreBuilder(Stores.lruMap('kv', 2), options),
      host,
    )
    store.put('a', '1')
    store.put('b', '2')
    store.get('a')
    store.put('c', '3')
    assert.deepEqual(
      [...store.all()].map(({ key }) => key),
      ['a', 'c'],
    )
    assert.deepEqual(host.logged, ['61@0=1', '62@0=2', '62@0=null', '63@0=3'])
    assert.equal(store.approximateNumEntries(), 2)

    const timestamped = Stores.timestampedKeyValueStoreBuilder(Stores.lruMap('t', 1), options)
    const other = open<TimestampedKeyValueStore<string, string>>(timestamped, host)
    host.logged.length = 0
    other.put('a', { value: '1', timestamp: 1 })
    other.put('b', { value: '2', timestamp: 2 })
    assert.equal(other.get('a'), null)
    assert.deepEqual(host.logged, ['61@1=1', '62@2=2'], 'as in Java')
  })

  test('agree with a model: the newest rows within the time, the last used ones within the number', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('put' as const), key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), time: fc.nat(60) }),
      fc.record({
        do: fc.constant('get' as const),
        key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        time: fc.constant(0),
      }),
      fc.record({
        do: fc.constantFrom('delete' as const, 'commit' as const),
        key: fc.constantFrom('a', 'b'),
        time: fc.constant(0),
      }),
    )
    const bounds = fc.record({ maxEntries: fc.integer({ min: 1, max: 4 }), ttlMs: fc.integer({ min: 1, max: 40 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), bounds, (steps, { maxEntries, ttlMs }) => {
        const host = new Host(0)
        const supplier = Stores.persistentKeyValueStore('kv', { maxEntries, ttlMs })
        const store = open<KeyValueStore<string, string>>(Stores.keyValueStoreBuilder(supplier, options), host)
        let model: { readonly key: string; readonly time: number }[] = []
        let observed = -1
        const without = (key: string): typeof model => model.filter((row) => row.key !== key)
        for (const { do: what, key, time } of steps) {
          const existing = model.find((row) => row.key === key)
          if (what === 'put') {
            host.context.timestamp = time
            observed = Math.max(observed, time)
            store.put(key, key)
            model = [...without(key), { key, time }].filter((row) => row.time > observed - ttlMs).slice(-maxEntries)
          } else if (what === 'get') {
            assert.equal(store.get(key), existing === undefined ? null : key)
            if (existing !== undefined) model = [...without(key), existing]
          } else if (what === 'delete') {
            store.put(key, null)
            model = without(key)
          } else host.commit(store)
          assert.deepEqual(
            [...store.all()].map((row) => row.key),
            model.map((row) => row.key).toSorted(),
          )
        }
        // What is left in the changelog, after compaction, is what is in the store.
        const last = new Map(host.logged.map((line) => [line.slice(0, 2), line.slice(line.indexOf('=') + 1)]))
        const logged = [...last].filter(([, value]) => value !== 'null').map(([, value]) => value)
        assert.deepEqual(logged.toSorted(), model.map((row) => row.key).toSorted())
      }),
      { seed: 42, numRuns: 300 },
    )
  })
})
