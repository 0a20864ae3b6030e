import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers } from '@streamwright/formats'
import { systemClock } from '@streamwright/std'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import {
  Record as StreamsRecord,
  Stores,
  StreamsBuilder,
  StreamsError,
  TimestampExtractors,
  Topology,
  serdes,
} from '../../src/index.ts'
import type {
  ConsumedRecord,
  FixedKeyProcessor,
  FixedKeyProcessorContext,
  FixedKeyRecord,
  KeyValueStore,
  Processor,
  ProcessorContext,
  Record,
  TimestampExtractor,
} from '../../src/index.ts'

const strings = { key: serdes.string, value: serdes.string }
type StringContext = ProcessorContext<string, string>

/** A processor that hands its context, and each record, to a function. */
function probe(
  look: (context: StringContext, record: Record<string, string>) => void,
): Processor<string, string, string, string> {
  let context: StringContext | undefined
  return {
    init(given) {
      context = given
    },
    process(record) {
      assert.ok(context !== undefined)
      look(context, record)
    },
  }
}

describe('the context of a processor', () => {
  test('knows the application, the task, the record, the times and the configuration', () => {
    const seen: unknown[] = []
    const topology = new Topology(strings).addSource('read', 'in').addProcessor(
      'p',
      () =>
        probe((context, record) => {
          const { applicationId, taskId, recordMetadata, stateDirectory, appConfigs } = context
          seen.push(applicationId, taskId, recordMetadata, stateDirectory, appConfigs)
          seen.push(
            context.appConfigsWithPrefix('limits.'),
            context.keySerde?.name,
            context.valueSerde === serdes.string,
          )
          seen.push(context.currentStreamTimeMs, context.currentSystemTimeMs, record.headers.toArray().length)
        }),
      'read',
    )
    const config = { 'limits.orders': 3, 'limits.users': 4, other: 'x' }
    const driver = new TopologyTestDriver(topology, { applicationId: 'shop', config, startTimeMs: 500 })
    const input = driver.createInputTopic('in', strings)
    input.pipe({ key: 'k', value: 'v', timestamp: 70, headers: new Headers([{ key: 'h', value: Buffer.from('1') }]) })
    assert.deepEqual(seen, [
      'shop',
      { subtopology: 0, partition: 0 },
      { topic: 'in', partition: 0, offset: 0 },
      '',
      { ...config, applicationId: 'shop' },
      { orders: 3, users: 4 },
      'string',
      true,
      70,
      500,
      1,
    ])
    driver.close()
  })

  test('forwards to all children, or to one by name; an unknown name is an error that lists them', () => {
    const topology = new Topology(strings)
      .addSource('read', 'in')
      .addProcessor(
        'route',
        () =>
          probe((context, record) => {
            if (record.key === 'all') context.forward(record)
            else context.forward(record.withHeaders(new Headers([{ key: 'to', value: null }])), record.key)
          }),
        'read',
      )
      .addSink('left', 'left', 'route')
      .addSink('right', 'right', 'route')
    const driver = new TopologyTestDriver(topology)
    const input = driver.createInputTopic('in', strings)
    for (const key of ['all', 'left', 'right']) input.pipeKeyValue(key, 'v')
    const keysOf = (topic: string): unknown[] =>
      driver
        .createOutputTopic(topic, strings)
        .readAll()
        .map(({ key, headers }) => [key, headers.toArray().map((header) => header.key)])
    assert.deepEqual(keysOf('left'), [
      ['all', []],
      ['left', ['to']],
    ])
    assert.deepEqual(keysOf('right'), [
      ['all', []],
      ['right', ['to']],
    ])
    assert.throws(() => input.pipeKeyValue('up', 'v'), /Unknown downstream node up: route has left, right/)
    driver.close()
  })

  test('gives the stores that are connected, and global ones to be read; others are an error', () => {
    const store = (name: string) => Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), strings)
    const reads: unknown[] = []
    const topology = new Topology(strings)
      .addSource('read', 'in')
      .addProcessor(
        'p',
        {
          create: () =>
            probe((context, record) => {
              const own = context.getStateStore<KeyValueStore<string, string>>('own')
              const shared = context.getStateStore<KeyValueStore<string, string>>('shared')
              const global = context.getStateStore<KeyValueStore<string, string>>('global')
              reads.push(own.get(record.key), shared.get(record.key), global.get(record.key))
              own.put(record.key, record.value)
              shared.put(record.key, record.value)
              assert.throws(() => global.put('k', 'v'), StreamsError)
              assert.throws(
                () => context.getStateStore('unconnected'),
                /Processor p has no access to the store unconnected/,
              )
            }),
          stores: [store('own')],
        },
        'read',
      )
      .addProcessor('q', () => probe(() => undefined), 'read')
      .addStateStore(store('shared'))
      .connectProcessorAndStateStores('p', 'shared')
      .addStateStore(store('unconnected'), 'q')
      .addGlobalStore(
        store('global'),
        'global-topic',
        () => {
          let global: KeyValueStore<string, string> | undefined
          return {
            init(context) {
              global = context.getStateStore('global')
            },
            process(record: Record<string, string>) {
              global?.put(record.key, record.value)
            },
          }
        },
        { sourceName: 'read-global', processorName: 'keep' },
      )
    const driver = new TopologyTestDriver(topology)
    driver.createInputTopic('global-topic', strings).pipeKeyValue('k', 'g')
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('k', '1')
    input.pipeKeyValue('k', '2')
    assert.deepEqual(reads, [null, null, 'g', '1', '1', 'g'])
    driver.close()
  })

  test('schedules punctuations on a grid that a start time anchors, by either time (KIP-1146)', () => {
    const calls: unknown[] = []
    const topology = new Topology(strings).addSource('read', 'in').addProcessor(
      'p',
      () => ({
        init(context) {
          const note = (what: string) => (timestampMs: number) => {
            calls.push([what, timestampMs, context.recordMetadata])
            if (what === 'once') once.cancel()
          }
          context.schedule(100, 'stream-time', note('stream'), { startTimeMs: 30 })
          context.schedule(100, 'wall-clock-time', note('wall'), { startTimeMs: 1_250 })
          context.schedule(100, 'wall-clock-time', note('past'), { startTimeMs: 910 })
          const once = context.schedule(50, 'wall-clock-time', note('once'))
          assert.throws(() => context.schedule(0, 'stream-time', () => undefined), /at least 1 ms/)
        },
        process() {},
      }),
      'read',
    )
    const driver = new TopologyTestDriver(topology, { startTimeMs: 1_000 })
    const input = driver.createInputTopic('in', strings)
    for (const timestamp of [10, 30, 129, 350]) input.pipeKeyValue('k', 'v', timestamp)
    assert.deepEqual(calls.splice(0), [
      ['stream', 30, undefined],
      ['stream', 350, undefined],
    ])
    for (let step = 0; step < 6; step++) driver.advanceWallClockTime(50)
    assert.deepEqual(
      calls.map((call) => (call as unknown[]).slice(0, 2)),
      [
        ['past', 1_050],
        ['once', 1_050],
        ['past', 1_150],
        ['past', 1_250],
        ['wall', 1_250],
      ],
    )
    driver.close()
  })

  test('lets init and close fail with the name of the node', () => {
    const failing = (when: 'init' | 'close'): Topology =>
      new Topology(strings).addSource('read', 'in').addProcessor(
        'p',
        () => ({
          init() {
            if (when === 'init') throw new RangeError('no store')
          },
          process() {},
          close() {
            if (when === 'close') throw new RangeError('no way')
          },
        }),
        'read',
      )
    assert.throws(() => new TopologyTestDriver(failing('init')), {
      message: 'failed to initialize processor p: no store',
    })
    assert.throws(() => new TopologyTestDriver(failing('close')).close(), {
      message: 'failed to close processor p: no way',
    })
  })
})

