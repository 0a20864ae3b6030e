import type { Serde } from '@streamwright/formats'
import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import type { Aggregation } from '../operators/aggregation.ts'
import type { SessionAggregation } from '../operators/session-aggregation.ts'
import type { WindowGrid } from '../operators/stream-window-aggregate.ts'
import type { Materialization } from './materialized.ts'
import type { EmitStrategy, SessionWindows, SlidingWindows, TimeWindows, UnlimitedWindows } from './windows.ts'
import { StreamSessionWindowAggregate } from '../operators/stream-session-window-aggregate.ts'
import { StreamSlidingWindowAggregate } from '../operators/stream-sliding-window-aggregate.ts'
import { StreamWindowAggregate } from '../operators/stream-window-aggregate.ts'
import { sessionWindowedSerde, timeWindowedSerde } from '../serdes/windowed.ts'
import { sessionStore, windowStore } from './materialized.ts'
import { AggregateTableSupplier } from './table-suppliers.ts'

/** Windows that a stream can be grouped by, but for sessions, which merge. */
export type FixedWindows = TimeWindows | UnlimitedWindows | SlidingWindows

/** What all aggregations in one kind of windows share: the store, the serde of the keys, and the processors. */
export interface WindowedAggregate<How> {
  readonly store: StoreFactory
  readonly key: Serde<unknown> | undefined
  supplier(how: How): AggregateTableSupplier
}

/** An aggregation in time, unlimited or sliding windows. `owner` is named when something is missing. */
export function timeWindowedAggregate<K, V, A>(
  builder: GraphBuilder,
  windows: FixedWindows,
  materialization: Materialization,
  emit: EmitStrategy,
  owner: string,
): WindowedAggregate<Aggregation<K, V, A>> {
  const { storeName } = materialization
  const key = keySerde(builder, materialization)
  const emitFinal = emit === 'onWindowClose'
  const common = { storeName, emitFinal, valuesAreImmutable: valuesAreImmutable(builder, materialization) }
  const sizeMs = windows.kind === 'sliding' ? windows.timeDifferenceMs : windows.sizeMs
  return {
    store: windowStore(builder, materialization, storeNeeds(windows, emitFinal), owner),
    key: key === undefined ? undefined : (timeWindowedSerde(key, sizeMs) as Serde<unknown>),
    supplier: (aggregation) =>
      new AggregateTableSupplier((sendOldValues) => {
        if (windows.kind !== 'sliding') {
          return new StreamWindowAggregate({ ...common, windows: gridOf(windows), aggregation, sendOldValues })
        }
        const { timeDifferenceMs, graceMs } = windows
        return new StreamSlidingWindowAggregate({ ...common, timeDifferenceMs, graceMs, aggregation, sendOldValues })
      }, storeName),
  }
}

/** An aggregation in sessions. */
export function sessionWindowedAggregate<K, V, A>(
  builder: GraphBuilder,
  windows: SessionWindows,
  materialization: Materialization,
  emit: EmitStrategy,
  owner: string,
): WindowedAggregate<SessionAggregation<K, V, A>> {
  const { storeName } = materialization
  const { inactivityGapMs, graceMs } = windows
  const key = keySerde(builder, materialization)
  const emitFinal = emit === 'onWindowClose'
  const valuesImmutable = valuesAreImmutable(builder, materialization)
  const common = { storeName, inactivityGapMs, graceMs, emitFinal, valuesAreImmutable: valuesImmutable }
  return {
    store: sessionStore(builder, materialization, { inactivityGapMs, graceMs, caching: !emitFinal }, owner),
    key: key === undefined ? undefined : (sessionWindowedSerde(key) as Serde<unknown>),
    supplier: (aggregation) =>
      new AggregateTableSupplier(
        (sendOldValues) => new StreamSessionWindowAggregate({ ...common, aggregation, sendOldValues }),
        storeName,
      ),
  }
}

function storeNeeds(windows: FixedWindows, emitsFinal: boolean): Parameters<typeof windowStore>[2] {
  const { graceMs } = windows
  if (windows.kind === 'sliding') {
    const { timeDifferenceMs: differenceMs } = windows
    return {
      windowSizeMs: differenceMs,
      graceMs,
      // A record may begin a window that lies two differences back.
      retentionMinMs: 2 * differenceMs + graceMs,
      retentionTooShort: (retentionMs) =>
        `must be no smaller than 2 * time difference plus the grace period. Got time difference=[${differenceMs}], grace=[${graceMs}], retention=[${retentionMs}]`,
      caching: !emitsFinal,
      emitsFinal,
      readsRanges: true,
    }
  }
  const { sizeMs } = windows
  return {
    windowSizeMs: sizeMs,
    graceMs,
    retentionMinMs: sizeMs + graceMs,
    retentionTooShort: (retentionMs) =>
      `must be no smaller than its window size plus the grace period. Got size=[${sizeMs}], grace=[${graceMs}], retention=[${retentionMs}]`,
    caching: true,
    emitsFinal,
    readsRanges: false,
  }
}

function gridOf(windows: TimeWindows | UnlimitedWindows): WindowGrid {
  const { sizeMs, graceMs } = windows
  if (windows.kind === 'time') return { sizeMs, graceMs, advanceMs: windows.advanceMs, originMs: 0 }
  return { sizeMs, graceMs, advanceMs: sizeMs, originMs: windows.startMs }
}

function keySerde(builder: GraphBuilder, materialization: Materialization): Serde<unknown> | undefined {
  return materialization.key ?? builder.options.defaults.key
}

function valuesAreImmutable(builder: GraphBuilder, materialization: Materialization): boolean {
  return (materialization.value ?? builder.options.defaults.value)?.immutable ?? false
}
