import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { startBroker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { StreamsBuilder, TimeWindows, serdes } from '../../src/index.ts'
import type { Topology } from '../../src/index.ts'
import { TimeTravel, TopologyTestDriver, readRecording, recordingOf, recordingText } from '../../src/testing/index.ts'
import type { RawRecord, Recording } from '../../src/testing/index.ts'

const strings = { key: serdes.string, value: serdes.string }

function counting(): Topology {
  const builder = new StreamsBuilder(strings)
  const stream = builder.stream(['in', 'more'])
  stream.groupByKey().count({ store: 'counts' }).toStream().to('out', { value: serdes.long })
  stream
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .count({ store: 'windows' })
    .toStream((windowed) => windowed.key)
    .to('windows', { value: serdes.long })
  stream.process(() => ({
    init: (context) => void context.schedule(100, 'wall-clock-time', () => undefined),
    process() {},
  }))
  return builder.build()
}

/** Four records, one batch, and a second of wall-clock time. */
function recorded(): Recording {
  using driver = new TopologyTestDriver(counting(), { startTimeMs: 50 })
  const input = driver.createInputTopic('in', strings)
  const more = driver.createInputTopic('more', strings)
  input.pipeInput('a', 'x', 1)
  more.pipeInput('b', 'x', 2)
  driver.advanceWallClockTime(1000)
  input.pipeBatch([
    { key: 'a', value: 'y', timestamp: 3 },
    { key: 'b', value: 'y', timestamp: 4 },
  ])
  more.pipeInput('a', 'z', 15)
  return driver.recording
}

const rows = (travel: TimeTravel): string => travel.driver.snapshot({ topics: [], stores: ['counts'] })

describe('time travel', () => {
  test('goes forward step by step, and shows stores and output as they were', async () => {
    using travel = new TimeTravel(counting(), recorded())
    assert.deepEqual([travel.position, travel.lastStep, travel.nextStep?.kind], [0, undefined, 'record'])
    assert.equal(rows(travel), 'store counts\n')
    await travel.forward()
    assert.equal(rows(travel), 'store counts\n  "a" = 1 @1\n')
    assert.deepEqual(
      travel.producedByLastStep.map(({ topic }) => topic),
      ['test-counts-changelog', 'out', 'test-windows-changelog', 'windows'],
    )
    await travel.forward(2)
    assert.deepEqual([travel.position, travel.lastStep?.kind, travel.produced.length], [3, 'advanceWallClock', 8])
    assert.deepEqual(travel.producedByLastStep, [])
    assert.equal(travel.driver.metrics().sum('punctuate-total', { group: 'stream-task-metrics' }), 1)
    await travel.forward(100)
    assert.deepEqual([travel.position, travel.nextStep], [5, undefined])
    assert.equal(rows(travel), 'store counts\n  "a" = 3 @15\n  "b" = 2 @4\n')
  })

  test('goes back, to any position, and to a record by its topic and offset', async () => {
    using travel = new TimeTravel(counting(), recorded())
    await travel.goTo(5)
    await travel.back(2)
    assert.equal(rows(travel), 'store counts\n  "a" = 1 @1\n  "b" = 1 @2\n')
    await travel.goToRecord('in', 2)
    assert.deepEqual([travel.position, travel.lastStep?.kind], [4, 'batch'])
    await travel.goToRecord('more', 0)
    assert.equal(travel.position, 2)
    await travel.back()
    await travel.back(10)
    assert.equal(travel.position, 0)
    await assert.rejects(travel.goTo(6), { code: 'INVALID_ARGUMENT', message: /The recording has 5 steps|has 5 steps/ })
    await assert.rejects(travel.goToRecord('more', 2), { code: 'UNKNOWN_RECORD' })
  })

  test('stops where a predicate of state, output or input holds, in both directions', async () => {
    using travel = new TimeTravel(counting(), recorded())
    const countOf = (key: string) => travel.driver.getKeyValueStore<string, number>('counts').get(key)
    assert.equal(await travel.forwardUntil(() => countOf('b') === 2), true)
    assert.equal(travel.position, 4)
    assert.equal(await travel.backUntil(({ lastStep }) => lastStep?.kind === 'record'), true)
    assert.equal(travel.position, 2)
    assert.equal(await travel.forwardUntil(({ producedByLastStep }) => producedByLastStep.length > 100), false)
    assert.equal(travel.position, 5)
    assert.equal(await travel.backUntil(() => countOf('a') === 99), false)
    assert.equal(travel.position, 0)
  })

  test('records from elsewhere keep their offsets', async () => {
    const record = (offset: number, key: string) => ({
      topic: 'in',
      key: Buffer.from(key),
      value: Buffer.from('x'),
      timestamp: offset,
      headers: [],
      offset,
    })
    using travel = new TimeTravel(counting(), recordingOf([record(1007, 'a'), record(1009, 'b')]))
    await travel.goToRecord('in', 1009)
    assert.equal(rows(travel), 'store counts\n  "a" = 1 @1007\n  "b" = 1 @1009\n')
    await assert.rejects(travel.goToRecord('in', 1008), { code: 'UNKNOWN_RECORD' })
  })

  test('runs on this machine what was read from a cluster', async () => {
    const environment = environmentWith({ log: silentLog })
    const broker = await startBroker({ port: 0, inMemory: true, environment })
    const { bootstrapServers } = broker
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics([{ name: 'in', partitions: 2, replicationFactor: 1 }])
    await admin.close()
    const producer = new Producer({ bootstrapServers }, environment)
    const at = (partition: number, key: string, timestamp: number) => ({
      topic: 'in',
      partition,
      key,
      value: 'x',
      timestamp,
    })
    await producer.send([at(0, 'a', 1), at(1, 'b', 2), at(1, 'b', 3)])
    await producer.close()
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false }, environment)
    const places = [0, 1].map((partition) => ({ topic: 'in', partition }))
    consumer.assign(places)
    await consumer.seekToBeginning(places)
    const records: RawRecord[] = []
    while (records.length < 3) records.push(...eachRecord(await consumer.poll(50)))
    await consumer.close()
    await broker.close()
    records.sort((left, right) => left.timestamp - right.timestamp)
    using travel = new TimeTravel(counting(), recordingOf(records))
    await travel.goToRecord('in', 0, 1)
    assert.deepEqual([travel.position, rows(travel)], [2, 'store counts\n  "a" = 1 @1\n  "b" = 1 @2\n'])
    await travel.goToRecord('in', 1, 1)
    assert.equal(rows(travel), 'store counts\n  "a" = 1 @1\n  "b" = 2 @3\n')
    assert.deepEqual(readRecording(recordingText(travel.recording)), travel.recording)
  })

  test('a step that fails leaves one before it', async () => {
    const builder = new StreamsBuilder(strings)
    builder.stream('in').mapValues((value) => {
      if (value === 'bad') throw new Error('no')
      return value
    })
    const record = (value: string) => ({ topic: 'in', key: null, value: Buffer.from(value), timestamp: 1, headers: [] })
    using travel = new TimeTravel(builder.build(), recordingOf(['good', 'bad', 'good'].map(record)))
    await assert.rejects(travel.goTo(3), /no/)
    assert.equal(travel.position, 1)
    await travel.back()
    assert.equal(travel.position, 0)
  })

  test('waits for asynchronous operators where the test did', async () => {
    const builder = new StreamsBuilder(strings)
    builder
      .stream('in')
      .mapValuesAsync((value) => Promise.resolve(value.toUpperCase()))
      .to('out')
    const topology = builder.build()
    using driver = new TopologyTestDriver(topology)
    driver.createInputTopic('in', strings).pipeInput('a', 'x', 1)
    await driver.settle()
    using travel = new TimeTravel(topology, driver.recording)
    await travel.forward()
    assert.equal(travel.produced.length, 0)
    await travel.forward()
    assert.equal(travel.driver.snapshot(), driver.snapshot())
    assert.equal(travel.driver.snapshot(), 'topic out\n  @1 "a" = "X"\n')
  })

  test('wherever one comes from, a position shows the same', async () => {
    const input = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      timestamp: fc.nat(40),
      topic: fc.constantFrom('in', 'more'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(input, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(12), { maxLength: 6 }),
        async (inputs, visits) => {
          const records = inputs.map(({ key, ...rest }) => ({
            ...rest,
            key: Buffer.from(key),
            value: Buffer.from('x'),
            headers: [],
          }))
          using travel = new TimeTravel(counting(), recordingOf(records))
          for (const visit of visits) {
            const position = visit % (records.length + 1)
            await travel.goTo(position)
            using fresh = new TopologyTestDriver(counting())
            for (const step of recordingOf(records.slice(0, position)).steps) await fresh.replay(step)
            assert.equal(travel.driver.snapshot({ internalTopics: true }), fresh.snapshot({ internalTopics: true }))
          }
        },
      ),
      { seed: 11, numRuns: 20 },
    )
  })
})

describe('recordings as text', () => {
  test('come back as they were', () => {
    const recording = recorded()
    const text = recordingText(recording)
    assert.equal(text.split('\n').length, recording.steps.length + 2)
    assert.deepEqual(readRecording(text), recording)
    const odd: Recording = {
      startTimeMs: 7,
      steps: [
        {
          kind: 'record',
          record: {
            topic: 't',
            key: null,
            value: Buffer.from([0, 255]),
            timestamp: 3,
            headers: [
              { key: 'h', value: null },
              { key: 'h', value: Buffer.from('x') },
            ],
            offset: 12,
          },
        },
        { kind: 'settle' },
      ],
    }
    assert.deepEqual(readRecording(recordingText(odd)), odd)
    assert.throws(() => readRecording('{"startTimeMs":0}\n{"other":1}\n'), { message: /Line 2 is none of a recording/ })
    assert.throws(() => readRecording('{}\n'), { code: 'INVALID_RECORDING', message: /Line 1/ })
  })
})
