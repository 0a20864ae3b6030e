/**
 * `npm run vectors -- PATH…`: runs vectors, which say what Apache Kafka did, against this code. A path is a file or a
 * folder; without one, the vectors of this repository are run. What a file holds is told by its content.
 * Options: `--all` prints every skipped case and every failure instead of the first ones.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kindOf } from './kinds.ts'
import type { Difference } from './report.ts'
import { CountingReport } from './report.ts'
import { runVectorFile } from './run.ts'
import type { VectorFile } from './vector-file.ts'
import { vectorFilesAt } from './vector-file.ts'

const failuresPrinted = 50
const skipsPrinted = 12

const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const printsAll = process.argv.includes('--all')

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function filesAt(path: string): readonly VectorFile[] {
  try {
    return vectorFilesAt(path)
  } catch (error) {
    print(`There are no vectors at ${path}: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(2)
  }
}

function printReport(report: CountingReport): void {
  const failures = report.failures.slice(0, printsAll ? undefined : failuresPrinted)
  for (const { name, why } of failures) print(`failed ${name}\n  ${why.split('\n').join('\n  ')}`)
  if (failures.length < report.failures.length) print(`… and ${report.failures.length - failures.length} more failures`)
  for (const { name, reason } of report.differences) print(`differs on purpose: ${name}: ${reason}`)
  const reasons = Map.groupBy(report.skips, ({ reason }) => reason)
  for (const [reason, skips] of reasons) {
    const names = skips.slice(0, printsAll ? undefined : skipsPrinted).map(({ name }) => name)
    const more = skips.length > names.length ? `, … (${skips.length} in all; --all names each)` : ''
    print(`skipped (${reason}): ${names.join(', ')}${more}`)
  }
  if (report.differences.length > 0) print(`${report.differences.length} differ on purpose`)
  print(report.summary())
}

const data = fileURLToPath(new URL('./data/', import.meta.url))
const files = (paths.length === 0 ? [data] : paths).flatMap((path) => filesAt(path))
const differences = JSON.parse(
  readFileSync(new URL('./differences.json', import.meta.url), 'utf8'),
) as readonly Difference[]
const report = new CountingReport(differences)
for (const file of files) {
  try {
    await runVectorFile(file, kindOf(file), report)
  } catch (error) {
    report.fail(file.label, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}
if (files.length === 0) report.fail('all', 'No file of vectors was found')
printReport(report)
if (report.failures.length > 0) process.exitCode = 1
