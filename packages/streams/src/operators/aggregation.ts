import type { Aggregator, Initializer, Reducer } from '../dsl/functions.ts'

/** How the records of a group become one value. */
export interface Aggregation<K, V, A> {
  /** Null when the first value is the aggregate (`reduce`). */
  readonly initializer: Initializer<A | null>
  readonly aggregator: (key: K, value: V, aggregate: A | null) => A | null
}

export function aggregation<K, V, A>(
  initializer: Initializer<A>,
  aggregator: Aggregator<K, V, A>,
): Aggregation<K, V, A> {
  // What the initializer made, or the aggregator left, is never null here unless the user's own functions say so.
  return { initializer, aggregator: aggregator as Aggregation<K, V, A>['aggregator'] }
}

export function reduction<K, V>(reducer: Reducer<V>): Aggregation<K, V, V> {
  return {
    initializer: () => null,
    aggregator: (_key, value, aggregate) => (aggregate === null ? value : reducer(aggregate, value)),
  }
}

export function counting<K>(): Aggregation<K, unknown, number> {
  return { initializer: () => 0, aggregator: (_key, _value, count) => (count ?? 0) + 1 }
}

/** The aggregate where a group also takes values away again: the aggregation of a grouped table. */
export interface TableAggregation<K, V, A> extends Aggregation<K, V, A> {
  readonly subtractor: (key: K, value: V, aggregate: A) => A | null
}
