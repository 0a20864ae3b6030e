import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import { SessionWindows, Stores, StreamsBuilder, TimeWindows, Topology, Windowed, serdes } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

const strings = { key: serdes.string, value: serdes.string }

/** A topology with a store of every kind, each filled by a processor of its own from the topic `in`. */
function everyStore(): Topology {
  const topology = new Topology(strings)
  topology.addSource('source', 'in')
  const windows = { retentionMs: 1000, windowSizeMs: 10 }
  const definitions = [
    Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('plain'), strings),
    Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore('timestamped'), strings),
    Stores.timestampedKeyValueStoreWithHeadersBuilder(
      Stores.persistentTimestampedKeyValueStoreWithHeaders('with-headers'),
      strings,
    ),
    Stores.versionedKeyValueStoreBuilder(
      Stores.persistentVersionedKeyValueStore('versioned', { historyRetentionMs: 1000 }),
      strings,
    ),
    Stores.windowStoreBuilder(Stores.inMemoryWindowStore('windows', windows), strings),
    Stores.timestampedWindowStoreBuilder(Stores.inMemoryWindowStore('timestamped-windows', windows), strings),
    Stores.timestampedWindowStoreWithHeadersBuilder(
      Stores.persistentTimestampedWindowStoreWithHeaders('windows-with-headers', windows),
      strings,
    ),
    Stores.sessionStoreBuilder(Stores.inMemorySessionStore('sessions', 1000), strings),
    Stores.sessionStoreWithHeadersBuilder(
      Stores.persistentSessionStoreWithHeaders('sessions-with-headers', 1000),
      strings,
    ),
  ]
  topology.addProcessor('processor', () => ({ process() {} }), 'source')
  for (const definition of definitions) topology.addStateStore(definition, 'processor')
  return topology
}

test('a driver of the word count starts in well under five milliseconds, once warm', () => {
  const builder = new StreamsBuilder(strings)
  builder
    .stream('lines')
    .flatMapValues((line) => line.split(' '))
    .groupBy((_key, word) => word)
    .count({ store: 'counts' })
    .toStream()
    .to('counts', { value: serdes.long })
  const topology = builder.build()
  const tookMs = Array.from({ length: 41 }, () => {
    const beganMs = performance.now()
    new TopologyTestDriver(topology).close()
    return performance.now() - beganMs
  })
  const median = tookMs.toSorted((left, right) => left - right)[20] ?? Number.NaN
  assert.ok(median < 5, `${median} ms`)
})

