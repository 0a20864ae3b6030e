import type { Headers } from '@streamwright/formats'
import type { EngineWrite, EngineWrites } from './engine/engine.ts'
import type { RowRun } from './rows/row-run.ts'
import type { StorePosition } from './store-position.ts'
import type { StateStore } from './store.ts'

/** A record of a changelog on its way into an engine. */
export interface RestoredRecord {
  readonly key: Buffer
  readonly value: Buffer | null
  readonly timestamp: number
  /** Undefined where there are none. */
  readonly headers?: Headers | undefined
}

/** A record of a changelog as it lies in its batch, such as a record cursor shows it. A start of −1 is null. */
export interface RecordBytes {
  readonly buffer: Buffer
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
  readonly timestamp: number
}

/** Puts what a record of the changelog stands for among the rows that go to the engine. */
export type RowRestorer = (rows: RowRun, record: RecordBytes) => void

/** What the task asks of its stores beyond what processors see. */
export interface TaskStore extends StateStore {
  /** What processors get in place of it: a store of the user's own. */
  readonly exposed?: StateStore
  /** How far it has come in the input of its task. Undefined for a store that queries do not read. */
  readonly position?: StorePosition
  /** Empties the record cache, downstream included. */
  flushCache(): void
  /** Bytes of writes that the next commit takes. */
  readonly uncommittedBytes: number
  /** Hands over the uncommitted writes for the engine and forgets them. */
  takeWrites(): EngineWrites
  /** Drops uncommitted writes and cached entries: what is committed is true. */
  discard(): void
  /** The engine write that a record of the changelog stands for; undefined when {@link takeWrites} will have it. */
  restoreWrite(record: RestoredRecord): EngineWrite | undefined
  /** In place of `restoreWrite`, where what a record writes depends on the ones before it. */
  restoreWrites?(records: Iterable<RestoredRecord>): EngineWrite[]
  /**
   * In place of `restoreWrite`, where each record stands for the one row of its key, and only the last counts: rows of
   * many fetches then go to the engine at once, in order. Undefined for other stores.
   */
  readonly restoreRow?: RowRestorer | undefined
  close(): void
}
