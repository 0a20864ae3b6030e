import type { KeyValue, StoreIterator, Windowed } from '../state/store.ts'
import { Query } from './query.ts'

/**
 * The windows of one key that start within two times, both inclusive, by their start, as `[windowStartMs, value]`. For
 * window stores. Where a store keeps timestamps (the tables of windowed aggregations do), `V` is a value with its
 * timestamp. Reads what was emitted, as in Java.
 */
export class WindowKeyQuery<K, V> extends Query<StoreIterator<readonly [number, V]>> {
  readonly type = 'WindowKeyQuery' as const
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
  ): WindowKeyQuery<K, NoInfer<V>> {
    return new WindowKeyQuery<K, V>(key, fromMs, toMs)
  }
}

/** What is asked for: the sessions of a key, or the windows of all keys. */
export type WindowRangeOf = 'sessions' | 'windows'

/**
 * `withKey`: the sessions of one key, by their end; for session stores. `withWindowStartRange`: the windows of all keys
 * that start within two times, both inclusive; for window stores. Reads what was emitted, as in Java.
 */
export class WindowRangeQuery<K, V, Of extends WindowRangeOf = WindowRangeOf> extends Query<
  StoreIterator<KeyValue<Windowed<K>, V>>
> {
  readonly type = 'WindowRangeQuery' as const
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

  static withKey<K, V = unknown>(key: K): WindowRangeQuery<K, NoInfer<V>, 'sessions'> {
    return new WindowRangeQuery<K, V, 'sessions'>('sessions', key, 0, Infinity)
  }

  static withWindowStartRange<K, V = unknown>(
    fromMs: number,
    toMs: number,
  ): WindowRangeQuery<K, NoInfer<V>, 'windows'> {
    return new WindowRangeQuery<K, V, 'windows'>('windows', null, fromMs, toMs)
  }

  override toString(): string {
    return this.of === 'sessions' ? 'WindowRangeQuery.withKey' : 'WindowRangeQuery.withWindowStartRange'
  }
}
