import type { Headers } from '@streamwright/formats'
import type { QueryResult } from '../../src/index.ts'
import { StateQueryRequest, Windowed } from '../../src/index.ts'
import type { Query } from '../../src/index.ts'
import type { TopologyTestDriver } from '../../src/testing/index.ts'

/** The result of a query in partition 0, or of a global store. */
export function resultOf<R>(driver: TopologyTestDriver, store: string, query: Query<R>): QueryResult<R> {
  const { globalResult, partitionResults } = driver.query(StateQueryRequest.inStore(store).withQuery(query))
  const result = globalResult ?? partitionResults.get(0)
  if (result === undefined) throw new Error('No result')
  return result
}

/** What a query brings, with iterators read to their end; the failure reason where there is one. */
export function ask(driver: TopologyTestDriver, store: string, query: Query<unknown>): unknown {
  const result = resultOf(driver, store, query)
  if (!result.isSuccess) return result.failureReason
  return isIterable(result.result) ? [...result.result].map(short) : short(result.result)
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

/** `1@5` for a value with its timestamp, `a=1` for an entry, as it reads best in a table of expectations. */
function short(entry: unknown): unknown {
  if (Array.isArray(entry)) return `${String(entry[0])}=${String(short(entry[1]))}`
  if (typeof entry !== 'object' || entry === null) return entry
  const { key, value, timestamp, validTo, headers } = entry as {
    readonly key?: unknown
    readonly value?: unknown
    readonly timestamp?: number
    readonly validTo?: number | null
    readonly headers?: Headers
  }
  const end = validTo === undefined ? '' : `-${validTo ?? ''}`
  const time = timestamp === undefined ? '' : `@${timestamp}${end}`
  const names = headers === undefined ? '' : `[${[...headers].map((header) => header.key).join()}]`
  const name = key === undefined ? '' : `${key instanceof Windowed ? key.toString() : String(short(key))}=`
  return `${name}${String(short(value))}${time}${names}`
}
