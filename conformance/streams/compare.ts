import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../json.ts'
import { jsonText } from './values.ts'

/** A vector's expectation that was not met. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError'
}

/** Throws unless both are the same JSON. `what` says what is compared. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(plain(actual), plain(expected))) return
  throw new MismatchError(`${what}\nexpected ${jsonText(expected)}\nbut got  ${jsonText(actual)}`)
}

// Objects from different makers differ in their prototypes, and a bigint is the text that the vectors have for it.
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_name, member: unknown) => (typeof member === 'bigint' ? String(member) : member)),
  )
}

/** Entries of windows or sessions of several keys, in an order of our own: Java's own stores differ in theirs. */
export function sortedEntries(result: unknown): unknown {
  if (!Array.isArray(result) || !result.every(isWindowedEntry)) return result
  return result.map((entry: unknown) => jsonText(entry)).toSorted()
}

function isWindowedEntry(entry: unknown): boolean {
  return Array.isArray(entry) && isRecord(entry[0]) && 'start' in entry[0]
}
