import {
  KeyQuery,
  MultiVersionedKeyQuery,
  RangeQuery,
  StateQueryRequest,
  StateQueryResult,
  TimestampedKeyQuery,
  TimestampedRangeQuery,
  VersionedKeyQuery,
  WindowKeyQuery,
  WindowRangeQuery,
} from '@streamwright/streams'
import type { Query, QueryResult } from '@streamwright/streams'
import type { DriverCore } from '@streamwright/streams/testing'
import { isRecord, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { MismatchError, expectSame, sortedEntries } from './compare.ts'
import { errorDifference } from './errors.ts'
import { valueFor } from './serde-names.ts'
import { resultForm } from './store-commands.ts'
import { UnsupportedError } from './unsupported.ts'
import { jsonForm } from './values.ts'

/** Runs a query of §7.4 and compares what it brings. */
export function checkQuery(driver: DriverCore, iq: JsonObject, expected: unknown): void {
  const [store, asked] = [textAt(iq, 'store'), iq['query']]
  const where = `${JSON.stringify(asked)} of ${store}`
  const result = attempt(() => {
    const query = queryFrom(asked, textAt(iq, 'key'))
    return driver.query(StateQueryRequest.inStore(store).withQuery(query))
  })
  if (!isRecord(expected)) throw new MismatchError(`${where}: expected ${String(expected)}`)
  if ('error' in expected) {
    const difference =
      result instanceof StateQueryResult ? 'no error' : errorDifference({ class: expected['error'] }, result.error)
    if (difference !== undefined) throw new MismatchError(`${where}: ${difference}`)
    return
  }
  if (!(result instanceof StateQueryResult)) throw result.error
  const form = formOf(result.globalResult ?? result.partitionResults.get(0))
  // Windows of several keys come in an order that differs between Java's own stores (§7.3).
  const comparable = String(asked).startsWith('WindowRangeQuery.withWindowStartRange') ? sortedEntries : same
  expectSame(comparable(form['result']), comparable(expected['result']), where)
  expectSame({ ...form, result: undefined }, { ...expected, result: undefined }, where)
}

function same(value: unknown): unknown {
  return value
}

function attempt(ask: () => StateQueryResult<unknown>): StateQueryResult<unknown> | { readonly error: unknown } {
  try {
    return ask()
  } catch (error) {
    if (error instanceof UnsupportedError) throw error
    return { error }
  }
}

function queryFrom(query: unknown, keySerde: string): Query<unknown> {
  if (!Array.isArray(query)) throw new UnsupportedError('a query that is no array')
  const [name, ...args]: readonly unknown[] = query
  const key = (index: number): unknown => valueFor(keySerde, args[index])
  const time = (index: number): number => Number(args[index])
  const timeOrNull = (index: number): number | null => (typeof args[index] === 'number' ? args[index] : null)
  switch (name) {
    case 'KeyQuery':
      return KeyQuery.withKey(key(0))
    case 'TimestampedKeyQuery':
      return TimestampedKeyQuery.withKey(key(0))
    case 'RangeQuery':
      return inOrder(RangeQuery.withRange(key(0), key(1)), args[2])
    case 'TimestampedRangeQuery':
      return inOrder(TimestampedRangeQuery.withRange(key(0), key(1)), args[2])
    case 'WindowKeyQuery':
      return WindowKeyQuery.withKeyAndWindowStartRange(key(0), time(1), time(2))
    case 'WindowRangeQuery.withKey':
      return WindowRangeQuery.withKey(key(0))
    case 'WindowRangeQuery.withWindowStartRange':
      return WindowRangeQuery.withWindowStartRange(time(0), time(1))
    case 'VersionedKeyQuery': {
      const latest = VersionedKeyQuery.withKey(key(0))
      return args[1] === undefined || args[1] === null ? latest : latest.asOf(time(1))
    }
    case 'MultiVersionedKeyQuery': {
      const versions = MultiVersionedKeyQuery.withKey(key(0)).fromTime(timeOrNull(1)).toTime(timeOrNull(2))
      if (args[3] === 'ascending') return versions.withAscendingTimestamps()
      return args[3] === 'descending' ? versions.withDescendingTimestamps() : versions
    }
    default:
      throw new UnsupportedError(`query ${String(name)}`)
  }
}

function inOrder(
  range: RangeQuery<unknown, unknown> | TimestampedRangeQuery<unknown, unknown>,
  order: unknown,
): Query<unknown> {
  if (order === 'ascending') return range.withAscendingKeys()
  return order === 'descending' ? range.withDescendingKeys() : range
}

function formOf(result: QueryResult<unknown> | undefined): JsonObject {
  if (result === undefined) throw new MismatchError('no result')
  const position = result.position === undefined ? {} : { position: jsonForm(result.position.toJSON()) }
  return result.isSuccess
    ? { result: isIterable(result.result) ? [...result.result].map(entryForm) : valueForm(result.result), ...position }
    : { failure: result.failureReason, ...position }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value)
}

function entryForm(entry: unknown): unknown {
  if (Array.isArray(entry)) return [entry[0], valueForm(entry[1])]
  return isRecord(entry) && 'key' in entry ? [jsonForm(entry['key']), valueForm(entry['value'])] : valueForm(entry)
}

function valueForm(value: unknown): unknown {
  const form = resultForm(value)
  return isRecord(value) && 'validTo' in value && isRecord(form) ? { ...form, validTo: value['validTo'] } : form
}