describe('a fixed-key processor', () => {
  class Shout implements FixedKeyProcessor<string, string, string> {
    #context: FixedKeyProcessorContext<string, string> | undefined

    init(context: FixedKeyProcessorContext<string, string>): void {
      this.#context = context
    }

    process(record: FixedKeyRecord<string, string>): void {
      const { timestamp } = record
      this.#context?.forward(record.withValue(record.value.toUpperCase()).withTimestamp(timestamp + 1))
    }
  }

  test('forwards what it got with another value, so that no repartition topic follows', () => {
    const builder = new StreamsBuilder(strings)
    builder
      .stream('in')
      .processValues(() => new Shout())
      .groupByKey()
      .count()
      .toStream()
      .to('out', { value: serdes.long })
    const topology = builder.build()
    assert.doesNotMatch(String(topology.describe()), /repartition/)
    const driver = new TopologyTestDriver(topology)
    driver.createInputTopic('in', strings).pipeKeyValue('k', 'v', 5)
    const [result] = driver.createOutputTopic('out', { key: serdes.string, value: serdes.long }).readAll()
    assert.deepEqual([result?.key, result?.value, result?.timestamp], ['k', 1, 6])
    driver.close()
  })

  test('cannot change the key, nor forward a record that it made: the types know', () => {
    const wrong = (context: FixedKeyProcessorContext<string, string>, record: FixedKeyRecord<string, string>): void => {
      // @ts-expect-error: there is no way to another key
      record.withKey('another')
      // @ts-expect-error: nor by a record of one's own
      context.forward(new StreamsRecord('another', record.value, record.timestamp))
      // @ts-expect-error: the value is of the type that was declared
      context.forward(record.withValue(1))
      context.forward(record.withValue('x').withHeaders(new Headers()))
    }
    assert.equal(typeof wrong, 'function')
  })
})

