import assert from 'node:assert/strict'
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

test('logAndContinue leaves out a record that fails', () => {
  handleFailure('logAndContinue', failure(new Error('bad record')), silentLog)
  assert.throws(() => handleFailure('logAndFail', failure(new Error('bad record')), silentLog), RecordError)
})

test('a broken invariant of our own is never left out, however deep it lies', () => {
  const own = new AssertionError('own invariant')
  const wrapped = new Error('serde failed', { cause: own })
  for (const cause of [own, wrapped]) {
    assert.throws(
      () => handleFailure('logAndContinue', failure(cause), silentLog),
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
