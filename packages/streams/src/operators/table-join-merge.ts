import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { TableRows } from './table-rows.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface TableJoinMergeOptions {
  /** Undefined when the rows of the result are not kept. */
  readonly storeName: string | undefined
  readonly sendOldValues: boolean
}

/** Where the results of both sides of a join of tables come together, and are kept. Java: `KTableKTableJoinMerger`. */
export class TableJoinMerge<K, V> implements Processor<K, Change<V>, K, Change<V>> {
  readonly #options: TableJoinMergeOptions
  #context!: ProcessorContext<K, Change<V>>
  #rows: TableRows<K, V> | undefined
  #forwarder: TupleForwarder<K, V> | undefined

  constructor(options: TableJoinMergeOptions) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<V>>): void {
    this.#context = context
    const { storeName, sendOldValues } = this.#options
    if (storeName === undefined) return
    this.#rows = new TableRows<K, V>(context, storeName)
    this.#forwarder = new TupleForwarder<K, V>(this.#rows.store, context, sendOldValues)
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value, timestamp } = record
    const { newValue } = value
    const oldValue = this.#options.sendOldValues ? value.oldValue : null
    if (this.#rows === undefined || this.#forwarder === undefined) {
      const result = change(newValue, oldValue, value.isLatest)
      this.#context.forward(new Record(key, result, timestamp, record.headersIfPresent?.copy()))
      return
    }
    const put = this.#rows.put(key, newValue, timestamp)
    if (put !== 'notPut') this.#forwarder.forward(key, newValue, oldValue, timestamp, record, put === 'latest')
  }
}
