import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { kindOf } from '../kinds.ts'
import { CountingReport } from '../report.ts'
import { runVectorFile } from '../run.ts'
import { vectorFilesAt } from '../vector-file.ts'

const folder = fileURLToPath(new URL('../data/serdes/', import.meta.url))

describe("vectors of Java's serdes", () => {
  for (const file of vectorFilesAt(folder)) {
    test(file.label, async () => {
      const report = new CountingReport([])
      await runVectorFile(file, kindOf(file), report)
      assert.deepEqual(report.failures, [])
      assert.ok(report.passed > 40, `only ${report.passed} cases were run`)
    })
  }
})
