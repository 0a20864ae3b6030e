/** One write of a commit: null deletes. */
export interface EngineWrite {
  readonly key: Buffer
  readonly value: Buffer | null
}

/** Key and value as they lie in the engine. Views: valid until the next call on the engine. */
export interface EngineEntry {
  readonly key: Buffer
  readonly value: Buffer
}

/**
 * Where a store keeps its committed bytes, in unsigned order of the keys. Any key from 0 bytes up.
 * Nothing uncommitted ever gets here: that is the overlay's.
 */
export interface Engine {
  get(key: Buffer): Buffer | undefined
  /** Keys from `from` (inclusive) to `to` (exclusive); undefined is open. The state at the call, whatever follows. */
  range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): Iterable<EngineEntry>
  approximateNumEntries(): number
}

/**
 * The engines of one task. `commit` applies the writes of all its stores, and where their changelogs stood then, in
 * one transaction, so that a crash finds data and offsets in agreement.
 */
export interface EngineSpace {
  open(store: string): Engine
  /** The changelog offset of the next record that the store has not seen; undefined for an empty store. */
  position(store: string): number | undefined
  commit(writes: ReadonlyMap<string, readonly EngineWrite[]>, positions: ReadonlyMap<string, number>): void
  /** Forgets everything of one store: its changelog no longer fits it. */
  wipe(store: string): void
  close(): void
}
