import type { TableAggregation } from './aggregation.ts'
import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import { StreamsError } from '../errors.ts'
import { TableRows } from './table-rows.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface TableAggregateOptions<K, V, A> {
  readonly storeName: string
  readonly aggregation: TableAggregation<K, V, A>
  readonly sendOldValues: boolean
  readonly valuesAreImmutable: boolean
}

/** `count`, `reduce` and `aggregate` of a grouped table: the old value is taken away, then the new one is added. */
export class TableAggregate<K, V, A> implements Processor<K, Change<V>, K, Change<A>> {
  readonly #options: TableAggregateOptions<K, V, A>
  #rows!: TableRows<K, A>
  #forwarder!: TupleForwarder<K, A>
  #needsSnapshot = false

  constructor(options: TableAggregateOptions<K, V, A>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<A>>): void {
    const { storeName, sendOldValues, valuesAreImmutable } = this.#options
    this.#rows = new TableRows<K, A>(context, storeName)
    this.#forwarder = new TupleForwarder<K, A>(this.#rows.store, context, sendOldValues)
    this.#needsSnapshot = sendOldValues && !this.#forwarder.isCached && !valuesAreImmutable
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value } = record
    const { aggregation, storeName } = this.#options
    if (key === null) {
      throw new StreamsError(`Record key for KTable aggregate operator with state ${storeName} should not be null.`)
    }
    const stored = this.#rows.get(key)
    const old = this.#needsSnapshot ? (this.#rows.snapshot(key)?.value ?? null) : (stored?.value ?? null)
    let aggregate: A | null = stored?.value ?? null
    let touched = false
    if (value.oldValue !== null && aggregate !== null) {
      aggregate = aggregation.subtractor(key, value.oldValue, aggregate)
      touched = true
    }
    if (value.newValue !== null) {
      aggregate = aggregation.aggregator(key, value.newValue, aggregate ?? aggregation.initializer())
      touched = true
    }
    const timestamp = touched && stored !== null ? Math.max(record.timestamp, stored.timestamp) : record.timestamp
    const put = this.#rows.put(key, aggregate, timestamp)
    if (put !== 'notPut') this.#forwarder.forward(key, aggregate, old, timestamp, record, put === 'latest')
  }
}
