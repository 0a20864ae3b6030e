import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { kindOf } from '../kinds.ts'
import type { Difference } from '../report.ts'
import { CountingReport } from '../report.ts'
import { runVectorFile } from '../run.ts'
import { differenceOf } from '../tools/transcript.ts'
import { vectorFilesAt } from '../vector-file.ts'

const folder = fileURLToPath(new URL('../data/tools/', import.meta.url))
const differencesFile = new URL('../differences.json', import.meta.url)
const differences = JSON.parse(readFileSync(differencesFile, 'utf8')) as readonly Difference[]

/** What Kafka's command-line tools printed. */
describe('transcripts of the tools', { concurrency: true }, () => {
  for (const file of vectorFilesAt(folder)) {
    test(file.label, async () => {
      const report = new CountingReport(differences)
      await runVectorFile(file, kindOf(file), report)
      assert.deepEqual(report.failures, [])
      assert.deepEqual(report.skips, [])
      assert.ok(report.passed > 0)
    })
  }
})

describe('the comparison of a transcript', () => {
  const surroundings = {
    directory: '/d',
    brokers: ['127.0.0.1:12345'],
    controllers: [],
    logDirectories: ['/d/log'],
    unreachablePort: 12346,
  }
  const compare = (out: string, expected: Readonly<Record<string, unknown>>): string | undefined =>
    differenceOf({ status: 0, out, error: '' }, { exit: 0, stdout: [], stderr: [], ...expected }, surroundings)

  test('sees other lines, missing lines and more lines', () => {
    const expected = { stdout: ['a', 'port {n} of {bootstrap}'] }
    assert.equal(compare('a\nport 1 of 127.0.0.1:12345\n', expected), undefined)
    assert.notEqual(compare('a\nport x of 127.0.0.1:12345\n', expected), undefined)
    assert.notEqual(compare('a\n', expected), undefined)
    assert.notEqual(compare('a\nport 1 of 127.0.0.1:12345\nb\n', expected), undefined)
    assert.notEqual(compare('', { stderr: ['something'] }), undefined)
  })

  test('takes another order only where it was recorded as free', () => {
    assert.notEqual(compare('b\na\n', { stdout: ['a', 'b'] }), undefined)
    assert.equal(compare('b\na\n', { stdout: ['a', 'b'], order: 'lines' }), undefined)
    assert.notEqual(compare('b\nb\n', { stdout: ['a', 'b'], order: 'lines' }), undefined)
    const blocks = { stdout: ['a', ' 1', 'b', ' 2'], order: 'blocks' }
    assert.equal(compare('b\n 2\na\n 1\n', blocks), undefined)
    assert.notEqual(compare('b\n 1\na\n 2\n', blocks), undefined)
  })
})
