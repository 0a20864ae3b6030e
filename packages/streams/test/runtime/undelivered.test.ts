import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { deferred, environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, deadLetter, serdes } from '@streamwright/streams'
import type { ErrorHandlerContext, ProductionExceptionHandler, StreamsConfig, Topology } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }
/** What topics named `…-small` take at most, with the batch around it. */
const smallBytes = 300
const large = 'x'.repeat(smallBytes)

describe('records that the broker does not take', () => {
  let broker: Broker
  let bootstrapServers = ''
  let stateDir = ''
  const running: KafkaStreams[] = []

  before(async () => {
    broker = await startBroker({
      port: 0,
      inMemory: true,
      environment,
      settings: { 'group.initial.rebalance.delay.ms': '0' },
    })
    bootstrapServers = broker.bootstrapServers
  })
  after(() => broker.close())
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'streamwright-undelivered-'))
  })
  afterEach(async () => {
    for (const streams of running.splice(0)) await streams.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  async function topics(...names: readonly string[]): Promise<void> {
    const admin = new Admin({ bootstrapServers }, environment)
    const config = { 'max.message.bytes': String(smallBytes) }
    await admin.createTopics(
      names.map((name) => ({ name, partitions: 1, ...(name.endsWith('-small') ? { config } : {}) })),
    )
    await admin.close()
  }

  async function send(topic: string, values: readonly string[]): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    for (const [index, value] of values.entries()) await producer.send({ topic, key: 'k', value, timestamp: index })
    await producer.close()
  }

  async function read(topic: string, count: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest', fetchMaxWaitMs: 20 }, environment)
    consumer.assign([{ topic, partition: 0 }])
    const values: string[] = []
    while (values.length < count) {
      for (const { value } of eachRecord(await consumer.poll(50))) values.push(value?.toString() ?? 'null')
    }
    await consumer.close()
    return values
  }

  function application(applicationId: string, topology: Topology, config: Partial<StreamsConfig>): KafkaStreams {
    const shared = { bootstrapServers, stateDir, commitIntervalMs: 20, pollMs: 10, statestoreCacheMaxBytes: 0 }
    const streams = new KafkaStreams(
      topology,
      { ...shared, producer: { lingerMs: 0 }, ...config, applicationId },
      environment,
    )
    running.push(streams)
    return streams
  }

  function copying(name: string): Topology {
    const builder = new StreamsBuilder(strings)
    builder.stream(`${name}-in`).to(`${name}-small`, { name: 'sink' })
    return builder.build()
  }

  function failureOf(streams: KafkaStreams): Promise<Error> {
    const failed = deferred<Error>()
    streams.onFailure(failed.resolve)
    return failed.promise
  }

  test('end the application by default, with what is known of them in the error', async () => {
    await topics('fail-in', 'fail-small')
    const streams = application('fail', copying('fail'), {})
    const failed = failureOf(streams)
    await streams.start()
    await send('fail-in', ['small', large])
    const error = await failed
    assert.match(error.message, /A record of sink sink could not be written: .*max\.message\.bytes/)
    assert.equal(error instanceof Error && 'code' in error && error.code, 'PRODUCTION_FAILED')
    assert.equal(streams.state, 'ERROR')
  })

  // A thread went round its loop as fast as it could while its producer was full: 4000 turns for each 10,000 records.
  test('are waited for at rest when the buffer is full', async () => {
    const name = 'rest'
    await topics(`${name}-in`, `${name}-small`)
    const values = Array.from({ length: 50 }, (_, index) => `value ${index} ${'x'.repeat(100)}`)
    await send(`${name}-in`, values)
    let turns = 0
    const turnsWhenRefused: number[] = []
    const release = broker.intercept(ApiKey.Produce, ({ clientId }) => {
      if (clientId?.startsWith(name) !== true || turnsWhenRefused.length === 5) return undefined
      turnsWhenRefused.push(turns)
      return { errorCode: ErrorCode.NOT_ENOUGH_REPLICAS }
    })
    const producer = { lingerMs: 0, bufferMemory: 500, batchSize: 200, retryBackoffMs: 40, retryBackoffMaxMs: 40 }
    const config = { bootstrapServers, stateDir, pollMs: 10, producer, applicationId: name }
    const afterIo = (action: () => void): void => {
      turns += 1
      environment.timers.afterIo(action)
    }
    const timers = { ...environment.timers, afterIo }
    const streams = new KafkaStreams(copying(name), config, { ...environment, timers })
    running.push(streams)
    await streams.start()
    assert.deepEqual(await read(`${name}-small`, values.length), values)
    const [first = 0] = turnsWhenRefused
    const last = turnsWhenRefused.at(-1) ?? 0
    assert.equal(turnsWhenRefused.length, 5)
    assert.ok(last - first < 50, `${last - first} turns while nothing could be sent`)
    release()
  })

  test('are the production handler’s to judge, which sees the record, where it came from, and why', async () => {
    await topics('judge-in', 'judge-small', 'judge-dead')
    const seen: unknown[] = []
    const productionExceptionHandler: ProductionExceptionHandler = {
      handleError(context, record, error) {
        const { topic, partition, offset, timestamp, processorNodeId, taskId } = context
        seen.push({ topic, partition, offset, timestamp, processorNodeId, taskId })
        seen.push([record.topic, record.timestamp, record.key?.toString(), record.value?.length])
        seen.push('code' in error && error.code)
        return { result: 'resume', deadLetterQueueRecords: [deadLetter('judge-dead', context, error)] }
      },
    }
    const streams = application('judge', copying('judge'), { productionExceptionHandler })
    await streams.start()
    await send('judge-in', ['one', large, 'three'])
    assert.deepEqual(await read('judge-small', 2), ['one', 'three'])
    assert.deepEqual(await read('judge-dead', 1), [large], 'the source record, as it came')
    assert.deepEqual(seen, [
      {
        topic: 'judge-in',
        partition: 0,
        offset: 1,
        timestamp: 1,
        processorNodeId: 'sink',
        taskId: { subtopology: 0, partition: 0 },
      },
      ['judge-small', 1, 'k', large.length],
      'MESSAGE_TOO_LARGE',
    ])
    await streams.close()
    const again = application('judge', copying('judge'), { productionExceptionHandler })
    await again.start()
    await send('judge-in', ['four'])
    assert.deepEqual(await read('judge-small', 3), ['one', 'three', 'four'], 'what was left out is committed')
  })

  test('have a dead letter by the standard handlers, before the application ends', async () => {
    await topics('letter-in', 'letter-small', 'letter-dead')
    const streams = application('letter', copying('letter'), { errorsDeadLetterQueueTopicName: 'letter-dead' })
    const failed = failureOf(streams)
    await streams.start()
    await send('letter-in', [large])
    await failed
    assert.deepEqual(await read('letter-dead', 1), [large])
  })

  test('are nobody’s to judge where the application has no right to write', async () => {
    await topics('rights-in', 'rights-small')
    let asked = 0
    const streams = application('rights', copying('rights'), {
      productionExceptionHandler: () => {
        asked += 1
        return 'resume'
      },
    })
    const failed = failureOf(streams)
    await streams.start()
    const release = broker.intercept(ApiKey.Produce, ({ clientId }) =>
      clientId?.startsWith('rights-') === true ? { errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED } : undefined,
    )
    await send('rights-in', ['one'])
    assert.match((await failed).message, /could not be written/)
    assert.equal(asked, 0)
    release()
  })

  for (const handler of ['standard', 'custom'] as const) {
    test(`take a task back to its last commit when the error may pass: nothing is lost or counted twice (${handler})`, async () => {
      const name = `retry-${handler}`
      await topics(`${name}-in`, `${name}-out`)
      const builder = new StreamsBuilder(strings)
      builder
        .stream<string, string>(`${name}-in`)
        .groupByKey()
        .count({ store: 'counts' })
        .toStream()
        .mapValues(String)
        .to(`${name}-out`)
      const contexts: ErrorHandlerContext[] = []
      const productionExceptionHandler = (context: ErrorHandlerContext): 'retry' => {
        contexts.push(context)
        return 'retry'
      }
      const streams = application(name, builder.build(), {
        // The producer gives up at once, where it would otherwise try for two minutes.
        producer: { lingerMs: 0, retries: 0, enableIdempotence: false },
        ...(handler === 'custom' ? { productionExceptionHandler } : {}),
      })
      await streams.start()
      await send(`${name}-in`, ['a', 'b'])
      assert.deepEqual(await read(`${name}-out`, 2), ['1', '2'])
      const goesBack = deferred()
      const stop = streams.onStateChange((state) => {
        if (state === 'REBALANCING') goesBack.resolve()
      })
      const release = broker.intercept(ApiKey.Produce, ({ clientId }) =>
        clientId?.startsWith(name) === true ? { errorCode: ErrorCode.NOT_ENOUGH_REPLICAS } : undefined,
      )
      await send(`${name}-in`, ['c', 'd'])
      await goesBack.promise
      stop()
      release()
      assert.deepEqual(await read(`${name}-out`, 4), ['1', '2', '3', '4'])
      assert.equal(contexts.length > 0, handler === 'custom')
      await streams.close()
      assert.equal(streams.state, 'NOT_RUNNING')
    })
  }
})
