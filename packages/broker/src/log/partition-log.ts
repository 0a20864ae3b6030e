import type { LogSettings } from './log-settings.ts'

/** Who appends: it decides which checks apply. */
export type AppendOrigin = 'client' | 'coordinator'

export interface AppendOptions {
  /** `client` (default): a produced record set, checked as Kafka's leader does. `coordinator`: our own batches (group offsets, markers), trusted. */
  readonly origin?: AppendOrigin
  /** The Produce version the record set came with; some codecs are refused below a version. */
  readonly produceVersion?: number
  /** With a transactional batch: the producer's transaction was verified to include this partition. Not checked by the log. */
  readonly verified?: boolean
}

/** The fate of an append. Known at once; readers see it, and it may be acknowledged, once `written` has resolved. */
export interface AppendResult {
  readonly baseOffset: number
  readonly lastOffset: number
  /** Milliseconds, for topics with LogAppendTime; −1 otherwise. */
  readonly logAppendTimeMs: number
  readonly logStartOffset: number
  /** The batch was one of the producer's last five and was not written again; the offsets are those of the first time. */
  readonly isDuplicate: boolean
  /** Shared by all appends of one write. Rejects with KAFKA_STORAGE_ERROR (retriable): nothing of it is in the log then. */
  readonly written: Promise<void>
}

export interface ReadOptions {
  readonly maxBytes: number
  /** Return the first batch whole even when it is larger than `maxBytes`. Default true. */
  readonly atLeastOne?: boolean
  readonly isolation?: 'read_uncommitted' | 'read_committed'
}

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
}

export interface ReadResult {
  /** Whole batches, the first one contains the asked offset. Not to be written to: it may be shared with other readers. */
  readonly records: Buffer
  readonly highWatermark: number
  readonly lastStableOffset: number
  readonly logStartOffset: number
  /** `null` under read_uncommitted; ascending by first offset. */
  readonly abortedTransactions: readonly AbortedTransaction[] | null
}

export interface OffsetAndTimestamp {
  readonly offset: number
  /** −1 where the question was not about a time. */
  readonly timestamp: number
  readonly leaderEpoch: number
}

/** ListOffsets' special timestamps. */
export const SpecialTimestamp = {
  latest: -1,
  earliest: -2,
  maxTimestamp: -3,
  earliestLocal: -4,
  latestTiered: -5,
  earliestPendingUpload: -6,
} as const

/** A producer as the partition remembers it, for DescribeProducers. */
export interface ActiveProducer {
  readonly producerId: number
  readonly producerEpoch: number
  readonly lastSequence: number
  readonly lastTimestamp: number
  readonly coordinatorEpoch: number
  /** First offset of its open transaction; −1: none. */
  readonly currentTransactionStartOffset: number
}

/** Called after records became readable (written, or the last stable offset moved). */
export type AdvanceListener = (log: PartitionLog) => void

/**
 * The log of one partition: appends, reads, lookups, trimming. All methods are synchronous; what an append writes
 * reaches the file at the end of the event-loop turn, together with the other appends of that turn.
 * Made by {@link LogDirectory}.
 */
export declare class PartitionLog {
  readonly topic: string
  readonly partition: number
  /** 22 characters of URL-safe base64. */
  readonly topicId: string
  settings: LogSettings

  /** The first offset that can be read. */
  get startOffset(): number
  /** The offset of the next record written; includes what has been appended in this turn. */
  get endOffset(): number
  /** Everything below it is written and can be read. */
  get highWatermark(): number
  /** Below it no transaction is open. */
  get lastStableOffset(): number
  get leaderEpoch(): number
  get sizeInBytes(): number
  /** Set after a write failed; cleared by the next one that succeeds. */
  get failure(): Error | undefined

  /**
   * Appends a record set. The log takes the bytes over: it patches base offset and leader epoch in place.
   * Throws `KafkaError` with the code to answer (and `recordErrors` where Kafka names records).
   */
  append(records: Buffer, options?: AppendOptions): AppendResult
  /** Throws `KafkaError` OFFSET_OUT_OF_RANGE below the start and beyond the high watermark (at it: an empty result). */
  read(offset: number, options: ReadOptions): ReadResult
  /** By {@link SpecialTimestamp} or by time: the first record at or after it. `null`: there is none. */
  offsetForTimestamp(timestamp: number, isolation?: 'read_uncommitted' | 'read_committed'): OffsetAndTimestamp | null
  /** For OffsetForLeaderEpoch: the largest epoch not above the asked one, and where it ended. −1, −1: unknown. */
  offsetForLeaderEpoch(epoch: number): { readonly leaderEpoch: number; readonly endOffset: number }
  /** DeleteRecords; −1 = the high watermark. Returns the new start offset. Throws OFFSET_OUT_OF_RANGE beyond the high watermark. */
  deleteRecordsBefore(offset: number): number
  activeProducers(): readonly ActiveProducer[]
  /** Calls back after records became readable, synchronously, until the returned function is called. */
  onAdvance(listener: AdvanceListener): () => void
  /** Writes what this turn has appended now instead of at the end of the turn. */
  writePending(): void
  /** Everything appended so far is on the disk when it resolves. */
  flush(): Promise<void>
}
