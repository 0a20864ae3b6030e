import type { Environment } from '@streamwright/std'
import type { LogSettings } from './log-settings.ts'
import type { PartitionLog } from './partition-log.ts'
import type { Storage } from './storage.ts'

export interface LogDirectoryOptions {
  /** Absolute. Created when missing. */
  readonly path: string
  /** Default: the file system. `new MemoryStorage()` keeps everything in memory. */
  readonly storage?: Storage
  readonly environment?: Environment
  /** Written to meta.properties when it does not exist yet; must agree with it when it does. Default: a random one. */
  readonly clusterId?: string
  /** Default 1. */
  readonly nodeId?: number
  /** Settings of a topic's logs. Called for each log found and created; call {@link LogDirectory.updateSettings} after a change. */
  readonly settingsOf: (topic: string) => LogSettings
  /** Default 24 h (`producer.id.expiration.ms`). */
  readonly producerIdExpirationMs?: number
  /** Default 5 min (`log.retention.check.interval.ms`). */
  readonly retentionCheckIntervalMs?: number
  /** Recovery points, start offsets: every 60 s (`log.flush.offset.checkpoint.interval.ms`). */
  readonly checkpointIntervalMs?: number
}

/**
 * All partitions under one data directory (`log.dirs`): opened and recovered, created, deleted, checkpointed, flushed.
 */
export declare class LogDirectory {
  /** Throws `StreamwrightError` when the directory is in use by another process, belongs to another cluster or cannot be read. */
  static open(options: LogDirectoryOptions): Promise<LogDirectory>
  readonly path: string
  readonly clusterId: string
  readonly nodeId: number
  /** 22-character uuid of meta.properties' directory.id. */
  readonly directoryId: string
  /** The last shutdown was in order. */
  readonly wasCleanShutdown: boolean
  get(topic: string, partition: number): PartitionLog | undefined
  all(): IterableIterator<PartitionLog>
  /** Makes an empty log, on the disk when it returns. Throws KAFKA_STORAGE_ERROR; asserts that it does not exist. */
  create(topic: string, partition: number, topicId: string): PartitionLog
  /** Gone at once for readers; files are removed later. No error when there is none. */
  delete(topic: string, partition: number): void
  /** Asks `settingsOf` again for the topic's logs. */
  updateSettings(topic: string): void
  /** Writes what all logs have appended in this turn now. */
  writePending(): void
  /** One pass of retention over all logs, as the timer does it. */
  applyRetention(): Promise<void>
  flush(): Promise<void>
  /** Writes, snapshots, checkpoints, marks the shutdown as clean. */
  close(): Promise<void>
}
