import type { Aggregator, Initializer, Merger, Reducer } from '../dsl/functions.ts'
import type { Aggregation } from './aggregation.ts'
import { aggregation, counting, reduction } from './aggregation.ts'

/** How the records of a session become one value, and the values of two sessions one. */
export interface SessionAggregation<K, V, A> extends Aggregation<K, V, A> {
  /** `left` is what was merged so far, at first what the initializer made. */
  readonly merger: (key: K, left: A | null, right: A) => A | null
}

export function sessionAggregation<K, V, A>(
  initializer: Initializer<A>,
  aggregator: Aggregator<K, V, A>,
  merger: Merger<K, A>,
): SessionAggregation<K, V, A> {
  // What the initializer made, or the merger left, is never null here unless the user's own functions say so.
  return { ...aggregation(initializer, aggregator), merger: merger as SessionAggregation<K, V, A>['merger'] }
}

export function sessionReduction<K, V>(reducer: Reducer<V>): SessionAggregation<K, V, V> {
  return {
    ...reduction<K, V>(reducer),
    merger: (_key, left, right) => (left === null ? right : reducer(left, right)),
  }
}

export function sessionCounting<K>(): SessionAggregation<K, unknown, number> {
  return { ...counting<K>(), merger: (_key, left, right) => (left ?? 0) + right }
}
