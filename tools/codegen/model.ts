import { assert, present } from '@streamwright/std'
import type {
  ApiDefinition,
  FieldDefinition,
  MessageDefinition,
  PrimitiveType,
  Versions,
} from '../../packages/protocol/src/definitions/definition.ts'

/** A closed range of versions. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface Field {
  readonly name: string
  /** The name of the variable that holds it in generated functions. */
  readonly local: string
  readonly range: Range
  /** The first version that allows null. */
  readonly nullableFrom: number | undefined
  readonly tag: number | undefined
  readonly defaultValue: null | boolean | number | bigint | undefined
  readonly ignorable: boolean
  readonly neverFlexible: boolean
  readonly array: boolean
  readonly type: PrimitiveType | Struct
}

export interface Struct {
  /** The name in the definition. */
  readonly kafkaName: string
  /** The name of the interface. */
  readonly name: string
  /** The versions in which it can occur. */
  readonly range: Range
  readonly fields: readonly Field[]
}

export interface Message {
  readonly name: string
  readonly range: Range
  /** The first flexible version; beyond the range = none. */
  readonly flexibleFrom: number
  /** Every struct once, each before the structs that use it; the message itself is the last one. */
  readonly structs: readonly Struct[]
}

export const neverFlexible = 32_767

const primitives: ReadonlySet<string> = new Set<PrimitiveType>([
  'bool',
  'int8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'float64',
  'uuid',
  'string',
  'bytes',
  'records',
])

/** Names that generated functions use themselves, and words that cannot name a variable. */
const reservedNames: ReadonlySet<string> = new Set([
  'reader',
  'writer',
  'version',
  'message',
  'flexible',
  'unknownTags',
  'unknown',
  'next',
  'end',
  'tag',
  'tagCount',
  'inner',
  'default',
  'delete',
  'function',
  'class',
  'new',
  'null',
  'public',
  'private',
  'protected',
  'package',
  'interface',
])

/** `'4-12'`, `'4'` or `'4+'` as a range. */
export function rangeOf(versions: Versions, newest: number): Range {
  const [from, to] = versions.split('-')
  if (versions.endsWith('+')) return { from: Number.parseInt(versions, 10), to: newest }
  return { from: Number(from), to: Number(to ?? from) }
}

export function isPrimitive(type: string): type is PrimitiveType {
  return primitives.has(type)
}

/** `OffsetCommitValue` → `offset-commit-value`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}

/** `OffsetCommitValue` → `offsetCommitValue`. */
export function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}

export function requestOf(api: ApiDefinition): Message {
  return messageOf(`${api.name}Request`, api.name, api.versions, api.flexible, api.request)
}

export function responseOf(api: ApiDefinition): Message {
  return messageOf(`${api.name}Response`, api.name, api.versions, api.flexible, api.response)
}

export function standaloneOf(definition: MessageDefinition): Message {
  const { name, versions, flexible, fields } = definition
  return messageOf(name, name, versions, flexible, fields)
}

function messageOf(
  name: string,
  prefix: string,
  versions: Versions,
  flexible: Versions | undefined,
  fields: readonly FieldDefinition[],
): Message {
  const range = rangeOf(versions, 0)
  const builder = new StructBuilder(name, prefix, range.to)
  builder.visit(name, fields, range)
  return {
    name,
    range,
    flexibleFrom: flexible === undefined ? neverFlexible : rangeOf(flexible, range.to).from,
    structs: builder.structs(),
  }
}

/** Collects the structs of a message. One that is used in several places becomes one, for all their versions. */
class StructBuilder {
  readonly #messageName: string
  readonly #prefix: string
  readonly #newest: number
  readonly #found = new Map<string, { range: Range; definitions: readonly FieldDefinition[] }>()

  constructor(messageName: string, prefix: string, newest: number) {
    this.#messageName = messageName
    this.#prefix = prefix
    this.#newest = newest
  }

  visit(name: string, definitions: readonly FieldDefinition[], range: Range): void {
    const before = this.#found.get(name)
    assert(
      before === undefined || before.definitions === definitions,
      `${name} is defined once in ${this.#messageName}`,
    )
    const union = {
      from: Math.min(range.from, before?.range.from ?? range.from),
      to: Math.max(range.to, before?.range.to ?? range.to),
    }
    // Re-inserted, so that the order of the map is by last use.
    this.#found.delete(name)
    this.#found.set(name, { range: union, definitions })
    for (const definition of definitions) {
      if (definition.fields === undefined) continue
      const own = rangeOf(definition.versions, this.#newest)
      const used = { from: Math.max(union.from, own.from), to: Math.min(union.to, own.to) }
      this.visit(elementType(definition.type), definition.fields, used)
    }
  }

  structs(): readonly Struct[] {
    const built = new Map<string, Struct>()
    for (const [kafkaName, { range, definitions }] of [...this.#found].toReversed()) {
      const fields = definitions.map((definition) => this.#field(definition, built))
      built.set(kafkaName, { kafkaName, name: this.#structName(kafkaName), range, fields })
    }
    return [...built.values()]
  }

  #field(definition: FieldDefinition, built: ReadonlyMap<string, Struct>): Field {
    const { name } = definition
    const type = elementType(definition.type)
    const range = rangeOf(definition.versions, this.#newest)
    return {
      name,
      local: reservedNames.has(name) ? `${name}Field` : name,
      range,
      nullableFrom: nullableFrom(definition, range, this.#newest),
      tag: definition.tag,
      defaultValue: definition.default,
      ignorable: definition.ignorable ?? false,
      neverFlexible: definition.flexible === false,
      array: definition.type.startsWith('[]'),
      type: isPrimitive(type) ? type : present(built.get(type), `The struct ${type} comes before its user`),
    }
  }

  /** The message's name first, without saying the API's name twice. */
  #structName(kafkaName: string): string {
    const message = this.#messageName
    if (kafkaName.startsWith(message)) return kafkaName
    const prefix = this.#prefix
    const tail = kafkaName.startsWith(prefix) ? kafkaName.slice(prefix.length) : ''
    const rest = /^[A-Z]/.test(tail) ? tail : kafkaName
    const kind = message.slice(prefix.length)
    return message + (kind !== '' && rest.endsWith(kind) && rest !== kind ? rest.slice(0, -kind.length) : rest)
  }
}

function nullableFrom(definition: FieldDefinition, range: Range, newest: number): number | undefined {
  if (definition.nullable === undefined) return undefined
  if (definition.nullable === true) return range.from
  const nullable = rangeOf(definition.nullable, newest)
  assert(nullable.to === range.to, `${definition.name}: once nullable, always nullable`)
  return nullable.from
}

function elementType(type: string): string {
  return type.startsWith('[]') ? type.slice(2) : type
}
