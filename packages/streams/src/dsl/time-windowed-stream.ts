import type { Serde } from '@streamwright/formats'
import type { Aggregation } from '../operators/aggregation.ts'
import type { WindowGrid } from '../operators/stream-window-aggregate.ts'
import type { Windowed } from '../state/store.ts'
import type { Aggregator, Initializer, Reducer } from './functions.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { StreamAggregations } from './stream-aggregations.ts'
import type { KTable } from './table.ts'
import type { EmitStrategy, TimeWindows, UnlimitedWindows } from './windows.ts'
import { serdes } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import { aggregation, counting, reduction } from '../operators/aggregation.ts'
import { StreamWindowAggregate } from '../operators/stream-window-aggregate.ts'
import { timeWindowedSerde } from '../serdes/windowed.ts'
import { givenStoreName, isMaterialized, materialize, windowStore } from './materialized.ts'
import { AggregateTableSupplier } from './table-suppliers.ts'

type AggregateOptions<K, A> = NamedOptions & MaterializedOptions<K, A>

/** Records grouped by key and window. Records without key are left out; those later than the grace are counted so. */
export class TimeWindowedKStream<K, V> {
  readonly #aggregations: StreamAggregations
  readonly #windows: TimeWindows | UnlimitedWindows
  readonly #emit: EmitStrategy

  constructor(
    aggregations: StreamAggregations,
    windows: TimeWindows | UnlimitedWindows,
    emit: EmitStrategy = 'onWindowUpdate',
  ) {
    this.#aggregations = aggregations
    this.#windows = windows
    this.#emit = emit
  }

  /** When results are told. `onWindowClose`: once per window, when its grace is over. */
  emitStrategy(emit: EmitStrategy): TimeWindowedKStream<K, V> {
    if (emit === 'onWindowClose' && this.#windows.kind === 'unlimited') {
      throw new StreamsError(
        'ON_WINDOW_CLOSE is only supported for TimeWindows and SlidingWindows (with size and grace)',
        {
          code: 'INVALID_ARGUMENT',
        },
      )
    }
    return new TimeWindowedKStream(this.#aggregations, this.#windows, emit)
  }

  /** Number of records per key and window. */
  count(options: AggregateOptions<K, number> = {}): KTable<Windowed<K>, number> {
    const { names } = this.#aggregations.place.builder
    // Java uses up a number more here, and has to for ever.
    if (isMaterialized(options) && givenStoreName(options) === undefined) {
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
    const { builder, key: groupKey } = this.#aggregations.place
    const inherited = { key: groupKey, value: valueSerde }
    const materialization = materialize(builder, options, prefix, inherited)
    const { storeName, isQueryable, value } = materialization
    const nodeName = builder.names.named(options.name, prefix)
    const { sizeMs, graceMs } = this.#windows
    const key = materialization.key ?? builder.options.defaults.key
    const aggregate = {
      storeName,
      windows: gridOf(this.#windows),
      aggregation: how,
      emitFinal: this.#emit === 'onWindowClose',
      valuesAreImmutable: (value ?? builder.options.defaults.value)?.immutable ?? false,
    }
    const supplier = new AggregateTableSupplier(
      (sendOldValues) => new StreamWindowAggregate({ ...aggregate, sendOldValues }),
      storeName,
    )
    const needs = {
      windowSizeMs: sizeMs,
      graceMs,
      retentionMinMs: sizeMs + graceMs,
      caching: true,
      emitsFinal: aggregate.emitFinal,
    }
    return this.#aggregations.add<Windowed<K>, A>({
      nodeName,
      storeName,
      store: windowStore(builder, materialization, needs, `Aggregation ${nodeName}`),
      supplier,
      windowGraceMs: graceMs,
      queryableStoreName: isQueryable ? storeName : undefined,
      key: key === undefined ? undefined : (timeWindowedSerde(key, sizeMs) as Serde<unknown>),
      value,
    })
  }
}

function gridOf(windows: TimeWindows | UnlimitedWindows): WindowGrid {
  const { sizeMs, graceMs } = windows
  if (windows.kind === 'time') return { sizeMs, graceMs, advanceMs: windows.advanceMs, originMs: 0 }
  return { sizeMs, graceMs, advanceMs: sizeMs, originMs: windows.startMs }
}
