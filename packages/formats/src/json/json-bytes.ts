import { latin1Slice, utf8Slice } from '@streamwright/std'
import { skippedLevelsMax } from '../limits.ts'
import { asciiText } from '../utf8-text.ts'

/** The bytes that JSON is made of. */
export const ascii = {
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  f: 0x66,
  n: 0x6e,
  t: 0x74,
  u: 0x75,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const

/**
 * Where the last reader stopped. Readers give the value and leave the end here, so that nothing is made for each value;
 * one place for all does, since reading never waits.
 */
export const cursor = { at: 0 }

/**
 * The buffer that is read from, and the memory below it, to compare four bytes at once; the buffer begins at `base`. A view
 * is made for each piece of memory, not for each document.
 */
export const memory: { bytes: Buffer; view: DataView; base: number } = {
  bytes: Buffer.alloc(0),
  view: new DataView(new ArrayBuffer(0)),
  base: 0,
}

/** Views of memory that was read from before, as long as anybody else has it. */
const views = new WeakMap<ArrayBufferLike, DataView>()

/** Turns `memory` to a buffer, as every reader expects. */
export function lookAt(bytes: Buffer): void {
  if (bytes === memory.bytes) return
  const { buffer } = bytes
  if (buffer !== memory.view.buffer) memory.view = viewOf(buffer)
  memory.base = bytes.byteOffset
  memory.bytes = bytes
}

/** A join reads from a batch and from its store in turn: making a view each time took 130 ns a document, this 25. */
function viewOf(buffer: ArrayBufferLike): DataView {
  let view = views.get(buffer)
  if (view === undefined) {
    view = new DataView(buffer)
    views.set(buffer, view)
  }
  return view
}

/** The first byte from `at` on that is no white space. */
export function skipSpace(bytes: Buffer, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break
    at++
  }
  return at
}

/** Of each byte inside a string: 0 for a letter of ASCII, 1 for a part of another, 2 for what is no letter by itself. */
export const letterKinds: Uint8Array = Uint8Array.from({ length: 256 }, (_none, byte) => {
  if (byte >= 0x80) return 1
  return byte < 0x20 || byte === ascii.backslash ? 2 : 0
})

/** The string whose opening quote is at `start`; undefined when there is none, or it is no valid JSON. */
export function readString(bytes: Buffer, start: number, end: number): string | undefined {
  if (bytes[start] !== ascii.quote) return undefined
  const first = start + 1
  let at = first
  let kinds = 0
  let byte = 0
  while (at < end && (byte = bytes[at] as number) !== ascii.quote) {
    kinds |= letterKinds[byte] as number
    at++
  }
  if (at < end && kinds < 2) {
    cursor.at = at + 1
    return kinds === 0 ? asciiText(bytes, first, at) : utf8Slice(bytes, first, at)
  }
  const close = skipString(bytes, start, end)
  if (close < 0) return undefined
  cursor.at = close
  return JSON.parse(utf8Slice(bytes, start, close))
}

const exactDigits = 16
export const powersOfTen: readonly number[] = Array.from(
  { length: exactDigits + 1 },
  (_none, exponent) => 10 ** exponent,
)

/** The number at `start`, as `JSON.parse` reads it; undefined when there is none. */
export function readNumber(bytes: Buffer, start: number): number | undefined {
  const negative = bytes[start] === ascii.minus
  const first = negative ? start + 1 : start
  let digit = (bytes[first] as number) - ascii.zero
  if (!(digit >= 0 && digit <= 9)) return undefined
  let value = digit
  let at = first + 1
  if (value !== 0) {
    while ((digit = (bytes[at] as number) - ascii.zero) >= 0 && digit <= 9) {
      value = value * 10 + digit
      at++
    }
  }
  let digits = at - first
  let decimals = 0
  if (bytes[at] === ascii.dot) {
    const fraction = ++at
    while ((digit = (bytes[at] as number) - ascii.zero) >= 0 && digit <= 9) {
      value = value * 10 + digit
      at++
    }
    decimals = at - fraction
    if (decimals === 0) return undefined
    digits += decimals
  }
  // What came out above 2^53 may have been rounded on the way.
  if (digits > exactDigits || value > Number.MAX_SAFE_INTEGER || ((bytes[at] as number) | 0x20) === 0x65) {
    return readLongNumber(bytes, start, at)
  }
  cursor.at = at
  // Both are exact up to 2^53 and 10^22, so the quotient is the double that is nearest to the text.
  if (decimals > 0) value /= powersOfTen[decimals] as number
  return negative ? -value : value
}

/** A number with many digits or with an exponent, whose digits and decimals end at `at`. */
function readLongNumber(bytes: Buffer, start: number, at: number): number | undefined {
  const close = skipExponent(bytes, at)
  if (close < 0) return undefined
  cursor.at = close
  return Number(latin1Slice(bytes, start, close))
}

/** The number at `start` unless it is beyond all doubles, such as 1e999. */
export function readFinite(bytes: Buffer, start: number): number | undefined {
  const value = readNumber(bytes, start)
  return value === Infinity || value === -Infinity ? undefined : value
}

