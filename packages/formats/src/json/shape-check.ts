import type { ShapeField, ShapeNode } from './shape.ts'
import type { PathStep } from './shape-error.ts'
import { ShapeError, kindOf, shown } from './shape-error.ts'

/** How a whole number of any size stands in what is checked, and what the check makes of it. */
export interface BigintForm {
  /** What is at `name` of `holder`; undefined when it is no whole number. */
  convert(value: unknown, holder: unknown, name: PathStep): unknown
}

/**
 * Compares a value with a shape, and gives it back with the declared fields alone, in their order. Throws a
 * {@link ShapeError} for the first difference. This is the definition of what a shape means; generated code must agree.
 */
export class ShapeCheck {
  readonly #bigints: BigintForm
  readonly #path: PathStep[] = []

  constructor(bigints: BigintForm) {
    this.#bigints = bigints
  }

  /** `holder[name]` is the value; at the top, it stands in an object of its own. */
  check(shape: ShapeNode, holder: Readonly<Record<string, unknown>>, name: string): unknown {
    return this.#value(shape, holder[name], holder, name)
  }

  /** `declared` is what an error tells of: `shape`, or the nullable around it. */
  #value(shape: ShapeNode, value: unknown, holder: unknown, name: PathStep, declared: ShapeNode = shape): unknown {
    switch (shape.kind) {
      case 'string':
      case 'boolean':
        return typeof value === shape.kind ? value : this.#refuse(declared, value)
      case 'number':
        return Number.isFinite(value) ? value : this.#refuse(declared, value)
      case 'integer':
        return Number.isSafeInteger(value) ? value : this.#refuse(declared, value)
      case 'bigint':
        return this.#bigints.convert(value, holder, name) ?? this.#refuse(declared, value)
      case 'unknown':
        return hasJson(value) ? value : this.#refuse(declared, value)
      case 'literal':
        return shape.values.find((literal) => literal === value) ?? this.#refuse(declared, value)
      case 'nullable':
        return value === null ? null : this.#value(shape.of, value, holder, name, declared)
      case 'array':
        return Array.isArray(value) ? this.#array(shape.of, value) : this.#refuse(declared, value)
      case 'record':
        return isObject(value) ? this.#record(shape.of, value) : this.#refuse(declared, value)
      case 'object':
        return isObject(value) ? this.#object(shape.fields, value) : this.#refuse(declared, value)
    }
  }

  #array(of: ShapeNode, array: readonly unknown[]): unknown[] {
    // Not `map`: it leaves out the holes of a sparse array.
    return Array.from(array, (element, index) => this.#inside(of, element, array, index))
  }

  #record(of: ShapeNode, record: object): Record<string, unknown> {
    const pairs = Object.entries(record).map(
      ([name, member]) => [name, this.#inside(of, member, record, name)] as const,
    )
    // Makes a property even of __proto__.
    return Object.fromEntries(pairs)
  }

  #object(fields: readonly ShapeField[], given: object): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    for (const { name, optional, shape } of fields) {
      const member = fieldOf(given, name)
      if (member !== undefined || !optional) object[name] = this.#inside(shape, member, given, name)
    }
    return object
  }

  #inside(shape: ShapeNode, value: unknown, holder: object, name: PathStep): unknown {
    this.#path.push(name)
    const checked = this.#value(shape, value, holder, name)
    this.#path.pop()
    return checked
  }

  #refuse(declared: ShapeNode, value: unknown): never {
    throw new ShapeError(this.#path, expectation(declared), got(declared, value))
  }
}

/** What a shape is called in an error. */
function expectation(shape: ShapeNode): string {
  switch (shape.kind) {
    case 'unknown':
      return 'a value'
    case 'literal':
      return shape.values.map((literal) => shown(literal)).join(' or ')
    case 'nullable':
      return `${expectation(shape.of)} or null`
    case 'record':
      return 'object'
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'bigint':
    case 'array':
    case 'object':
      return shape.kind
  }
}

/** A value in an error: what kind of thing it is, or itself where the kind is right. */
function got(declared: ShapeNode, value: unknown): string {
  const { kind } = declared.kind === 'nullable' ? declared.of : declared
  const isNumeric = kind === 'number' || kind === 'integer' || kind === 'bigint'
  if (kind === 'integer' && Number.isInteger(value)) return `${shown(value)}, beyond 2^53: declare a bigint`
  const tellsMore = kind === 'literal' ? !(value instanceof Object) && value != null : isNumeric && isNumber(value)
  return tellsMore ? shown(value) : kindOf(value)
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

/** Whether `JSON.stringify` has anything to say of it. */
function hasJson(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'
}

/** A field as it is written: one's own or that of a class, but not what every object inherits. */
export function fieldOf(object: object, name: string): unknown {
  const isInherited = name in Object.prototype && !Object.hasOwn(object, name)
  return isInherited ? undefined : (object as Record<string, unknown>)[name]
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
