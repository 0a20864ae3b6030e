import type { RecordBatchBuilder } from '@streamwright/protocol'
import type { Deferred, Log } from '@streamwright/std'
import { asError, assert, deferred } from '@streamwright/std'
import { sequenceMax } from '../limits.ts'
import type { PartitionQueue } from './partition-queue.ts'

/**
 * What became of a record: its offset is `baseOffset + indexInBatch`; −1 as `baseOffset` means that it is not known
 * (`acks=0`). `logAppendTimeMs` is −1 unless the topic takes the broker's time. What it throws is logged.
 */
export type OnAcknowledged = (
  error: Error | null,
  partition: number,
  baseOffset: number,
  indexInBatch: number,
  logAppendTimeMs: number,
) => void

/** Where the records of a batch stand in the sequence of one producer in one partition. */
export interface BatchSequence {
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
}

/** Records of one partition that are written together, from the first one's acceptance to the acknowledgement. */
export class ProducerBatch {
  readonly queue: PartitionQueue
  readonly builder: RecordBatchBuilder
  /** Monotonic time: what linger and delivery time-out count from. */
  readonly createdAtMs: number
  /** Place among the batches of the partition; the parts of a split batch share the span of the whole. */
  readonly place: number
  readonly span: number
  /** By record; only if a record has one. */
  callbacks: (OnAcknowledged | undefined)[] | undefined
  /** Full, or takes no more records: it does not linger. */
  isClosed = false
  /** Its outcome has been told. */
  isDone = false
  /** How often it was sent. */
  attempts = 0
  /** Why it has to be sent again. */
  lastFailure: Error | undefined
  /** Before this monotonic time it is not sent again. */
  retryAtMs = 0
  /** Undefined until it is sent for the first time, and for producers that are not idempotent. */
  sequence: BatchSequence | undefined
  /** What it takes of `buffer.memory`. */
  bufferedBytes = 0
  #whenDone: Deferred<void> | undefined

  constructor(
    queue: PartitionQueue,
    builder: RecordBatchBuilder,
    origin: { readonly createdAtMs: number; readonly place: number; readonly span: number },
  ) {
    this.queue = queue
    this.builder = builder
    this.createdAtMs = origin.createdAtMs
    this.place = origin.place
    this.span = origin.span
  }

  get recordCount(): number {
    return this.builder.recordCount
  }

  get lastSequence(): number {
    const { sequence } = this
    assert(sequence !== undefined, 'A batch that was answered has a sequence')
    return addToSequence(sequence.baseSequence, this.recordCount - 1)
  }

  /** Resolves, whatever the outcome, when it is known. */
  whenDone(): Promise<void> {
    if (this.isDone) return Promise.resolve()
    this.#whenDone ??= deferred()
    return this.#whenDone.promise
  }

  /** Tells the outcome, once. `errorAt`: an error by record, in place of `error`. */
  finish(
    error: Error | null,
    baseOffset: number,
    logAppendTimeMs: number,
    log: Log,
    errorAt?: (index: number) => Error | null,
  ): void {
    assert(!this.isDone, 'A batch has one outcome')
    this.isDone = true
    const { callbacks } = this
    if (callbacks !== undefined) {
      const { partition } = this.queue
      for (let index = 0; index < callbacks.length; index++) {
        const callback = callbacks[index]
        if (callback === undefined) continue
        const failure = errorAt === undefined ? error : errorAt(index)
        tellSafely(callback, log, failure, partition, baseOffset, index, logAppendTimeMs)
      }
    }
    this.#whenDone?.resolve()
  }

  /** The batch was split, and the outcome of all its parts has been told. */
  finishAsParts(): void {
    this.isDone = true
    this.#whenDone?.resolve()
  }

  /** Whether a record has no callback that would tell of an error. */
  get hasUnheardRecords(): boolean {
    const { callbacks, recordCount } = this
    if (callbacks === undefined || callbacks.length < recordCount) return true
    return callbacks.includes(undefined)
  }
}

/** Calls a callback of the application; what it throws is logged, and is no failure of the batch, nor of others. */
export function tellSafely(
  callback: OnAcknowledged,
  log: Log,
  error: Error | null,
  partition: number,
  baseOffset: number,
  indexInBatch: number,
  logAppendTimeMs: number,
): void {
  try {
    callback(error, partition, baseOffset, indexInBatch, logAppendTimeMs)
  } catch (thrown) {
    log.error('A callback of append has thrown; the producer goes on', { error: asError(thrown) })
  }
}

/** The sequence number `count` records later: after the largest int32 comes 0. */
export function addToSequence(sequence: number, count: number): number {
  const next = sequence + count
  return next > sequenceMax ? next - sequenceMax - 1 : next
}
