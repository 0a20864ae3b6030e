import { isRecord } from '../json.ts'
import { constant, functionSpec, isGiven } from './functions.ts'
import { UnsupportedError } from './unsupported.ts'
import { num, str } from './values.ts'

/** Functions of two values and the key, §6.3: `a` the aggregate or left value, `b` the new or right one. */
export type Combiner = (key: unknown, a: unknown, b: unknown) => unknown
/** Aggregators, §6.4. */
export type AggregateFunction = (key: unknown, value: unknown, aggregate: unknown) => unknown

function long(value: bigint): bigint {
  return BigInt.asIntN(64, value)
}

function extreme(a: unknown, b: unknown, sign: 1 | -1): unknown {
  if (typeof a === 'string') {
    const text = str(b)
    return (sign === 1 ? text > a : text < a) ? b : a
  }
  const difference = num(b) - num(a)
  return difference * BigInt(sign) > 0n ? b : a
}

interface Stats {
  readonly n: number | bigint
  readonly sum: number | bigint
  readonly min: number | bigint
  readonly max: number | bigint
}

function statsOf(value: unknown): Stats {
  return isRecord(value) ? (value as unknown as Stats) : { n: 0, sum: 0, min: 0, max: 0 }
}

function plain(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function mergeStats(a: unknown, b: unknown): unknown {
  const left = statsOf(a)
  const right = statsOf(b)
  if (num(left.n) === 0n) return b
  if (num(right.n) === 0n) return a
  return {
    n: plain(num(left.n) + num(right.n)),
    sum: plain(long(num(left.sum) + num(right.sum))),
    min: plain(num(left.min) < num(right.min) ? num(left.min) : num(right.min)),
    max: plain(num(left.max) > num(right.max) ? num(left.max) : num(right.max)),
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

const combiners: Readonly<Record<string, (args: readonly unknown[]) => Combiner>> = {
  concat:
    ([separator]) =>
    (_key, a, b) =>
      str(a) + String(separator) + str(b),
  keyConcat:
    ([separator]) =>
    (key, a, b) =>
      `${str(key)}:${str(a)}${String(separator)}${str(b)}`,
  sum: () => (_key, a, b) => long(num(a) + num(b)),
  difference: () => (_key, a, b) => long(num(a) - num(b)),
  min: () => (_key, a, b) => extreme(a, b, -1),
  max: () => (_key, a, b) => extreme(a, b, 1),
  left: () => (_key, a) => a,
  right: () => (_key, _a, b) => b,
  null: () => () => null,
  nullIfRight:
    ([s]) =>
    (_key, a, b) =>
      str(b) === String(s) ? null : `${str(a)},${str(b)}`,
  removeFirst:
    ([s]) =>
    (_key, a, b) => {
      const text = str(a)
      const removed = String(s) + str(b)
      const at = text.indexOf(removed)
      return at < 0 ? `${text}!${str(b)}` : text.slice(0, at) + text.slice(at + removed.length)
    },
  jsonPair: () => (_key, a, b) => ({ left: a, right: b }),
  arrayConcat: () => (_key, a, b) => [...list(a), ...list(b)],
  mergeStats: () => (_key, a, b) => mergeStats(a, b),
}

export function combiner(value: unknown): Combiner {
  const { fn, args } = functionSpec(value)
  const maker = Object.hasOwn(combiners, fn) ? combiners[fn] : undefined
  if (maker === undefined) throw new UnsupportedError(`joiner or reducer ${fn}`)
  return maker(args)
}

function extremeText(value: unknown, aggregate: unknown, isBetter: (a: string, b: string) => boolean): unknown {
  if (!isGiven(value)) return aggregate
  const text = str(value)
  return !isGiven(aggregate) || isBetter(text, str(aggregate)) ? text : aggregate
}

const aggregators: Readonly<Record<string, (args: readonly unknown[]) => AggregateFunction>> = {
  concat:
    ([separator]) =>
    (_key, value, aggregate) =>
      str(aggregate) + String(separator) + str(value),
  keyConcat:
    ([separator]) =>
    (key, value, aggregate) =>
      `${str(aggregate)}${String(separator)}${str(key)}=${str(value)}`,
  count: () => (_key, _value, aggregate) => long(num(aggregate) + 1n),
  uncount: () => (_key, _value, aggregate) => long(num(aggregate) - 1n),
  sum: () => (_key, value, aggregate) => long(num(aggregate) + num(value)),
  subtract: () => (_key, value, aggregate) => long(num(aggregate) - num(value)),
  sumLength: () => (_key, value, aggregate) => long(num(aggregate) + (isGiven(value) ? BigInt(str(value).length) : 0n)),
  min: () => (_key, value, aggregate) => extremeText(value, aggregate, (a, b) => a < b),
  max: () => (_key, value, aggregate) => extremeText(value, aggregate, (a, b) => a > b),
  last: () => (_key, value) => value,
  deleteIf:
    ([s]) =>
    (_key, value, aggregate) =>
      str(value) === String(s) ? null : `${str(aggregate)},${str(value)}`,
  push: () => (_key, value, aggregate) => [...list(aggregate), value],
  stats: () => (_key, value, aggregate) => {
    const x = plain(num(value))
    const one = { n: 1, sum: x, min: x, max: x }
    return num(statsOf(aggregate).n) === 0n ? one : mergeStats(aggregate, one)
  },
}

export function aggregator(value: unknown): AggregateFunction {
  const { fn, args } = functionSpec(value)
  const maker = Object.hasOwn(aggregators, fn) ? aggregators[fn] : undefined
  if (maker === undefined) throw new UnsupportedError(`aggregator ${fn}`)
  return maker(args)
}

/** Initialisers, §6.4. */
export function initializer(value: unknown): () => unknown {
  const { fn, args } = functionSpec(value)
  switch (fn) {
    case 'emptyString':
      return () => ''
    case 'zero':
      return () => 0n
    case 'emptyArray':
      return () => []
    case 'emptyStats':
      return () => ({ n: 0, sum: 0, min: 0, max: 0 })
    case 'null':
      return () => null
    case 'const':
      return () => constant(args[0])
    default:
      throw new UnsupportedError(`initializer ${fn}`)
  }
}
