import type { Headers, Serialized } from '@streamwright/formats'
import type { CurrentRecordContext } from '../processor/record-context.ts'
import type { TaskId } from '../processor/task-id.ts'
import type { TaskMetrics } from '../metrics/task-metrics.ts'
import type { ThreadCache } from './cache/thread-cache.ts'
import type { EngineSpace } from './engine/engine.ts'

/** Takes the writes of one store to its changelog topic. */
export interface ChangelogWriter {
  readonly topic: string
  append(timestamp: number, key: Serialized, value: Serialized | null, headers?: Headers): void
}

/** What a store asks of the task it belongs to. */
export interface StoreHost {
  readonly applicationId: string
  readonly taskId: TaskId
  readonly stateDirectory: string
  /** The configuration of the application. */
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly context: CurrentRecordContext
  readonly engines: EngineSpace
  /** Wall-clock time. */
  readonly currentSystemTimeMs: number
  /** Undefined when `statestore.cache.max.bytes` is 0: then no store has a cache, whatever its definition says. */
  readonly cache: ThreadCache | undefined
  readonly metrics: TaskMetrics
  /** Counts a write that a store refused: its window has expired. */
  recordDropped(reason: string): void
  /** Undefined for a store without a changelog. */
  changelog(store: string): ChangelogWriter | undefined
  /** The topic name that serdes of a store are told, whether it is logged or not. */
  changelogTopic(store: string): string
}
