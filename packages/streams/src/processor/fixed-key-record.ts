import type { Headers } from '@streamwright/formats'

/** Nothing has it at run time: it keeps other records from being taken for those with a fixed key. */
declare const keyIsFixed: unique symbol

/**
 * A record whose key cannot be changed: what a fixed-key processor gets, and what it forwards, changed by `with…`. At run
 * time it is a `Record`. Java: `FixedKeyRecord`.
 */
export interface FixedKeyRecord<K, V> {
  readonly [keyIsFixed]: true
  readonly key: K
  readonly value: V
  /** Milliseconds since 1970. Never negative. */
  readonly timestamp: number
  readonly headers: Headers
  withValue<V2>(value: V2): FixedKeyRecord<K, V2>
  withTimestamp(timestamp: number): FixedKeyRecord<K, V>
  withHeaders(headers: Headers): FixedKeyRecord<K, V>
}
