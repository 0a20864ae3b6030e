import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { Aggregator, Initializer } from './functions.ts'
import type { KGroupedStream } from './grouped-stream.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { KTable } from './table.ts'
import type { FixedWindows } from './windowed-aggregate.ts'
import type { SessionWindows } from './windows.ts'
import type { AnyAggregator } from './cogroup-aggregations.ts'
import { aggregation } from '../operators/aggregation.ts'
import { StreamAggregate } from '../operators/stream-aggregate.ts'
import { CogroupAggregations } from './cogroup-aggregations.ts'
import { isVersioned, keyValueStore, materialize } from './materialized.ts'
import { SessionWindowedCogroupedKStream } from './session-windowed-cogrouped-stream.ts'
import { AggregateTableSupplier } from './table-suppliers.ts'
import { TimeWindowedCogroupedKStream } from './time-windowed-cogrouped-stream.ts'

/**
 * Several grouped streams with the same keys that are aggregated into one table, each by an aggregator of its own: one
 * store and one row per key, where joins would need a table for each stream. Begun by `KGroupedStream.cogroup()`.
 */
export class CogroupedKStream<K, A> {
  readonly #aggregations: CogroupAggregations<A>

  constructor(builder: GraphBuilder) {
    this.#aggregations = new CogroupAggregations(builder)
  }

  /** Adds a stream; a stream that is there already gets another aggregator. Changes this object and returns it. */
  cogroup<V>(groupedStream: KGroupedStream<K, V>, aggregator: Aggregator<K, V, A>): CogroupedKStream<K, A> {
    // A group only ever hands its own records to its aggregator.
    this.#aggregations.addGroup(groupedStream.place, aggregator as AnyAggregator<A>)
    return this
  }

  /** One row per key. Records without key or value are left out. */
  aggregate(initializer: Initializer<A>, options: NamedOptions & MaterializedOptions<K, A> = {}): KTable<K, A> {
    const { builder, key } = this.#aggregations
    const materialization = materialize(builder, options, 'COGROUPKSTREAM-AGGREGATE-', { key, value: undefined })
    const { storeName, value } = materialization
    const valuesAreImmutable = (value ?? builder.options.defaults.value)?.immutable ?? false
    return this.#aggregations.add<K>({
      name: options.name,
      materialization,
      store: keyValueStore(builder, materialization, `Cogroup ${options.name ?? storeName}`),
      isOutputVersioned: isVersioned(materialization),
      key: materialization.key,
      supplier: (aggregator) => {
        const how = aggregation(initializer, aggregator)
        return new AggregateTableSupplier(
          (sendOldValues) => new StreamAggregate({ storeName, aggregation: how, sendOldValues, valuesAreImmutable }),
          storeName,
        )
      },
    })
  }

  /** Groups by time besides: tumbling, hopping, sliding or unlimited windows, or sessions. */
  windowedBy(windows: FixedWindows): TimeWindowedCogroupedKStream<K, A>
  windowedBy(windows: SessionWindows): SessionWindowedCogroupedKStream<K, A>
  windowedBy(
    windows: FixedWindows | SessionWindows,
  ): TimeWindowedCogroupedKStream<K, A> | SessionWindowedCogroupedKStream<K, A> {
    return windows.kind === 'session'
      ? new SessionWindowedCogroupedKStream<K, A>(this.#aggregations, windows)
      : new TimeWindowedCogroupedKStream<K, A>(this.#aggregations, windows)
  }
}
