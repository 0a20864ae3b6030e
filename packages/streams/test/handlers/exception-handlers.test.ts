import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AssertionError, ConfigurationError, assert as invariant, silentLog } from '@streamwright/std'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import type { TopologyTestDriverOptions } from '@streamwright/streams/testing'
import { RecordError, Stores, StreamsBuilder, Topology, deadLetter, serdes } from '../../src/index.ts'
import type {
  DeserializationExceptionHandler,
  ErrorHandlerContext,
  HandlerOptions,
  ProcessingExceptionHandler,
  ProductionExceptionHandler,
  Record,
} from '../../src/index.ts'

const strings = { key: serdes.string, value: serdes.string }

/** `in` → a mapper that refuses `bad` → `out`; and `in` as it is → `raw`. */
function refusing(): Topology {
  const builder = new StreamsBuilder(strings)
  const source = builder.stream<string, string>('in')
  source
    .mapValues(
      (value) => {
        if (value === 'bad') throw new RangeError('this one')
        return value
      },
      { name: 'refuse' },
    )
    .to('out')
  source.to('raw')
  return builder.build()
}

function driverOf(topology: Topology, options: TopologyTestDriverOptions): TopologyTestDriver {
  return new TopologyTestDriver(topology, { log: silentLog, ...options })
}

function valuesOf(driver: TopologyTestDriver, topic: string): string[] {
  return driver
    .createOutputTopic(topic, strings)
    .readAll()
    .map(({ value }) => value ?? 'null')
}

