import type { Headers, Serialized } from '@streamwright/formats'
import type { StreamsMetrics } from '../metrics/streams-metrics.ts'
import type { RecordContext } from '../processor/record-context.ts'
import type { TaskId } from '../processor/task-id.ts'
import type { QueryConfig } from '../queries/query-config.ts'
import type { QueryResult } from '../queries/query-result.ts'
import type { Query } from '../queries/query.ts'
import type { EngineReader, EngineWrite } from './engine/engine.ts'
import type { StateStore } from './store.ts'
import type { RestoredRecord } from './task-store.ts'

/** What a store of the user's own gets of the task it belongs to. Java: `StateStoreContext`. */
export interface StoreContext {
  readonly name: string
  readonly applicationId: string
  readonly taskId: TaskId
  /** A directory of the task's for files; empty in the test driver. Files are not part of the commit: `committed` is. */
  readonly stateDirectory: string
  /** The name that serdes are told, whether the store is logged or not. */
  readonly changelogTopic: string
  /** What the store handed over at earlier commits, in the unsigned order of the keys; after a restart too. */
  readonly committed: EngineReader
  /** Where the record that is being processed came from. */
  readonly record: RecordContext
  readonly currentSystemTimeMs: number
  /** The configuration as the application gave it, settings of its own included. */
  readonly appConfigs: Readonly<{ [name: string]: unknown }>
  /** Those of the configuration whose names begin so, without the prefix. */
  appConfigsWithPrefix(prefix: string): Readonly<{ [name: string]: unknown }>
  /** Makes sensors of the store's own. */
  readonly metrics: StreamsMetrics
  /**
   * Writes to the changelog: the last record of each key is what a restore will see. Null deletes. The timestamp is
   * the record's unless given. Does nothing for a store without a changelog.
   */
  log(
    key: Serialized,
    value: Serialized | null,
    options?: { readonly timestamp?: number; readonly headers?: Headers },
  ): void
  /** Counts a write that was refused: `dropped-records-total`. */
  recordDropped(reason: string): void
}

/**
 * A store of the user's own: any methods that processors want, and these for its task, which calls them in this order.
 * While the task restores: `restore` for each record of the changelog, with `takeWrites` after each batch. While it
 * runs, at each commit: `flush`, then, once what was logged and the offsets are committed, `takeWrites`; or `discard`
 * when the commit has failed. Everything is synchronous.
 */
export interface CustomStore extends StateStore {
  /** Logs what has gathered since the last commit. Leave it out where every write is logged at once. */
  flush?(): void
  /** Applies a record of the changelog. */
  restore(record: RestoredRecord): void
  /**
   * The writes since the last call, which will be in `committed`, in one transaction with the changelog's position.
   * Leave it out where everything lives in memory and comes back from the changelog.
   */
  takeWrites?(): Iterable<EngineWrite>
  /** Forgets what was written since the last `takeWrites`: `committed` is true. Also called when all of it was wiped. */
  discard(): void
  /**
   * Answers queries (`KafkaStreams.query`), those of the store's own type among them. Leave it out, or return undefined,
   * for what the store does not know: that is `UNKNOWN_QUERY_TYPE`.
   */
  query?<R>(query: Query<R>, config: QueryConfig): QueryResult<R> | undefined
  /** Roughly the bytes that the next `takeWrites` will give: the task commits early when there are too many. */
  readonly uncommittedBytes?: number
  close(): void
}
