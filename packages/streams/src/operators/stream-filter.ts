import type { Record } from '../processor/record.ts'
import { StatelessOperator } from './stateless.ts'

/** `filter` and `filterNot` of a stream, and the guard before a repartition topic: passes records on as they are. */
export class StreamFilter<K, V> extends StatelessOperator<K, V, K, V> {
  readonly #predicate: (key: K, value: V) => boolean
  readonly #passes: boolean

  constructor(predicate: (key: K, value: V) => boolean, passes = true) {
    super()
    this.#predicate = predicate
    this.#passes = passes
  }

  process(record: Record<K, V>): void {
    if (this.#predicate(record.key, record.value) === this.#passes) this.context.forward(record)
  }
}
