import type { Windowed } from '../state/store.ts'
import type { CogroupAggregations } from './cogroup-aggregations.ts'
import type { Initializer, Merger } from './functions.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { KTable } from './table.ts'
import type { SessionWindows } from './windows.ts'
import { sessionAggregation } from '../operators/session-aggregation.ts'
import { materialize } from './materialized.ts'
import { sessionWindowedAggregate } from './windowed-aggregate.ts'

/** Several grouped streams that are aggregated into one table by key and session. Results are told at each update. */
export class SessionWindowedCogroupedKStream<K, A> {
  readonly #aggregations: CogroupAggregations<A>
  readonly #windows: SessionWindows

  constructor(aggregations: CogroupAggregations<A>, windows: SessionWindows) {
    this.#aggregations = aggregations
    this.#windows = windows
  }

  /** One row per key and session, of whichever streams its records are. `sessionMerger` unites two sessions. */
  aggregate(
    initializer: Initializer<A>,
    sessionMerger: Merger<K, A>,
    options: NamedOptions & MaterializedOptions<K, A> = {},
  ): KTable<Windowed<K>, A> {
    const { builder, key } = this.#aggregations
    const materialization = materialize(builder, options, 'COGROUPKSTREAM-AGGREGATE-', { key, value: undefined })
    const owner = `Cogroup ${options.name ?? materialization.storeName}`
    const windowed = sessionWindowedAggregate<unknown, unknown, A>(
      builder,
      this.#windows,
      materialization,
      'onWindowUpdate',
      owner,
    )
    // The keys of all groups are of one type.
    const merger = sessionMerger as Merger<unknown, A>
    return this.#aggregations.add<Windowed<K>>({
      name: options.name,
      materialization,
      store: windowed.store,
      windowGraceMs: this.#windows.inactivityGapMs + this.#windows.graceMs,
      key: windowed.key,
      supplier: (aggregator) => windowed.supplier(sessionAggregation(initializer, aggregator, merger)),
    })
  }
}
