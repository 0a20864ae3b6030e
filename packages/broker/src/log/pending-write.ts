import type { Deferred } from '@streamwright/std'
import { deferred } from '@streamwright/std'
import { mergedBatchBytesMax, mergedChunkBytesMax } from './limits.ts'
import { placeBatch, producedPlace } from './batch-header.ts'
import type { WrittenBatch } from './segment.ts'
import type { TailCache } from './tail-cache.ts'
import type { AbortedTransactionEntry } from './transaction-index.ts'

/** A batch that has its offsets and waits for the write at the end of the turn. */
export interface PendingBatch extends WrittenBatch {
  readonly buffer: Buffer
  readonly baseOffset: number
  /** Set by an abort marker. */
  readonly aborted: AbortedTransactionEntry | undefined
}

/** Bytes for one piece of a `writev`, with the offsets they span. */
export interface WriteChunk {
  readonly buffer: Buffer
  readonly baseOffset: number
  readonly nextOffset: number
  /** A copy that the tail made, and may keep. */
  readonly isGathered: boolean
}

/** The appends of one event-loop turn. They are written together and share one fate. */
export class PendingWrite {
  readonly firstOffset: number
  readonly batches: PendingBatch[] = []
  readonly #outcome: Deferred<void> = deferred()
  #sizeInBytes = 0

  constructor(firstOffset: number) {
    this.firstOffset = firstOffset
    // Whoever does not wait for the outcome (acks=0) does not want to hear of it.
    this.#outcome.promise.catch(() => undefined)
  }

  get sizeInBytes(): number {
    return this.#sizeInBytes
  }

  get written(): Promise<void> {
    return this.#outcome.promise
  }

  add(batch: PendingBatch): void {
    this.batches.push(batch)
    this.#sizeInBytes += batch.sizeInBytes
  }

  /** With `after`: takes over the fate of that promise, a sync. */
  resolve(after: Promise<void> | undefined): void {
    if (after === undefined) this.#outcome.resolve()
    else after.then(this.#outcome.resolve, this.#outcome.reject)
  }

  /** The bytes go back to what the producer sent, because it may send the same memory again. */
  reject(error: Error): void {
    for (const { buffer } of this.batches) placeBatch(buffer, 0, producedPlace.baseOffset, producedPlace.leaderEpoch)
    this.#outcome.reject(error)
  }

  /** Pieces to write: large batches as they are, runs of small ones copied together by the tail, which keeps them. */
  chunks(tail: TailCache): readonly WriteChunk[] {
    const chunks: WriteChunk[] = []
    let run: PendingBatch[] = []
    let runBytes = 0
    const endRun = (): void => {
      const [first] = run
      if (first === undefined) return
      const buffer = tail.gather(
        run.map((each) => each.buffer),
        runBytes,
      )
      const nextOffset = (run.at(-1) ?? first).lastOffset + 1
      chunks.push({ buffer, baseOffset: first.baseOffset, nextOffset, isGathered: true })
      run = []
      runBytes = 0
    }
    for (const batch of this.batches) {
      const isSmall = batch.sizeInBytes < mergedBatchBytesMax
      if (!isSmall || runBytes + batch.sizeInBytes > mergedChunkBytesMax) endRun()
      if (isSmall) {
        run.push(batch)
        runBytes += batch.sizeInBytes
      } else {
        const { buffer, baseOffset, lastOffset } = batch
        chunks.push({ buffer, baseOffset, nextOffset: lastOffset + 1, isGathered: false })
      }
    }
    endRun()
    return chunks
  }
}
