import { differsFromDefault, encodedDefault } from './defaults.ts'
import type { Field, Message, Struct } from './model.ts'
import type { Shape } from './ranges.ts'
import { fieldRange, fixedSizeOf, isFlexible, isMixed, outside, shapesOf, within } from './ranges.ts'

/** The functions that write the structs of a message, as lines. */
export function encodeLines(message: Message): string[] {
  return message.structs.flatMap((struct) => structFunction(message, struct))
}

function structFunction(message: Message, struct: Struct): string[] {
  const lines: string[] = []
  const names = struct.fields.map((field) => {
    const alias = field.local === field.name ? '' : `: ${field.local}`
    return `${field.name}${alias} = ${encodedDefault(struct, field)}`
  })
  if (isFlexible(message, struct)) names.push('unknownTags')
  if (names.length > 0) lines.push('  const {', ...names.map((name) => `    ${name},`), '  } = message')
  if (isMixed(message, struct)) lines.push(`  const flexible = version >= ${message.flexibleFrom}`)
  for (const field of struct.fields) lines.push(...absenceLines(message, struct, field))
  for (const field of struct.fields) if (field.tag === undefined) lines.push(...fieldLines(message, struct, field))
  lines.push(...tagLines(message, struct))
  const parameters = [
    used('writer', 'Writer', lines),
    used('version', 'number', lines),
    used('message', `Init<${struct.name}>`, lines),
  ]
  return [`function encode${struct.name}(${parameters.join(', ')}): void {`, ...lines, '}', '']
}

/** A parameter, marked when the function has no use for it; it is there so that all are called alike. */
function used(name: string, type: string, lines: readonly string[]): string {
  const mark = lines.some((line) => new RegExp(String.raw`\b${name}\b(?!:)`).test(line)) ? '' : '_'
  return `${mark}${name}: ${type}`
}

/** Refuses a value in a version that has no place for it. */
function absenceLines(message: Message, struct: Struct, field: Field): string[] {
  const absent = outside(struct.range, fieldRange(struct, field))
  if (absent === undefined || field.ignorable) return []
  const versions = absent.includes('||') ? `(${absent})` : absent
  const differs = differsFromDefault(field, field.local)
  return [
    `  if (${versions} && ${differs.includes('||') ? `(${differs})` : differs}) {`,
    `    throw fieldUnsupported('${message.name}: ${field.name}', version)`,
    '  }',
  ]
}

function fieldLines(message: Message, struct: Struct, field: Field): string[] {
  const lines = shapeLines(message, struct, field)
  const condition = within(struct.range, fieldRange(struct, field))
  if (condition === undefined) return indented(lines, 1)
  const [only] = lines
  if (lines.length === 1 && only !== undefined) return [`  if (${condition}) ${only}`]
  return [`  if (${condition}) {`, ...indented(lines, 2), '  }']
}

/** Writes a field whose version is known to be in its range. */
function shapeLines(message: Message, struct: Struct, field: Field): string[] {
  const lines: string[] = []
  const shapes = shapesOf(message, struct, field)
  const lengths: { condition: string; lines: string[] }[] = []
  for (const { condition, shape } of shapes) {
    const own = shapeOf(message, field, shape)
    if (lengths.at(-1)?.lines.join() !== own.join()) lengths.push({ condition, lines: own })
    else Object.assign(lengths.at(-1) ?? {}, { condition })
  }
  for (const [index, { condition, lines: own }] of lengths.entries()) {
    const last = index === lengths.length - 1
    const head = (index === 0 ? '' : 'else ') + (last ? '' : `if (${condition}) `)
    const [only] = own
    if (own.length === 1 && only !== undefined) lines.push(head + only)
    else if (head === '') lines.push(...own)
    else lines.push(`${head}{`, ...indented(own, 1), '}')
  }
  return [...lines, ...elementLines(message, struct, field)]
}

/** What differs between the shapes of a field: everything, or of an array the length. */
function shapeOf(message: Message, field: Field, shape: Shape): string[] {
  const lines: string[] = []
  const { local } = field
  if (field.nullableFrom !== undefined && !shape.nullable) {
    lines.push(`if (${local} === null) throw nullNotAllowed('${message.name}: ${field.name}', version)`)
  }
  if (field.array) {
    const length = shape.nullable ? `${local} === null ? -1 : ${local}.length` : `${local}.length`
    lines.push(`writer.${shape.flexible ? 'compactArrayLength' : 'arrayLength'}(${length})`)
    return lines
  }
  if (typeof field.type !== 'string') {
    if (shape.nullable) {
      lines.push(
        `writer.structPresent(${local} !== null)`,
        `if (${local} !== null) encode${field.type.name}(writer, version, ${local})`,
      )
    } else lines.push(`encode${field.type.name}(writer, version, ${local})`)
    return lines
  }
  lines.push(`writer.${writeMethod(field.type, shape)}(${local})`)
  return lines
}

