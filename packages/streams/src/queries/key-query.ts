import type { ValueAndTimestamp } from '../state/store.ts'
import { Query } from './query.ts'

/** The value of one key, or null. For key-value stores of any form. */
export class KeyQuery<K, V> extends Query<V | null> {
  readonly type = 'KeyQuery' as const
  readonly key: K
  readonly isSkipCache: boolean

  private constructor(key: K, isSkipCache: boolean) {
    super()
    this.key = key
    this.isSkipCache = isSkipCache
  }

  static withKey<K, V = unknown>(key: K): KeyQuery<K, NoInfer<V>> {
    return new KeyQuery(key, false)
  }

  /** Reads what was last emitted, not what the record cache still holds back. */
  skipCache(): KeyQuery<K, V> {
    return new KeyQuery<K, V>(this.key, true)
  }
}

/** The value of one key with its timestamp, or null. For key-value stores that keep timestamps: those of tables do. */
export class TimestampedKeyQuery<K, V> extends Query<ValueAndTimestamp<V> | null> {
  readonly type = 'TimestampedKeyQuery' as const
  readonly key: K
  readonly isSkipCache: boolean

  private constructor(key: K, isSkipCache: boolean) {
    super()
    this.key = key
    this.isSkipCache = isSkipCache
  }

  static withKey<K, V = unknown>(key: K): TimestampedKeyQuery<K, NoInfer<V>> {
    return new TimestampedKeyQuery(key, false)
  }

  /** Reads what was last emitted, not what the record cache still holds back. */
  skipCache(): TimestampedKeyQuery<K, V> {
    return new TimestampedKeyQuery<K, V>(this.key, true)
  }
}
