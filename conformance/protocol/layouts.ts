import assert from 'node:assert/strict'
import type { FieldDefinition } from '../../packages/protocol/src/definitions/definition.ts'
import { objectAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { KnownMessage } from './codecs.ts'
import { contains, knownMessage, nullableIn, rangeOf } from './codecs.ts'
import type { ProtocolRun } from './run.ts'

/** `layouts.json`: the layouts of every message, which Java's classes report, against our definitions. */
export function runLayouts({ content, file, report }: ProtocolRun): void {
  for (const [name, ranges] of Object.entries(objectAt(content['layouts'], 'layouts'))) {
    for (const [range, expected] of Object.entries(objectAt(ranges, name))) {
      runCase(report, `${file.label} ${name} ${range}`, () => {
        const message = knownMessage(name)
        assert.ok(message !== undefined, 'there is no definition of this message')
        const [from = 0, to = 0] = range.split('-').map(Number)
        const ours = rangeOf(message.versions, 0)
        assert.ok(from >= ours.from && to <= ours.to, `versions ${message.versions} are defined`)
        for (let version = from; version <= to; version++)
          assert.equal(layoutOf(message, version), expected, `v${version}`)
      })
    }
  }
}

/** The layout of a version in one line, in the words of `layouts.json`. */
export function layoutOf(message: KnownMessage, version: number): string {
  const flexible = message.flexible !== undefined && contains(message.flexible, message.newest, version)
  return structLayout(message.fields, message.newest, version, flexible)
}

function structLayout(fields: readonly FieldDefinition[], newest: number, version: number, flexible: boolean): string {
  const present = fields.filter((field) => contains(field.versions, newest, version))
  const parts = present
    .filter((field) => field.tag === undefined)
    .map((field) => `${snakeCase(field.name)}: ${fieldLayout(field, newest, version, flexible)}`)
  if (flexible) {
    const tags = present
      .filter((field) => field.tag !== undefined)
      .toSorted((left, right) => (left.tag ?? 0) - (right.tag ?? 0))
      .map((field) => `${field.tag}=${snakeCase(field.name)}: ${fieldLayout(field, newest, version, flexible)}`)
    parts.push(`tags(${tags.join(', ')})`)
  }
  return `{${parts.join(', ')}}`
}

function fieldLayout(field: FieldDefinition, newest: number, version: number, flexible: boolean): string {
  const nullable = nullableIn(field, newest, version)
  const compact = flexible && field.flexible !== false
  if (!field.type.startsWith('[]')) return elementLayout(field, field.type, newest, version, compact, nullable)
  const element = elementLayout(field, field.type.slice(2), newest, version, compact, false)
  const name = compact ? (nullable ? 'compactNullableArray' : 'compactArray') : nullable ? 'nullableArray' : 'array'
  return `${name}<${element}>`
}

function elementLayout(
  field: FieldDefinition,
  type: string,
  newest: number,
  version: number,
  compact: boolean,
  nullable: boolean,
): string {
  if (field.fields !== undefined) return (nullable ? '?' : '') + structLayout(field.fields, newest, version, compact)
  if (type === 'bool') return 'boolean'
  if (type !== 'string' && type !== 'bytes' && type !== 'records') return type
  return `${compact ? 'compact_' : ''}${nullable ? 'nullable_' : ''}${type}`
}

/** As Java's generator does it: an underscore before a capital that follows a small letter or a digit, but for KRaft. */
function snakeCase(name: string): string {
  return name
    .replace(/^kRaft/, 'kraft')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
}
