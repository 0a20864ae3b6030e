import assert from 'node:assert/strict'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import { test } from 'node:test'
import { serdes } from '@streamwright/formats'
import { AssertionError, assert as invariant, silentLog } from '@streamwright/std'
import { StreamsBuilder } from '../../src/index.ts'
import { CurrentRecordContext } from '../../src/processor/record-context.ts'
import { RecordError, handleFailure } from '../../src/tasks/error-handling.ts'
import { DriverCore } from '../../src/testing/driver-core.ts'

function failure(cause: unknown): RecordError {
  return new RecordError('It failed', 'PROCESSING_FAILED', new CurrentRecordContext(), cause, 'Fix it')
}

const ignore = (): void => undefined

test('logAndContinue leaves out a record that fails', () => {
  handleFailure('logAndContinue', failure(new Error('bad record')), silentLog, ignore)
  assert.throws(() => handleFailure('logAndFail', failure(new Error('bad record')), silentLog, ignore), RecordError)
})

test('a broken invariant of our own is never left out, however deep it lies', () => {
  const own = new AssertionError('own invariant')
  const wrapped = new Error('serde failed', { cause: own })
  for (const cause of [own, wrapped]) {
    assert.throws(
      () => handleFailure('logAndContinue', failure(cause), silentLog, ignore),
      (thrown) => thrown === own,
    )
  }
})

test('a broken invariant passes every node on its way up', () => {
  const builder = new StreamsBuilder()
  builder
    .stream('in', { key: serdes.string, value: serdes.string })
    .mapValues((value) => value)
    .mapValues((value) => {
      invariant(value !== 'bug', 'own invariant')
      return value
    })
    .to('out', { key: serdes.string, value: serdes.string })
  const driver = new DriverCore(builder.build().define({ applicationId: 'app' }), {
    policies: { processing: 'logAndContinue' },
    log: silentLog,
  })
  const record = { topic: 'in', key: null, value: Buffer.from('bug'), timestamp: 0, headers: [] }
  assert.throws(() => driver.pipe(record), AssertionError)
  driver.close()
})

test('records that fail go to the dead-letter topic as they came, whatever the handler says', () => {
  for (const processing of ['logAndContinue', 'logAndFail'] as const) {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
    builder
      .stream<string, string>('in')
      .mapValues((value) => {
        if (value === 'bad') throw new RangeError('this one')
        return value
      })
      .to('out')
    const driver = new TopologyTestDriver(builder.build(), { deadLetterTopic: 'dead', policies: { processing } })
    const strings = { key: serdes.string, value: serdes.string }
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('a', 'good')
    if (processing === 'logAndFail') assert.throws(() => input.pipeKeyValue('a', 'bad', 7), /this one/)
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
