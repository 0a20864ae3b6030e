import type { Serialized } from '@streamwright/formats'
import type { EngineWrites } from '../engine/engine.ts'
import type { Stored } from '../value-form.ts'

/** A row of an overlay at the time of a range; `copy` is null for a deletion. */
export interface OverlayEntry<V> {
  readonly mapKey: string
  readonly copy: (() => Stored<V>) | null
}

/** What was written to a key-value store since the last commit. */
export interface KeyValueOverlay<V> {
  /** Keys that were written, deleted ones among them. */
  readonly size: number
  /** Memory that it takes. */
  readonly bytes: number
  /** What a key has; null if it was deleted, undefined if nothing is uncommitted. */
  get(mapKey: string): Stored<V> | null | undefined
  /** As `get`, but safe from later changes in place. */
  snapshot(mapKey: string): Stored<V> | null | undefined
  /** Java's size of a value that `get` has given last. */
  valueBytes(): number
  put(mapKey: string, live: Stored<V> | null, serialized: Serialized | null): void
  /** The rows from one key to another, in order, as Latin-1 text of their bytes. */
  range(first: string | undefined, end: string | undefined): Iterable<OverlayEntry<V>>
  /** Hands over what was written, for the engine, and is empty. */
  take(): EngineWrites
  clear(): void
}
