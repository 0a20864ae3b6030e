import { fromHex, toHex } from '@streamwright/std'
import type { UnknownTag } from '../../packages/protocol/src/api.ts'
import type { FieldDefinition } from '../../packages/protocol/src/definitions/definition.ts'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import { contains } from './codecs.ts'

/** The JSON of a vector as a message that can be encoded. */
export function fromJson(fields: readonly FieldDefinition[], json: JsonObject): Record<string, unknown> {
  const message: Record<string, unknown> = {}
  for (const field of fields) if (field.name in json) message[field.name] = valueFromJson(field, json[field.name])
  if ('_unknownTags' in json) {
    message['unknownTags'] = listAt(json, '_unknownTags').map((tag) => ({
      tag: numberAt(tag, 'tag'),
      data: fromHex(textAt(tag, 'data')),
    }))
  }
  return message
}

function valueFromJson(field: FieldDefinition, value: unknown): unknown {
  if (value === null) return null
  if (!field.type.startsWith('[]')) return elementFromJson(field, field.type, value)
  if (!Array.isArray(value)) throw new TypeError(`${field.name} is not a JSON array`)
  return value.map((element: unknown) => elementFromJson(field, field.type.slice(2), element))
}

function elementFromJson(field: FieldDefinition, type: string, value: unknown): unknown {
  if (field.fields !== undefined) return fromJson(field.fields, objectAt(value, field.name))
  if (type === 'int64') return BigInt(String(value))
  if (type === 'float64') return Number(value)
  if (type === 'bytes' || type === 'records') return fromHex(String(value))
  return value
}

/** A decoded message as the JSON of a vector: exactly the fields of its version. */
export function toJson(
  fields: readonly FieldDefinition[],
  message: JsonObject,
  newest: number,
  version: number,
): JsonObject {
  const json: Record<string, unknown> = {}
  for (const field of fields) {
    if (contains(field.versions, newest, version))
      json[field.name] = valueToJson(field, message[field.name], newest, version)
  }
  const tags = message['unknownTags'] as readonly UnknownTag[] | undefined
  if (tags !== undefined) json['_unknownTags'] = tags.map(({ tag, data }) => ({ tag, data: toHex(data) }))
  return json
}

function valueToJson(field: FieldDefinition, value: unknown, newest: number, version: number): unknown {
  if (value === null) return null
  if (Array.isArray(value)) return value.map((element: unknown) => elementToJson(field, element, newest, version))
  return elementToJson(field, value, newest, version)
}

function elementToJson(field: FieldDefinition, value: unknown, newest: number, version: number): unknown {
  if (field.fields !== undefined) return toJson(field.fields, objectAt(value, field.name), newest, version)
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return toHex(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return value
}
