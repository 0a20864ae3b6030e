import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { kindOf } from '../kinds.ts'
import type { Difference } from '../report.ts'
import { CountingReport } from '../report.ts'
import { runVectorFile } from '../run.ts'
import { vectorFilesAt } from '../vector-file.ts'

const folder = fileURLToPath(new URL('../data/protocol/', import.meta.url))
const differencesFile = new URL('../differences.json', import.meta.url)
const differences = JSON.parse(readFileSync(differencesFile, 'utf8')) as readonly Difference[]

/** What Java answered, in a part that travels with the repository. `npm run vectors -- PATH` runs any more of it. */
describe('vectors of the protocol', () => {
  for (const file of vectorFilesAt(folder)) {
    test(file.label, async () => {
      const report = new CountingReport(differences)
      await runVectorFile(file, kindOf(file), report)
      assert.deepEqual(report.failures, [])
      assert.ok(report.passed > 50, `only ${report.passed} cases were run`)
    })
  }
})
