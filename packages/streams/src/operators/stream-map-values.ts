import type { Record } from '../processor/record.ts'
import { StatelessOperator } from './stateless.ts'

/** `mapValues`: a new value under the same key. */
export class StreamMapValues<K, V, V2> extends StatelessOperator<K, V, K, V2> {
  readonly #mapper: (value: V, key: K) => V2

  constructor(mapper: (value: V, key: K) => V2) {
    super()
    this.#mapper = mapper
  }

  process(record: Record<K, V>): void {
    this.context.forward(record.withValue(this.#mapper(record.value, record.key)))
  }
}

/** `flatMapValues`: any number of values under the same key, in their order. */
export class StreamFlatMapValues<K, V, V2> extends StatelessOperator<K, V, K, V2> {
  readonly #mapper: (value: V, key: K) => Iterable<V2>

  constructor(mapper: (value: V, key: K) => Iterable<V2>) {
    super()
    this.#mapper = mapper
  }

  process(record: Record<K, V>): void {
    const values = this.#mapper(record.value, record.key)
    if (!Array.isArray(values)) {
      for (const value of values) this.context.forward(record.withValue(value))
      return
    }
    // An array is by far the most common answer; an index spares the iterator.
    for (let index = 0; index < values.length; index++) this.context.forward(record.withValue(values[index]))
  }
}
