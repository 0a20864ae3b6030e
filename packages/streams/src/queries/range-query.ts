import type { KeyValue, StoreIterator, ValueAndTimestamp } from '../state/store.ts'
import type { ResultOrder } from './query.ts'
import { Query } from './query.ts'

/**
 * The entries of key-value stores between two keys, in the unsigned order of the serialized keys. Reads what was
 * emitted: what the record cache holds back comes later, as in Java.
 */
export class RangeQuery<K, V> extends Query<StoreIterator<KeyValue<K, V>>> {
  readonly type = 'RangeQuery' as const
  readonly lowerBound: K | null
  readonly upperBound: K | null
  readonly resultOrder: ResultOrder
  /** Only for the types: bounds of one type of keys are none of another. */
  declare readonly keyType: ((key: K) => K) | undefined

  private constructor(lowerBound: K | null, upperBound: K | null, resultOrder: ResultOrder = 'any') {
    super()
    this.lowerBound = lowerBound
    this.upperBound = upperBound
    this.resultOrder = resultOrder
  }

  /** Both ends inclusive; null is open. */
  static withRange<K, V = unknown>(lowerBound: K | null, upperBound: K | null): RangeQuery<K, NoInfer<V>> {
    return new RangeQuery<K, V>(lowerBound, upperBound)
  }

  static withLowerBound<K, V = unknown>(lowerBound: K): RangeQuery<K, NoInfer<V>> {
    return new RangeQuery<K, V>(lowerBound, null)
  }

  static withUpperBound<K, V = unknown>(upperBound: K): RangeQuery<K, NoInfer<V>> {
    return new RangeQuery<K, V>(null, upperBound)
  }

  static withNoBounds<K, V = unknown>(): RangeQuery<K, NoInfer<V>> {
    return new RangeQuery<K, V>(null, null)
  }

  withAscendingKeys(): RangeQuery<K, V> {
    return new RangeQuery<K, V>(this.lowerBound, this.upperBound, 'ascending')
  }

  withDescendingKeys(): RangeQuery<K, V> {
    return new RangeQuery<K, V>(this.lowerBound, this.upperBound, 'descending')
  }
}

/** As {@link RangeQuery}, with timestamps: for key-value stores that keep them. */
export class TimestampedRangeQuery<K, V> extends Query<StoreIterator<KeyValue<K, ValueAndTimestamp<V>>>> {
  readonly type = 'TimestampedRangeQuery' as const
  readonly lowerBound: K | null
  readonly upperBound: K | null
  readonly resultOrder: ResultOrder
  /** Only for the types: bounds of one type of keys are none of another. */
  declare readonly keyType: ((key: K) => K) | undefined

  private constructor(lowerBound: K | null, upperBound: K | null, resultOrder: ResultOrder = 'any') {
    super()
    this.lowerBound = lowerBound
    this.upperBound = upperBound
    this.resultOrder = resultOrder
  }

  /** Both ends inclusive; null is open. */
  static withRange<K, V = unknown>(lowerBound: K | null, upperBound: K | null): TimestampedRangeQuery<K, NoInfer<V>> {
    return new TimestampedRangeQuery<K, V>(lowerBound, upperBound)
  }

  static withLowerBound<K, V = unknown>(lowerBound: K): TimestampedRangeQuery<K, NoInfer<V>> {
    return new TimestampedRangeQuery<K, V>(lowerBound, null)
  }

  static withUpperBound<K, V = unknown>(upperBound: K): TimestampedRangeQuery<K, NoInfer<V>> {
    return new TimestampedRangeQuery<K, V>(null, upperBound)
  }

  static withNoBounds<K, V = unknown>(): TimestampedRangeQuery<K, NoInfer<V>> {
    return new TimestampedRangeQuery<K, V>(null, null)
  }

  withAscendingKeys(): TimestampedRangeQuery<K, V> {
    return new TimestampedRangeQuery<K, V>(this.lowerBound, this.upperBound, 'ascending')
  }

  withDescendingKeys(): TimestampedRangeQuery<K, V> {
    return new TimestampedRangeQuery<K, V>(this.lowerBound, this.upperBound, 'descending')
  }
}
