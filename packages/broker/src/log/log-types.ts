/** Who appends: it decides which checks apply. */
export type AppendOrigin = 'client' | 'coordinator'

export interface AppendOptions {
  /**
   * `client` (default): a produced record set, checked as Kafka's leader does. `coordinator`: our own batches (group
   * offsets, transaction markers), whose content is trusted.
   */
  readonly origin?: AppendOrigin
  /** The Produce version the record set came with: zstd is refused below 7. Default: the newest. */
  readonly produceVersion?: number
  /** A producer that this partition does not know must begin with sequence 0. Default: any number will do. */
  readonly startsSequence?: boolean
  /**
   * For transaction markers: from version 2 on each transaction ends under an epoch of its own, so that a marker must
   * carry a higher one than the records before it. Default 0.
   */
  readonly transactionVersion?: number
}

/** The fate of an append. Known at once; readers see it, and it may be acknowledged, once `written` has resolved. */
export interface AppendResult {
  readonly baseOffset: number
  readonly lastOffset: number
  /** Milliseconds, for topics with LogAppendTime; −1 otherwise. */
  readonly logAppendTimeMs: number
  readonly logStartOffset: number
  /** The batch repeats one of the producer's last five and was not written again; the offsets are those of that one. */
  readonly isDuplicate: boolean
  /**
   * Shared by all appends of one write. Rejects with KAFKA_STORAGE_ERROR (retriable): nothing of it is in the log then.
   * A rejection that nobody handles is not reported.
   */
  readonly written: Promise<void>
}

export interface ReadOptions {
  readonly maxBytes: number
  /** Return the first batch whole even when it is larger than `maxBytes`. Default true. */
  readonly atLeastOne?: boolean
  readonly isolation?: Isolation
}

export type Isolation = 'read_uncommitted' | 'read_committed'

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

/** A producer as the partition remembers it. */
export interface ActiveProducer {
  readonly producerId: number
  readonly producerEpoch: number
  readonly lastSequence: number
  readonly lastTimestamp: number
  readonly coordinatorEpoch: number
  /** First offset of its open transaction; −1: none. */
  readonly currentTransactionStartOffset: number
}

/** Which log it is, and where. */
export interface LogIdentity {
  readonly topic: string
  readonly partition: number
  /** 22 characters of URL-safe base64; all `A` when the directory does not say. */
  readonly topicId: string
  /** Absolute path of the partition's directory. */
  readonly directory: string
}
