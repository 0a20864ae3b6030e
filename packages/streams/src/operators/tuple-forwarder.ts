import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Record } from '../processor/record.ts'
import type { CachingStore, StateStore } from '../state/store.ts'
import { change } from '../processor/change.ts'

/**
 * Sends the updates of a materialised result on: at once when the store has no record cache, otherwise the store tells
 * when an entry leaves the cache. Java: `TimestampedTupleForwarder`.
 */
export class TupleForwarder<K, V> {
  readonly #context: ProcessorContext<K, Change<V>>
  readonly #sendOldValues: boolean
  /** True when the store forwards in place of the operator: whoever asks can spare the old value. */
  readonly isCached: boolean

  constructor(store: StateStore, context: ProcessorContext<K, Change<V>>, sendOldValues: boolean) {
    this.#context = context
    this.#sendOldValues = sendOldValues
    this.isCached = isCachingStore<K, V>(store) && store.setFlushListener((record) => context.forward(record), sendOldValues)
  }

  /** `record` is as it arrived but for key and timestamp; the change is made from the two values. */
  forward(record: Record<K, unknown>, newValue: V | null, oldValue: V | null, isLatest = true): void {
    if (this.isCached) return
    this.#context.forward(record.withValue(change(newValue, this.#sendOldValues ? oldValue : null, isLatest)))
  }
}

function isCachingStore<K, V>(store: StateStore): store is StateStore & CachingStore<K, V> {
  return 'setFlushListener' in store
}