describe('timestamp extractors', () => {
  const at = (timestamp: number): ConsumedRecord => ({
    ...{ topic: 't', partition: 0, offset: 4, key: 'k', value: 'v', headers: new Headers() },
    timestamp,
  })

  test('are those of Java', () => {
    const { failOnInvalidTimestamp, logAndSkipOnInvalidTimestamp, usePartitionTimeOnInvalidTimestamp, wallclock } =
      TimestampExtractors
    for (const extract of [failOnInvalidTimestamp, logAndSkipOnInvalidTimestamp, usePartitionTimeOnInvalidTimestamp])
      assert.equal(extract(at(7), 3), 7)
    assert.throws(() => failOnInvalidTimestamp(at(-1), 3), /Record t-0@4 has the negative timestamp -1/)
    assert.equal(logAndSkipOnInvalidTimestamp(at(-1), 3), -1)
    assert.equal(usePartitionTimeOnInvalidTimestamp(at(-1), 3), 3)
    assert.throws(() => usePartitionTimeOnInvalidTimestamp(at(-1), -1), /could be inferred/)
    assert.ok(Math.abs(wallclock(at(0), 0) - systemClock.wallMs()) < 60_000)
  })

  test('hold for sources that name none; a negative answer leaves the record out', () => {
    const byValue: TimestampExtractor = ({ value }) => Number(value)
    const topology = new Topology(strings)
      .addSource('default', 'in')
      .addSource('own', 'other', { timestampExtractor: () => 9 })
      .addSink('write', 'out', ['default', 'own'])
    const driver = new TopologyTestDriver(topology, { defaultTimestampExtractor: byValue })
    for (const value of ['5', '-1']) driver.createInputTopic('in', strings).pipeValue(value)
    driver.createInputTopic('other', strings).pipeValue('x')
    assert.deepEqual(
      driver
        .createOutputTopic('out', strings)
        .readAll()
        .map(({ timestamp }) => timestamp),
      [5, 9],
    )
    assert.equal(driver.droppedRecords, 1)
    driver.close()
  })
})
