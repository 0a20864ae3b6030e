import type { StoreIterator, VersionedRecord } from '../state/store.ts'
import type { ResultOrder } from './query.ts'
import { Query } from './query.ts'

/** The latest version of one key, or the one that was valid at a time, or null. For versioned stores. */
export class VersionedKeyQuery<K, V> extends Query<VersionedRecord<V> | null> {
  readonly type = 'VersionedKeyQuery' as const
  readonly key: K
  /** Undefined asks for the latest version. */
  readonly asOfTimestamp: number | undefined

  private constructor(key: K, asOfTimestamp: number | undefined) {
    super()
    this.key = key
    this.asOfTimestamp = asOfTimestamp
  }

  static withKey<K, V = unknown>(key: K): VersionedKeyQuery<K, NoInfer<V>> {
    return new VersionedKeyQuery<K, V>(key, undefined)
  }

  asOf(timestamp: number): VersionedKeyQuery<K, V> {
    return new VersionedKeyQuery<K, V>(this.key, timestamp)
  }
}

/**
 * The versions of one key that were valid at some time within the bounds, both inclusive; the latest first unless
 * ascending timestamps are asked for. For versioned stores.
 */
export class MultiVersionedKeyQuery<K, V> extends Query<StoreIterator<VersionedRecord<V>>> {
  readonly type = 'MultiVersionedKeyQuery' as const
  readonly key: K
  /** Null is open. */
  readonly fromMs: number | null
  readonly toMs: number | null
  readonly resultOrder: ResultOrder

  private constructor(key: K, fromMs: number | null, toMs: number | null, resultOrder: ResultOrder) {
    super()
    this.key = key
    this.fromMs = fromMs
    this.toMs = toMs
    this.resultOrder = resultOrder
  }

  static withKey<K, V = unknown>(key: K): MultiVersionedKeyQuery<K, NoInfer<V>> {
    return new MultiVersionedKeyQuery<K, V>(key, null, null, 'any')
  }

  /** From this time on; null is open. */
  fromTime(fromMs: number | null): MultiVersionedKeyQuery<K, V> {
    return new MultiVersionedKeyQuery<K, V>(this.key, fromMs, this.toMs, this.resultOrder)
  }

  /** Up to this time; null is open. */
  toTime(toMs: number | null): MultiVersionedKeyQuery<K, V> {
    return new MultiVersionedKeyQuery<K, V>(this.key, this.fromMs, toMs, this.resultOrder)
  }

  withAscendingTimestamps(): MultiVersionedKeyQuery<K, V> {
    return new MultiVersionedKeyQuery<K, V>(this.key, this.fromMs, this.toMs, 'ascending')
  }

  withDescendingTimestamps(): MultiVersionedKeyQuery<K, V> {
    return new MultiVersionedKeyQuery<K, V>(this.key, this.fromMs, this.toMs, 'descending')
  }
}
