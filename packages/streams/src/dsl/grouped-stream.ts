import type { Aggregation } from '../operators/aggregation.ts'
import type { Aggregator, Initializer, Reducer } from './functions.ts'
import type { GroupPlace } from './inner.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { KTable } from './table.ts'
import type { TimeWindowedKStream } from './time-windowed-stream.ts'
import type { CogroupedKStream } from './cogrouped-stream.ts'
import type { SessionWindowedKStream } from './session-windowed-stream.ts'
import type { FixedWindows } from './windowed-aggregate.ts'
import type { SessionWindows } from './windows.ts'
import type { Serde } from '@streamwright/formats'
import { serdes } from '@streamwright/formats'
import { aggregation, counting, reduction } from '../operators/aggregation.ts'
import { StreamAggregate } from '../operators/stream-aggregate.ts'
import { givenStoreName, isMaterialized, isVersioned, keyValueStore, materialize } from './materialized.ts'
import { StreamAggregations } from './stream-aggregations.ts'
import { AggregateTableSupplier } from './table-suppliers.ts'

type AggregateOptions<K, A> = NamedOptions & MaterializedOptions<K, A>

/** Records of a stream grouped by key, to be aggregated. Records without key or value are left out. */
export class KGroupedStream<K, V> {
  /** For the other classes of the DSL: where in the graph this group stands. */
  readonly place: GroupPlace
  readonly #aggregations: StreamAggregations

  constructor(place: GroupPlace) {
    this.place = place
    this.#aggregations = new StreamAggregations(place)
  }

  /** Number of records per key. */
  count(options: AggregateOptions<K, number> = {}): KTable<K, number> {
    const { names } = this.place.builder
    // Java uses up a number more here, and has to for ever.
    if (isMaterialized(options) && givenStoreName(options) === undefined) {
      names.store('KSTREAM-AGGREGATE-')
    }
    return this.#aggregate('KSTREAM-AGGREGATE-', counting<K>(), options, serdes.long)
  }

  /** Combines the values of a key; the first one is the first result. */
  reduce(reducer: Reducer<V>, options: AggregateOptions<K, V> = {}): KTable<K, V> {
    return this.#aggregate('KSTREAM-REDUCE-', reduction<K, V>(reducer), options, this.place.value)
  }

  /** Combines the values of a key with a result of any type. */
  aggregate<A>(
    initializer: Initializer<A>,
    aggregator: Aggregator<K, V, A>,
    options: AggregateOptions<K, A> = {},
  ): KTable<K, A> {
    return this.#aggregate('KSTREAM-AGGREGATE-', aggregation(initializer, aggregator), options, undefined)
  }

  /** Groups records by time besides: tumbling, hopping, sliding or unlimited windows, or sessions. */
  windowedBy(windows: FixedWindows): TimeWindowedKStream<K, V>
  windowedBy(windows: SessionWindows): SessionWindowedKStream<K, V>
  windowedBy(windows: FixedWindows | SessionWindows): TimeWindowedKStream<K, V> | SessionWindowedKStream<K, V> {
    const { dsl } = this.place.builder
    if (windows.kind === 'session') return dsl.sessionWindowed<K, V>(this.#aggregations, windows)
    return dsl.timeWindowed<K, V>(this.#aggregations, windows)
  }

  /**
   * Begins an aggregation of several streams into one table: further streams are added by `cogroup()` of the result,
   * each with an aggregator of its own.
   */
  cogroup<A>(aggregator: Aggregator<K, V, A>): CogroupedKStream<K, A> {
    return this.place.builder.dsl.cogrouped<K, A>(this.place.builder).cogroup(this, aggregator)
  }

  #aggregate<A>(
    prefix: string,
    how: Aggregation<K, V, A>,
    options: AggregateOptions<K, A>,
    valueSerde: Serde<unknown> | undefined,
  ): KTable<K, A> {
    const { builder, key } = this.place
    const inherited = { key, value: valueSerde }
    const materialization = materialize(builder, options, prefix, inherited)
    const { storeName, isQueryable, value } = materialization
    const nodeName = builder.names.named(options.name, prefix)
    const valuesAreImmutable = (value ?? builder.options.defaults.value)?.immutable ?? false
    const supplier = new AggregateTableSupplier(
      (sendOldValues) => new StreamAggregate({ storeName, aggregation: how, sendOldValues, valuesAreImmutable }),
      storeName,
    )
    return this.#aggregations.add<K, A>({
      nodeName,
      storeName,
      store: keyValueStore(builder, materialization, `Aggregation ${nodeName}`),
      supplier,
      isOutputVersioned: isVersioned(materialization),
      queryableStoreName: isQueryable ? storeName : undefined,
      key: materialization.key,
      value,
    })
  }
}
