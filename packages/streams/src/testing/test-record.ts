import type { Headers, Serde } from '@streamwright/formats'

/** A point in time: milliseconds since 1970, or a date. */
export type Instant = number | Date

/** Key and value of a record, with what a test may leave out. */
export interface TestInput<K, V> {
  readonly key?: K | null
  readonly value: V | null
  /** Default: the topic's own time, which starts at the driver's and grows by `autoAdvanceMs`. */
  readonly timestamp?: Instant
  readonly headers?: Headers
}

/** A record as it was written. */
export interface TestRecord<K, V> {
  readonly key: K | null
  readonly value: V | null
  /** Milliseconds since 1970. */
  readonly timestamp: number
  readonly headers: Headers
}

export interface TestSerdes<K, V> {
  readonly key: Serde<K>
  readonly value: Serde<V>
}

/** Key and value of records that are piped or read together. */
export type TestKeyValue<K, V> = readonly [key: K | null, value: V | null]

export function toMilliseconds(instant: Instant): number {
  return typeof instant === 'number' ? instant : instant.getTime()
}