/** The whole number at `start`, exact to 2^53; undefined when there is none, or it is beyond. */
export function readInteger(bytes: Buffer, start: number): number | undefined {
  const value = readNumber(bytes, start)
  return Number.isSafeInteger(value) ? value : undefined
}

/** The whole number at `start`, without loss. */
export function readBigint(bytes: Buffer, start: number): bigint | undefined {
  const value = readNumber(bytes, start)
  if (value === undefined) return undefined
  const text = latin1Slice(bytes, start, cursor.at)
  if (/^-?\d+$/.test(text)) return BigInt(text)
  return Number.isSafeInteger(value) ? BigInt(value) : undefined
}

/** Whether these bytes stand at `at`. */
export function matches(bytes: Buffer, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index++) if (bytes[at + index] !== expected[index]) return false
  return true
}

const trueBytes = Buffer.from('true')
const falseBytes = Buffer.from('false')
const nullBytes = Buffer.from('null')

export function readBoolean(bytes: Buffer, start: number): boolean | undefined {
  const expected = bytes[start] === ascii.t ? trueBytes : falseBytes
  if (!matches(bytes, start, expected)) return undefined
  cursor.at = start + expected.length
  return expected === trueBytes
}

/** Whether `null` is at `start`. */
export function readNull(bytes: Buffer, start: number): boolean {
  if (!matches(bytes, start, nullBytes)) return false
  cursor.at = start + nullBytes.length
  return true
}

/** The end of any value that begins at `start`; −1 when it is no valid JSON, or nested too deeply to tell. */
export function skipValue(bytes: Buffer, start: number, end: number, level = 0): number {
  switch (bytes[start]) {
    case ascii.quote:
      return skipString(bytes, start, end)
    case ascii.openBrace:
      return level < skippedLevelsMax ? skipObject(bytes, start, end, level + 1) : -1
    case ascii.openBracket:
      return level < skippedLevelsMax ? skipArray(bytes, start, end, level + 1) : -1
    case ascii.t:
    case ascii.f:
      return readBoolean(bytes, start) === undefined ? -1 : cursor.at
    case ascii.n:
      return readNull(bytes, start) ? cursor.at : -1
    case undefined:
    default:
      return readNumber(bytes, start) === undefined ? -1 : cursor.at
  }
}

function skipObject(bytes: Buffer, start: number, end: number, level: number): number {
  let at = skipSpace(bytes, start + 1, end)
  if (bytes[at] === ascii.closeBrace) return at + 1
  for (;;) {
    at = skipString(bytes, at, end)
    if (at < 0) return -1
    at = skipSpace(bytes, at, end)
    if (bytes[at] !== ascii.colon) return -1
    at = skipValue(bytes, skipSpace(bytes, at + 1, end), end, level)
    if (at < 0) return -1
    at = skipSpace(bytes, at, end)
    if (bytes[at] === ascii.closeBrace) return at + 1
    if (bytes[at] !== ascii.comma) return -1
    at = skipSpace(bytes, at + 1, end)
  }
}

function skipArray(bytes: Buffer, start: number, end: number, level: number): number {
  let at = skipSpace(bytes, start + 1, end)
  if (bytes[at] === ascii.closeBracket) return at + 1
  for (;;) {
    at = skipValue(bytes, at, end, level)
    if (at < 0) return -1
    at = skipSpace(bytes, at, end)
    if (bytes[at] === ascii.closeBracket) return at + 1
    if (bytes[at] !== ascii.comma) return -1
    at = skipSpace(bytes, at + 1, end)
  }
}

/** The end of the string whose opening quote is at `start`, its escapes checked; −1 when it is none. */
function skipString(bytes: Buffer, start: number, end: number): number {
  if (bytes[start] !== ascii.quote) return -1
  let at = start + 1
  while (at < end) {
    const byte = bytes[at] as number
    if (byte === ascii.quote) return at + 1
    if (byte < 0x20) return -1
    if (byte !== ascii.backslash) at++
    else {
      const letters = escapeLetters(bytes, at + 1)
      if (letters === 0) return -1
      at += 1 + letters
    }
  }
  return -1
}

/** How many letters an escape has behind its backslash; 0 when it is none. */
function escapeLetters(bytes: Buffer, at: number): number {
  const letter = bytes[at] as number
  if (letter !== ascii.u) return simpleEscapes.has(letter) ? 1 : 0
  for (let index = 1; index <= 4; index++) {
    const digit = bytes[at + index] as number
    const isHex = (digit >= 0x30 && digit <= 0x39) || ((digit | 0x20) >= 0x61 && (digit | 0x20) <= 0x66)
    if (!isHex) return 0
  }
  return 5
}

const simpleEscapes: ReadonlySet<number | undefined> = new Set(Buffer.from('"\\/bfnrt'))

/** The end of an exponent that may be at `at`; −1 when it has no digits. */
function skipExponent(bytes: Buffer, at: number): number {
  if (((bytes[at] as number) | 0x20) !== 0x65) return at
  let next = at + 1
  if (bytes[next] === 0x2b || bytes[next] === ascii.minus) next++
  const first = next
  while ((bytes[next] as number) >= 0x30 && (bytes[next] as number) <= 0x39) next++
  return next === first ? -1 : next
}
