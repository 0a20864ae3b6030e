import type { Record } from '../processor/record.ts'
import { StatelessOperator } from './stateless.ts'

/** `selectKey`, and the first half of `groupBy`: the same value under a new key. */
export class StreamSelectKey<K, V, K2> extends StatelessOperator<K, V, K2, V> {
  readonly #selector: (key: K, value: V) => K2

  constructor(selector: (key: K, value: V) => K2) {
    super()
    this.#selector = selector
  }

  process(record: Record<K, V>): void {
    this.context.forward(record.withKey(this.#selector(record.key, record.value)))
  }
}
