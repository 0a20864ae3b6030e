import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { TableRows } from './table-rows.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface TableTransformOptions<K, V, V2> {
  /** The row of the result for a row of the parent; null leaves the row out. Never called with null. */
  readonly transform: (key: K, value: V) => V2 | null
  /** Undefined when the result is not materialised. */
  readonly storeName: string | undefined
  readonly sendOldValues: boolean
  /** A change from nothing to nothing is not passed on when old values are known: a filter, unless rows are versioned. */
  readonly skipsNothing: boolean
}

/** `filter`, `filterNot` and `mapValues` of a table. */
export class TableTransform<K, V, V2> implements Processor<K, Change<V>, K, Change<V2>> {
  readonly #options: TableTransformOptions<K, V, V2>
  #context!: ProcessorContext<K, Change<V2>>
  #rows: TableRows<K, V2> | undefined
  #forwarder: TupleForwarder<K, V2> | undefined

  constructor(options: TableTransformOptions<K, V, V2>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<V2>>): void {
    this.#context = context
    const { storeName, sendOldValues } = this.#options
    if (storeName === undefined) return
    this.#rows = new TableRows<K, V2>(context, storeName)
    this.#forwarder = new TupleForwarder<K, V2>(this.#rows.store, context, sendOldValues)
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value, timestamp } = record
    const next = this.#compute(key, value.newValue)
    const old = this.#options.sendOldValues ? this.#oldValue(key, value) : null
    if (this.#options.skipsNothing && this.#options.sendOldValues && next === null && old === null) return
    if (this.#rows === undefined || this.#forwarder === undefined) {
      const result = change(next, old, value.isLatest)
      this.#context.forward(new Record(key, result, timestamp, record.headersIfPresent?.copy()))
      return
    }
    const put = this.#rows.put(key, next, timestamp)
    if (put !== 'notPut') this.#forwarder.forward(key, next, old, timestamp, record, put === 'latest')
  }

  #oldValue(key: K, value: Change<V>): V2 | null {
    if (this.#rows === undefined) return this.#compute(key, value.oldValue)
    return this.#rows.get(key)?.value ?? null
  }

  #compute(key: K, value: V | null): V2 | null {
    return value === null ? null : this.#options.transform(key, value)
  }
}
