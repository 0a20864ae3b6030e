import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'
import { TableRows } from './table-rows.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface TableSourceOptions {
  /** Undefined while nobody needs the rows: then updates only pass through. */
  readonly storeName: string | undefined
  readonly sendOldValues: boolean
}

/** Reads a topic, or a stream, as a table: a null value deletes the row. */
export class TableSource<K, V> implements Processor<K, V | null, K, Change<V>> {
  readonly #options: TableSourceOptions
  #context!: OperatorContext<K, Change<V>>
  #rows: TableRows<K, V> | undefined
  #forwarder: TupleForwarder<K, V> | undefined

  constructor(options: TableSourceOptions) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<V>>): void {
    this.#context = operatorContext(context)
    const { storeName, sendOldValues } = this.#options
    if (storeName === undefined) return
    this.#rows = new TableRows<K, V>(context, storeName)
    this.#forwarder = new TupleForwarder<K, V>(this.#rows.store, context, sendOldValues)
  }

  process(record: Record<K, V | null>): void {
    const { key, value, timestamp } = record
    if (key === null) {
      this.#context.recordDropped('null key')
      return
    }
    if (this.#rows === undefined || this.#forwarder === undefined) {
      this.#context.forward(new Record(key, change(value, null), timestamp, record.headersIfPresent?.copy()))
      return
    }
    const needsOld = this.#options.sendOldValues && !this.#forwarder.isCached
    const old = needsOld ? (this.#rows.get(key)?.value ?? null) : null
    const put = this.#rows.put(key, value, timestamp)
    if (put !== 'notPut') this.#forwarder.forward(key, value, old, timestamp, record, put === 'latest')
  }
}
