import { AssertionError } from 'node:assert'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Set to 1, it lets {@link assertSnapshot} write files anew. */
const updateVariable = 'STREAMWRIGHT_UPDATE_SNAPSHOTS'

/** A file, such as `new URL('./counts.snapshot.txt', import.meta.url)`; or the text itself, indented as one likes. */
export type ExpectedSnapshot = URL | { readonly inline: string }

export interface AssertSnapshotOptions {
  /** Whether the file is written in place of being compared. Default: by `STREAMWRIGHT_UPDATE_SNAPSHOTS=1`. */
  readonly update?: boolean
}

/**
 * Compares a snapshot with what was kept. Throws an `AssertionError` with both, which names the first line that is
 * different; also where the file is missing.
 */
export function assertSnapshot(actual: string, expected: ExpectedSnapshot, options: AssertSnapshotOptions = {}): void {
  if (!(expected instanceof URL)) {
    compare(actual, withoutIndent(expected.inline), 'the inline snapshot', 'Correct it if this is right')
    return
  }
  const path = fileURLToPath(expected)
  if (options.update ?? process.env[updateVariable] === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  compare(actual, contents(path), path, `Run again with ${updateVariable}=1 if this is right`)
}

/** The text of a file; nothing where there is none. Line ends of Windows are those of everybody. */
function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function compare(actual: string, expected: string, place: string, remedy: string): void {
  if (actual === expected) return
  const [actualLines, expectedLines] = [actual.split('\n'), expected.split('\n')]
  const line = actualLines.findIndex((text, index) => text !== expectedLines[index])
  const at = line < 0 ? actualLines.length : line
  const found = `expected ${lineText(expectedLines[at])}, found ${lineText(actualLines[at])}`
  const message = `The run is not as in ${place}, line ${at + 1}: ${found}. ${remedy}`
  throw new AssertionError({ message, actual, expected, operator: 'strictEqual' })
}

function lineText(line: string | undefined): string {
  return line === undefined || line === '' ? 'nothing' : `“${line.trim()}”`
}

/** Without the empty first line, and without what all lines are indented by: as one writes it inside a test. */
function withoutIndent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\n *$/, '\n').split('\n')
  const indents = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length)
  const indent = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => line.slice(indent)).join('\n')
}
