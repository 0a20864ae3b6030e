import type { Field, Message, Struct } from './model.ts'

/** The default of a field as an expression; of a struct, as a message of defaults to be encoded. */
export function defaultExpression(field: Field): string {
  if (field.defaultValue !== undefined) {
    return typeof field.defaultValue === 'bigint' ? `${field.defaultValue}n` : String(field.defaultValue)
  }
  if (field.array) return '[]'
  if (typeof field.type !== 'string') return '{}'
  switch (field.type) {
    case 'bool':
      return 'false'
    case 'int64':
      return '0n'
    case 'uuid':
      return 'zeroUuid'
    case 'string':
      return "''"
    case 'bytes':
    case 'records':
      return 'noBytes'
    case 'int8':
    case 'int16':
    case 'uint16':
    case 'int32':
    case 'uint32':
    case 'float64':
      return '0'
  }
}

/** The value that a decoded message has for a field that was not on the wire. */
export function decodedDefault(field: Field): string {
  if (field.defaultValue === undefined && !field.array && typeof field.type !== 'string')
    return defaultConstant(field.type)
  return defaultExpression(field)
}

/** The name of the constant that holds a struct of defaults. */
export function defaultConstant(struct: Struct): string {
  return `default${struct.name}`
}

/** The name of the function that says whether a struct is one of defaults. */
export function isDefaultFunction(struct: Struct): string {
  return `isDefault${struct.name}`
}

/** What an encoder takes for a field that was left out. */
export function encodedDefault(struct: Struct, field: Field): string {
  return needsConstant(struct, field) ? defaultConstant(field.type) : defaultExpression(field)
}

/** The condition that the value of a field, which is not undefined, is not its default. */
export function differsFromDefault(field: Field, value: string): string {
  if (field.defaultValue === true) return `!${value}`
  if (field.defaultValue !== undefined) return `${value} !== ${defaultExpression(field)}`
  const orNull = field.nullableFrom === undefined ? '' : `${value} === null || `
  if (field.array || field.type === 'bytes' || field.type === 'records') return `${orNull}${value}.length !== 0`
  if (typeof field.type !== 'string') return `${orNull}!${isDefaultFunction(field.type)}(${value})`
  if (field.type === 'bool') return value
  return `${value} !== ${defaultExpression(field)}`
}

/** Structs that need a constant of defaults, because a field with them is missing in some versions or is tagged. */
export function structsWithDefaults(message: Message): ReadonlySet<Struct> {
  const found = new Set<Struct>()
  const visit = (struct: Struct): void => {
    found.add(struct)
    for (const field of struct.fields) if (isPlainStruct(field)) visit(field.type)
  }
  for (const struct of message.structs) {
    for (const field of struct.fields) {
      if (needsConstant(struct, field)) visit(field.type)
    }
  }
  return found
}

function needsConstant(struct: Struct, field: Field): field is Field & { readonly type: Struct } {
  return isPlainStruct(field) && (field.tag !== undefined || !covers(field, struct))
}

function isPlainStruct(field: Field): field is Field & { readonly type: Struct } {
  return !field.array && typeof field.type !== 'string' && field.defaultValue === undefined
}

function covers(field: Field, struct: Struct): boolean {
  return field.range.from <= struct.range.from && field.range.to >= struct.range.to
}

/** The constants and the tests of {@link structsWithDefaults}, as lines. */
export function defaultLines(message: Message): string[] {
  const structs = structsWithDefaults(message)
  return message.structs
    .filter((struct) => structs.has(struct))
    .flatMap((struct) => [
      `const ${defaultConstant(struct)}: ${struct.name} = {`,
      ...struct.fields.map((field) => `  ${field.name}: ${decodedDefault(field)},`),
      '}',
      '',
      `function ${isDefaultFunction(struct)}(message: Init<${struct.name}>): boolean {`,
      `  if (message === ${defaultConstant(struct)}) return true`,
      ...isDefaultBody(message, struct),
      '}',
      '',
    ])
}

function isDefaultBody(message: Message, struct: Struct): string[] {
  const lines = struct.fields.map((field) => {
    const value = `message.${field.name}`
    const differs = differsFromDefault(field, value)
    return `  if (${value} !== undefined && ${differs.includes('||') ? `(${differs})` : differs}) return false`
  })
  if (message.flexibleFrom > struct.range.to) return [...lines, '  return true']
  return [...lines, '  return message.unknownTags === undefined || message.unknownTags.length === 0']
}
