/** Writes the tables of docs/compatibility.md: `npm run compatibility`. */
import { writeCompatibilityDocument } from './compatibility/document.ts'
import { misplaced } from './compatibility/method-table.ts'

const faults = misplaced()
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exitCode = 1
} else {
  writeCompatibilityDocument()
}
