import * as fc from 'fast-check'
import type { ShapeField, ShapeNode } from '../../src/json/shape.ts'

const names = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('id', 'price', 'a', 'b', 'c') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('toString', 'constructor', '1', 'é', 'a"b', 'unit price', '', 'length', '😀'),
  },
  { weight: 1, arbitrary: fc.string().filter((name) => name !== '__proto__') },
)

const simple: fc.Arbitrary<ShapeNode> = fc.oneof(
  fc
    .constantFrom<'string' | 'number' | 'integer' | 'boolean' | 'bigint' | 'unknown'>(
      'string',
      'number',
      'integer',
      'boolean',
      'bigint',
      'unknown',
    )
    .map((kind): ShapeNode => ({ kind })),
  fc
    .uniqueArray(fc.constantFrom<string | number | boolean>('ASK', 'BID', 'é', '', 'a\nb', 1, 12, 0.5, true, false), {
      minLength: 1,
      maxLength: 3,
    })
    .map((values): ShapeNode => ({ kind: 'literal', values })),
)

/** Shapes up to three levels deep. */
export function shapes(level = 3): fc.Arbitrary<ShapeNode> {
  if (level === 0) return simple
  const inner = shapes(level - 1)
  const field: fc.Arbitrary<ShapeField> = fc.record({ name: names, optional: fc.boolean(), shape: inner })
  const fields = fc.uniqueArray(field, { selector: ({ name }) => name, maxLength: 5 })
  return fc.oneof(
    { weight: 2, arbitrary: simple },
    { weight: 1, arbitrary: inner.map((of): ShapeNode => ({ kind: 'nullable', of })) },
    { weight: 1, arbitrary: inner.map((of): ShapeNode => ({ kind: 'array', of })) },
    { weight: 1, arbitrary: inner.map((of): ShapeNode => ({ kind: 'record', of })) },
    // Integer-like names come first in any object, so they do here.
    { weight: 4, arbitrary: fields.map((of): ShapeNode => ({ kind: 'object', fields: asDeclared(of) })) },
  )
}

function asDeclared(fields: readonly ShapeField[]): ShapeField[] {
  const byName = Object.fromEntries(fields.map((field) => [field.name, field]))
  return Object.values(byName)
}

const texts = fc.oneof(
  { weight: 3, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\ud800', 'a\udc00b', '"', '\\', '\n\t\u0000', '\u2028', 'é', 'ÿ', 'x'.repeat(70)),
  },
)

const integers = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.nat(100),
  fc.constantFrom(0, -0, 2 ** 53 - 1, -(2 ** 53) + 1),
)

const numbers = fc.oneof(
  integers,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((micros) => micros / 1e6),
  fc.constantFrom(
    5e-324,
    1.7976931348623157e308,
    0.1,
    1e21,
    1e-7,
    0.001,
    123456789.123456,
    999999999.99,
    0.30000000000000004,
  ),
)

/** Values of a shape. */
export function valuesOf(shape: ShapeNode): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return texts
    case 'number':
      return numbers
    case 'integer':
      return integers
    case 'boolean':
      return fc.boolean()
    case 'bigint':
      return fc.oneof(fc.bigInt(), fc.bigInt({ min: -1000n, max: 1000n }), fc.constant(2n ** 63n - 1n))
    case 'unknown':
      return fc.jsonValue({ maxDepth: 2 })
    case 'literal':
      return fc.constantFrom(...shape.values)
    case 'nullable':
      return fc.oneof(fc.constant(null), valuesOf(shape.of))
    case 'array':
      return fc.array(valuesOf(shape.of), { maxLength: 4 })
    case 'record':
      return fc.dictionary(fc.oneof(names, fc.constant('__proto__')), valuesOf(shape.of), {
        maxKeys: 4,
        noNullPrototype: true,
      })
    case 'object': {
      const required = shape.fields.flatMap(({ name, optional }) => (optional ? [] : [name]))
      const fields = Object.fromEntries(shape.fields.map((field) => [field.name, valuesOf(field.shape)]))
      return fc.record(fields, { requiredKeys: required, noNullPrototype: true }) as fc.Arbitrary<unknown>
    }
  }
}

/** A shape and one of its values. */
export const shapesWithValues: fc.Arbitrary<readonly [ShapeNode, unknown]> = shapes().chain((shape) =>
  fc.tuple(fc.constant(shape), valuesOf(shape)),
)