describe('the processing handler', () => {
  test('is told what failed, where and on which record, and its answer counts', () => {
    const seen: { context: ErrorHandlerContext; record: Record<unknown, unknown> | null; error: Error }[] = []
    const driver = driverOf(refusing(), {
      processingExceptionHandler: (context, record, error) => {
        seen.push({ context, record, error })
        return 'resume'
      },
    })
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('a', 'good', 5)
    input.pipeKeyValue('b', 'bad', 7)
    assert.deepEqual(valuesOf(driver, 'out'), ['good'])
    assert.deepEqual(valuesOf(driver, 'raw'), ['good', 'bad'], 'the other branch goes on')
    assert.equal(driver.droppedRecords, 1)
    const [failure] = seen
    assert.equal(seen.length, 1)
    assert.ok(failure !== undefined)
    assert.equal(failure.error.message, 'this one')
    assert.deepEqual([failure.record?.key, failure.record?.value, failure.record?.timestamp], ['b', 'bad', 7])
    const { headers, sourceRawKey, sourceRawValue, ...place } = failure.context
    assert.deepEqual(place, {
      topic: 'in',
      partition: 0,
      offset: 1,
      timestamp: 7,
      processorNodeId: 'refuse',
      taskId: { subtopology: 0, partition: 0 },
    })
    assert.deepEqual(headers.toArray(), [])
    assert.deepEqual([sourceRawKey?.toString(), sourceRawValue?.toString()], ['b', 'bad'])
    driver.close()
  })

  test('is asked once: by the processor that failed, not by those above it', () => {
    const nodes: (string | null)[] = []
    const builder = new StreamsBuilder(strings)
    builder
      .stream<string, string>('in')
      .mapValues((value) => value, { name: 'above' })
      .mapValues(
        () => {
          throw new Error('below')
        },
        { name: 'below' },
      )
      .to('out')
    const topology = builder.build()
    for (const result of ['resume', 'fail'] as const) {
      const driver = driverOf(topology, {
        processingExceptionHandler: ({ processorNodeId }) => {
          nodes.push(processorNodeId)
          return result
        },
      })
      const pipe = (): void => driver.createInputTopic('in', strings).pipeKeyValue('a', 'x')
      if (result === 'fail') assert.throws(pipe, RecordError)
      else pipe()
      driver.close()
    }
    assert.deepEqual(nodes, ['below', 'below'])
  })

  test('may be one for a node and another for the rest', () => {
    const driver = driverOf(refusing(), {
      processingExceptionHandler: { byNode: { refuse: 'logAndContinue' }, others: 'logAndFail' },
    })
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('b', 'bad')
    driver.close()
    const other = driverOf(refusing(), { processingExceptionHandler: { byNode: { another: 'logAndContinue' } } })
    assert.throws(() => other.createInputTopic('in', strings).pipeKeyValue('b', 'bad'), /Processor refuse failed/)
    other.close()
  })

  test('may be named by its class, as in settings that were written for Java', () => {
    const name = 'org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler' as 'logAndContinue'
    const driver = driverOf(refusing(), { processingExceptionHandler: name })
    driver.createInputTopic('in', strings).pipeKeyValue('b', 'bad')
    assert.equal(driver.droppedRecords, 1)
    driver.close()
  })

  test('gets no record, no place and no bytes for a punctuation', () => {
    const seen: unknown[] = []
    const builder = new StreamsBuilder(strings)
    builder.stream<string, string>('in').process(
      () => ({
        init(context) {
          context.schedule(10, 'wall-clock-time', () => {
            throw new Error('on time')
          })
        },
        process() {},
      }),
      { name: 'clock' },
    )
    const handler: ProcessingExceptionHandler = {
      handleError(context, record, error) {
        const { topic, partition, offset, timestamp, processorNodeId, sourceRawKey } = context
        seen.push([record, error.message, topic, partition, offset, timestamp, processorNodeId, sourceRawKey])
        return 'resume'
      },
    }
    const driver = driverOf(builder.build(), { processingExceptionHandler: handler })
    driver.advanceWallClockTime(10)
    assert.deepEqual(seen, [[null, 'on time', null, -1, -1, 10, 'clock', null]])
    driver.close()
  })

  test('is not asked about a sink right below its source: the error says which record it was', () => {
    const topology = new Topology(strings).addSource('read', 'in').addSink(
      'write',
      () => {
        throw new TypeError('no topic')
      },
      'read',
    )
    const driver = driverOf(topology, { processingExceptionHandler: 'logAndContinue' })
    assert.throws(() => driver.createInputTopic('in', strings).pipeKeyValue('b', 'x'), {
      name: 'RecordError',
      message: /What follows read failed for record in-0@0: no topic/,
    })
    driver.close()
  })

  test('of global stores is asked only when that is switched on; dead letters cannot be written there', () => {
    const topology = new Topology(strings)
    topology.addGlobalStore(
      Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('rows'), strings),
      'rows',
      () => ({
        process() {
          throw new Error('no row')
        },
      }),
      { sourceName: 'read', processorName: 'keep' },
    )
    const failing = (more: HandlerOptions): TopologyTestDriver => driverOf(topology, more)
    const options: HandlerOptions = {
      processingExceptionHandler: 'logAndContinue',
      errorsDeadLetterQueueTopicName: 'dead',
    }
    const strict = failing(options)
    assert.throws(() => strict.createInputTopic('rows', strings).pipeKeyValue('a', 'x'), /no row/)
    strict.close()
    const lenient = failing({ ...options, processingExceptionHandlerGlobalEnabled: true })
    lenient.createInputTopic('rows', strings).pipeKeyValue('a', 'x')
    assert.equal(lenient.droppedRecords, 1)
    assert.deepEqual([...lenient.producedRecords().keys()], [])
    lenient.close()
  })
})

describe('the deserialization handler', () => {
  test('gets the bytes and the place of what cannot be read', () => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
    builder.stream('in').to('out')
    const seen: unknown[] = []
    const handler: DeserializationExceptionHandler = {
      handleError(context, record, error) {
        seen.push([context.processorNodeId, context.sourceRawValue?.toString(), error.name])
        seen.push([record.topic, record.partition, record.offset, record.timestamp, record.key?.toString()])
        return 'resume'
      },
    }
    const driver = driverOf(builder.build(), { deserializationExceptionHandler: handler })
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('k', 'abc', 3)
    assert.deepEqual(seen, [
      ['KSTREAM-SOURCE-0000000000', 'abc', 'SerdeError'],
      ['in', 0, 0, 3, 'k'],
    ])
    assert.equal(driver.droppedRecords, 1)
    driver.close()
  })
})

