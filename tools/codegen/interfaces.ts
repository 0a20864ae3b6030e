import type { Field, Message, Struct } from './model.ts'

/** The interfaces of a message, as lines. */
export function interfaceLines(message: Message): string[] {
  return message.structs.toReversed().flatMap((struct) => [...structLines(message, struct), ''])
}

function structLines(message: Message, struct: Struct): string[] {
  const { from, to } = message.range
  const lines: string[] = []
  if (struct.name === message.name)
    lines.push(`/** ${from === to ? `Version ${from}` : `Versions ${from} to ${to}`}. */`)
  lines.push(`export interface ${struct.name} {`)
  for (const field of struct.fields) {
    const remarks = remarksOn(struct, field)
    if (remarks !== '') lines.push(`  /** ${remarks} */`)
    lines.push(`  readonly ${field.name}: ${typeOf(field)}`)
  }
  if (message.flexibleFrom <= struct.range.to) lines.push('  readonly unknownTags?: readonly UnknownTag[]')
  lines.push('}')
  return lines
}

function remarksOn(struct: Struct, field: Field): string {
  const remarks: string[] = []
  const { from, to } = field.range
  if (to < struct.range.to)
    remarks.push(from === to ? `Only version ${from}.` : `Versions ${Math.max(from, struct.range.from)} to ${to}.`)
  else if (from > struct.range.from) remarks.push(`Since version ${from}.`)
  if (field.nullableFrom !== undefined && field.nullableFrom > Math.max(from, struct.range.from)) {
    remarks.push(`Null since version ${field.nullableFrom}.`)
  }
  if (field.defaultValue !== undefined) remarks.push(`Default: ${String(field.defaultValue)}.`)
  return remarks.join(' ')
}

/** The type of a field in TypeScript. */
export function typeOf(field: Field): string {
  const element = typeof field.type === 'string' ? primitiveTypes[field.type] : field.type.name
  const type = field.array ? `readonly ${element}[]` : element
  return field.nullableFrom === undefined ? type : `${type} | null`
}

const primitiveTypes = {
  bool: 'boolean',
  int8: 'number',
  int16: 'number',
  uint16: 'number',
  int32: 'number',
  uint32: 'number',
  int64: 'bigint',
  float64: 'number',
  uuid: 'string',
  string: 'string',
  bytes: 'Buffer',
  records: 'Buffer',
}
