import type { Serde } from '@streamwright/formats'
import type { Aggregation } from '../operators/aggregation.ts'
import type { Windowed } from '../state/store.ts'
import type { Aggregator, Initializer, Reducer } from './functions.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { StreamAggregations } from './stream-aggregations.ts'
import type { KTable } from './table.ts'
import type { EmitStrategy } from './windows.ts'
import type { FixedWindows } from './windowed-aggregate.ts'
import { serdes } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import { aggregation, counting, reduction } from '../operators/aggregation.ts'
import { givenStoreName, isMaterialized, materialize } from './materialized.ts'
import { timeWindowedAggregate } from './windowed-aggregate.ts'

type AggregateOptions<K, A> = NamedOptions & MaterializedOptions<K, A>

/**
 * Records grouped by key and window: tumbling, hopping, sliding or unlimited. Records without key are left out, with
 * sliding windows those without value too; records later than the grace are counted so.
 */
export class TimeWindowedKStream<K, V> {
  readonly #aggregations: StreamAggregations
  readonly #windows: FixedWindows
  readonly #emit: EmitStrategy

  constructor(aggregations: StreamAggregations, windows: FixedWindows, emit: EmitStrategy = 'onWindowUpdate') {
    this.#aggregations = aggregations
    this.#windows = windows
    this.#emit = emit
  }

  /** When results are told. `onWindowClose`: once per window, when its grace is over. */
  emitStrategy(emit: EmitStrategy): TimeWindowedKStream<K, V> {
    if (emit === 'onWindowClose' && this.#windows.kind === 'unlimited') {
      throw new StreamsError('ON_WINDOW_CLOSE emit strategy cannot be used for UnlimitedWindows', {
        code: 'INVALID_ARGUMENT',
      })
    }
    return new TimeWindowedKStream(this.#aggregations, this.#windows, emit)
  }

  /** Number of records per key and window. */
  count(options: AggregateOptions<K, number> = {}): KTable<Windowed<K>, number> {
    const { names } = this.#aggregations.place.builder
    // Java uses up a number more here, and has to for ever; with sliding windows it never did.
    if (this.#windows.kind !== 'sliding' && isMaterialized(options) && givenStoreName(options) === undefined) {
      names.store('KSTREAM-AGGREGATE-')
    }
    return this.#aggregate('KSTREAM-AGGREGATE-', counting<K>(), options, serdes.long)
  }

  /** Combines the values of a key and window; the first one is the first result. */
  reduce(reducer: Reducer<V>, options: AggregateOptions<K, V> = {}): KTable<Windowed<K>, V> {
    return this.#aggregate('KSTREAM-REDUCE-', reduction<K, V>(reducer), options, this.#aggregations.place.value)
  }

  /** Combines the values of a key and window with a result of any type. */
  aggregate<A>(
    initializer: Initializer<A>,
    aggregator: Aggregator<K, V, A>,
    options: AggregateOptions<K, A> = {},
  ): KTable<Windowed<K>, A> {
    return this.#aggregate('KSTREAM-AGGREGATE-', aggregation(initializer, aggregator), options, undefined)
  }

  #aggregate<A>(
    prefix: string,
    how: Aggregation<K, V, A>,
    options: AggregateOptions<K, A>,
    valueSerde: Serde<unknown> | undefined,
  ): KTable<Windowed<K>, A> {
    const { builder, key } = this.#aggregations.place
    const materialization = materialize(builder, options, prefix, { key, value: valueSerde })
    const { storeName, isQueryable, value } = materialization
    const nodeName = builder.names.named(options.name, prefix)
    const owner = `Aggregation ${nodeName}`
    const windowed = timeWindowedAggregate<K, V, A>(builder, this.#windows, materialization, this.#emit, owner)
    return this.#aggregations.add<Windowed<K>, A>({
      nodeName,
      storeName,
      store: windowed.store,
      supplier: windowed.supplier(how),
      windowGraceMs: this.#windows.graceMs,
      queryableStoreName: isQueryable ? storeName : undefined,
      key: windowed.key,
      value,
    })
  }
}
