import type { JsonObject } from '../json.ts'
import { isRecord, listAt, objectAt, textAt } from '../json.ts'

/** A vector, as far as its form is known. */
export interface Vector {
  readonly name: string
  readonly api: string
  readonly config: Readonly<Record<string, string>>
  readonly topics: Readonly<Record<string, { readonly key: string; readonly value: string }>>
  readonly topology: readonly JsonObject[]
  readonly wallClockMs: number
  readonly steps: readonly JsonObject[]
  readonly expect: JsonObject
}

export function vectorFrom(value: unknown): Vector {
  const json = objectAt(value, 'A vector')
  return {
    name: textAt(json, 'name'),
    api: textAt(json, 'api'),
    config: objectAt(json['config'] ?? {}, 'config') as Vector['config'],
    topics: objectAt(json['topics'] ?? {}, 'topics') as Vector['topics'],
    topology: listAt(json, 'topology'),
    wallClockMs: typeof json['wallClockMs'] === 'number' ? json['wallClockMs'] : 0,
    steps: listAt(json, 'steps'),
    expect: objectAt(json['expect'], 'expect'),
  }
}

/** Parses vectors; integers beyond 2^53 become bigints, which `JSON.parse` alone would round. */
export function parseVectors(text: string): readonly Vector[] {
  const hasLargeIntegers = /[^\d"]\d{16,}[^\d"]/.test(text)
  const parsed: unknown = hasLargeIntegers ? JSON.parse(text, exactIntegers) : JSON.parse(text)
  const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  return list.map(vectorFrom)
}

interface ReviverContext {
  readonly source?: string
}

function exactIntegers(this: unknown, _name: string, value: unknown, context?: ReviverContext): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value
}

export function optionalObject(value: JsonObject, name: string): JsonObject | undefined {
  const member = value[name]
  return isRecord(member) ? member : undefined
}

export function optionalText(value: JsonObject | undefined, name: string): string | undefined {
  const member = value?.[name]
  return typeof member === 'string' ? member : undefined
}

export function optionalNumber(value: JsonObject | undefined, name: string): number | undefined {
  const member = value?.[name]
  return typeof member === 'number' ? member : typeof member === 'bigint' ? Number(member) : undefined
}
