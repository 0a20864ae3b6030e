import { generate } from '../code-generation.ts'
import type { ShapeField } from './shape.ts'

/** Makes an object of the values of its fields, in their order; a field without a value is left out. */
export type ObjectBuilder = (values: readonly unknown[]) => object | undefined

/** Makes objects of declared fields; undefined for values among which one that must not be missing is. */
export function objectBuilder(fields: readonly ShapeField[]): ObjectBuilder {
  const required = fields.map((_field, index) => index).filter((index) => fields[index]?.optional === false)
  const values = fields.map((_field, index) => `value${index} = values[${index}]`)
  const declared = values.length === 0 ? '' : `const ${values.join(', ')}`
  const build =
    generate<(values: readonly unknown[]) => object>(
      {},
      `function build(values) { ${declared}\n${objectCode(fields)} }`,
    ) ?? ((given) => assembled(fields, given))
  return (given) => {
    for (const index of required) if (given[index] === undefined) return undefined
    return build(given)
  }
}

/** Statements that return the object of `value0`, `value1` and so on. All objects with the same fields are alike inside. */
export function objectCode(fields: readonly ShapeField[]): string {
  const pairs = fields.map(({ name }, index) => `${JSON.stringify(name)}: value${index}`)
  const optional = fields.flatMap((field, index) => (field.optional ? [index] : []))
  const [first] = optional
  if (first === undefined) return `return { ${pairs.join(', ')} }`
  const others = fields.slice(first).map((field, offset) => {
    const value = `value${first + offset}`
    const condition = field.optional ? `if (${value} !== undefined) ` : ''
    return `${condition}object[${JSON.stringify(field.name)}] = ${value}`
  })
  return `if (${optional.map((index) => `value${index} !== undefined`).join(' && ')}) return { ${pairs.join(', ')} }
    const object = { ${pairs.slice(0, first).join(', ')} }
    ${others.join('\n')}
    return object`
}

function assembled(fields: readonly ShapeField[], values: readonly unknown[]): object {
  const object: Record<string, unknown> = {}
  for (let index = 0; index < fields.length; index++) {
    const value = values[index]
    if (value !== undefined) object[fields[index]?.name ?? ''] = value
  }
  return object
}
