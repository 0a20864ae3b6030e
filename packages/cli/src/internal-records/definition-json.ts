import { Reader, zeroUuid } from '@streamwright/protocol'
import type { FieldDefinition, MessageDefinition, Versions } from '@streamwright/protocol/definitions/definition'

/** A message as read by its definition: structs are maps in the definition's order. */
export type Json = null | boolean | number | bigint | string | Buffer | readonly Json[] | JsonStruct
export type JsonStruct = Map<string, Json>

/** Reads a message that begins with its version. Throws `ProtocolError` for what is cut off. */
export function readVersioned(
  bytes: Buffer,
  definition: MessageDefinition,
): { readonly version: number; readonly data: JsonStruct } {
  const reader = new Reader(bytes)
  const version = reader.int16()
  return { version, data: readMessage(reader, definition, version) }
}

/** Reads the fields that `version` has. Versions above the newest known are refused with a `RangeError`. */
export function readMessage(reader: Reader, definition: MessageDefinition, version: number): JsonStruct {
  if (!contains(definition.versions, version))
    throw new RangeError(`${definition.name} has no version ${version}: ${definition.versions} are known`)
  const flexible = definition.flexible !== undefined && contains(definition.flexible, version)
  return readFields(reader, definition.fields, version, flexible)
}

/** JSON's text, as Java's converters write it: bytes in base64, long numbers in full. */
export function jsonText(json: Json): string {
  if (typeof json === 'bigint') return String(json)
  if (Buffer.isBuffer(json)) return JSON.stringify(json.toString('base64'))
  if (json instanceof Map) {
    return `{${[...json].map(([name, value]) => `${JSON.stringify(name)}:${jsonText(value)}`).join(',')}}`
  }
  if (typeof json === 'object' && json !== null) return `[${json.map(jsonText).join(',')}]`
  return JSON.stringify(json)
}

function contains(versions: Versions, version: number): boolean {
  const [from = '', to] = versions.split(/[-+]/)
  return version >= Number(from) && (to === '' || version <= Number(to ?? from))
}

function readFields(
  reader: Reader,
  fields: readonly FieldDefinition[],
  version: number,
  flexible: boolean,
): JsonStruct {
  const present = fields.filter((field) => contains(field.versions, version))
  const values = new Map<string, Json>()
  for (const field of present) {
    if (!flexible || field.tag === undefined) values.set(field.name, readField(reader, field, version, flexible))
  }
  if (flexible) {
    for (let count = reader.tagCount(); count > 0; count--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      const field = present.find((candidate) => candidate.tag === tag)
      if (field === undefined) {
        reader.unknownTag(tag, end)
        continue
      }
      const value = readField(reader, field, version, flexible)
      reader.requireTagEnd(tag, end)
      // A tagged field at its default is left out, also where a writer sent it.
      if (value !== (field.default ?? (field.type === 'uuid' ? zeroUuid : undefined))) values.set(field.name, value)
    }
  }
  return new Map(
    fields.flatMap(({ name }) => {
      const value = values.get(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function readField(reader: Reader, field: FieldDefinition, version: number, flexible: boolean): Json {
  const compact = flexible && field.flexible !== false
  if (!field.type.startsWith('[]')) {
    if (field.fields !== undefined && field.nullable !== undefined) {
      const isPresent = field.tag === undefined ? reader.structPresent() : reader.taggedStructPresent()
      if (!isPresent) return null
    }
    return readValue(reader, field, field.type, version, compact)
  }
  const length = compact ? reader.compactNullableArrayLength(1) : reader.nullableArrayLength(1)
  if (length < 0) return null
  const type = field.type.slice(2)
  return Array.from({ length }, () => readValue(reader, field, type, version, compact))
}

function readValue(reader: Reader, field: FieldDefinition, type: string, version: number, compact: boolean): Json {
  if (field.fields !== undefined) return readFields(reader, field.fields, version, compact)
  switch (type) {
    case 'string':
      return compact ? reader.compactNullableString() : reader.nullableString()
    case 'bytes':
      return compact ? reader.compactNullableBytes() : reader.nullableBytes()
    case 'bool':
    case 'int8':
    case 'int16':
    case 'uint16':
    case 'int32':
    case 'uint32':
    case 'int64':
    case 'float64':
    case 'uuid':
      return reader[type]()
    default:
      throw new RangeError(`${field.name} is of the type ${type}, which records of internal topics do not have`)
  }
}
