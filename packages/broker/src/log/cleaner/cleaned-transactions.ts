import { isTransactional, lastOffsetOf, producerIdOf, recordCountOf } from '../batch-header.ts'
import { transactionMarkerAt } from '../produced-batch.ts'
import type { AbortedTransactionEntry } from '../transaction-index.ts'

interface OpenAborted {
  readonly entry: AbortedTransactionEntry
  hasBatches: boolean
}

/**
 * Follows the transactions of a log from its start on: which batches belong to aborted ones and can go at once, and
 * which markers end nothing any more, because all batches of their transaction are gone.
 */
export class CleanedTransactions {
  /** By first offset. */
  readonly #toCome: AbortedTransactionEntry[]
  #next = 0
  readonly #aborted = new Map<number, OpenAborted>()
  readonly #committed = new Set<number>()
  readonly #kept: (entry: AbortedTransactionEntry) => void

  /** `kept`: the marker of an aborted transaction stays, and with it its place in the index. */
  constructor(aborted: readonly AbortedTransactionEntry[], kept: (entry: AbortedTransactionEntry) => void = () => {}) {
    this.#toCome = aborted.toSorted((left, right) => left.firstOffset - right.firstOffset)
    this.#kept = kept
  }

  /** Whether a batch with data belongs to an aborted transaction. */
  isAborted(buffer: Buffer, at: number): boolean {
    this.#beginUpTo(lastOffsetOf(buffer, at))
    if (!isTransactional(buffer, at)) return false
    const producerId = producerIdOf(buffer, at)
    const aborted = this.#aborted.get(producerId)
    if (aborted === undefined) this.#committed.add(producerId)
    else aborted.hasBatches = true
    return aborted !== undefined
  }

  /** Whether a control batch ends a transaction of which nothing is left. */
  endsNothing(buffer: Buffer, at: number, sizeInBytes: number): boolean {
    this.#beginUpTo(lastOffsetOf(buffer, at))
    if (recordCountOf(buffer, at) === 0) return true
    const marker = transactionMarkerAt(buffer, at, sizeInBytes)
    if (marker === undefined) return false
    if (!marker.isAbort) return !this.#committed.delete(marker.producerId)
    const aborted = this.#aborted.get(marker.producerId)
    this.#aborted.delete(marker.producerId)
    if (aborted?.hasBatches !== true) return true
    this.#kept(aborted.entry)
    return false
  }

  #beginUpTo(offset: number): void {
    for (; ; this.#next++) {
      const entry = this.#toCome[this.#next]
      if (entry === undefined || entry.firstOffset > offset) return
      if (!this.#aborted.has(entry.producerId)) this.#aborted.set(entry.producerId, { entry, hasBatches: false })
    }
  }
}
