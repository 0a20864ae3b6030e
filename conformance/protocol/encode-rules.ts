import assert from 'node:assert/strict'
import type { MessageCodec } from '../../packages/protocol/src/api.ts'
import type { FieldDefinition } from '../../packages/protocol/src/definitions/definition.ts'
import type { JsonObject } from '../json.ts'
import { textAt } from '../json.ts'
import type { KnownMessage } from './codecs.ts'
import { contains } from './codecs.ts'
import { encoded } from './encoded.ts'

/**
 * What a writer does with a value in a version that lacks the field (`absent`), or with null where it is not allowed
 * (`null`): it refuses, or drops the value.
 */
export function checkEncodeRule(message: KnownMessage, codec: MessageCodec<unknown>, rule: JsonObject): void {
  const [from, to] = rule['versions'] as readonly [number, number]
  const path = textAt(rule, 'field').replaceAll('[]', '').split('.')
  const isNull = textAt(rule, 'rule') === 'null'
  const field = fieldAt(message.fields, path)
  const written = messageWith(message.fields, path, isNull ? null : anotherValue(field))
  for (let version = from; version <= to; version++) {
    if (!parentsExist(message.fields, path, message.newest, version)) continue
    // The range spans all versions without the field, and may have versions with it in between.
    if (!isNull && contains(field.versions, message.newest, version)) continue
    if (textAt(rule, 'outcome') === 'dropped') {
      const without = messageWith(message.fields, path, undefined)
      assert.equal(
        encoded(codec, version, written).toString('hex'),
        encoded(codec, version, without).toString('hex'),
        `v${version}`,
      )
    } else assert.throws(() => encoded(codec, version, written), `v${version} was encoded`)
  }
}

function fieldAt(fields: readonly FieldDefinition[], path: readonly string[]): FieldDefinition {
  const [name, ...rest] = path
  const field = fields.find((candidate) => candidate.name === name)
  if (field === undefined) throw new Error(`There is no field ${path.join('.')}`)
  return rest.length === 0 ? field : fieldAt(field.fields ?? [], rest)
}

function parentsExist(
  fields: readonly FieldDefinition[],
  path: readonly string[],
  newest: number,
  version: number,
): boolean {
  return path
    .slice(0, -1)
    .every((_name, index) => contains(fieldAt(fields, path.slice(0, index + 1)).versions, newest, version))
}

/** A message of defaults but for the value at the end of the path; arrays on the way have one element. */
function messageWith(fields: readonly FieldDefinition[], path: readonly string[], value: unknown): object {
  const [name = '', ...rest] = path
  if (rest.length === 0) return value === undefined ? {} : { [name]: value }
  const field = fieldAt(fields, [name])
  const inner = messageWith(field.fields ?? [], rest, value)
  return { [name]: field.type.startsWith('[]') ? [inner] : inner }
}

/** Some value that is not the default of the field. */
function anotherValue(field: FieldDefinition): unknown {
  if (field.type.startsWith('[]'))
    return field.fields === undefined ? [anotherPrimitive(field.type.slice(2), undefined)] : [{}]
  if (field.fields === undefined) return anotherPrimitive(field.type, field.default)
  if (field.default === null) return {}
  const [first] = field.fields
  return first === undefined ? {} : { [first.name]: anotherValue(first) }
}

function anotherPrimitive(type: string, byDefault: unknown): unknown {
  switch (type) {
    case 'bool':
      return byDefault !== true
    case 'int64':
      return byDefault === 5n ? 6n : 5n
    case 'string':
      return 'x'
    case 'uuid':
      return 'M2WCk1rfdlHaVdlGueJ56g'
    case 'bytes':
    case 'records':
      return Buffer.of(1)
    default:
      return byDefault === 5 ? 6 : 5
  }
}
