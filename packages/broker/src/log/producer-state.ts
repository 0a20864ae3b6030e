import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { producersPerPartitionMax } from './limits.ts'
import type { ProducedBatch, TransactionMarker } from './produced-batch.ts'
import type { LastOfProducer, ProducerBatch, ProducerEntry } from './producer-entry.ts'
import { findDuplicate, lastSequenceOf, sequenceAfter, withBatch } from './producer-entry.ts'
import type { AbortedTransactionEntry } from './transaction-index.ts'

/**
 * The producers of one partition: sequences, so that a repeated batch is recognised and a missing one refused, and open
 * transactions. Changes since the last {@link ProducerState.commit} can be undone, because a batch is checked before
 * it is known whether the disk takes it.
 */
export class ProducerState {
  readonly #producersMax: number
  /** In the order of their last batch, so that the oldest are found first. */
  readonly #entries = new Map<number, ProducerEntry>()
  /** Producer id → first offset, in the order of the offsets. */
  readonly #openTransactions = new Map<number, number>()
  readonly #undo = new Map<number, ProducerEntry | undefined>()

  constructor(entries: readonly ProducerEntry[] = [], producersMax: number = producersPerPartitionMax) {
    this.#producersMax = producersMax
    for (const entry of entries) this.#entries.set(entry.producerId, entry)
    this.#findOpenTransactions()
  }

  get size(): number {
    return this.#entries.size
  }

