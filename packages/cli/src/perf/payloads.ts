import { readFileSync } from 'node:fs'
import type { Random } from '@streamwright/std'
import type { Terminal } from '../command-line/tool.ts'
import { resolve } from 'node:path'
import { thrownInMain } from './thrown-in-main.ts'

const letters = 26
const firstLetter = 65
const int32Range = 0x1_0000_0000

/** The value of the record with this number. May be overwritten by the next. */
export type Payloads = (index: number) => Uint8Array

/** Two letters at once: half the work, and 676 divides what 16 random bits give evenly enough. */
const letterPairs: Uint16Array = Uint16Array.from({ length: letters * letters }, (_none, index) => {
  return ((firstLetter + Math.floor(index / letters)) << 8) | (firstLetter + (index % letters))
})

/** Random letters, other ones for each record: 30 ns for 100 of them, where one `Math.random` for each takes 700. */
export function randomPayloads(size: number, random: Random): Payloads {
  const pairs = new Uint16Array(Math.ceil(size / 4) * 2)
  const value = new Uint8Array(pairs.buffer, 0, size)
  // xorshift32, whose state must not be 0.
  let state = Math.floor(random.fraction() * int32Range) | 1
  return () => {
    for (let at = 0; at < pairs.length; at += 2) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      pairs[at] = letterPairs[((state & 0xffff) * letterPairs.length) >>> 16] as number
      pairs[at + 1] = letterPairs[((state >>> 16) * letterPairs.length) >>> 16] as number
    }
    return value
  }
}

/** 0, 1, 2, … as text. */
export function countingPayloads(): Payloads {
  return (index) => Buffer.from(String(index))
}

/** One of the texts of a file, chosen at random. */
export function filePayloads(path: string, delimiter: string, random: Random, terminal: Terminal): Payloads {
  terminal.out(`Reading payloads from: ${resolve(path)}\n`)
  const values = splitAtDelimiter(contentOf(path), delimiter).map((text) => Buffer.from(text))
  terminal.out(`Number of records read: ${values.length}\n`)
  if (values.length === 0) throw thrownInMain('java.lang.IllegalArgumentException', 'bound must be positive')
  return () => values[random.below(values.length)] as Buffer
}

function contentOf(path: string): string {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    // Told below, as an empty one.
  }
  if (text === '')
    throw thrownInMain('java.lang.IllegalArgumentException', 'File does not exist or empty file provided.')
  return text
}

/**
 * The texts between the matches of a regular expression, as Java's `Scanner` finds them: one delimiter before each text
 * is passed over, so the file may begin and end with one; two in a row have an empty text between them.
 */
export function splitAtDelimiter(text: string, delimiter: string): string[] {
  const anywhere = delimiterExpression(delimiter, 'g')
  const here = delimiterExpression(delimiter, 'y')
  const texts: string[] = []
  let at = 0
  for (;;) {
    here.lastIndex = at
    at += here.exec(text)?.[0].length ?? 0
    if (at >= text.length) return texts
    anywhere.lastIndex = at
    let found = anywhere.exec(text)
    // An empty match where the text begins would make no progress.
    if (found !== null && found.index + found[0].length === at) {
      anywhere.lastIndex = at + 1
      found = anywhere.exec(text)
    }
    const end = found?.index ?? text.length
    texts.push(text.slice(at, end))
    at = end
  }
}

function delimiterExpression(delimiter: string, flag: string): RegExp {
  try {
    return new RegExp(delimiter, flag)
  } catch (error) {
    throw thrownInMain('java.util.regex.PatternSyntaxException', error instanceof Error ? error.message : '')
  }
}
