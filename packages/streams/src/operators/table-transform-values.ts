import type { Change } from '../processor/change.ts'
import type { ProcessingContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { ValueTransformer, ValueTransformerSupplier } from '../processor/value-transformer.ts'
import type { ValueAndTimestamp } from '../state/store.ts'
import { change } from '../processor/change.ts'
import { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'
import { TableRows } from './table-rows.ts'
import type { TableView } from './table-view.ts'
import { TransformerContext } from './transformer-context.ts'
import { TupleForwarder } from './tuple-forwarder.ts'

export interface TableTransformValuesOptions<K, V, V2> {
  readonly transformer: ValueTransformer<K, V, V2>
  /** Undefined when the result is not materialised. */
  readonly storeName: string | undefined
  readonly sendOldValues: boolean
}

/** `transformValues` of a table. Unlike a mapper, the transformer sees deleted rows. Java: `KTableTransformValues`. */
export class TableTransformValues<K, V, V2> implements Processor<K, Change<V>, K, Change<V2>> {
  readonly #options: TableTransformValuesOptions<K, V, V2>
  #context!: ProcessorContext<K, Change<V2>>
  #rows: TableRows<K, V2> | undefined
  #forwarder: TupleForwarder<K, V2> | undefined

  constructor(options: TableTransformValuesOptions<K, V, V2>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<V2>>): void {
    this.#context = context
    const { transformer, storeName, sendOldValues } = this.#options
    transformer.init?.(transformerContext(context))
    if (storeName === undefined) return
    this.#rows = new TableRows<K, V2>(context, storeName)
    this.#forwarder = new TupleForwarder<K, V2>(this.#rows.store, context, sendOldValues)
  }

  process(record: Record<K, Change<V>>): void {
    const { key, value, timestamp } = record
    const { transformer, sendOldValues } = this.#options
    const next = transformer.transform(value.newValue, key)
    if (this.#rows === undefined || this.#forwarder === undefined) {
      const old = sendOldValues ? transformer.transform(value.oldValue, key) : null
      const result = change(next, old, value.isLatest)
      this.#context.forward(new Record(key, result, timestamp, record.headersIfPresent?.copy()))
      return
    }
    const needsOld = sendOldValues && !this.#forwarder.isCached
    const old = needsOld ? (this.#rows.get(key)?.value ?? null) : null
    const put = this.#rows.put(key, next, timestamp)
    if (put !== 'notPut') this.#forwarder.forward(key, next, old, timestamp, record, put === 'latest')
  }

  close(): void {
    this.#options.transformer.close?.()
  }
}

/**
 * The rows of a transformed table that does not keep them, made anew by a transformer of the reader's own. It sees
 * missing rows, too, and may make something of them.
 */
export function transformedView<K, V, V2>(
  parent: TableView<K, V>,
  supplier: ValueTransformerSupplier<K, V, V2>,
): TableView<K, V2> {
  return {
    storeNames: parent.storeNames,
    open(context) {
      const rows = parent.open(context)
      const transformer = supplier()
      transformer.init?.(transformerContext(context))
      const { currentRecord } = operatorContext(context as ProcessorContext<never, never>)
      const transform = (key: K, row: ValueAndTimestamp<V> | null): ValueAndTimestamp<V2> | null => {
        const timestamp = row === null ? -1 : row.timestamp
        const before = currentRecord.capture()
        // Where the row once came from is not known any more.
        currentRecord.restore({ topic: null, partition: -1, offset: -1, timestamp, headers: undefined })
        try {
          const value = transformer.transform(row === null ? null : row.value, key)
          return value === null ? null : { value, timestamp }
        } finally {
          currentRecord.restore(before)
        }
      }
      return {
        isVersioned: rows.isVersioned,
        get: (key) => transform(key, rows.get(key)),
        getAsOf: (key, timestamp) => transform(key, rows.getAsOf(key, timestamp)),
        close() {
          rows.close?.()
          transformer.close?.()
        },
      }
    },
  }
}

function transformerContext(context: ProcessingContext): TransformerContext {
  // Only what is read of it counts, not what it forwards.
  return new TransformerContext(operatorContext(context as ProcessorContext<never, never>))
}
