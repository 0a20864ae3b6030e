import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CountingReport, runCase } from '../report.ts'

test('cases are counted, and failures that are deliberate are counted apart', () => {
  const report = new CountingReport([{ case: 'records/*', failure: '*beyond*', reason: 'numbers' }])
  runCase(report, 'names/a', () => {})
  runCase(report, 'records/b', () => assert.fail('9 is beyond 8'))
  runCase(report, 'records/c', () => assert.fail('something else'))
  report.skip('live/d', 'needs a broker')
  assert.deepEqual(report.differences, [{ name: 'records/b', reason: 'numbers' }])
  assert.deepEqual(report.failures, [{ name: 'records/c', why: 'something else' }])
  assert.equal(report.summary(), '1 passed, 1 failed, 1 skipped')
})
