import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { deferred, environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, Topology, serdes } from '@streamwright/streams'
import type { OffsetReset, Processor, ProcessorContext, Record, StreamsConfig } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }
const hourMs = 3_600_000

/** Puts the topic before the value. */
class Tagger implements Processor<string, string, string, string> {
  #context: ProcessorContext<string, string> | undefined

  init(context: ProcessorContext<string, string>): void {
    this.#context = context
  }

  process(record: Record<string, string>): void {
    this.#context?.forward(record.withValue(`${this.#context.recordMetadata?.topic ?? 'nowhere'}: ${record.value}`))
  }
}

describe('sources on a broker', () => {
  let broker: Broker
  let bootstrapServers = ''
  let stateDir = ''
  const running: KafkaStreams[] = []

  before(async () => {
    broker = await startBroker({
      port: 0,
      inMemory: true,
      environment,
      settings: { 'group.initial.rebalance.delay.ms': '0', 'auto.create.topics.enable': 'false' },
    })
    bootstrapServers = broker.bootstrapServers
  })
  after(() => broker.close())
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'streamwright-sources-'))
  })
  afterEach(async () => {
    for (const streams of running.splice(0)) await streams.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  async function topics(...names: readonly string[]): Promise<void> {
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics(names.map((name) => ({ name, partitions: 1 })))
    await admin.close()
  }

  async function send(
    topic: string,
    ...values: readonly (string | { value: string; timestamp: number })[]
  ): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    for (const value of values)
      await producer.send({ topic, key: 'k', ...(typeof value === 'string' ? { value } : value) })
    await producer.close()
  }

  /** Values in order; of several partitions with their numbers, and sorted. */
  async function read(topic: string, count: number, partitions: readonly number[] = [0]): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest', fetchMaxWaitMs: 20 }, environment)
    consumer.assign(partitions.map((partition) => ({ topic, partition })))
    const values: string[] = []
    while (values.length < count) {
      for (const { partition, value } of eachRecord(await consumer.poll(50)))
        values.push(partitions.length === 1 ? String(value) : `${partition}: ${String(value)}`)
    }
    await consumer.close()
    return partitions.length === 1 ? values : values.toSorted()
  }

  /** From `choose-in` to a topic that is chosen. */
  function streamTo(choose: () => string): Topology {
    const builder = new StreamsBuilder(strings)
    builder.stream('choose-in').to(choose, { name: 'sink', partitioner: () => [0] })
    return builder.build()
  }

  function application(
    applicationId: string,
    topology: ConstructorParameters<typeof KafkaStreams>[0],
    config: Partial<StreamsConfig> = {},
  ): KafkaStreams {
    const shared = { bootstrapServers, stateDir, commitIntervalMs: 20, pollMs: 10, statestoreCacheMaxBytes: 0 }
    const streams = new KafkaStreams(
      topology,
      { ...shared, producer: { lingerMs: 0 }, ...config, applicationId },
      environment,
    )
    running.push(streams)
    return streams
  }

  test('begin where their own reset policy says: each topic at another place', async () => {
    await topics('reset-old', 'reset-new', 'reset-hour', 'reset-default', 'reset-out')
    const nowMs = Date.now()
    const values = [
      { value: 'yesterday', timestamp: nowMs - 24 * hourMs },
      { value: 'a minute ago', timestamp: nowMs - 60_000 },
    ]
    for (const name of ['old', 'new', 'hour', 'default']) await send(`reset-${name}`, ...values)
    const builder = new StreamsBuilder(strings)
    const policies: { readonly [name: string]: OffsetReset | undefined } = {
      old: 'earliest',
      new: 'latest',
      hour: { byDurationMs: hourMs },
      default: undefined,
    }
    for (const [name, offsetReset] of Object.entries(policies)) {
      builder
        .stream<string, string>(`reset-${name}`, offsetReset === undefined ? {} : { offsetReset })
        .mapValues((value) => `${name}: ${value}`)
        .to('reset-out')
    }
    // All places are looked for together: when the others were read from theirs, `latest` is at its own.
    const topology = builder.build()
    const streams = application('reset', topology, { consumer: { autoOffsetReset: 'earliest' } })
    await streams.start()
    await read('reset-out', 5)
    await send('reset-new', 'now')
    assert.deepEqual((await read('reset-out', 6)).toSorted(), [
      'default: a minute ago',
      'default: yesterday',
      'hour: a minute ago',
      'new: now',
      'old: a minute ago',
      'old: yesterday',
    ])
    await streams.close()
    await send('reset-new', 'later')
    const again = application('reset', topology)
    await again.start()
    assert.deepEqual((await read('reset-out', 7)).slice(6), ['new: later'], 'what is committed counts, not the policy')
  })

  test('with no policy and no committed offset end the application, with what to do', async () => {
    await topics('none-in')
    const topology = new Topology(strings).addSource('read', 'none-in', { offsetReset: 'none' })
    const streams = application('none', topology)
    const failed = deferred<Error>()
    streams.onFailure(failed.resolve)
    await streams.start().catch(() => undefined)
    assert.match((await failed.promise).message, /No valid committed offset found for input none-in.*offsetReset/)
  })

  test('of a pattern take up topics that are made while the application runs, and keep their state', async () => {
    await topics('shop-1', 'workshop-1', 'pattern-out')
    await send('shop-1', 'a', 'b')
    await send('workshop-1', 'not this one')
    const builder = new StreamsBuilder(strings)
    builder
      .stream<string, string>(/shop-\d+/, { offsetReset: 'earliest' })
      .groupByKey()
      .count({ store: 'pattern-counts' })
      .toStream()
      .mapValues(String)
      .to('pattern-out')
    const config = { consumer: { metadataMaxAgeMs: 50, retryBackoffMaxMs: 50, fetchMaxWaitMs: 50 } }
    const topology = builder.build()
    const streams = application('pattern', topology, config)
    await streams.start()
    assert.deepEqual(await read('pattern-out', 2), ['1', '2'])
    await topics('shop-2')
    await send('shop-2', 'c')
    assert.deepEqual(await read('pattern-out', 3), ['1', '2', '3'], 'one task reads both, on one store')
    await send('shop-1', 'd')
    assert.deepEqual(await read('pattern-out', 4), ['1', '2', '3', '4'])
    assert.equal(streams.state, 'RUNNING')
    await streams.close()
    await send('shop-2', 'e')
    const again = application('pattern', topology, config)
    await again.start()
    assert.deepEqual((await read('pattern-out', 5)).slice(4), ['5'])
  })

  test('of a pattern are divided among the instances, topics that come later too', async () => {
    await topics('many-a', 'many-b', 'many-out')
    const builder = new StreamsBuilder(strings)
    builder.stream(/many-[a-z]/).to('many-out')
    const topology = builder.build()
    const config = {
      consumer: { metadataMaxAgeMs: 50, retryBackoffMaxMs: 50, heartbeatIntervalMs: 50, fetchMaxWaitMs: 50 },
    }
    const instances = [1, 2].map((number) =>
      application('many', topology, { ...config, stateDir: join(stateDir, String(number)) }),
    )
    await Promise.all(instances.map((instance) => instance.start()))
    await send('many-a', 'a')
    await send('many-b', 'b')
    assert.deepEqual((await read('many-out', 2)).toSorted(), ['a', 'b'])
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics([{ name: 'many-c', partitions: 4 }])
    await admin.close()
    const producer = new Producer({ bootstrapServers }, environment)
    for (const partition of [0, 1, 2, 3])
      await producer.send({ topic: 'many-c', partition, key: 'k', value: `c${partition}` })
    await producer.close()
    assert.deepEqual((await read('many-out', 6)).slice(2).toSorted(), ['c0', 'c1', 'c2', 'c3'])
  })

  test('of a pattern that matches nothing yet wait for the first topic, beside topics by name', async () => {
    await topics('late-named', 'late-out')
    const topology = new Topology(strings)
      .addSource('by-name', 'late-named')
      .addSource('by-pattern', /late-in-[ab]/i)
      .addProcessor('tag', () => new Tagger(), ['by-name', 'by-pattern'])
      .addSink('write', 'late-out', 'tag')
    const streams = application('late', topology, {
      consumer: { metadataMaxAgeMs: 50, retryBackoffMaxMs: 50, fetchMaxWaitMs: 50 },
    })
    await streams.start()
    await send('late-named', 'first')
    assert.deepEqual(await read('late-out', 1), ['late-named: first'])
    await topics('LATE-IN-B', 'late-in-bb')
    await send('late-in-bb', 'not this one')
    await send('LATE-IN-B', 'second')
    assert.deepEqual((await read('late-out', 2))[1], 'LATE-IN-B: second')
  })

  test('may be written to topics that each record chooses, to several partitions, before their number is known', async () => {
    await topics('choose-in')
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics([{ name: 'choose-out', partitions: 3 }])
    await admin.close()
    const builder = new StreamsBuilder(strings)
    // Every partition but the first: `numPartitions` of a topic that no sink names has to be found out.
    builder.stream('choose-in').to((_key, value) => `choose-${value.split(' ')[0] ?? ''}`, {
      partitioner: (_topic, _key, value, count) =>
        value === 'out nowhere' ? [] : Array.from({ length: count - 1 }, (_none, index) => index + 1),
    })
    const streams = application('choose', builder.build())
    await streams.start()
    await send('choose-in', 'out a', 'out nowhere', 'out b')
    assert.deepEqual(await read('choose-out', 4, [0, 1, 2]), ['1: out a', '1: out b', '2: out a', '2: out b'])
    await streams.close()
    await send('choose-in', 'out c')
    const failing = application(
      'choose',
      streamTo(() => 'choose-missing'),
      // By default it would go on trying.
      { producer: { maxBlockMs: 50, lingerMs: 0 }, productionExceptionHandler: () => 'fail' },
    )
    const failed = deferred<Error>()
    failing.onFailure(failed.resolve)
    await failing.start()
    assert.match((await failed.promise).message, /A record of sink sink could not be written: .*choose-missing/)
  })

  test('may not match one topic twice', async () => {
    await topics('twice-1')
    const topology = new Topology(strings).addSource('one', /twice-.*/).addSource('two', /.*-1/)
    const streams = application('twice', topology)
    await assert.rejects(streams.start(), /Topic twice-1 is already matched for another regex pattern/)
  })
})
