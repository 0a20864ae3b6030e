import { duplicateWindowBatches } from './limits.ts'
import type { ActiveProducer } from './log-types.ts'

/** One batch of a producer, as the duplicate check and snapshots need it. */
export interface ProducerBatch {
  readonly lastSequence: number
  readonly lastOffset: number
  readonly offsetDelta: number
  readonly timestamp: number
}

/** What a partition knows of one producer. Never changed: a new batch makes a new entry, so that it can be undone. */
export interface ProducerEntry {
  readonly producerId: number
  readonly producerEpoch: number
  /** Of the last marker; −1: none. */
  readonly coordinatorEpoch: number
  /** Timestamp of the last batch or marker, by its own account. */
  readonly lastTimestamp: number
  /** First offset of the open transaction; −1: none. */
  readonly transactionStartOffset: number
  /** The last ones, oldest first. */
  readonly batches: readonly ProducerBatch[]
  /** When this process last heard of the producer, for expiry. Not stored. */
  readonly seenMs: number
}

/** −1: nothing in this epoch yet. */
export function lastSequenceOf(entry: ProducerEntry): number {
  return entry.batches.at(-1)?.lastSequence ?? -1
}

/** The last that a partition has of a producer: what compaction must leave, for its sequence numbers to go on. */
export interface LastOfProducer {
  readonly producerEpoch: number
  /** Of its last batch with data; −1: there is none. */
  readonly lastDataOffset: number
}

/** For those outside of the log. */
export function activeProducer(entry: ProducerEntry): ActiveProducer {
  return {
    producerId: entry.producerId,
    producerEpoch: entry.producerEpoch,
    lastSequence: lastSequenceOf(entry),
    lastTimestamp: entry.lastTimestamp,
    coordinatorEpoch: entry.coordinatorEpoch,
    currentTransactionStartOffset: entry.transactionStartOffset,
  }
}

/** Sequences count up to 2^31 − 1 and go on with 0. */
export function sequenceAfter(sequence: number, increment: number): number {
  return sequence > 0x7fff_ffff - increment ? increment - (0x7fff_ffff - sequence) - 1 : sequence + increment
}

/** The sequence before, for the first one of a batch. */
export function sequenceBefore(sequence: number, decrement: number): number {
  return sequence < decrement ? 0x7fff_ffff - (decrement - sequence) + 1 : sequence - decrement
}

/** The batch with exactly these sequences, if it is one of the last few. */
export function findDuplicate(entry: ProducerEntry, first: number, last: number): ProducerBatch | undefined {
  return entry.batches.find(
    (batch) => batch.lastSequence === last && sequenceBefore(batch.lastSequence, batch.offsetDelta) === first,
  )
}

export function withBatch(batches: readonly ProducerBatch[], batch: ProducerBatch): readonly ProducerBatch[] {
  return batches.length < duplicateWindowBatches ? [...batches, batch] : [...batches.slice(1), batch]
}
