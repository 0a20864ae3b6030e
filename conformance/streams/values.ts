import { Windowed } from '@streamwright/streams'
import { int64Max } from '@streamwright/std'
import { isRecord } from '../json.ts'

/**
 * Values in a running vector: `long` is a bigint (or a number, where our own operators count), `integer`, `short`,
 * `double` and `float` are numbers, `bytes` is a Uint8Array, everything else what it looks like.
 */

interface RawJson {
  /** Text that stands in the output as it is: numbers of 64 bits. In Node since 22, in TypeScript's library not yet. */
  rawJSON(text: string): unknown
}
const json = JSON as unknown as RawJson

/** JSON text as Java's runner wrote it: compact, 64-bit integers without loss. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, exactIntegers) ?? 'null'
}

function exactIntegers(_name: string, member: unknown): unknown {
  return typeof member === 'bigint' ? json.rawJSON(String(member)) : member
}

/** `str(x)` of the format. */
export function str(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : String(value)
  if (value instanceof Uint8Array) return hexText(value)
  if (value instanceof Windowed) {
    return `${str(value.key)}@${integerText(value.window.startMs)}-${integerText(value.window.endMs)}`
  }
  return jsonText(value)
}

/** `num(x)` of the format. */
export function num(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
  if (typeof value !== 'string') return 0n
  if (!/^[+-]?\d+$/.test(value)) throw new Error(`For input string: "${value}"`)
  return BigInt.asIntN(64, BigInt(value.replace(/^\+/, '')))
}

export function integerText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  return String(value >= Number(int64Max) ? int64Max : BigInt(value))
}

function hexText(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString('hex')}`
}

/** The JSON form of a value, in which results and expectations are compared. */
export function jsonForm(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number') return numberForm(value)
  if (value instanceof Uint8Array) return hexText(value)
  if (value instanceof Windowed) {
    const { startMs, endMs } = value.window
    return { key: jsonForm(value.key), start: numberForm(startMs), end: numberForm(endMs) }
  }
  if (Array.isArray(value)) return value.map(jsonForm)
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonForm(member)]))
  return value
}

function numberForm(value: number): unknown {
  if (Number.isSafeInteger(value)) return value + 0
  if (!Number.isFinite(value)) return String(value)
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 63 ? integerText(value) : value
}
