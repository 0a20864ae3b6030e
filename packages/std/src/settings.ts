import { ConfigurationError } from './errors.ts'
import type { Log } from './log.ts'

/**
 * Configuration is described once, under Kafka's dotted names. The camelCase TypeScript type, the reader of
 * `.properties` text, defaults, ranges and the reference page all follow from that description.
 */
export type SettingSpec = StringSetting | NumberSetting | BooleanSetting | ListSetting

interface SettingCommon {
  /** One sentence: what it does. The unit is part of the name (`…ms`, `…bytes`). */
  readonly about: string
}
export interface StringSetting extends SettingCommon {
  readonly type: 'string'
  /** `null`: no value unless given. Missing: the setting is required. */
  readonly default?: string | null
  readonly oneOf?: readonly string[]
}
export interface NumberSetting extends SettingCommon {
  readonly type: 'int' | 'long' | 'double'
  readonly default?: number | null
  readonly min?: number
  readonly max?: number
}
export interface BooleanSetting extends SettingCommon {
  readonly type: 'boolean'
  readonly default?: boolean | null
}
export interface ListSetting extends SettingCommon {
  readonly type: 'list'
  readonly default?: readonly string[] | null
}

export type SettingSpecs = Readonly<Record<string, SettingSpec>>

/** `session.timeout.ms` → `sessionTimeoutMs`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}.${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name extends `${infer Head}-${infer Tail}`
    ? `${Head}${Capitalize<CamelCase<Tail>>}`
    : Name extends `${infer Head}_${infer Tail}`
      ? `${Head}${Capitalize<CamelCase<Tail>>}`
      : Name

type TypeOf<Spec extends SettingSpec> = Spec extends StringSetting
  ? Spec extends { readonly oneOf: readonly (infer Choice)[] }
    ? Choice
    : string
  : Spec extends NumberSetting
    ? number
    : Spec extends BooleanSetting
      ? boolean
      : readonly string[]

/** Every setting with its value: what a component reads. */
export type SettingValues<Specs extends SettingSpecs> = {
  readonly [Name in keyof Specs & string as CamelCase<Name>]:
    | TypeOf<Specs[Name]>
    | (Specs[Name] extends { readonly default: null } ? null : never)
}

type RequiredNames<Specs extends SettingSpecs> = {
  [Name in keyof Specs & string]: 'default' extends keyof Specs[Name] ? never : Name
}[keyof Specs & string]

/** What a user gives: required settings, and any other. A list may be given as comma-separated text. */
export type SettingInput<Specs extends SettingSpecs> = {
  readonly [Name in RequiredNames<Specs> as CamelCase<Name>]: InputOf<Specs[Name]>
} & {
  readonly [Name in Exclude<keyof Specs & string, RequiredNames<Specs>> as CamelCase<Name>]?:
    | InputOf<Specs[Name]>
    | undefined
}
type InputOf<Spec extends SettingSpec> = Spec extends ListSetting ? readonly string[] | string : TypeOf<Spec>

/** `session.timeout.ms` → `sessionTimeoutMs`, at run time. */
export function camelCase(name: string): string {
  return name.replace(/[._-]([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
}

/**
 * Checks `given` against `specs` and fills in defaults. Names may be dotted (from a `.properties` file, with text
 * values) or camelCase. A wrong value throws {@link ConfigurationError}; an unknown name is logged as a warning.
 */
export function readSettings<const Specs extends SettingSpecs>(
  specs: Specs,
  given: Readonly<Record<string, unknown>>,
  log?: Log,
): SettingValues<Specs> {
  const values: Record<string, unknown> = {}
  const known = new Set<string>()
  for (const [name, spec] of Object.entries(specs)) {
    const property = camelCase(name)
    known.add(name).add(property)
    const raw = given[property] ?? given[name]
    if (raw !== undefined) values[property] = raw === null ? null : readSetting(name, spec, raw)
    else if (spec.default === undefined) {
      throw new ConfigurationError(`Missing required setting ${name}: ${spec.about}`)
    } else values[property] = spec.default
  }
  for (const name of Object.keys(given)) {
    if (!known.has(name) && given[name] !== undefined) {
      log?.warn(`Unknown setting ${name} is ignored; see the configuration reference for the names that exist`)
    }
  }
  return values as SettingValues<Specs>
}

/** One value, converted from text where needed and checked. `name` is for the error. */
export function readSetting(
  name: string,
  spec: SettingSpec,
  raw: unknown,
): string | number | boolean | readonly string[] {
  switch (spec.type) {
    case 'string':
      return readString(name, spec, raw)
    case 'int':
    case 'long':
    case 'double':
      return readNumber(name, spec, raw)
    case 'boolean': {
      const value = typeof raw === 'string' ? { true: true, false: false }[raw.trim().toLowerCase()] : raw
      if (typeof value !== 'boolean') throw wrongValue(name, raw, 'true or false')
      return value
    }
    case 'list': {
      if (typeof raw === 'string') return raw.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]))
      if (!Array.isArray(raw) || !raw.every((item) => typeof item === 'string'))
        throw wrongValue(name, raw, 'a list of texts')
      return raw
    }
  }
}

function readString(name: string, spec: StringSetting, raw: unknown): string {
  if (typeof raw !== 'string') throw wrongValue(name, raw, 'a text')
  if (spec.oneOf !== undefined && !spec.oneOf.includes(raw))
    throw wrongValue(name, raw, `one of ${spec.oneOf.join(', ')}`)
  return raw
}

function readNumber(name: string, spec: NumberSetting, raw: unknown): number {
  const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw
  const kind = spec.type === 'double' ? 'a number' : 'an integer'
  if (typeof value !== 'number' || Number.isNaN(value)) throw wrongValue(name, raw, kind)
  if (spec.type !== 'double' && !Number.isInteger(value) && value !== Infinity) throw wrongValue(name, raw, kind)
  if (spec.min !== undefined && value < spec.min) throw wrongValue(name, raw, `at least ${spec.min}`)
  if (spec.max !== undefined && value > spec.max) throw wrongValue(name, raw, `at most ${spec.max}`)
  return value
}

function wrongValue(name: string, raw: unknown, expected: string): ConfigurationError {
  return new ConfigurationError(
    `Invalid value ${JSON.stringify(raw) ?? String(raw)} for setting ${name}: it must be ${expected}`,
  )
}
