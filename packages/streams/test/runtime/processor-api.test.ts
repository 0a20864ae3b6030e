import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, Record as StreamsRecord, Stores, Topology, serdes } from '@streamwright/streams'
import type {
  Cancellable,
  KeyValueStore,
  Processor,
  ProcessorContext,
  ProcessorWrapper,
  Record,
  StreamsConfig,
} from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }

/** Counts by key; sends what the configuration calls large to the child `large`, all else to `small`. */
class Counting implements Processor<string, string, string, string> {
  #context!: ProcessorContext<string, string>
  #counts!: KeyValueStore<string, number>

  init(context: ProcessorContext<string, string>): void {
    this.#context = context
    this.#counts = context.getStateStore('counts')
    // On the grid of 20 ms: told once, in the one task whose store has rows.
    const ticks: Cancellable = context.schedule(
      20,
      'wall-clock-time',
      (timestampMs) => this.#tick(timestampMs, ticks),
      {
        startTimeMs: 0,
      },
    )
  }

  process(record: Record<string, string>): void {
    const context = this.#context
    if (record.key === 'commit') return context.commit()
    const count = (this.#counts.get(record.key) ?? 0) + 1
    this.#counts.put(record.key, count)
    const { topic, partition, offset } = context.recordMetadata ?? { topic: '?', partition: -1, offset: -1 }
    const { subtopology, partition: task } = context.taskId
    const value = `${count} ${topic}-${partition}@${offset} task ${subtopology}_${task} at ${context.currentStreamTimeMs}`
    const isLarge = record.value.length > Number(context.appConfigsWithPrefix('limits.')['length'])
    context.forward(record.withValue(value), isLarge ? 'large' : 'small')
  }

  #tick(timestampMs: number, ticks: Cancellable): void {
    using rows = this.#counts.all()
    const names = [...rows].map(({ key }) => key)
    if (names.length === 0) return
    ticks.cancel()
    assert.equal(this.#context.recordMetadata, undefined)
    assert.ok(timestampMs >= this.#context.currentStreamTimeMs)
    this.#context.forward(new StreamsRecord('tick', names.join(), 0), 'small')
  }
}

describe('the Processor API on a broker', () => {
  let broker: Broker
  let bootstrapServers = ''
  const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-processor-api-'))
  let running: KafkaStreams | undefined

  before(async () => {
    broker = await startBroker({
      port: 0,
      inMemory: true,
      environment,
      settings: { 'group.initial.rebalance.delay.ms': '0' },
    })
    bootstrapServers = broker.bootstrapServers
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics([
      { name: 'in', partitions: 2 },
      { name: 'small', partitions: 1 },
      { name: 'large', partitions: 3 },
    ])
    await admin.close()
  })
  after(async () => {
    await broker.close()
    rmSync(stateDir, { recursive: true, force: true })
  })
  beforeEach(() => {
    running = undefined
  })
  afterEach(() => running?.close())

  function topology(wrapped: string[]): Topology {
    const processorWrapper: ProcessorWrapper = {
      wrapProcessorSupplier: (name, { create }) => {
        wrapped.push(name)
        return create
      },
    }
    const counts = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore('counts'), {
      key: serdes.string,
      value: serdes.integer,
    })
    return new Topology({ ...strings, processorWrapper })
      .addSource('read', 'in')
      .addProcessor('count', { create: () => new Counting(), stores: [counts] }, 'read')
      .addSink('small', 'small', 'count')
      .addSink('large', 'large', 'count', { partitioner: (_topic, _key, _value, partitions) => [0, partitions - 1] })
  }

  async function start(config: Partial<StreamsConfig>): Promise<string[]> {
    const wrapped: string[] = []
    const shared = { bootstrapServers, stateDir, pollMs: 10, producer: { lingerMs: 0 }, 'limits.length': 5 }
    running = new KafkaStreams(topology(wrapped), { ...shared, ...config, applicationId: 'api' }, environment)
    await running.start()
    return wrapped
  }

  async function send(partition: number, key: string, value: string, timestamp: number): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    await producer.send({ topic: 'in', partition, key, value, timestamp })
    await producer.close()
  }

  async function read(topic: string, partitions: readonly number[], count: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest', fetchMaxWaitMs: 20 }, environment)
    consumer.assign(partitions.map((partition) => ({ topic, partition })))
    const found: string[] = []
    while (found.length < count) {
      for (const { partition, key, value } of eachRecord(await consumer.poll(50)))
        found.push(`${partition}: ${String(key)} ${String(value)}`)
    }
    await consumer.close()
    return found
  }

  async function committed(): Promise<number | undefined> {
    const consumer = new Consumer({ bootstrapServers, groupId: 'api' }, environment)
    const offsets = await consumer.committed([{ topic: 'in', partition: 1 }])
    await consumer.close()
    return offsets.get('in-1')?.offset
  }

  test('gives processors of each task their context, stores, punctuations, children and commits', async () => {
    const wrapped = await start({ commitIntervalMs: 600_000 })
    assert.deepEqual(wrapped, ['count'])
    await send(1, 'a', 'short', 1_000)
    await send(1, 'a', 'much longer', 900)
    assert.deepEqual(await read('large', [0, 1, 2], 2), [
      '0: a 2 in-1@1 task 0_1 at 1000',
      '2: a 2 in-1@1 task 0_1 at 1000',
    ])
    assert.deepEqual((await read('small', [0], 2)).toSorted(), ['0: a 1 in-1@0 task 0_1 at 1000', '0: tick a'])
    assert.equal(await committed(), undefined)
    await send(1, 'commit', '', 1_000)
    while ((await committed()) !== 3);
  })

  test('goes on with the stores after a restart', async () => {
    await start({ commitIntervalMs: 20 })
    await send(1, 'a', 'again', 800)
    assert.deepEqual((await read('small', [0], 4)).slice(2).toSorted(), ['0: a 3 in-1@3 task 0_1 at 1000', '0: tick a'])
  })
})
