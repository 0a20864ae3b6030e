import type { Aggregation } from './aggregation.ts'
import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'
import { TableRows } from './table-rows.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface StreamAggregateOptions<K, V, A> {
  readonly storeName: string
  readonly aggregation: Aggregation<K, V, A>
  readonly sendOldValues: boolean
  /** Whether the values of the store are never changed in place. */
  readonly valuesAreImmutable: boolean
}

/** `count`, `reduce` and `aggregate` of a grouped stream: one row per key. */
export class StreamAggregate<K, V, A> implements Processor<K, V, K, Change<A>> {
  readonly #options: StreamAggregateOptions<K, V, A>
  readonly #aggregation: Aggregation<K, V, A>
  #context!: OperatorContext<K, Change<A>>
  #rows!: TableRows<K, A>
  #forwarder!: TupleForwarder<K, A>
  #needsSnapshot = false

  constructor(options: StreamAggregateOptions<K, V, A>) {
    this.#options = options
    this.#aggregation = options.aggregation
  }

  init(context: ProcessorContext<K, Change<A>>): void {
    const { storeName, sendOldValues, valuesAreImmutable } = this.#options
    this.#context = operatorContext(context)
    this.#rows = new TableRows<K, A>(context, storeName)
    this.#forwarder = new TupleForwarder<K, A>(this.#rows.store, context, sendOldValues)
    this.#needsSnapshot = sendOldValues && !this.#forwarder.isCached && !valuesAreImmutable
  }

  process(record: Record<K, V>): void {
    const { key, value } = record
    if (key === null || value === null) {
      this.#context.recordDropped('null key or value')
      return
    }
    const stored = this.#rows.get(key)
    let timestamp = record.timestamp
    let aggregate: A | null
    let old: A | null
    if (stored === null) {
      aggregate = this.#aggregation.initializer()
      // Java hands on what the initializer made as the old value; an aggregator may change it in place.
      old = this.#needsSnapshot ? this.#aggregation.initializer() : aggregate
    } else {
      aggregate = stored.value
      old = this.#needsSnapshot ? (this.#rows.snapshot(key)?.value ?? null) : aggregate
      if (stored.timestamp > timestamp) timestamp = stored.timestamp
    }
    const next = this.#aggregation.aggregator(key, value, aggregate)
    const put = this.#rows.put(key, next, timestamp)
    if (put !== 'notPut') this.#forwarder.forward(key, next, old, timestamp, record, put === 'latest')
  }
}
