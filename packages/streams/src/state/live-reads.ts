import type { KeyValue, Windowed } from './store.ts'

/**
 * How operators use the stores that they alone write to: they get the live values, where the iterators that everybody may
 * use give copies. Who changes one in place puts it back.
 */
export interface LiveSessions<K, AGG> {
  /** As `findSessions`, at once. */
  liveSessions(
    key: K,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): readonly KeyValue<Windowed<K>, AGG>[]
  /** As `findSessionsByEnd`. */
  closedSessions(earliestSessionEndMs: number, latestSessionEndMs: number): Iterable<KeyValue<Windowed<K>, AGG>>
  /** As `put`; a store with headers gets none. */
  putLive(session: Windowed<K>, aggregate: AGG | null): void
  /** As `fetchSession`, but never aliased by later changes in place. */
  snapshotLive(session: Windowed<K>): AGG | null
}

/** See {@link LiveSessions}. */
export interface LiveWindows<K, V> {
  /** As `fetchRange` or `backwardFetchRange`: which windows there are is settled at once, values are read as they come. */
  liveWindows(
    key: K,
    fromMs: number,
    toMs: number,
    order: 'ascending' | 'descending',
  ): Iterable<readonly [windowStartMs: number, value: V]>
}