function elementLines(message: Message, struct: Struct, field: Field): string[] {
  if (!field.array) return []
  const guard = field.nullableFrom === undefined ? '' : `if (${field.local} !== null) `
  if (typeof field.type !== 'string') {
    const encode = `encode${field.type.name}(writer, version, element)`
    if (guard === '') return [`for (const element of ${field.local}) ${encode}`]
    return [`${guard}{`, `  for (const element of ${field.local}) ${encode}`, '}']
  }
  if (field.type !== 'string') return [`${guard}writer.${field.type}Array(${field.local})`]
  const shapes = shapesOf(message, struct, field).map(({ shape }) => shape)
  const compact = `writer.compactStringArray(${field.local})`
  const plain = `writer.stringArray(${field.local})`
  if (shapes.every((shape) => shape.flexible)) return [guard + compact]
  if (!shapes.some((shape) => shape.flexible)) return [guard + plain]
  if (guard === '') return [`if (flexible) ${compact}`, `else ${plain}`]
  return [`${guard}{`, `  if (flexible) ${compact}`, `  else ${plain}`, '}']
}

function tagLines(message: Message, struct: Struct): string[] {
  if (!isFlexible(message, struct)) return []
  const tagged = struct.fields
    .filter((field) => field.tag !== undefined)
    .toSorted((left, right) => (left.tag ?? 0) - (right.tag ?? 0))
  const mixed = isMixed(message, struct)
  if (tagged.length === 0) return [`  ${mixed ? 'if (flexible) ' : ''}writer.unknownTags(unknownTags)`]
  const flexibleRange = { from: Math.max(struct.range.from, message.flexibleFrom), to: struct.range.to }
  const lines = ['const unknown = inTagOrder(unknownTags)', 'let tagCount = unknown.length']
  const tests = tagged.map((field) => {
    const condition = within(flexibleRange, fieldRange(struct, field))
    const differs = differsFromDefault(field, field.local)
    if (condition === undefined) return differs
    return `${condition} && ${differs.includes('||') ? `(${differs})` : differs}`
  })
  for (const [index, test] of tests.entries()) lines.push(`const has${index} = ${test}`, `if (has${index}) tagCount++`)
  const written = ['let next = 0']
  for (const [index, field] of tagged.entries()) {
    const condition = within(flexibleRange, fieldRange(struct, field))
    const before = `next = writer.tagsBefore(${field.tag}, unknown, next)`
    written.push(condition === undefined ? before : `if (${condition}) ${before}`)
    written.push(`if (has${index}) {`, ...indented(tagValueLines(message, struct, field), 1), '}')
  }
  written.push('writer.tagsFrom(unknown, next)')
  lines.push('writer.uvarint(tagCount)', 'if (tagCount > 0) {', ...indented(written, 1), '}')
  return mixed ? ['  if (flexible) {', ...indented(lines, 2), '  }'] : indented(lines, 1)
}

function tagValueLines(message: Message, struct: Struct, field: Field): string[] {
  const size = fixedSizeOf(field)
  if (size !== undefined && typeof field.type === 'string') {
    return [`writer.tag(${field.tag}, ${size})`, `writer.${field.type}(${field.local})`]
  }
  if (!field.array && typeof field.type !== 'string' && field.nullableFrom !== undefined) {
    return [
      `writer.tagWith(${field.tag}, (inner) => {`,
      `  inner.taggedStructPresent(${field.local} !== null)`,
      `  if (${field.local} !== null) encode${field.type.name}(inner, version, ${field.local})`,
      '})',
    ]
  }
  const lines = shapeLines(message, struct, field).map((line) => line.replaceAll(/\bwriter\b/g, 'inner'))
  return [`writer.tagWith(${field.tag}, (inner) => {`, ...indented(lines, 1), '})']
}

function writeMethod(type: string, shape: Shape): string {
  if (type !== 'string' && type !== 'bytes' && type !== 'records') return type
  const noun = type === 'string' ? 'String' : 'Bytes'
  if (shape.flexible) return shape.nullable ? `compactNullable${noun}` : `compact${noun}`
  return shape.nullable ? `nullable${noun}` : noun.toLowerCase()
}

function indented(lines: readonly string[], levels: number): string[] {
  return lines.map((line) => '  '.repeat(levels) + line)
}
