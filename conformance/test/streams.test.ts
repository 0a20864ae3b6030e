import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { kindOf } from '../kinds.ts'
import type { Difference } from '../report.ts'
import { CountingReport } from '../report.ts'
import { runVectorFile } from '../run.ts'
import { vectorFilesAt } from '../vector-file.ts'

const folder = fileURLToPath(new URL('../data/streams/', import.meta.url))
const differencesFile = new URL('../differences.json', import.meta.url)
const differences = JSON.parse(readFileSync(differencesFile, 'utf8')) as readonly Difference[]

/** What Kafka Streams answered, in a part that travels with the repository. */
describe('vectors of streams', () => {
  for (const file of vectorFilesAt(folder)) {
    test(file.label, async () => {
      const report = new CountingReport(differences)
      await runVectorFile(file, kindOf(file), report)
      assert.deepEqual(report.failures, [])
      assert.deepEqual(report.skips, [])
      assert.ok(report.passed > 50, `only ${report.passed} cases were run`)
    })
  }
})
