import { asError } from '@streamwright/std'
import type { Terminal } from '../command-line/tool.ts'

/** What brokers' regular expressions (RE2) lack of ours. */
const lookAround = /\(\?<?[=!]/
const backReference = /\\[1-9]/

/** How RE2 calls the mistakes. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/unterminated group/i, 'missing closing )'],
  [/unmatched '\)'/i, 'unexpected )'],
  [/unterminated character class/i, 'missing closing ]'],
  [/nothing to repeat/i, 'missing argument to repetition operator'],
  [/\\ at end/i, 'trailing backslash at end of expression'],
  [/range out of order/i, 'invalid character class range'],
]

/** Tells whether a regular expression is one that a subscription may have. Resolves to the exit status. */
export function validateRegex(regex: string, terminal: Terminal): number {
  const mistake = mistakeIn(regex)
  terminal.out(
    mistake === undefined
      ? `The regular expression \`${regex}\` is valid.\n`
      : `The regular expression \`${regex}\` is invalid: ${mistake}.\n`,
  )
  return 0
}

function mistakeIn(regex: string): string | undefined {
  if (lookAround.test(regex)) return 'invalid or unsupported Perl syntax'
  if (backReference.test(regex)) return 'invalid escape sequence'
  try {
    RegExp(regex)
    return undefined
  } catch (error) {
    const { message } = asError(error)
    return mistakes.find(([pattern]) => pattern.test(message))?.[1] ?? message
  }
}