describe('stores of the driver', () => {
  test('each kind by its own method, to read and to write', () => {
    using driver = new TopologyTestDriver(everyStore())
    const headers = new Headers().add('h', '1')

    driver.getKeyValueStore('plain').put('a', '1')
    assert.equal(driver.getKeyValueStore('plain').get('a'), '1')

    driver.getTimestampedKeyValueStore('timestamped').put('a', { value: '1', timestamp: 5 })
    assert.deepEqual(driver.getTimestampedKeyValueStore('timestamped').get('a'), { value: '1', timestamp: 5 })

    const withHeaders = driver.getTimestampedKeyValueStoreWithHeaders<string, string>('with-headers')
    withHeaders.put('a', { value: '1', timestamp: 5, headers })
    assert.equal(withHeaders.get('a')?.headers.text('h'), '1')

    driver.getVersionedKeyValueStore('versioned').put('a', '1', 5)
    assert.equal(driver.getVersionedKeyValueStore('versioned').get('a')?.value, '1')

    driver.getWindowStore('windows').put('a', '1', 10)
    assert.equal(driver.getWindowStore('windows').fetch('a', 10), '1')

    driver.getTimestampedWindowStore('timestamped-windows').put('a', { value: '1', timestamp: 12 }, 10)
    assert.deepEqual(driver.getTimestampedWindowStore('timestamped-windows').fetch('a', 10), {
      value: '1',
      timestamp: 12,
    })

    const windows = driver.getTimestampedWindowStoreWithHeaders<string, string>('windows-with-headers')
    windows.put('a', { value: '1', timestamp: 12, headers }, 10)
    assert.equal(windows.fetch('a', 10)?.headers.text('h'), '1')

    const session = new Windowed('a', { startMs: 1, endMs: 2 })
    driver.getSessionStore('sessions').put(session, '1')
    assert.equal(driver.getSessionStore('sessions').fetchSession('a', 1, 2), '1')

    const sessions = driver.getSessionStoreWithHeaders<string, string>('sessions-with-headers')
    sessions.put(session, { value: '1', headers })
    assert.equal(sessions.fetchSession('a', 1, 2)?.headers.text('h'), '1')
  })

  test('stores with timestamps or headers can be had without; what is put then has the timestamp -1', () => {
    using driver = new TopologyTestDriver(everyStore())
    for (const name of ['timestamped', 'with-headers']) {
      const store = driver.getKeyValueStore<string, string>(name)
      store.put('a', '1')
      assert.equal(store.putIfAbsent('a', '2'), '1')
      assert.equal(store.putIfAbsent('b', '2'), null)
      store.putAll([
        ['c', '3'],
        ['d', '4'],
      ])
      assert.equal(store.delete('c'), '3')
      store.put('d', null)
      assert.deepEqual(
        [...store.all()],
        [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      )
      assert.deepEqual([...store.reverseRange('a', 'a')], [{ key: 'a', value: '1' }])
      assert.deepEqual([store.name, store.isOpen, store.get('c')], [name, true, null])
      assert.equal(driver.getTimestampedKeyValueStore('timestamped').get('a')?.timestamp, -1)
    }
    for (const name of ['timestamped-windows', 'windows-with-headers']) {
      const store = driver.getWindowStore<string, string>(name)
      store.put('a', '1', 10)
      store.put('a', '2', 20)
      store.put('a', null, 10)
      assert.deepEqual([...store.fetchRange('a', 0, 100)], [[20, '2']])
      assert.equal(store.fetch('a', 20), '2')
    }
    const sessions = driver.getSessionStore<string, string>('sessions-with-headers')
    sessions.put(new Windowed('a', { startMs: 1, endMs: 2 }), '1')
    sessions.put(new Windowed('a', { startMs: 5, endMs: 5 }), '2')
    sessions.put(new Windowed('b', { startMs: 3, endMs: 4 }), '3')
    sessions.remove(new Windowed('a', { startMs: 5, endMs: 5 }))
    const rows = (found: Iterable<{ readonly key: Windowed<string>; readonly value: string }>): string[] =>
      Array.from(found, ({ key, value }) => `${key.toString()} ${value}`)
    assert.deepEqual(rows(sessions.fetch('a')), ['[a@1/2] 1'])
    assert.deepEqual(rows(sessions.backwardFetch('a')), ['[a@1/2] 1'])
    assert.deepEqual(rows(sessions.findSessions('b', 0, 9)), ['[b@3/4] 3'])
    assert.deepEqual(rows(sessions.backwardFindSessions('b', 0, 9)), ['[b@3/4] 3'])
    assert.deepEqual(rows(sessions.fetchKeyRange(null, null)), ['[a@1/2] 1', '[b@3/4] 3'])
    assert.deepEqual(rows(sessions.backwardFetchKeyRange(null, null)), ['[b@3/4] 3', '[a@1/2] 1'])
    assert.deepEqual(rows(sessions.findSessionsKeyRange('a', 'b', 3, 9)), ['[b@3/4] 3'])
    assert.deepEqual(rows(sessions.backwardFindSessionsKeyRange('a', 'b', 0, 2)), ['[a@1/2] 1'])
    assert.deepEqual(rows(sessions.findSessionsByEnd(2, 2)), ['[a@1/2] 1'])
  })

  test('the wrong method for a store, and a store that is not there, are named', () => {
    using driver = new TopologyTestDriver(everyStore())
    assert.throws(() => driver.getWindowStore('plain'), {
      code: 'WRONG_STORE_TYPE',
      message: /The store plain is a key-value store, not a window store/,
    })
    assert.throws(() => driver.getKeyValueStore('sessions'), { code: 'WRONG_STORE_TYPE' })
    assert.throws(() => driver.getTimestampedKeyValueStore('plain'), {
      code: 'WRONG_STORE_TYPE',
      message: /gives out values without timestamps/,
    })
    assert.throws(() => driver.getSessionStoreWithHeaders('sessions'), { code: 'WRONG_STORE_TYPE' })
    assert.throws(() => driver.getStateStore('nowhere'), { code: 'UNKNOWN_STORE', message: /the topology has .*plain/ })
    assert.throws(() => driver.getKeyValueStore('nowhere'), { code: 'UNKNOWN_STORE' })
  })

  test('all of them by name, global ones too', () => {
    const builder = new StreamsBuilder(strings)
    builder.globalTable('codes', { store: 'codes' })
    builder.table('rows', { store: 'rows' })
    using driver = new TopologyTestDriver(builder.build())
    driver.createInputTopic('codes', strings).pipeInput('a', '1', 5)
    assert.deepEqual([...driver.getAllStateStores().keys()].toSorted(), ['codes', 'rows'])
    assert.equal(driver.getAllStateStores().get('codes'), driver.getStateStore('codes'))
    assert.equal(driver.getKeyValueStore('codes').get('a'), '1')
  })
})

describe('what the driver tells of a run', () => {
  test('the topics that were written to, whether they were read or not', () => {
    const builder = new StreamsBuilder(strings)
    builder
      .stream('in')
      .groupBy((_key, value) => value)
      .count({ store: 'counts' })
      .toStream()
      .to('out', { value: serdes.long })
    using driver = new TopologyTestDriver(builder.build())
    assert.deepEqual([...driver.producedTopicNames()], [])
    driver.createInputTopic('in', strings).pipeInput('a', 'b')
    driver.createOutputTopic('out', { key: serdes.string, value: serdes.long }).readKeyValuesToList()
    assert.deepEqual([...driver.producedTopicNames()].toSorted(), [
      'out',
      'test-counts-changelog',
      'test-counts-repartition',
    ])
    assert.deepEqual(
      driver.produced.map(({ topic }) => topic),
      ['test-counts-repartition', 'test-counts-changelog', 'out'],
    )
  })
})

describe('settings of the application', () => {
  function counting(): Topology {
    const builder = new StreamsBuilder(strings)
    builder
      .stream('in')
      .mapValues((value) => {
        if (value === 'bad') throw new Error('no')
        return value
      })
      .groupByKey()
      .count({ store: 'counts' })
      .toStream()
      .to('out', { value: serdes.long })
    return builder.build()
  }

  for (const config of [
    {
      applicationId: 'mine',
      statestoreCacheMaxBytes: 0,
      processingExceptionHandler: 'logAndContinue',
      errorsDeadLetterQueueTopicName: 'dead',
    },
    {
      'application.id': 'mine',
      'statestore.cache.max.bytes': 0,
      'processing.exception.handler': 'logAndContinue',
      'errors.dead.letter.queue.topic.name': 'dead',
    },
  ] as const) {
    test(`are read as KafkaStreams reads them: ${Object.keys(config)[0]}`, () => {
      using driver = new TopologyTestDriver(counting(), { config, startTimeMs: new Date(7) })
      const input = driver.createInputTopic('in', strings)
      input.pipeBatch([
        { key: 'a', value: 'x' },
        { key: 'a', value: 'bad' },
        { key: 'a', value: 'y' },
      ])
      const output = driver.createOutputTopic('out', { key: serdes.string, value: serdes.long })
      assert.deepEqual(output.readValuesToList(), [1, 2], 'without a cache each update goes on')
      assert.deepEqual([...driver.producedTopicNames()].toSorted(), ['dead', 'mine-counts-changelog', 'out'])
      assert.equal(driver.produced[0]?.timestamp, 7)
    })
  }

  test('give way to options, and are checked', () => {
    using driver = new TopologyTestDriver(counting(), { config: { applicationId: 'mine' }, applicationId: 'yours' })
    driver.createInputTopic('in', strings).pipeInput('a', 'x')
    assert.ok(driver.producedTopicNames().has('yours-counts-changelog'))
    assert.throws(() => new TopologyTestDriver(counting(), { config: { maxTaskIdleMs: -7 } }), {
      name: 'ConfigurationError',
      message: /max\.task\.idle\.ms/,
    })
    // @ts-expect-error: a number of bytes is a number
    assert.throws(() => new TopologyTestDriver(counting(), { config: { statestoreCacheMaxBytes: true } }))
  })
})

describe('strict stores', () => {
  const lossy: Serde<object> = serdes.json<object>()

  function summing(aggregate: () => object, windowed: boolean): Topology {
    const builder = new StreamsBuilder(strings)
    const grouped = builder.stream('in').groupByKey()
    if (windowed) {
      grouped
        .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
        .aggregate(() => ({}), aggregate, { store: 'sums', value: lossy })
    } else grouped.aggregate(() => ({}), aggregate, { store: 'sums', value: lossy })
    return builder.build()
  }

  for (const windowed of [false, true]) {
    test(`find a value that its serde does not preserve (${windowed ? 'windows' : 'rows'})`, () => {
      const dates = summing(() => ({ at: new Date(0) }), windowed)
      using lenient = new TopologyTestDriver(dates)
      lenient.createInputTopic('in', strings).pipeInput('a', 'x')
      using driver = new TopologyTestDriver(dates, { strict: true })
      assert.throws(
        () => driver.createInputTopic('in', strings).pipeInput('a', 'x'),
        (error: Error) => {
          const texts = [error.message, error.cause instanceof Error ? error.cause.message : ''].join(' ')
          assert.match(texts, /The serde json does not preserve a value of the store sums/)
          assert.match(texts, /\{at: 1970-01-01T00:00:00\.000Z\} comes back as \{at: "1970-01-01T00:00:00\.000Z"\}/)
          return true
        },
      )
    })

    test(`leave alone what comes back as it was (${windowed ? 'windows' : 'rows'})`, () => {
      using driver = new TopologyTestDriver(
        summing(() => ({ list: [1, 'a', null] }), windowed),
        { strict: true },
      )
      driver.createInputTopic('in', strings).pipeInput('a', 'x', 1)
      assert.equal(driver.droppedRecords, 0)
      assert.match(driver.snapshot(), /\{list: \[1, "a", null\]\} @1/)
    })
  }

  test('sessions too', () => {
    const builder = new StreamsBuilder(strings)
    builder
      .stream('in')
      .groupByKey()
      .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(5))
      .aggregate<Date>(
        () => new Date(0),
        () => new Date(1),
        (_key, _left, right) => right,
        { store: 'sums', value: serdes.json<Date>() },
      )
    using driver = new TopologyTestDriver(builder.build(), { strict: true })
    assert.throws(() => driver.createInputTopic('in', strings).pipeInput('a', 'x'))
  })
})
