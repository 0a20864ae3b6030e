/**
 * What one partition's log needs of its topic's configuration, under the camelCase form of Kafka's topic config names,
 * so that the settings read for a topic can be handed over as they are.
 */
export interface LogSettings {
  /** `compact` topics are not trimmed by time or size unless `delete` is listed too. */
  readonly cleanupPolicy: readonly string[]
  /** A segment is closed before it would grow beyond this. */
  readonly segmentBytes: number
  /** A segment is closed when its first record is older than this. */
  readonly segmentMs: number
  /** Upper bound of each index file of a segment: a full index closes the segment. */
  readonly segmentIndexBytes: number
  /** One index entry per this many bytes of log. */
  readonly indexIntervalBytes: number
  /** −1: no limit. */
  readonly retentionMs: number
  /** −1: no limit. */
  readonly retentionBytes: number
  /** Largest batch accepted, in bytes as sent. */
  readonly maxMessageBytes: number
  readonly messageTimestampType: 'CreateTime' | 'LogAppendTime'
  readonly messageTimestampBeforeMaxMs: number
  readonly messageTimestampAfterMaxMs: number
  /** `producer`: kept as sent. Anything else: recompressed at append. */
  readonly compressionType: string
  /** Written records between two forced fsyncs; beyond 2^53: never by count. */
  readonly flushMessages: number
  /** Longest time a record stays without fsync; beyond 2^53: never by time. */
  readonly flushMs: number
  /** How long compaction leaves a record without a value, or the end of a transaction, for slow readers to see. */
  readonly deleteRetentionMs: number
  /** Compaction leaves records alone that are younger. */
  readonly minCompactionLagMs: number
  /** Records that are older are compacted however clean the log is otherwise. */
  readonly maxCompactionLagMs: number
  /** A log is compacted when this part of it has not been. */
  readonly minCleanableDirtyRatio: number
  /** How long a removed file stays under its `.deleted` name. */
  readonly fileDeleteDelayMs: number
}

/** Apache Kafka's defaults for a topic. */
export const defaultLogSettings: LogSettings = {
  cleanupPolicy: ['delete'],
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: 7 * 24 * 60 * 60 * 1000,
  segmentIndexBytes: 10 * 1024 * 1024,
  indexIntervalBytes: 4096,
  retentionMs: 7 * 24 * 60 * 60 * 1000,
  retentionBytes: -1,
  maxMessageBytes: 1_048_588,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: Number.MAX_VALUE,
  messageTimestampAfterMaxMs: 60 * 60 * 1000,
  compressionType: 'producer',
  flushMessages: Number.MAX_VALUE,
  flushMs: Number.MAX_VALUE,
  deleteRetentionMs: 24 * 60 * 60 * 1000,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.MAX_VALUE,
  minCleanableDirtyRatio: 0.5,
  fileDeleteDelayMs: 60_000,
}

/** Compaction leaves the segment that is written to alone, so it is closed in time for `max.compaction.lag.ms`. */
export function segmentMsMax({ cleanupPolicy, segmentMs, maxCompactionLagMs }: LogSettings): number {
  return cleanupPolicy.includes('compact') ? Math.min(segmentMs, maxCompactionLagMs) : segmentMs
}
