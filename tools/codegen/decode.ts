import { decodedDefault } from './defaults.ts'
import type { Field, Message, Struct } from './model.ts'
import type { Shape } from './ranges.ts'
import { elementBytesMin, fieldRange, isFlexible, isMixed, shapesOf, within } from './ranges.ts'

const lineColumnsMax = 120

/** The functions that read the structs of a message, as lines. */
export function decodeLines(message: Message): string[] {
  return message.structs.flatMap((struct) => [...structFunction(message, struct), ...arrayFunctions(message, struct)])
}

function structFunction(message: Message, struct: Struct): string[] {
  const lines: string[] = []
  if (isMixed(message, struct)) lines.push(`  const flexible = version >= ${message.flexibleFrom}`)
  const tagged = struct.fields.filter((field) => field.tag !== undefined)
  for (const field of struct.fields) {
    if (field.tag === undefined) lines.push(...broken(`  const ${field.local} = ${guarded(message, struct, field)}`))
  }
  lines.push(...taggedLines(message, struct, tagged))
  const properties = struct.fields.map((field) =>
    field.local === field.name ? field.name : `${field.name}: ${field.local}`,
  )
  lines.push(...resultLines(struct, properties, isFlexible(message, struct)))
  // A function takes the version even when it makes no difference, so that all are called alike.
  const version = lines.some((line) => /\bversion\b(?!:)/.test(line)) ? 'version' : '_version'
  return [`function decode${struct.name}(reader: Reader, ${version}: number): ${struct.name} {`, ...lines, '}', '']
}

function resultLines(struct: Struct, properties: readonly string[], flexible: boolean): string[] {
  const result = properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
  const head = flexible ? `  return withUnknownTags<${struct.name}>(` : '  return '
  const tail = flexible ? ', unknownTags)' : ''
  const line = head + result + tail
  if (line.length <= lineColumnsMax) return [line]
  return [`${head}{`, ...properties.map((property) => `    ${property},`), `  }${tail}`]
}

function guarded(message: Message, struct: Struct, field: Field): string {
  const expression = readExpression(message, struct, field, false)
  const condition = within(struct.range, fieldRange(struct, field))
  if (condition === undefined) return expression
  return `${condition} ? ${parenthesised(expression)} : ${decodedDefault(field)}`
}

/** The expression that reads a field whose version is known to be in its range. */
function readExpression(message: Message, struct: Struct, field: Field, inTag: boolean): string {
  const shapes = shapesOf(message, struct, field).map(({ condition, shape }) => ({
    condition,
    expression: readShape(message, struct, field, shape, inTag),
  }))
  let expression = ''
  for (const candidate of shapes.toReversed()) {
    if (expression === '' || expression === candidate.expression) expression = candidate.expression
    else expression = `${candidate.condition} ? ${candidate.expression} : ${expression}`
  }
  return expression
}

function readShape(message: Message, struct: Struct, field: Field, shape: Shape, inTag: boolean): string {
  if (field.array) return readArray(message, struct, field, shape)
  if (typeof field.type !== 'string') {
    const read = `decode${field.type.name}(reader, version)`
    if (!shape.nullable) return read
    return `(reader.${inTag ? 'taggedStructPresent' : 'structPresent'}() ? ${read} : null)`
  }
  return `reader.${readMethod(field.type, shape)}()`
}

function readMethod(type: string, shape: Shape): string {
  if (type !== 'string' && type !== 'bytes' && type !== 'records') return type
  const words = [
    shape.flexible ? 'compact' : '',
    shape.nullable ? 'nullable' : '',
    type === 'string' ? 'string' : 'bytes',
  ]
  return camel(words)
}

function readArray(message: Message, struct: Struct, field: Field, shape: Shape): string {
  const lengthMethod = camel([shape.flexible ? 'compact' : '', shape.nullable ? 'nullable' : '', 'array', 'length'])
  const length = `reader.${lengthMethod}(${elementBytesMin(message, struct, field, shape.flexible)})`
  if (typeof field.type !== 'string') {
    return `decode${shape.nullable ? 'Nullable' : ''}${field.type.name}Array(reader, version, ${length})`
  }
  const name = field.type === 'string' && shape.flexible ? 'compactString' : field.type
  return `reader.${camel([shape.nullable ? 'nullable' : '', name, 'array'])}(${length})`
}

function arrayFunctions(message: Message, struct: Struct): string[] {
  const uses = message.structs.flatMap((user) => user.fields).filter((field) => field.type === struct && field.array)
  if (uses.length === 0) return []
  const lines = [
    `function decode${struct.name}Array(reader: Reader, version: number, count: number): ${struct.name}[] {`,
    `  const elements: ${struct.name}[] = []`,
    `  for (let index = 0; index < count; index++) elements.push(decode${struct.name}(reader, version))`,
    '  return elements',
    '}',
    '',
  ]
  if (uses.every((field) => field.nullableFrom === undefined)) return lines
  return [
    ...lines,
    `function decodeNullable${struct.name}Array(reader: Reader, version: number, count: number): ${struct.name}[] | null {`,
    `  return count < 0 ? null : decode${struct.name}Array(reader, version, count)`,
    '}',
    '',
  ]
}

function taggedLines(message: Message, struct: Struct, tagged: readonly Field[]): string[] {
  if (!isFlexible(message, struct)) return []
  const mixed = isMixed(message, struct)
  if (tagged.length === 0) {
    return [`  const unknownTags = ${mixed ? 'flexible ? reader.unknownTags() : undefined' : 'reader.unknownTags()'}`]
  }
  const indent = mixed ? '    ' : '  '
  const loop = [
    'for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {',
    '  const tag = reader.uvarint()',
    '  const end = reader.tagEnd()',
    ...tagged.flatMap((field, index) => taggedBranch(message, struct, field, index > 0)),
    '  } else (unknownTags ??= []).push(reader.unknownTag(tag, end))',
    '}',
  ]
  return [
    ...tagged.map((field) => `  let ${field.local}: ${struct.name}['${field.name}'] = ${decodedDefault(field)}`),
    '  let unknownTags: UnknownTag[] | undefined',
    ...(mixed ? ['  if (flexible) {'] : []),
    ...loop.map((line) => indent + line),
    ...(mixed ? ['  }'] : []),
  ]
}

function taggedBranch(message: Message, struct: Struct, field: Field, further: boolean): string[] {
  const flexibleRange = { from: Math.max(struct.range.from, message.flexibleFrom), to: struct.range.to }
  const condition = within(flexibleRange, fieldRange(struct, field))
  const test = condition === undefined ? `tag === ${field.tag}` : `tag === ${field.tag} && ${condition}`
  return [
    `  ${further ? '} else ' : ''}if (${test}) {`,
    ...broken(`    ${field.local} = ${readExpression(message, struct, field, true)}`),
    `    reader.requireTagEnd(tag, end)`,
  ]
}

/** Breaks a line that is too long at its conditions. */
function broken(line: string): string[] {
  if (line.length <= lineColumnsMax) return [line]
  return line.replaceAll(/ ([?:]) /g, '\n    $1 ').split('\n')
}

function parenthesised(expression: string): string {
  return expression.includes(' ? ') && !expression.startsWith('(') ? `(${expression})` : expression
}

function camel(words: readonly string[]): string {
  const [first = '', ...rest] = words.filter((word) => word !== '')
  return first + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}