describe('the production handler', () => {
  function lengths(): Topology {
    const builder = new StreamsBuilder(strings)
    const wrong = builder.stream<string, string>('in').mapValues((value) => value.length as unknown as string, {
      name: 'length',
    })
    wrong.to('out', { name: 'sink' })
    return builder.build()
  }

  test('is asked about keys and values that a serde cannot write', () => {
    const seen: unknown[] = []
    const handler: ProductionExceptionHandler = {
      handleError: () => 'fail',
      handleSerializationError(context, record, _error, origin) {
        seen.push([context.processorNodeId, context.offset, record.topic, record.key, record.value, origin])
        return 'resume'
      },
    }
    const driver = driverOf(lengths(), { productionExceptionHandler: handler })
    driver.createInputTopic('in', strings).pipeKeyValue('k', 'abc')
    assert.deepEqual(seen, [['sink', 0, 'out', 'k', 3, 'value']])
    assert.equal(driver.droppedRecords, 1)
    driver.close()
  })

  test('to fail is to fail the processor that forwarded: its handler decides, and one failure has one letter', () => {
    for (const productionExceptionHandler of ['logAndFail', (): 'fail' => 'fail'] as const) {
      const driver = driverOf(lengths(), {
        productionExceptionHandler,
        processingExceptionHandler: 'logAndContinue',
        errorsDeadLetterQueueTopicName: 'dead',
      })
      driver.createInputTopic('in', strings).pipeKeyValue('k', 'abc')
      assert.deepEqual(valuesOf(driver, 'dead'), ['abc'])
      driver.close()
    }
    const strict = driverOf(lengths(), {})
    assert.throws(() => strict.createInputTopic('in', strings).pipeKeyValue('k', 'abc'), {
      message:
        /Processor length failed .* Sink sink cannot serialize the value of a record of out with the serde string/,
    })
    strict.close()
  })
})

describe('dead letters', () => {
  test('are written as the records came, whatever the standard handler says', () => {
    for (const processingExceptionHandler of ['logAndContinue', 'logAndFail'] as const) {
      const driver = driverOf(refusing(), { processingExceptionHandler, errorsDeadLetterQueueTopicName: 'dead' })
      const input = driver.createInputTopic('in', strings)
      input.pipeKeyValue('a', 'good')
      if (processingExceptionHandler === 'logAndFail')
        assert.throws(() => input.pipeKeyValue('a', 'bad', 7), /this one/)
      else input.pipeKeyValue('a', 'bad', 7)
      const [letter] = driver.createOutputTopic('dead', strings).readAll()
      assert.deepEqual([letter?.key, letter?.value, letter?.timestamp], ['a', 'bad', 7])
      const headers = new Map(
        letter?.headers.toArray().map(({ key, value }) => [key, Buffer.from(value ?? []).toString()]),
      )
      assert.equal(headers.get('__streams.errors.exception'), 'RangeError')
      assert.equal(headers.get('__streams.errors.message'), 'this one')
      assert.match(headers.get('__streams.errors.stacktrace') ?? '', /RangeError: this one\n/)
      assert.deepEqual(
        ['topic', 'partition', 'offset'].map((name) => headers.get(`__streams.errors.${name}`)),
        ['in', '0', '1'],
      )
      driver.close()
    }
  })

  test('of a punctuation have no record, and no topic that they came from', () => {
    const builder = new StreamsBuilder(strings)
    builder.stream('in').process(() => ({
      init(context) {
        context.schedule(10, 'wall-clock-time', () => {
          throw new Error('on time')
        })
      },
      process() {},
    }))
    const driver = driverOf(builder.build(), {
      processingExceptionHandler: 'logAndContinue',
      errorsDeadLetterQueueTopicName: 'dead',
    })
    driver.advanceWallClockTime(10)
    const [letter] = driver.producedRecords().get('dead') ?? []
    assert.deepEqual([letter?.key, letter?.value, letter?.timestamp], [null, null, 10])
    const places = ['topic', 'partition', 'offset'].map((name) => {
      const value = letter?.headers.find(({ key }) => key === `__streams.errors.${name}`)?.value
      return value === null ? null : Buffer.from(value ?? []).toString()
    })
    assert.deepEqual(places, [null, '-1', '-1'])
    driver.close()
  })

  test('of a handler of one own go where it says, with what it says', () => {
    const driver = driverOf(refusing(), {
      processingExceptionHandler: (context, _record, error) => ({
        result: 'resume',
        deadLetterQueueRecords: [
          deadLetter('dead', context, error),
          { topic: 'notes', timestamp: context.timestamp, key: null, value: Buffer.from(error.message) },
        ],
      }),
    })
    driver.createInputTopic('in', strings).pipeKeyValue('a', 'bad', 7)
    assert.deepEqual(valuesOf(driver, 'dead'), ['bad'])
    assert.deepEqual(valuesOf(driver, 'notes'), ['this one'])
    driver.close()
  })
})

