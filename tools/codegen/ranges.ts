import { assert } from '@streamwright/std'
import type { Field, Message, Range, Struct } from './model.ts'

/** The versions in which a field exists within its struct. */
export function fieldRange(struct: Struct, field: Field): Range {
  return { from: Math.max(struct.range.from, field.range.from), to: Math.min(struct.range.to, field.range.to) }
}

/** The condition that a version which is within `outer` is within `inner`, or undefined when it always is. */
export function within(outer: Range, inner: Range): string | undefined {
  const conditions: string[] = []
  if (inner.from === inner.to && inner.from > outer.from && inner.to < outer.to) return `version === ${inner.from}`
  if (inner.from > outer.from) conditions.push(`version >= ${inner.from}`)
  if (inner.to < outer.to) conditions.push(`version <= ${inner.to}`)
  return conditions.length === 0 ? undefined : conditions.join(' && ')
}

/** The condition that a version which is within `outer` is not within `inner`, or undefined when it always is. */
export function outside(outer: Range, inner: Range): string | undefined {
  const conditions: string[] = []
  if (inner.from > outer.from) conditions.push(`version < ${inner.from}`)
  if (inner.to < outer.to) conditions.push(`version > ${inner.to}`)
  return conditions.length === 0 ? undefined : conditions.join(' || ')
}

/** How the bytes of a field look in some versions. */
export interface Shape {
  readonly flexible: boolean
  readonly nullable: boolean
}

/** The shapes of a field, newest first, each with the condition that a version has it and no newer one. */
export function shapesOf(
  message: Message,
  struct: Struct,
  field: Field,
): readonly { readonly condition: string; readonly shape: Shape }[] {
  const range = fieldRange(struct, field)
  const flexibleFrom = field.neverFlexible ? Number.POSITIVE_INFINITY : message.flexibleFrom
  const nullable = field.nullableFrom ?? Number.POSITIVE_INFINITY
  const cuts = [...new Set([range.from, flexibleFrom, nullable])].filter((cut) => cut >= range.from && cut <= range.to)
  return cuts
    .toSorted((left, right) => right - left)
    .map((from) => ({
      condition: from === flexibleFrom && isMixed(message, struct) ? 'flexible' : `version >= ${from}`,
      shape: { flexible: from >= flexibleFrom, nullable: from >= nullable },
    }))
}

/** Whether some versions of the struct are flexible and some are not. */
export function isMixed(message: Message, struct: Struct): boolean {
  return struct.range.from < message.flexibleFrom && message.flexibleFrom <= struct.range.to
}

/** Whether any version of the struct is flexible. */
export function isFlexible(message: Message, struct: Struct): boolean {
  return message.flexibleFrom <= struct.range.to
}

/** The least number of bytes that a struct takes in any of its versions. */
export function structBytesMin(message: Message, struct: Struct): number {
  let least = Number.POSITIVE_INFINITY
  for (let version = struct.range.from; version <= struct.range.to; version++) {
    let sum = version >= message.flexibleFrom ? 1 : 0
    for (const field of struct.fields) {
      if (field.tag === undefined && version >= field.range.from && version <= field.range.to) {
        sum += fieldBytesMin(message, field, version)
      }
    }
    least = Math.min(least, sum)
  }
  return least
}

function fieldBytesMin(message: Message, field: Field, version: number): number {
  const flexible = version >= message.flexibleFrom && !field.neverFlexible
  const nullable = field.nullableFrom !== undefined && version >= field.nullableFrom
  if (field.array) return flexible ? 1 : 4
  if (typeof field.type !== 'string')
    return nullable ? 1 : structBytesMin(message, { ...field.type, range: { from: version, to: version } })
  return flexible ? flexibleBytes[field.type] : plainBytes[field.type]
}

const fixedBytes = { bool: 1, int8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, int64: 8, float64: 8, uuid: 16 }
const plainBytes = { ...fixedBytes, string: 2, bytes: 4, records: 4 }
const flexibleBytes = { ...fixedBytes, string: 1, bytes: 1, records: 1 }

/** The size of a type that always takes the same bytes. */
export function fixedSizeOf(field: Field): number | undefined {
  if (field.array || typeof field.type !== 'string') return undefined
  const sizes: Partial<Record<string, number>> = fixedBytes
  return sizes[field.type]
}

/** The least number of bytes that an element of an array takes. */
export function elementBytesMin(message: Message, struct: Struct, field: Field, flexible: boolean): number {
  if (typeof field.type === 'string') return flexible ? flexibleBytes[field.type] : plainBytes[field.type]
  const range = fieldRange(struct, field)
  const least = structBytesMin(message, {
    ...field.type,
    range: flexible
      ? { from: Math.max(range.from, message.flexibleFrom), to: range.to }
      : { from: range.from, to: Math.min(range.to, message.flexibleFrom - 1) },
  })
  assert(least > 0, `An element of ${field.name} in ${message.name} takes bytes, or counts could not be bounded`)
  return least
}
