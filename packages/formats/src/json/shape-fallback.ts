import { asError, utf8Slice } from '@streamwright/std'
import { SerdeError } from '../serde-error.ts'
import { parseJson } from './plain-json.ts'
import type { BigintForm } from './shape-check.ts'
import { ShapeCheck } from './shape-check.ts'
import type { ShapeNode } from './shape.ts'

/** What generated readers and writers must agree with: `JSON.parse` and `JSON.stringify`, and a check of the shape. */
export interface ShapeFallback {
  parse(bytes: Buffer, start: number, end: number): unknown
  stringify(value: unknown): string
}

export function shapeFallback(shape: ShapeNode): ShapeFallback {
  const parse = hasBigints(shape) ? parseExactly : parseOnly
  return {
    parse(bytes, start, end) {
      const { holder, bigints } = parse(utf8Slice(bytes, start, end))
      return new ShapeCheck(bigints).check(shape, holder, '')
    },
    stringify(value) {
      const checked = new ShapeCheck(writtenBigints).check(shape, { '': value }, '')
      try {
        return JSON.stringify(checked)
      } catch (cause) {
        throw new SerdeError(`A value has no JSON form: ${asError(cause).message}`, cause)
      }
    },
  }
}

interface Parsed {
  /** Holds the value under the empty name, as `JSON.parse` does for its reviver. */
  readonly holder: Readonly<Record<string, unknown>>
  readonly bigints: BigintForm
}

/** The third parameter of a reviver, which the types of the language do not have yet. */
interface ReviverContext {
  readonly source?: string
}

const noBigints: BigintForm = { convert: () => undefined }

function parseOnly(text: string): Parsed {
  return { holder: { '': parseJson(text) }, bigints: noBigints }
}

/** Keeps, beside what `JSON.parse` gives, the digits of whole numbers that a double cannot hold. */
function parseExactly(text: string): Parsed {
  const digits = new Map<unknown, Map<string, string>>()
  let holder: Readonly<Record<string, unknown>> = {}
  parseJson(text, function keep(this: unknown, name: string, member: unknown, context?: ReviverContext) {
    const source = context?.source
    if (typeof member === 'number' && source !== undefined && !Number.isSafeInteger(member) && isWhole(source)) {
      const members = digits.get(this) ?? new Map<string, string>()
      digits.set(this, members.set(name, source))
    }
    // The last is the one that holds the whole.
    holder = this as Readonly<Record<string, unknown>>
    return member
  })
  return { holder, bigints: { convert: (member, of, name) => exactBigint(member, digits.get(of)?.get(String(name))) } }
}

function exactBigint(member: unknown, source: string | undefined): bigint | undefined {
  if (typeof member !== 'number') return undefined
  if (Number.isSafeInteger(member)) return BigInt(member)
  return source === undefined ? undefined : BigInt(source)
}

function isWhole(source: string): boolean {
  return /^-?\d+$/.test(source)
}

const writtenBigints: BigintForm = {
  convert: (member) => (typeof member === 'bigint' ? rawJson(String(member)) : undefined),
}

/** Text that `JSON.stringify` takes over as it is, which the types of the language do not have yet. */
function rawJson(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text)
}

function hasBigints(shape: ShapeNode): boolean {
  switch (shape.kind) {
    case 'bigint':
      return true
    case 'nullable':
    case 'array':
    case 'record':
      return hasBigints(shape.of)
    case 'object':
      return shape.fields.some((field) => hasBigints(field.shape))
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'unknown':
    case 'literal':
      return false
  }
}
