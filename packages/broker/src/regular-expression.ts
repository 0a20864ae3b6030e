import type { Timers } from '@streamwright/std'
import { regexNamesPerTurn } from './limits.ts'

/** A regular expression of RE2's kind, which takes linear time whatever somebody wrote: no look-around, no references. */
export interface RegularExpression {
  /** Whether it matches the whole text. */
  matches(text: string): boolean
}

/** The expression, or what is wrong with it, in RE2's words. Its code is loaded at the first call. */
export async function compileRegex(text: string): Promise<RegularExpression | string> {
  const { RE2JS, RE2JSSyntaxException } = await import('re2js')
  try {
    const compiled = RE2JS.compile(text)
    return { matches: (name) => compiled.matches(name) }
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return error.getDescription()
    throw error
  }
}

/** Those of `names` that match. Long lists are gone through in slices, so that others get their turn. */
export async function matchingNames(
  regex: RegularExpression,
  names: Iterable<string>,
  timers: Timers,
): Promise<Set<string>> {
  const matching = new Set<string>()
  const all = [...names]
  for (let start = 0; start < all.length; start += regexNamesPerTurn) {
    for (const name of all.slice(start, start + regexNamesPerTurn)) if (regex.matches(name)) matching.add(name)
    // oxlint-disable-next-line no-await-in-loop
    await new Promise<void>((resolve) => timers.afterIo(resolve))
  }
  return matching
}
