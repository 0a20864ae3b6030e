import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import { StreamsError } from '../errors.ts'
import type { JoinBuffer } from '../state/stores/join-buffer.ts'
import { operatorContext } from './operator-context.ts'
import type { RowReader, TableView } from './table-view.ts'

export interface StreamTableJoinOptions<K, V, RowKey, Row, Result> {
  readonly table: TableView<RowKey, Row>
  /** The key to look up: the record's own, or what the user's selector says for a global table. */
  readonly rowKey: (key: K, value: V) => RowKey | null
  readonly joiner: (key: K, value: V, row: Row | null) => Result
  /** Records without a row have a result. */
  readonly isLeft: boolean
  /** Where records wait for late updates of a versioned table; undefined: they do not. */
  readonly bufferName?: string | undefined
}

/** `join` and `leftJoin` of a stream with a table: each record looks up its row. Java: `KStreamKTableJoinProcessor`. */
export class StreamTableJoin<K, V, RowKey, Row, Result> implements Processor<K, V, K, Result> {
  readonly #options: StreamTableJoinOptions<K, V, RowKey, Row, Result>
  #context!: OperatorContext<K, Result>
  #rows!: RowReader<RowKey, Row>
  #buffer: JoinBuffer<K, V> | undefined

  constructor(options: StreamTableJoinOptions<K, V, RowKey, Row, Result>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Result>): void {
    this.#context = operatorContext(context)
    this.#rows = this.#options.table.open(context)
    const { bufferName } = this.#options
    if (bufferName !== undefined) this.#buffer = context.getStateStore(bufferName)
  }

  process(record: Record<K, V>): void {
    const { key, value } = record
    const { rowKey, isLeft } = this.#options
    // A missing value stands for a missing record in joiners, so that records without one cannot be joined.
    if (value === null) return this.#context.recordDropped('null value')
    const wanted = rowKey(key, value)
    if (wanted === null && !isLeft) return this.#context.recordDropped('null key')
    const buffer = this.#buffer
    if (buffer === undefined) this.#join(record, wanted)
    else this.#wait(record, wanted, buffer)
  }

  close(): void {
    this.#rows.close?.()
  }

  #wait(record: Record<K, V>, wanted: RowKey | null, buffer: JoinBuffer<K, V>): void {
    const { key, value, timestamp } = record
    if (key === null) {
      throw new StreamsError(
        'A record without a key cannot wait for the grace of a join. Filter such records out, or join without a grace',
        { code: 'NULL_KEY' },
      )
    }
    if (buffer.put(key, value, timestamp)) buffer.evict(this.#joinWaited)
    else this.#join(record, wanted)
  }

  readonly #joinWaited = (record: Record<K, V>): void => {
    this.#join(record, this.#options.rowKey(record.key, record.value))
  }

  #join(record: Record<K, V>, wanted: RowKey | null): void {
    const { joiner, isLeft } = this.#options
    const row = wanted === null ? null : this.#lookUp(wanted, record.timestamp)
    if (row !== null || isLeft) this.#context.forward(record.withValue(joiner(record.key, record.value, row)))
  }

  #lookUp(key: RowKey, timestamp: number): Row | null {
    const rows = this.#rows
    const row = rows.isVersioned ? rows.getAsOf(key, timestamp) : rows.get(key)
    return row === null ? null : row.value
  }
}
