import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers } from '@streamwright/formats'
import { StreamsBuilder, serdes } from '../../src/index.ts'
import type { TestOutputTopic } from '../../src/testing/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

const pairs = { key: serdes.string, value: serdes.long }

function passing(): TopologyTestDriver {
  const builder = new StreamsBuilder(pairs)
  builder.stream('in').to('out')
  return new TopologyTestDriver(builder.build(), { startTimeMs: 1000 })
}

function rows(output: TestOutputTopic<string, number>): unknown[] {
  return output.readRecordsToList().map(({ key, value, timestamp }) => [key, value, timestamp])
}

describe('input topics', () => {
  test('records with and without key and time; times as numbers or dates', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs)
    const output = driver.createOutputTopic('out', pairs)
    input.pipeInput(1)
    input.pipeInput('a', 2)
    input.pipeInput('b', 3, 77)
    input.pipeInput('c', null, new Date(88))
    input.pipe({ key: 'd', value: 4, timestamp: new Date(99) })
    assert.deepEqual(rows(output), [
      [null, 1, 1000],
      ['a', 2, 1000],
      ['b', 3, 77],
      ['c', null, 88],
      ['d', 4, 99],
    ])
  })

  test('the time of a topic starts where one says, and grows with its records and by hand', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs, { startTimestamp: new Date(500), autoAdvanceMs: 10 })
    const output = driver.createOutputTopic('out', pairs)
    input.pipeInput('a', 1)
    input.pipeInput('a', 2)
    input.pipeInput('a', 3, 7)
    input.advanceTime(100)
    input.pipeInput('a', 4)
    driver.advanceWallClockTime(5)
    driver.createInputTopic('in', pairs).pipeInput('a', 5)
    assert.deepEqual(
      output.readRecordsToList().map(({ timestamp }) => timestamp),
      [500, 510, 7, 620, 1005],
    )
  })

  test('lists with a start and an advance of their own, or by the topic’s time', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs, { startTimestamp: 0, autoAdvanceMs: 1 })
    const output = driver.createOutputTopic('out', pairs)
    input.pipeValueList([1, 2])
    input.pipeKeyValueList([
      ['a', 3],
      ['b', null],
    ])
    input.pipeKeyValueList(
      new Map([
        ['c', 4],
        ['d', 5],
      ]),
      { startTimestamp: new Date(100), advanceMs: 50 },
    )
    input.pipeValueList([6, 7], { startTimestamp: 200 })
    input.pipeRecordList([{ key: 'e', value: 8, timestamp: 300 }, { value: 9 }])
    assert.deepEqual(rows(output), [
      [null, 1, 0],
      [null, 2, 1],
      ['a', 3, 2],
      ['b', null, 3],
      ['c', 4, 100],
      ['d', 5, 150],
      [null, 6, 200],
      [null, 7, 200],
      ['e', 8, 300],
      [null, 9, 4],
    ])
  })

  test('time that goes back, and topics that nobody reads, are refused', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs)
    assert.throws(() => input.advanceTime(-1), {
      code: 'INVALID_ARGUMENT',
      message: /byMs is -1; time only moves forward/,
    })
    assert.throws(() => driver.createInputTopic('in', pairs, { autoAdvanceMs: -1 }), { code: 'INVALID_ARGUMENT' })
    assert.throws(() => input.pipeValueList([1], { startTimestamp: 0, advanceMs: -1 }), { code: 'INVALID_ARGUMENT' })
    assert.throws(() => driver.createInputTopic('elsewhere', pairs).pipeInput(1), { code: 'UNKNOWN_TOPIC' })
  })

  test('the types of the serdes are those of the records', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs)
    const output = driver.createOutputTopic('out', pairs)
    const wrong = (): void => {
      // @ts-expect-error: values are numbers
      input.pipeInput('a')
      // @ts-expect-error: keys are strings
      input.pipeInput(1, 2)
      // @ts-expect-error: a time is a number or a date
      input.pipeInput('a', 2, '1970-01-01')
      // @ts-expect-error: keys of a map are never null
      const [key]: [null] = [...output.readKeyValuesToMap().keys()]
      assert.equal(key, null)
    }
    assert.equal(typeof wrong, 'function')
    input.pipeInput('a', 2)
    const value: number | null = output.readValue()
    assert.equal(value, 2)
  })
})

describe('output topics', () => {
  test('are read record by record, or to the end', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs)
    const output = driver.createOutputTopic('out', pairs)
    assert.deepEqual([output.isEmpty, output.queueSize], [true, 0])
    input.pipe({ key: 'a', value: 1, timestamp: 5, headers: new Headers().add('from', 'here') })
    input.pipeKeyValueList([
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ])
    assert.deepEqual([output.isEmpty, output.queueSize], [false, 4])
    const first = output.readRecord()
    assert.deepEqual([first.key, first.value, first.timestamp, first.headers.text('from')], ['a', 1, 5, 'here'])
    assert.deepEqual(output.readKeyValue(), ['b', 2])
    assert.equal(output.readValue(), 3)
    assert.deepEqual(output.readKeyValuesToList(), [['d', 4]])
    assert.deepEqual(output.readValuesToList(), [])
    assert.throws(() => output.readValue(), { code: 'NO_RECORD', message: /Nothing is left to be read of out/ })
  })

  test('as a map have the last value of each key; a record without a key is none of a map', () => {
    using driver = passing()
    const input = driver.createInputTopic('in', pairs)
    const output = driver.createOutputTopic('out', pairs)
    input.pipeKeyValueList([
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['b', null],
    ])
    assert.deepEqual(
      output.readKeyValuesToMap(),
      new Map([
        ['a', 3],
        ['b', null],
      ]),
    )
    input.pipeInput(1)
    assert.throws(() => output.readKeyValuesToMap(), { code: 'NULL_KEY' })
  })
})
