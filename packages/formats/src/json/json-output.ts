import { utf8Write } from '@streamwright/std'
import { jsonPieceBytes } from '../limits.ts'

/**
 * Where writers write: `bytes` from `at` on. A document stays where it was written, and the next one begins behind it, so
 * that nothing is copied; a full piece of memory is left to those who hold documents in it. One place for all writers
 * does, since writing never waits.
 */
export const output: { bytes: Buffer; at: number; start: number } = {
  bytes: Buffer.allocUnsafeSlow(jsonPieceBytes),
  at: 0,
  start: 0,
}

/** Begins a document. */
export function beginDocument(): void {
  output.start = output.at
}

/** The document since the last beginning; no other write changes it. */
export function endDocument(): Buffer {
  return output.bytes.subarray(output.start, output.at)
}

/** Forgets the document. */
export function dropDocument(): void {
  output.at = output.start
}

/** Makes room for so many bytes at `at`. */
export function reserve(count: number): void {
  if (output.at + count > output.bytes.length) moveDocument(count)
}

function moveDocument(count: number): void {
  const length = output.at - output.start
  const needed = length + count
  const bytes = Buffer.allocUnsafeSlow(needed * 2 <= jsonPieceBytes ? jsonPieceBytes : needed * 2)
  output.bytes.copy(bytes, 0, output.start, output.at)
  output.bytes = bytes
  output.start = 0
  output.at = length
}

/** Bytes as they are. */
export function writeBytes(text: Uint8Array): void {
  reserve(text.length)
  const { bytes, at } = output
  for (let index = 0; index < text.length; index++) bytes[at + index] = text[index] as number
  output.at = at + text.length
}

/** A string of JSON; false when the value is none. */
export function writeString(text: unknown): boolean {
  if (typeof text !== 'string') return false
  const { length } = text
  if (length > letterByLetterMax) return writeLongString(text)
  reserve(length + 2)
  const { bytes, at } = output
  bytes[at] = 0x22
  for (let index = 0; index < length; index++) {
    const letter = text.charCodeAt(index)
    if (letter < 0x20 || letter > 0x7e || letter === 0x22 || letter === 0x5c) return writeLongString(text)
    bytes[at + 1 + index] = letter
  }
  bytes[at + 1 + length] = 0x22
  output.at = at + 2 + length
  return true
}

/** Longer text is faster through C++. */
const letterByLetterMax = 64

function writeLongString(text: string): true {
  return writeText(JSON.stringify(text))
}

/** Text that is JSON. */
export function writeText(text: string): true {
  reserve(text.length * 3)
  output.at += utf8Write(output.bytes, text, output.at)
  return true
}

/** A finite number; false for anything else. */
export function writeNumber(value: unknown): boolean {
  if (typeof value !== 'number') return false
  if (Number.isSafeInteger(value)) return writeInteger(value)
  return writeDecimal(value) || (Number.isFinite(value) && writeText(String(value)))
}

/**
 * A number with few decimals, which most numbers with decimals are: in a tenth of the time that a double takes in
 * general. 15 digits tell a double exactly, so that these are the shortest text for it, which is what `String` gives.
 */
function writeDecimal(value: number): boolean {
  const size = Math.abs(value)
  if (!(size >= 1e-3 && size < 1e9)) return false
  for (const { decimals, factor } of scales) {
    const scaled = Math.round(size * factor)
    if (scaled / factor === size) {
      reserve(2 + 15)
      if (value < 0) output.bytes[output.at++] = 0x2d
      const whole = Math.floor(scaled / factor)
      writeInteger(whole)
      writeFraction(scaled - whole * factor, decimals)
      return true
    }
  }
  return false
}

const scales = [
  { decimals: 2, factor: 1e2 },
  { decimals: 4, factor: 1e4 },
  { decimals: 6, factor: 1e6 },
] as const

/** The decimals of a number, without zeros at the end. */
function writeFraction(fraction: number, decimals: number): void {
  const { bytes, at } = output
  bytes[at] = 0x2e
  let rest = fraction | 0
  let last = 0
  for (let index = decimals; index > 0; index--) {
    const tenth = (rest / 10) | 0
    const digit = rest - tenth * 10
    if (digit !== 0 && last === 0) last = index
    bytes[at + index] = 0x30 + digit
    rest = tenth
  }
  output.at = at + 1 + last
}

/** A whole number up to 2^53; false for anything else. */
export function writeInteger(value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return false
  reserve(17)
  const { bytes } = output
  let rest = value
  if (rest < 0) {
    bytes[output.at++] = 0x2d
    rest = -rest
  }
  if (rest < billion) {
    output.at = writeDigits(bytes, output.at, rest | 0, digitsOf(rest))
    return true
  }
  const high = Math.floor(rest / billion)
  output.at = writeDigits(bytes, output.at, high, digitsOf(high))
  output.at = writeDigits(bytes, output.at, rest - high * billion, 9)
  return true
}

const billion = 1_000_000_000

function digitsOf(value: number): number {
  if (value < 10) return 1
  if (value < 100) return 2
  if (value < 1000) return 3
  if (value < 10_000) return 4
  if (value < 100_000) return 5
  if (value < 1_000_000) return 6
  if (value < 10_000_000) return 7
  return value < 100_000_000 ? 8 : 9
}

/** So many digits of a number below a billion. */
function writeDigits(bytes: Buffer, at: number, value: number, digits: number): number {
  let rest = value | 0
  for (let index = digits - 1; index >= 0; index--) {
    const tenth = (rest / 10) | 0
    bytes[at + index] = 0x30 + rest - tenth * 10
    rest = tenth
  }
  return at + digits
}
