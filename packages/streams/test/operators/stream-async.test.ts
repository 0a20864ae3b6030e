import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deferred } from '@streamwright/std'
import { StreamsBuilder, Stores, serdes } from '@streamwright/streams'
import type { AsyncProcessor, KeyValueStore, ProcessorContext, Record, RecordMetadata } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import type { TopologyTestDriverOptions } from '@streamwright/streams/testing'

const strings = { key: serdes.string, value: serdes.string }

function drive(
  build: (builder: StreamsBuilder) => void,
  options: TopologyTestDriverOptions = {},
): {
  driver: TopologyTestDriver
  pipe: (key: string, value: string, timestamp?: number) => void
  read: () => string[]
} {
  const builder = new StreamsBuilder()
  build(builder)
  const driver = new TopologyTestDriver(builder.build(), options)
  const input = driver.createInputTopic('in', strings)
  const output = driver.createOutputTopic('out', strings)
  return {
    driver,
    pipe: (key, value, timestamp = 0) => input.pipeKeyValue(key, value, timestamp),
    read: () => output.readAll().map(({ key, value, timestamp }) => `${key}=${value}@${timestamp}`),
  }
}

describe('asynchronous operators in the test driver', () => {
  test('results go on with the timestamp and the place of their record, whatever came meanwhile', async () => {
    const places: (RecordMetadata | undefined)[] = []
    const slow = deferred<string>()
    const { driver, pipe, read } = drive((builder) =>
      builder
        .stream('in', strings)
        .mapValuesAsync((value, _key, call) => {
          places.push(call.metadata)
          return value === 'slow' ? slow.promise : Promise.resolve(value.toUpperCase())
        })
        .to('out', { value: serdes.string }),
    )
    pipe('a', 'slow', 100)
    pipe('b', 'quick', 200)
    slow.resolve('AT LAST')
    await driver.settle()
    assert.deepEqual(read().toSorted(), ['a=AT LAST@100', 'b=QUICK@200'])
    assert.deepEqual(
      places.map((place) => place?.offset),
      [0, 1],
    )
    driver.close()
  })

  test('a function that fails at last is judged by the handler; the others go on', async () => {
    const attempts: number[] = []
    const { driver, pipe, read } = drive(
      (builder) =>
        builder
          .stream('in', strings)
          .flatMapValuesAsync(
            async (value, _key, call) => {
              if (value === 'bad') {
                attempts.push(call.attempt)
                throw new Error('the service is down')
              }
              return [value, value]
            },
            { retries: 2, retryBackoffMs: 1000 },
          )
          .to('out', { value: serdes.string }),
      { processingExceptionHandler: 'logAndContinue' },
    )
    pipe('a', 'bad')
    pipe('a', 'good')
    await driver.settle()
    assert.deepEqual(attempts, [1, 2, 3])
    assert.deepEqual(read(), ['a=good@0', 'a=good@0'])
    assert.equal(driver.droppedRecords, 1)
    driver.close()
  })

  test('a time-out elapses when the test moves the clock', async () => {
    const { driver, pipe } = drive((builder) =>
      builder
        .stream('in', strings)
        .mapValuesAsync(() => new Promise<string>(() => undefined), { timeoutMs: 5000 })
        .to('out', { value: serdes.string }),
    )
    pipe('a', 'x')
    driver.advanceWallClockTime(5000)
    await assert.rejects(driver.settle(), /took longer than 5000 ms/)
    driver.close()
  })

  test('a full operator takes no more records until there is room', async () => {
    let running = 0
    let most = 0
    const { driver, pipe, read } = drive((builder) =>
      builder
        .stream('in', strings)
        .mapValuesAsync(
          async (value) => {
            running += 1
            most = Math.max(most, running)
            await Promise.resolve()
            running -= 1
            return value
          },
          { maxConcurrent: 2, maxPending: 3, order: 'input' },
        )
        .to('out', { value: serdes.string }),
    )
    const values = Array.from({ length: 20 }, (_none, index) => `${index}`)
    for (const value of values) pipe('a', value)
    await driver.settle()
    assert.equal(most, 2)
    assert.deepEqual(
      read(),
      values.map((value) => `a=${value}@0`),
    )
    driver.close()
  })

  test('a chain of them behind a repartition topic and a table settles as a whole', async () => {
    const { driver, pipe, read } = drive(
      (builder) =>
        builder
          .stream('in', strings)
          .mapValuesAsync(async (value) => value.toUpperCase())
          .groupBy((_key, value) => value, strings)
          .count()
          .toStream()
          .mapValuesAsync(async (count) => `${count}`)
          .to('out', strings),
      { cacheMaxBytes: 0 },
    )
    for (const value of ['x', 'y', 'x']) pipe('k', value)
    await driver.settle()
    assert.deepEqual(read().toSorted(), ['X=1@0', 'X=2@0', 'Y=1@0'])
    driver.close()
  })

  test('a processor completes in turn, with stores', async () => {
    class Deduplicate implements AsyncProcessor<string, string, string, string, string> {
      #context!: ProcessorContext<string, string>
      #seen!: KeyValueStore<string, string>

      init(context: ProcessorContext<string, string>): void {
        this.#context = context
        this.#seen = context.getStateStore('seen')
      }

      async call(record: Record<string, string>): Promise<string> {
        return `${record.value}!`
      }

      complete(record: Record<string, string>, result: string): void {
        if (this.#seen.putIfAbsent(record.key, result) === null) this.#context.forward(record.withValue(result))
      }
    }
    const { driver, pipe, read } = drive((builder) => {
      builder
        .addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('seen'), strings))
        .stream('in', strings)
        .processAsync(() => new Deduplicate(), { stores: ['seen'] })
        .to('out', strings)
    })
    for (const [key, value] of [
      ['a', '1'],
      ['a', '2'],
      ['b', '3'],
    ] as const) {
      pipe(key, value)
    }
    await driver.settle()
    assert.deepEqual(read().toSorted(), ['a=1!@0', 'b=3!@0'])
    driver.close()
  })

  test('what a call gets does not change under it', async () => {
    const objects = { key: serdes.string, value: serdes.json<{ list: string[] }>() }
    const gate = deferred()
    const builder = new StreamsBuilder()
    builder
      .stream('in', strings)
      .groupByKey()
      .aggregate(
        () => ({ list: [] as string[] }),
        (_key, value, aggregate) => {
          aggregate.list.push(value)
          return aggregate
        },
        { store: 'lists', value: objects.value },
      )
      .toStream()
      .mapValuesAsync(async (value) => {
        await gate.promise
        return value.list.join('+')
      })
      .to('out', strings)
    const driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes: 0 })
    const input = driver.createInputTopic('in', strings)
    for (const value of ['x', 'y', 'z']) input.pipeKeyValue('k', value)
    gate.resolve()
    await driver.settle()
    assert.deepEqual(driver.createOutputTopic('out', strings).readKeyValues(), [
      ['k', 'x'],
      ['k', 'x+y'],
      ['k', 'x+y+z'],
    ])
    driver.close()
  })
})