  entries(): IterableIterator<ProducerEntry> {
    return this.#entries.values()
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId)
  }

  lastOf(producerId: number): LastOfProducer | undefined {
    const entry = this.#entries.get(producerId)
    return entry && { producerEpoch: entry.producerEpoch, lastDataOffset: entry.batches.at(-1)?.lastOffset ?? -1 }
  }

  /** The earliest offset of an open transaction. */
  get firstUnstableOffset(): number | undefined {
    return this.#openTransactions.values().next().value
  }

  /**
   * Whether a producer may append this batch now. Returns the batch that it repeats, if it is one of the last few.
   * `startsSequence`: one that is not known here must begin with 0.
   * Throws INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_TXN_STATE.
   */
  check(batch: ProducedBatch, startsSequence = false): ProducerBatch | undefined {
    const entry = this.#entries.get(batch.producerId)
    if (entry === undefined) {
      if (!startsSequence || batch.firstSequence === 0) return undefined
      throw outOfOrder(`producer ${batch.producerId} is not known here and begins with ${batch.firstSequence}`)
    }
    if (entry.producerEpoch === batch.producerEpoch) {
      const duplicate = findDuplicate(entry, batch.firstSequence, batch.lastSequence)
      if (duplicate !== undefined) return duplicate
    }
    checkEpoch(entry, batch.producerEpoch)
    if (entry.producerEpoch === batch.producerEpoch) checkSequence(entry, batch)
    else if (batch.firstSequence !== 0 && entry.producerEpoch >= 0) {
      throw outOfOrder(`producer ${batch.producerId} begins epoch ${batch.producerEpoch} with ${batch.firstSequence}`)
    }
    if (!batch.isTransactional && entry.transactionStartOffset >= 0) {
      throw kafkaError(
        ErrorCode.INVALID_TXN_STATE,
        `producer ${batch.producerId} wrote outside of its transaction, which is still open`,
      )
    }
    return undefined
  }

  /** Remembers a batch that was checked, or that stands in the log. */
  append(batch: ProducedBatch, nowMs: number): void {
    const known = this.#entries.get(batch.producerId)
    const isSameEpoch = known?.producerEpoch === batch.producerEpoch
    const startsTransaction = batch.isTransactional && (known === undefined || known.transactionStartOffset < 0)
    if (startsTransaction) this.#openTransactions.set(batch.producerId, batch.firstOffset)
    const remembered: ProducerBatch = {
      lastSequence: batch.lastSequence,
      lastOffset: batch.lastOffset,
      offsetDelta: batch.lastOffset - batch.firstOffset,
      timestamp: batch.maxTimestamp,
    }
    this.#put({
      producerId: batch.producerId,
      producerEpoch: batch.producerEpoch,
      coordinatorEpoch: known?.coordinatorEpoch ?? -1,
      lastTimestamp: batch.maxTimestamp,
      transactionStartOffset: startsTransaction ? batch.firstOffset : (known?.transactionStartOffset ?? -1),
      batches: withBatch(isSameEpoch ? known.batches : [], remembered),
      seenMs: nowMs,
    })
  }

  /**
   * Throws for a marker of a coordinator or producer that has been superseded. From version 2 on a marker has a higher
   * epoch than its transaction; one with the same is a repetition, and welcome when nothing is open.
   */
  checkMarker(marker: TransactionMarker, transactionVersion: number): void {
    const entry = this.#entries.get(marker.producerId)
    if (entry === undefined) return
    const isRepeated = marker.producerEpoch === entry.producerEpoch && entry.transactionStartOffset < 0
    const isSuperseded = transactionVersion >= 2 && marker.producerEpoch === entry.producerEpoch && !isRepeated
    if (isSuperseded && marker.producerEpoch < producerEpochMax) {
      throw invalidEpoch(entry, marker.producerEpoch)
    }
    checkEpoch(entry, marker.producerEpoch)
    if (marker.coordinatorEpoch < entry.coordinatorEpoch) {
      throw kafkaError(
        ErrorCode.TRANSACTION_COORDINATOR_FENCED,
        `marker of coordinator epoch ${marker.coordinatorEpoch} after one of ${entry.coordinatorEpoch}`,
      )
    }
  }

  /** Ends the producer's transaction. Returns what belongs into the index of aborted ones. */
  appendMarker(marker: TransactionMarker, nowMs: number): AbortedTransactionEntry | undefined {
    const known = this.#entries.get(marker.producerId)
    const firstOffset = known?.transactionStartOffset ?? -1
    this.#openTransactions.delete(marker.producerId)
    this.#put({
      producerId: marker.producerId,
      producerEpoch: marker.producerEpoch,
      coordinatorEpoch: marker.coordinatorEpoch,
      lastTimestamp: marker.timestamp,
      transactionStartOffset: -1,
      batches: known?.producerEpoch === marker.producerEpoch ? known.batches : [],
      seenMs: nowMs,
    })
    if (firstOffset < 0 || !marker.isAbort) return undefined
    return {
      producerId: marker.producerId,
      firstOffset,
      lastOffset: marker.offset,
      lastStableOffset: this.firstUnstableOffset ?? marker.offset + 1,
    }
  }

  /** What was appended since the last call is in the log now. */
  commit(): void {
    this.#undo.clear()
    if (this.#entries.size > this.#producersMax) this.#forgetOldest()
  }

  /** Back to the state at the last {@link ProducerState.commit}. */
  undo(): void {
    if (this.#undo.size === 0) return
    for (const [producerId, entry] of this.#undo) {
      if (entry === undefined) this.#entries.delete(producerId)
      else this.#entries.set(producerId, entry)
    }
    this.#undo.clear()
    this.#findOpenTransactions()
  }

  /** Forgets producers that were silent for `expirationMs`, unless they have a transaction open. */
  removeExpired(nowMs: number, expirationMs: number): void {
    for (const [producerId, entry] of this.#entries) {
      if (nowMs - entry.seenMs < expirationMs) return
      if (entry.transactionStartOffset < 0) this.#entries.delete(producerId)
    }
  }

  #put(entry: ProducerEntry): void {
    const { producerId } = entry
    if (!this.#undo.has(producerId)) this.#undo.set(producerId, this.#entries.get(producerId))
    this.#entries.delete(producerId)
    this.#entries.set(producerId, entry)
  }

  #forgetOldest(): void {
    let excess = this.#entries.size - this.#producersMax
    for (const [producerId, entry] of this.#entries) {
      if (excess === 0) return
      if (entry.transactionStartOffset >= 0) continue
      this.#entries.delete(producerId)
      excess--
    }
  }

  #findOpenTransactions(): void {
    this.#openTransactions.clear()
    const open = [...this.#entries.values()].filter((entry) => entry.transactionStartOffset >= 0)
    for (const entry of open.toSorted((left, right) => left.transactionStartOffset - right.transactionStartOffset)) {
      this.#openTransactions.set(entry.producerId, entry.transactionStartOffset)
    }
  }
}

const producerEpochMax = 0x7fff

function checkEpoch(entry: ProducerEntry, epoch: number): void {
  if (epoch < entry.producerEpoch) throw invalidEpoch(entry, epoch)
}

function invalidEpoch(entry: ProducerEntry, epoch: number): Error {
  return kafkaError(
    ErrorCode.INVALID_PRODUCER_EPOCH,
    `producer ${entry.producerId} has epoch ${entry.producerEpoch} here, and came with ${epoch}`,
  )
}

function checkSequence(entry: ProducerEntry, batch: ProducedBatch): void {
  const last = lastSequenceOf(entry)
  const expected = last < 0 ? 0 : sequenceAfter(last, 1)
  if (batch.firstSequence === expected) return
  throw outOfOrder(`producer ${batch.producerId} sent sequence ${batch.firstSequence} where ${expected} was expected`)
}

function outOfOrder(detail: string): Error {
  return kafkaError(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, detail)
}
