import { ConfigurationError } from '@streamwright/std'

/** What a shape says, for those who read, write and check by it. */
export type ShapeNode =
  | { readonly kind: 'string' | 'number' | 'integer' | 'boolean' | 'bigint' | 'unknown' }
  | { readonly kind: 'literal'; readonly values: readonly LiteralValue[] }
  | { readonly kind: 'nullable'; readonly of: ShapeNode }
  | { readonly kind: 'array'; readonly of: ShapeNode }
  | { readonly kind: 'record'; readonly of: ShapeNode }
  | { readonly kind: 'object'; readonly fields: readonly ShapeField[] }

/** One declared field of an object. */
export interface ShapeField {
  readonly name: string
  readonly optional: boolean
  readonly shape: ShapeNode
}

export type LiteralValue = string | number | boolean

export const shapeNode: unique symbol = Symbol('shape')
const optionalNode: unique symbol = Symbol('optional')
declare const shapeOf: unique symbol

/** A declaration of what JSON looks like. `ShapeType` is the type of its values. */
export interface Shape<T> {
  readonly [shapeNode]: ShapeNode
  readonly [shapeOf]?: T
}

/** A field that may be missing. */
export interface OptionalShape<T> {
  readonly [optionalNode]: ShapeNode
  readonly [shapeOf]?: T
}

/** The fields of an object, in the order in which they are written. */
export interface ShapeFields {
  readonly [name: string]: Shape<unknown> | OptionalShape<unknown> | ShapeFields
}

/** A shape, or the fields of an object in place of `shape.object(fields)`. */
export type ShapeLike = Shape<unknown> | ShapeFields

type OptionalNames<F> = { [K in keyof F]: F[K] extends OptionalShape<unknown> ? K : never }[keyof F]

type ObjectType<F> = {
  -readonly [K in Exclude<keyof F, OptionalNames<F>>]: ShapeType<F[K]>
} & {
  -readonly [K in OptionalNames<F>]?: F[K] extends OptionalShape<infer T> ? T | undefined : never
} extends infer All
  ? { [K in keyof All]: All[K] }
  : never

/** The type of the values of a shape: `type Order = ShapeType<typeof order>`. */
export type ShapeType<S> = S extends Shape<infer T> ? T : ObjectType<S>

/** Makes shapes. Those without parameters are values, the others functions. */
export interface ShapeBuilder {
  readonly string: Shape<string>
  /** Any finite number. */
  readonly number: Shape<number>
  /** A whole number up to 2^53 − 1, and down to its negative. */
  readonly integer: Shape<number>
  readonly boolean: Shape<boolean>
  /** A whole number of any size, without loss; it is written as a number. */
  readonly bigint: Shape<bigint>
  /** Any JSON, as `JSON.parse` gives it. */
  readonly unknown: Shape<unknown>
  /** One of these values. */
  readonly literal: <const T extends LiteralValue>(...values: readonly [T, ...T[]]) => Shape<T>
  /** A field that may be missing; on objects only. A field that is null is not missing: see `nullable`. */
  readonly optional: <const S extends ShapeLike>(of: S) => OptionalShape<ShapeType<S>>
  readonly nullable: <const S extends ShapeLike>(of: S) => Shape<ShapeType<S> | null>
  readonly array: <const S extends ShapeLike>(of: S) => Shape<ShapeType<S>[]>
  /** An object whose names are data: a map of names to values of one shape. */
  readonly record: <const S extends ShapeLike>(of: S) => Shape<Record<string, ShapeType<S>>>
  /** An object with declared fields. Others that come along are skipped when it is read. */
  readonly object: <const F extends ShapeFields>(fields: F) => Shape<ShapeType<F>>
}

export const shape: ShapeBuilder = {
  string: made({ kind: 'string' }),
  number: made({ kind: 'number' }),
  integer: made({ kind: 'integer' }),
  boolean: made({ kind: 'boolean' }),
  bigint: made({ kind: 'bigint' }),
  unknown: made({ kind: 'unknown' }),
  literal: (...values) => made({ kind: 'literal', values: checkedLiterals(values) }),
  optional: (of) => ({ [optionalNode]: nodeOf(of) }),
  nullable: (of) => made({ kind: 'nullable', of: nodeOf(of) }),
  array: (of) => made({ kind: 'array', of: nodeOf(of) }),
  record: (of) => made({ kind: 'record', of: nodeOf(of) }),
  object: (fields) => made(nodeOf(fields)),
}

/** What a shape, or the fields of an object, says. A `ConfigurationError` for what is neither. */
export function nodeOf(declared: ShapeLike): ShapeNode {
  if (isShape(declared)) return declared[shapeNode]
  if (isObject(declared) && isOptional(declared))
    throw new ConfigurationError('shape.optional is for fields of objects')
  const prototype: unknown = isObject(declared) ? Object.getPrototypeOf(declared) : undefined
  // `{ __proto__: … }` declares a prototype and no field.
  if (prototype !== Object.prototype && prototype !== null) throw notAShape('A shape', declared)
  return { kind: 'object', fields: Object.entries(declared).map(([name, field]) => fieldOf(name, field)) }
}

function fieldOf(name: string, field: Shape<unknown> | OptionalShape<unknown> | ShapeFields): ShapeField {
  if (name === '__proto__') throw new ConfigurationError('A shape cannot have a field that is called __proto__')
  if (!isObject(field)) throw notAShape(`The field ${JSON.stringify(name)}`, field)
  if (isOptional(field)) return { name, optional: true, shape: field[optionalNode] }
  return { name, optional: false, shape: nodeOf(field) }
}

function isShape(declared: ShapeLike): declared is Shape<unknown> {
  return isObject(declared) && shapeNode in declared
}

function isOptional(field: object): field is OptionalShape<unknown> {
  return optionalNode in field
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function checkedLiterals(values: readonly LiteralValue[]): readonly LiteralValue[] {
  if (values.length === 0) throw new ConfigurationError('shape.literal needs at least one value')
  for (const value of values) {
    const isLiteral = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
    if (!isLiteral)
      throw new ConfigurationError(`${String(value)} is no literal: give strings, booleans, finite numbers`)
  }
  return values
}

function made<T>(node: ShapeNode): Shape<T> {
  return { [shapeNode]: node }
}

function notAShape(what: string, given: unknown): ConfigurationError {
  return new ConfigurationError(
    `${what} is declared with shape.string and its like, or { … }, not with ${String(given)}`,
  )
}
