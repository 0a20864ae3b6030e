import { Windowed } from '@streamwright/streams'
import { isRecord } from '../json.ts'
import { UnsupportedError } from './unsupported.ts'
import { jsonText, num, str } from './values.ts'

/** A function of the catalogue as a vector names it. */
export interface FunctionSpec {
  readonly fn: string
  readonly args: readonly unknown[]
}

export type KeyValueFunction = (key: unknown, value: unknown) => unknown

/** Raised by the `fail…` functions. */
export class GeneratedFailure extends Error {
  override readonly name = 'GeneratedFailure'
}

export function functionSpec(value: unknown): FunctionSpec {
  if (!isRecord(value) || typeof value['fn'] !== 'string') throw new UnsupportedError(`function ${jsonText(value)}`)
  const args: unknown = value['args'] ?? []
  return { fn: value['fn'], args: Array.isArray(args) ? args : [] }
}

export function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined
}

/** `const(x)`: text, a 64-bit integer, or JSON. */
export function constant(value: unknown): unknown {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : (value ?? null)
}

function fieldOf(value: unknown, name: string): unknown {
  if (!isRecord(value) || value instanceof Windowed) return null
  return constant(value[name])
}

function partOf(value: unknown, separator: string, index: number): string | null {
  return str(value).split(separator)[index] || null
}

function words(value: unknown, separator: string): string[] {
  return isGiven(value)
    ? str(value)
        .split(separator)
        .filter((word) => word !== '')
    : []
}

type Maker = (args: readonly unknown[]) => KeyValueFunction

function ofValue(apply: (value: unknown, args: readonly unknown[]) => unknown): Maker {
  return (args) => (_key, value) => (isGiven(value) ? apply(value, args) : null)
}

const makers: Readonly<Record<string, Maker>> = {
  value: () => (_key, value) => value,
  key: () => (key) => key,
  null: () => () => null,
  const: ([x]) => {
    const result = constant(x)
    return () => result
  },
  upper: ofValue((value) => str(value).toUpperCase()),
  lower: ofValue((value) => str(value).toLowerCase()),
  append:
    ([s]) =>
    (_key, value) =>
      str(value) + String(s),
  appendOrNull: ofValue((value, [s]) => str(value) + String(s)),
  prepend:
    ([s]) =>
    (_key, value) =>
      String(s) + str(value),
  length: ofValue((value) => BigInt(str(value).length)),
  lengthInt: ofValue((value) => str(value).length),
  toLong: ofValue((value) => num(value)),
  toString: ofValue((value) => str(value)),
  keyValue:
    ([separator]) =>
    (key, value) =>
      str(key) + String(separator) + str(value),
  field: ofValue((value, [name]) => fieldOf(value, String(name))),
  first: ofValue((value, [n]) => str(value).slice(0, Number(n))),
  part: ofValue((value, [separator, index]) => partOf(value, String(separator), Number(index))),
  ofKey: ([f]) => {
    const inner = keyValueFunction(f)
    return (key) => inner(key, key)
  },
  compose: (args) => {
    const functions = args.map(keyValueFunction)
    return (key, value) => functions.reduce((result: unknown, apply) => apply(key, result), value)
  },
  windowKey: () => (key) => (key instanceof Windowed ? key.key : null),
  windowKeyString: () => (key) => str(key),
  windowStart: () => (key) => (key instanceof Windowed ? BigInt(key.window.startMs) : null),
  add: ofValue((value, [n]) => BigInt.asIntN(64, num(value) + BigInt(Number(n)))),
  object:
    ([name]) =>
    (_key, value) => ({ [String(name)]: value }),
  failIf:
    ([s]) =>
    (_key, value) => {
      if (str(value) === String(s)) throw new GeneratedFailure(`boom ${String(s)}`)
      return value
    },
  nullIf:
    ([s]) =>
    (_key, value) =>
      str(value) === String(s) ? null : value,
  pair: ([f, g]) => {
    const first = keyValueFunction(f)
    const second = keyValueFunction(g)
    return (key, value) => [first(key, value), second(key, value)]
  },
  words:
    ([separator]) =>
    (_key, value) =>
      words(value, String(separator)),
  repeat:
    ([n]) =>
    (_key, value) =>
      Array.from({ length: Number(n) }, () => value),
  indexed:
    ([n]) =>
    (_key, value) =>
      Array.from({ length: Number(n) }, (_, index) => `${str(value)}${index}`),
  emptyList: () => () => [],
  wordPairs:
    ([separator]) =>
    (key, value) =>
      words(value, String(separator)).map((word) => [word, str(key)]),
  indexedPairs:
    ([n]) =>
    (key, value) =>
      Array.from({ length: Number(n) }, (_, index) => [`${str(key)}${index}`, value]),
}

/** A function of (k, v), §6.1. */
export function keyValueFunction(value: unknown): KeyValueFunction {
  const { fn, args } = functionSpec(value)
  const maker = Object.hasOwn(makers, fn) ? makers[fn] : undefined
  if (maker === undefined) throw new UnsupportedError(`function ${fn}`)
  return maker(args)
}

type PredicateMaker = (args: readonly unknown[]) => (key: unknown, value: unknown) => boolean

const predicates: Readonly<Record<string, PredicateMaker>> = {
  always: () => () => true,
  never: () => () => false,
  valueIsNull: () => (_key, value) => !isGiven(value),
  valueNotNull: () => (_key, value) => isGiven(value),
  keyIsNull: () => (key) => !isGiven(key),
  keyNotNull: () => (key) => isGiven(key),
  valueStartsWith:
    ([s]) =>
    (_key, value) =>
      isGiven(value) && str(value).startsWith(String(s)),
  keyStartsWith:
    ([s]) =>
    (key) =>
      isGiven(key) && str(key).startsWith(String(s)),
  valueContains:
    ([s]) =>
    (_key, value) =>
      isGiven(value) && str(value).includes(String(s)),
  valueIs:
    ([s]) =>
    (_key, value) =>
      isGiven(value) && str(value) === String(s),
  lengthOver:
    ([n]) =>
    (_key, value) =>
      isGiven(value) && str(value).length > Number(n),
  numberOver:
    ([n]) =>
    (_key, value) =>
      isGiven(value) && num(value) > BigInt(Number(n)),
  even: () => (_key, value) => isGiven(value) && num(value) % 2n === 0n,
  not: ([p]) => {
    const inner = predicate(p)
    return (key, value) => !inner(key, value)
  },
  failIf:
    ([s]) =>
    (_key, value) => {
      if (str(value) === String(s)) throw new GeneratedFailure(`boom ${String(s)}`)
      return true
    },
}

/** A predicate, §6.2. */
export function predicate(value: unknown): (key: unknown, value: unknown) => boolean {
  const { fn, args } = functionSpec(value)
  const maker = Object.hasOwn(predicates, fn) ? predicates[fn] : undefined
  if (maker === undefined) throw new UnsupportedError(`predicate ${fn}`)
  return maker(args)
}
