import type { Headers } from '@streamwright/formats'
import type { StoreIterator, Windowed } from '../state/store.ts'
import type { ResultOrder } from './query.ts'
import { Query } from './query.ts'
import type { WindowRangeOf } from './window-query.ts'

/** An entry of a store with all that came with it. The headers are a copy. Java: `ReadOnlyRecord`. */
export interface ReadOnlyRecord<K, V> {
  readonly key: K
  readonly value: V
  /** Of the record; of a session its end, since sessions keep no timestamps. */
  readonly timestamp: number
  readonly headers: Headers
}

/** As `TimestampedKeyQuery`, with headers: for key-value stores that keep them (KIP-1356). */
export class TimestampedKeyWithHeadersQuery<K, V> extends Query<ReadOnlyRecord<K, V> | null> {
  readonly type = 'TimestampedKeyWithHeadersQuery' as const
  readonly key: K
  readonly isSkipCache: boolean

  private constructor(key: K, isSkipCache: boolean) {
    super()
    this.key = key
    this.isSkipCache = isSkipCache
  }

  static withKey<K, V = unknown>(key: K): TimestampedKeyWithHeadersQuery<K, NoInfer<V>> {
    return new TimestampedKeyWithHeadersQuery<K, V>(key, false)
  }

  /** Reads what was last emitted, not what the record cache still holds back. */
  skipCache(): TimestampedKeyWithHeadersQuery<K, V> {
    return new TimestampedKeyWithHeadersQuery<K, V>(this.key, true)
  }
}

/** As `TimestampedRangeQuery`, with headers: for key-value stores that keep them (KIP-1356). */
export class TimestampedRangeWithHeadersQuery<K, V> extends Query<StoreIterator<ReadOnlyRecord<K, V>>> {
  readonly type = 'TimestampedRangeWithHeadersQuery' as const
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
  static withRange<K, V = unknown>(
    lowerBound: K | null,
    upperBound: K | null,
  ): TimestampedRangeWithHeadersQuery<K, NoInfer<V>> {
    return new TimestampedRangeWithHeadersQuery<K, V>(lowerBound, upperBound)
  }

  static withLowerBound<K, V = unknown>(lowerBound: K): TimestampedRangeWithHeadersQuery<K, NoInfer<V>> {
    return TimestampedRangeWithHeadersQuery.withRange<K, V>(lowerBound, null)
  }

  static withUpperBound<K, V = unknown>(upperBound: K): TimestampedRangeWithHeadersQuery<K, NoInfer<V>> {
    return TimestampedRangeWithHeadersQuery.withRange<K, V>(null, upperBound)
  }

  static withNoBounds<K, V = unknown>(): TimestampedRangeWithHeadersQuery<K, NoInfer<V>> {
    return TimestampedRangeWithHeadersQuery.withRange<K, V>(null, null)
  }

  withAscendingKeys(): TimestampedRangeWithHeadersQuery<K, V> {
    return new TimestampedRangeWithHeadersQuery<K, V>(this.lowerBound, this.upperBound, 'ascending')
  }

  withDescendingKeys(): TimestampedRangeWithHeadersQuery<K, V> {
    return new TimestampedRangeWithHeadersQuery<K, V>(this.lowerBound, this.upperBound, 'descending')
  }
}

/** As `WindowKeyQuery`, with headers: for window stores that keep them (KIP-1356). */
export class TimestampedWindowKeyWithHeadersQuery<K, V> extends Query<StoreIterator<ReadOnlyRecord<Windowed<K>, V>>> {
  readonly type = 'TimestampedWindowKeyWithHeadersQuery' as const
  readonly key: K
  readonly fromMs: number
  readonly toMs: number

  private constructor(key: K, fromMs: number, toMs: number) {
    super()
    this.key = key
    this.fromMs = fromMs
    this.toMs = toMs
  }

  static withKeyAndWindowStartRange<K, V = unknown>(
    key: K,
    fromMs: number,
    toMs: number,
  ): TimestampedWindowKeyWithHeadersQuery<K, NoInfer<V>> {
    return new TimestampedWindowKeyWithHeadersQuery<K, V>(key, fromMs, toMs)
  }
}

/** As `WindowRangeQuery`, with headers: for window and session stores that keep them (KIP-1356). */
export class TimestampedWindowRangeWithHeadersQuery<K, V, Of extends WindowRangeOf = WindowRangeOf> extends Query<
  StoreIterator<ReadOnlyRecord<Windowed<K>, V>>
> {
  readonly type = 'TimestampedWindowRangeWithHeadersQuery' as const
  readonly of: Of
  /** Null where windows are asked for. */
  readonly key: K | null
  readonly fromMs: number
  readonly toMs: number

  private constructor(of: Of, key: K | null, fromMs: number, toMs: number) {
    super()
    this.of = of
    this.key = key
    this.fromMs = fromMs
    this.toMs = toMs
  }

  static withKey<K, V = unknown>(key: K): TimestampedWindowRangeWithHeadersQuery<K, NoInfer<V>, 'sessions'> {
    return new TimestampedWindowRangeWithHeadersQuery<K, V, 'sessions'>('sessions', key, 0, Infinity)
  }

  static withWindowStartRange<K, V = unknown>(
    fromMs: number,
    toMs: number,
  ): TimestampedWindowRangeWithHeadersQuery<K, NoInfer<V>, 'windows'> {
    return new TimestampedWindowRangeWithHeadersQuery<K, V, 'windows'>('windows', null, fromMs, toMs)
  }
}