describe('a handler that does not do its part', () => {
  test('fails the record: when it throws, and when it answers nothing that is known', () => {
    const throwing = driverOf(refusing(), {
      processingExceptionHandler: () => {
        throw new TypeError('handler bug')
      },
    })
    assert.throws(() => throwing.createInputTopic('in', strings).pipeKeyValue('a', 'bad'), {
      code: 'HANDLER_FAILED',
      message: /handler bug/,
    })
    throwing.close()
    for (const answer of [undefined, null, 'continue', {}]) {
      const wordless = driverOf(refusing(), { processingExceptionHandler: () => answer as 'resume' })
      assert.throws(() => wordless.createInputTopic('in', strings).pipeKeyValue('a', 'bad'), { code: 'HANDLER_FAILED' })
      wordless.close()
    }
  })

  test('is refused at once if it is no handler', () => {
    const handler = 'ignore' as 'logAndFail'
    assert.throws(() => driverOf(refusing(), { processingExceptionHandler: handler }), ConfigurationError)
    const empty = {} as ProcessingExceptionHandler
    assert.throws(() => driverOf(refusing(), { processingExceptionHandler: empty }), /processing\.exception\.handler/)
  })

  test('is a wrong use that the types know', () => {
    const options: HandlerOptions[] = [
      // @ts-expect-error: retry is for records that cannot be written
      { processingExceptionHandler: () => 'retry' },
      // @ts-expect-error: retry is for records that cannot be written
      { deserializationExceptionHandler: () => ({ result: 'retry' }) },
      // @ts-expect-error: a record of dead letters has bytes
      { productionExceptionHandler: () => ({ result: 'resume', deadLetterQueueRecords: [{ topic: 'd', key: 'x' }] }) },
      // @ts-expect-error: there is no such standard handler
      { processingExceptionHandler: 'logAndRetry' },
      { productionExceptionHandler: () => 'retry' },
    ]
    assert.equal(options.length, 5)
  })
})

test('nobody is asked about a broken invariant of our own, however deep it lies; it passes every node', () => {
  const builder = new StreamsBuilder(strings)
  builder
    .stream<string, string>('in')
    .mapValues((value) => value)
    .mapValues((value) => {
      try {
        invariant(value !== 'bug', 'own invariant')
      } catch (cause) {
        throw new Error('wrapped', { cause })
      }
      return value
    })
    .to('out')
  const driver = driverOf(builder.build(), { processingExceptionHandler: 'logAndContinue' })
  assert.throws(() => driver.createInputTopic('in', strings).pipeKeyValue('a', 'bug'), AssertionError)
  driver.close()
})
