import type { Record } from '../processor/record.ts'
import { StatelessOperator } from './stateless.ts'

/** `peek`, `foreach` and `print`: calls a function with each record, and passes the record on or not. */
export class StreamPeek<K, V> extends StatelessOperator<K, V, K, V> {
  readonly #action: (key: K, value: V) => void
  readonly #forwards: boolean

  constructor(action: (key: K, value: V) => void, forwards: boolean) {
    super()
    this.#action = action
    this.#forwards = forwards
  }

  process(record: Record<K, V>): void {
    this.#action(record.key, record.value)
    if (this.#forwards) this.context.forward(record)
  }
}

/** Passes everything on: the merge of streams, and the head of each branch of a split. */
export class PassThrough<K, V> extends StatelessOperator<K, V, K, V> {
  process(record: Record<K, V>): void {
    this.context.forward(record)
  }
}
