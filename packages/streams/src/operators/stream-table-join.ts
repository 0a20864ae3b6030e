import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import { operatorContext } from './operator-context.ts'
import type { RowReader, TableView } from './table-view.ts'

export interface StreamTableJoinOptions<K, V, RowKey, Row, Result> {
  readonly table: TableView<RowKey, Row>
  /** The key to look up: the record's own, or what the user's selector says for a global table. */
  readonly rowKey: (key: K, value: V) => RowKey | null
  readonly joiner: (key: K, value: V, row: Row | null) => Result
  /** Records without a row have a result. */
  readonly isLeft: boolean
}

/** `join` and `leftJoin` of a stream with a table: each record looks up its row. Java: `KStreamKTableJoinProcessor`. */
export class StreamTableJoin<K, V, RowKey, Row, Result> implements Processor<K, V, K, Result> {
  readonly #options: StreamTableJoinOptions<K, V, RowKey, Row, Result>
  #context!: OperatorContext<K, Result>
  #rows!: RowReader<RowKey, Row>

  constructor(options: StreamTableJoinOptions<K, V, RowKey, Row, Result>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Result>): void {
    this.#context = operatorContext(context)
    this.#rows = this.#options.table.open(context)
  }

  process(record: Record<K, V>): void {
    const { key, value } = record
    const { rowKey, joiner, isLeft } = this.#options
    // A missing value stands for a missing record in joiners, so that records without one cannot be joined.
    if (value === null) return this.#context.recordDropped('null value')
    const wanted = rowKey(key, value)
    if (wanted === null && !isLeft) return this.#context.recordDropped('null key')
    const row = wanted === null ? null : this.#lookUp(wanted, record.timestamp)
    if (row !== null || isLeft) this.#context.forward(record.withValue(joiner(key, value, row)))
  }

  #lookUp(key: RowKey, timestamp: number): Row | null {
    const rows = this.#rows
    const row = rows.isVersioned ? rows.getAsOf(key, timestamp) : rows.get(key)
    return row === null ? null : row.value
  }
}
