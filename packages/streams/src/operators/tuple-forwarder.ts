import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { CachingStore, StateStore } from '../state/store.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'

/**
 * Sends the updates of a materialised result on: at once when the store has no record cache, otherwise the store tells
 * when an entry leaves the cache. Java: `TimestampedTupleForwarder`.
 */
export class TupleForwarder<K, V> {
  readonly #context: ProcessorContext<K, Change<V>>
  readonly #sendOldValues: boolean
  /** True when the store forwards in place of the operator: whoever asks can spare the old value. */
  readonly isCached: boolean

  constructor(store: StateStore | undefined, context: ProcessorContext<K, Change<V>>, sendOldValues: boolean) {
    this.#context = context
    this.#sendOldValues = sendOldValues
    this.isCached =
      store !== undefined &&
      isCachingStore<K, V>(store) &&
      store.setFlushListener((record) => context.forward(record), sendOldValues)
  }

  /** `origin` is the record that caused the update: its headers go along. Updates of sessions have none, as in Java. */
  forward(
    key: K,
    newValue: V | null,
    oldValue: V | null,
    timestamp: number,
    origin: Record<unknown, unknown> | undefined,
    isLatest = true,
  ): void {
    if (this.isCached) return
    const value = change(newValue, this.#sendOldValues ? oldValue : null, isLatest)
    this.#context.forward(new Record(key, value, timestamp, origin?.headersIfPresent?.copy()))
  }
}

function isCachingStore<K, V>(store: StateStore): store is StateStore & CachingStore<K, V> {
  return 'setFlushListener' in store
}
