import type { Windowed } from '../state/store.ts'
import type { CogroupAggregations } from './cogroup-aggregations.ts'
import type { Initializer } from './functions.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { KTable } from './table.ts'
import type { FixedWindows } from './windowed-aggregate.ts'
import { aggregation } from '../operators/aggregation.ts'
import { materialize } from './materialized.ts'
import { timeWindowedAggregate } from './windowed-aggregate.ts'

/** Several grouped streams that are aggregated into one table by key and window. Results are told at each update. */
export class TimeWindowedCogroupedKStream<K, A> {
  readonly #aggregations: CogroupAggregations<A>
  readonly #windows: FixedWindows

  constructor(aggregations: CogroupAggregations<A>, windows: FixedWindows) {
    this.#aggregations = aggregations
    this.#windows = windows
  }

  /** One row per key and window. */
  aggregate(
    initializer: Initializer<A>,
    options: NamedOptions & MaterializedOptions<K, A> = {},
  ): KTable<Windowed<K>, A> {
    const { builder, key } = this.#aggregations
    const materialization = materialize(builder, options, 'COGROUPKSTREAM-AGGREGATE-', { key, value: undefined })
    const owner = `Cogroup ${options.name ?? materialization.storeName}`
    const windowed = timeWindowedAggregate<unknown, unknown, A>(
      builder,
      this.#windows,
      materialization,
      'onWindowUpdate',
      owner,
    )
    return this.#aggregations.add<Windowed<K>>({
      name: options.name,
      materialization,
      store: windowed.store,
      windowGraceMs: this.#windows.graceMs,
      key: windowed.key,
      supplier: (aggregator) => windowed.supplier(aggregation(initializer, aggregator)),
    })
  }
}
