import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { TimestampedKeyValueStore } from '../state/store.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface TableTransformOptions<K, V, V2> {
  /** The row of the result for a row of the parent; null leaves the row out. Never called with null. */
  readonly transform: (key: K, value: V) => V2 | null
  /** Undefined when the result is not materialised. */
  readonly storeName: string | undefined
  readonly sendOldValues: boolean
  /** `filter`: a change from nothing to nothing is not passed on when old values are known. */
  readonly skipsNothing: boolean
}

/** `filter`, `filterNot` and `mapValues` of a table. */
export class TableTransform<K, V, V2> implements Processor<K, Change<V>, K, Change<V2>> {
  readonly #options: TableTransformOptions<K, V, V2>
  #context!: ProcessorContext<K, Change<V2>>
  #store: TimestampedKeyValueStore<K, V2> | undefined
  #forwarder: TupleForwarder<K, V2> | undefined

  constructor(options: TableTransformOptions<K, V, V2>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<V2>>): void {
    this.#context = context
    const { storeName, sendOldValues } = this.#options
    if (storeName === undefined) return
    this.#store = context.getStateStore(storeName)
    this.#forwarder = new TupleForwarder<K, V2>(this.#store, context, sendOldValues)
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value, timestamp } = record
    const next = this.#compute(key, value.newValue)
    const old = this.#options.sendOldValues ? this.#oldValue(key, value) : null
    if (this.#options.skipsNothing && this.#options.sendOldValues && next === null && old === null) return
    if (this.#store === undefined || this.#forwarder === undefined) {
      const result = change(next, old, value.isLatest)
      this.#context.forward(new Record(key, result, timestamp, record.headersIfPresent?.copy()))
      return
    }
    this.#store.put(key, next === null ? null : { value: next, timestamp })
    this.#forwarder.forward(key, next, old, timestamp, record)
  }

  #oldValue(key: K, value: Change<V>): V2 | null {
    if (this.#store === undefined) return this.#compute(key, value.oldValue)
    return this.#store.get(key)?.value ?? null
  }

  #compute(key: K, value: V | null): V2 | null {
    return value === null ? null : this.#options.transform(key, value)
  }
}
