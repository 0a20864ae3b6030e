import type { ShapeNode } from '../../src/json/shape.ts'

/** Of a value that `JSON.parse` gave, what a shape declares; throws where it is otherwise. Naive, and by itself. */
export function declaredPart(shape: ShapeNode, value: unknown): unknown {
  switch (shape.kind) {
    case 'string':
    case 'boolean':
      return only(typeof value === shape.kind, value)
    case 'number':
      return only(typeof value === 'number' && Number.isFinite(value), value)
    case 'integer':
      return only(Number.isSafeInteger(value), value)
    case 'bigint':
      return only(Number.isSafeInteger(value), value, () => BigInt(value as number))
    case 'unknown':
      return only(value !== undefined, value)
    case 'literal':
      return only(
        shape.values.includes(value as never),
        value,
        () => shape.values[shape.values.indexOf(value as never)],
      )
    case 'nullable':
      return value === null ? null : declaredPart(shape.of, value)
    case 'array':
      return only(Array.isArray(value), value, () => (value as unknown[]).map((each) => declaredPart(shape.of, each)))
    case 'record':
      return only(isObject(value), value, () =>
        Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, declaredPart(shape.of, each)])),
      )
    case 'object':
      return only(isObject(value), value, () => {
        const own = new Map(Object.entries(value as object))
        const present = shape.fields.filter(({ name, optional }) => !optional || own.has(name))
        return Object.fromEntries(present.map((field) => [field.name, declaredPart(field.shape, own.get(field.name))]))
      })
  }
}

/** What `JSON.stringify` gives for a value that is as declared; a bigint is its digits. */
export function declaredText(shape: ShapeNode, value: unknown): string {
  switch (shape.kind) {
    case 'bigint':
      return String(value)
    case 'nullable':
      return value === null ? 'null' : declaredText(shape.of, value)
    case 'array':
      return `[${(value as unknown[]).map((each) => declaredText(shape.of, each)).join(',')}]`
    case 'record':
      return `{${Object.entries(value as object)
        .map(([name, each]) => `${JSON.stringify(name)}:${declaredText(shape.of, each)}`)
        .join(',')}}`
    case 'object': {
      const own = new Map(Object.entries(value as object))
      const present = shape.fields.filter(({ name }) => own.has(name))
      return `{${present.map((field) => `${JSON.stringify(field.name)}:${declaredText(field.shape, own.get(field.name))}`).join(',')}}`
    }
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'unknown':
    case 'literal':
      return JSON.stringify(value)
  }
}

function only(holds: boolean, value: unknown, then: () => unknown = () => value): unknown {
  if (!holds) throw new TypeError('not as declared')
  return then()
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
