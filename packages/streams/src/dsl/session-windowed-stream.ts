import type { Serde } from '@streamwright/formats'
import type { SessionAggregation } from '../operators/session-aggregation.ts'
import type { Windowed } from '../state/store.ts'
import type { Aggregator, Initializer, Merger, Reducer } from './functions.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { StreamAggregations } from './stream-aggregations.ts'
import type { KTable } from './table.ts'
import type { EmitStrategy, SessionWindows } from './windows.ts'
import { serdes } from '@streamwright/formats'
import { sessionAggregation, sessionCounting, sessionReduction } from '../operators/session-aggregation.ts'
import { givenStoreName, isMaterialized, materialize } from './materialized.ts'
import { sessionWindowedAggregate } from './windowed-aggregate.ts'

type AggregateOptions<K, A> = NamedOptions & MaterializedOptions<K, A>

/**
 * Records grouped by key and session: those that follow each other within a gap. A late record may unite two sessions;
 * what was told of them is then taken back (a null for each), and the united one is told. Records without key are left
 * out; those later than gap and grace are counted so.
 */
export class SessionWindowedKStream<K, V> {
  readonly #aggregations: StreamAggregations
  readonly #windows: SessionWindows
  readonly #emit: EmitStrategy

  constructor(aggregations: StreamAggregations, windows: SessionWindows, emit: EmitStrategy = 'onWindowUpdate') {
    this.#aggregations = aggregations
    this.#windows = windows
    this.#emit = emit
  }

  /** When results are told. `onWindowClose`: once per session, when gap and grace are over. */
  emitStrategy(emit: EmitStrategy): SessionWindowedKStream<K, V> {
    return new SessionWindowedKStream(this.#aggregations, this.#windows, emit)
  }

  /** Number of records per session. */
  count(options: AggregateOptions<K, number> = {}): KTable<Windowed<K>, number> {
    const { names } = this.#aggregations.place.builder
    // Java uses up a number more here, and has to for ever.
    if (isMaterialized(options) && givenStoreName(options) === undefined) names.store('KSTREAM-AGGREGATE-')
    return this.#aggregate('KSTREAM-AGGREGATE-', sessionCounting<K>(), options, serdes.long)
  }

  /** Combines the values of a session; the reducer also unites two sessions. */
  reduce(reducer: Reducer<V>, options: AggregateOptions<K, V> = {}): KTable<Windowed<K>, V> {
    return this.#aggregate('KSTREAM-REDUCE-', sessionReduction<K, V>(reducer), options, this.#aggregations.place.value)
  }

  /**
   * Combines the values of a session with a result of any type. `sessionMerger` unites the results of two sessions; the
   * first one that it is given is at first what `initializer` made.
   */
  aggregate<A>(
    initializer: Initializer<A>,
    aggregator: Aggregator<K, V, A>,
    sessionMerger: Merger<K, A>,
    options: AggregateOptions<K, A> = {},
  ): KTable<Windowed<K>, A> {
    const how = sessionAggregation(initializer, aggregator, sessionMerger)
    return this.#aggregate('KSTREAM-AGGREGATE-', how, options, undefined)
  }

  #aggregate<A>(
    prefix: string,
    how: SessionAggregation<K, V, A>,
    options: AggregateOptions<K, A>,
    valueSerde: Serde<unknown> | undefined,
  ): KTable<Windowed<K>, A> {
    const { builder, key } = this.#aggregations.place
    const materialization = materialize(builder, options, prefix, { key, value: valueSerde })
    const { storeName, isQueryable, value } = materialization
    const nodeName = builder.names.named(options.name, prefix)
    const owner = `Aggregation ${nodeName}`
    const windowed = sessionWindowedAggregate<K, V, A>(builder, this.#windows, materialization, this.#emit, owner)
    return this.#aggregations.add<Windowed<K>, A>({
      nodeName,
      storeName,
      store: windowed.store,
      supplier: windowed.supplier(how),
      windowGraceMs: this.#windows.inactivityGapMs + this.#windows.graceMs,
      queryableStoreName: isQueryable ? storeName : undefined,
      key: windowed.key,
      value,
    })
  }
}
