import type { KeyValuePair } from '../dsl/functions.ts'
import { Record } from '../processor/record.ts'
import { StreamsError } from '../errors.ts'
import { StatelessOperator } from './stateless.ts'

/** `map`: a new key and value for each record. */
export class StreamMap<K, V, K2, V2> extends StatelessOperator<K, V, K2, V2> {
  readonly #mapper: (key: K, value: V) => KeyValuePair<K2, V2>

  constructor(mapper: (key: K, value: V) => KeyValuePair<K2, V2>) {
    super()
    this.#mapper = mapper
  }

  process(record: Record<K, V>): void {
    const pair = this.#mapper(record.key, record.value)
    if (!Array.isArray(pair)) {
      throw new StreamsError(`The function given to map returned ${String(pair)}: it must return [key, value]`)
    }
    this.context.forward(withPair(record, pair))
  }
}

/** `flatMap`: any number of pairs for each record, in their order. */
export class StreamFlatMap<K, V, K2, V2> extends StatelessOperator<K, V, K2, V2> {
  readonly #mapper: (key: K, value: V) => Iterable<KeyValuePair<K2, V2>>

  constructor(mapper: (key: K, value: V) => Iterable<KeyValuePair<K2, V2>>) {
    super()
    this.#mapper = mapper
  }

  process(record: Record<K, V>): void {
    for (const pair of this.#mapper(record.key, record.value)) this.context.forward(withPair(record, pair))
  }
}

function withPair<K2, V2>(record: Record<unknown, unknown>, pair: KeyValuePair<K2, V2>): Record<K2, V2> {
  return new Record(pair[0], pair[1], record.timestamp, record.headersIfPresent?.copy())
}
