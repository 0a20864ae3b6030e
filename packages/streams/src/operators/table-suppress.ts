import type { Change } from '../processor/change.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import { StreamsError } from '../errors.ts'
import { SuppressBuffer } from '../state/stores/suppress-buffer.ts'
import { Windowed } from '../state/store.ts'

export interface TableSuppressOptions {
  readonly name: string
  readonly storeName: string
  /** How long a change waits, in stream time, after its own time or the end of its window. */
  readonly waitMs: number
  readonly untilWindowCloses: boolean
  readonly maxRecords: number
  readonly maxBytes: number
  readonly whenFull: 'emitEarly' | 'shutDown'
}

/** `suppress`: holds changes back until their time has come, so that only the last of a key in that time goes on. */
export class TableSuppress<K, V> implements Processor<K, Change<V>, K, Change<V>> {
  readonly #options: TableSuppressOptions
  #context!: ProcessorContext<K, Change<V>>
  #buffer!: SuppressBuffer<K, V>
  #observedStreamTimeMs = -1

  constructor(options: TableSuppressOptions) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Change<V>>): void {
    this.#context = context
    this.#buffer = context.getStateStore(this.#options.storeName)
  }

  process(record: Record<K, Change<V>>): void {
    if (record.timestamp > this.#observedStreamTimeMs) this.#observedStreamTimeMs = record.timestamp
    this.#buffer.put(this.#timeOf(record), record.key, record.value)
    const expiryMs = this.#observedStreamTimeMs - this.#options.waitMs
    this.#buffer.evictWhile(() => this.#buffer.minTimestamp <= expiryMs, this.#emit)
    if (!this.#isOverCapacity()) return
    if (this.#options.whenFull === 'shutDown') throw this.#full()
    this.#buffer.evictWhile(() => this.#isOverCapacity(), this.#emit)
  }

  readonly #emit = (record: Record<K, Change<V>>): void => {
    // What was deleted before its window closed has never been told to anybody.
    if (record.value.newValue === null && this.#options.untilWindowCloses) return
    this.#context.forward(record)
  }

  #timeOf({ key, timestamp }: Record<K, Change<V>>): number {
    return this.#options.untilWindowCloses && key instanceof Windowed ? key.window.endMs : timestamp
  }

  #isOverCapacity(): boolean {
    return this.#buffer.numRecords > this.#options.maxRecords || this.#buffer.bufferSize > this.#options.maxBytes
  }

  #full(): StreamsError {
    const { name, maxRecords, maxBytes } = this.#options
    const { numRecords, bufferSize } = this.#buffer
    return new StreamsError(
      `${name} buffer exceeded its max capacity. Currently [${numRecords}/${maxRecords}] records and [${bufferSize}/${maxBytes}] bytes. Allow it more, or let it emit early`,
      { code: 'SUPPRESS_BUFFER_FULL' },
    )
  }
}
