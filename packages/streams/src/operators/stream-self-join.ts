import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import type { JoinWindowStore } from '../state/stores/duplicates-window-store.ts'
import { operatorContext } from './operator-context.ts'
import type { JoinSpan } from './stream-join.ts'

export interface StreamSelfJoinOptions<K, V, Result> {
  readonly storeName: string
  readonly span: JoinSpan
  readonly retentionMs: number
  readonly joiner: (key: K, left: V, right: V) => Result
}

/**
 * A join of a stream with itself that keeps its records once (`single.store.self.join`): each meets the earlier ones as
 * their left and as their right side, and itself. Java: `KStreamKStreamSelfJoin`.
 */
export class StreamSelfJoin<K, V, Result> implements Processor<K, V, K, Result> {
  readonly #options: StreamSelfJoinOptions<K, V, Result>
  #context!: OperatorContext<K, Result>
  #store!: JoinWindowStore<K, V>
  #streamTimeMs = -1

  constructor(options: StreamSelfJoinOptions<K, V, Result>) {
    this.#options = options
  }

  init(context: ProcessorContext<K, Result>): void {
    this.#context = operatorContext(context)
    this.#store = context.getStateStore(this.#options.storeName)
  }

  process(record: Record<K, V>): void {
    const { key, value, timestamp } = record
    if (key === null || value === null) return this.#context.recordDropped('null key or value')
    const { joiner, retentionMs, span } = this.#options
    if (timestamp > this.#streamTimeMs) this.#streamTimeMs = timestamp
    let meetsItself = timestamp > this.#streamTimeMs - retentionMs + 1
    const asLeft = this.#store.matches(
      key,
      Math.max(0, timestamp - span.beforeMs),
      Math.max(0, timestamp + span.afterMs),
    )
    for (const { timeMs, value: other } of asLeft) this.#forward(record, joiner(key, value, other), timeMs)
    const asRight = this.#store.matches(
      key,
      Math.max(0, timestamp - span.afterMs),
      Math.max(0, timestamp + span.beforeMs),
    )
    for (const { timeMs, value: other } of asRight) {
      // In the order of time: before the first result that is later than the record.
      if (meetsItself && timeMs > timestamp) {
        meetsItself = false
        this.#forward(record, joiner(key, value, value), timestamp)
      }
      this.#forward(record, joiner(key, other, value), timeMs)
    }
    if (meetsItself) this.#forward(record, joiner(key, value, value), timestamp)
  }

  #forward(record: Record<K, V>, result: Result, otherTimestamp: number): void {
    const joined = record.withValue(result)
    this.#context.forward(otherTimestamp > record.timestamp ? joined.withTimestamp(otherTimestamp) : joined)
  }
}
