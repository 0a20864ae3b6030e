import type { RecordBatch } from '@streamwright/protocol'
import { asError } from '@streamwright/std'
import type { PartitionState } from '../partition-state.ts'
import { FetchedBatch } from './fetched-batch.ts'
import type { ReceivedBatch, ReceivedPartition } from './partition-batches.ts'
import { damaged } from './partition-batches.ts'

/** What waits here of one partition, in order. */
interface Queue {
  readonly state: PartitionState
  readonly version: number
  readonly batches: ReceivedBatch[]
  bytes: number
  /** What stands behind the batches and could not be read. */
  failure: Error | undefined
}

/**
 * Batches that have come and that no poll has returned yet, by partition. Polls take from one partition after the
 * other, and go on with the next one where the last has stopped, so that none waits for long.
 */
export class FetchBuffer {
  readonly #checkCrcs: boolean
  readonly #queues = new Map<PartitionState, Queue>()
  #bytes = 0

  /** `checkCrcs`: whether the checksums of batches are looked at when they are taken. */
  constructor(checkCrcs: boolean) {
    this.#checkCrcs = checkCrcs
  }

  /** Bytes of all partitions. */
  get bytes(): number {
    return this.#bytes
  }

  /** Bytes that wait of one partition. */
  bytesOf(state: PartitionState): number {
    const queue = this.#queues.get(state)
    return queue === undefined || queue.version !== state.version ? 0 : queue.bytes
  }

  has(state: PartitionState): boolean {
    return this.#queues.get(state)?.version === state.version
  }

  /** Behind what waits stands something that could not be read. */
  isBroken(state: PartitionState): boolean {
    const queue = this.#queues.get(state)
    return queue?.version === state.version && queue.failure !== undefined
  }

  /** Whether a poll would get something right now. */
  get isReady(): boolean {
    for (const { state, version } of this.#queues.values()) if (!state.paused && version === state.version) return true
    return false
  }

  add(state: PartitionState, { batches, failure }: ReceivedPartition): void {
    if (batches.length === 0 && failure === undefined) return
    let queue = this.#queues.get(state)
    if (queue === undefined || queue.version !== state.version) {
      if (queue !== undefined) this.#remove(queue)
      queue = { state, version: state.version, batches: [], bytes: 0, failure: undefined }
      this.#queues.set(state, queue)
    }
    // Nothing can be read beyond a failure, and what is behind it may have been asked for before it was found.
    if (queue.failure !== undefined) return
    queue.failure = failure
    for (const received of batches) {
      queue.batches.push(received)
      queue.bytes += received.batch.sizeInBytes
      this.#bytes += received.batch.sizeInBytes
    }
  }

  /**
   * Batches with up to `recordsMax` records, the last one whole; positions move past them. Throws the failure of a
   * partition once all before it was taken.
   */
  take(recordsMax: number): FetchedBatch[] {
    const taken: FetchedBatch[] = []
    let left = recordsMax
    for (const queue of [...this.#queues.values()]) {
      const { state } = queue
      if (queue.version !== state.version || state.position === undefined) {
        this.#remove(queue)
        continue
      }
      if (state.paused) continue
      if (left <= 0) break
      left -= this.#takeFrom(queue, left, taken)
      if (queue.batches.length > 0) this.#moveToEnd(queue)
      else if (queue.failure === undefined) this.#remove(queue)
      else if (taken.length === 0) {
        this.#remove(queue)
        state.discardFetched()
        throw queue.failure
      }
    }
    return taken
  }

  /** Forgets what nobody asks for any more. */
  prune(isWanted: (state: PartitionState) => boolean): void {
    for (const queue of this.#queues.values())
      if (queue.version !== queue.state.version || !isWanted(queue.state)) this.#remove(queue)
  }

  #takeFrom(queue: Queue, recordsMax: number, taken: FetchedBatch[]): number {
    const { state, batches } = queue
    let records = 0
    let count = 0
    for (const { batch, isVisible, lease } of batches) {
      // What holds nothing goes along, so that the position does not stop before it.
      if (isVisible && records >= recordsMax) break
      const skipBefore = state.position ?? 0
      const failure = this.#checkCrcs ? invalidity(batch) : undefined
      if (failure !== undefined) {
        queue.failure = damaged(state.key, skipBefore, failure)
        this.#drop(queue, batches.length)
        return records
      }
      count += 1
      if (isVisible) {
        const { highWatermark } = state
        taken.push(
          new FetchedBatch(state, batch, { skipBefore, highWatermark, ...(lease === undefined ? {} : { lease }) }),
        )
        records += batch.recordCount
      }
      state.consumed(batch.nextOffset, batch.partitionLeaderEpoch)
    }
    this.#drop(queue, count)
    return records
  }

  /** The first so many batches of the queue do not wait any more. */
  #drop(queue: Queue, count: number): void {
    for (const { batch } of queue.batches.splice(0, count)) {
      queue.bytes -= batch.sizeInBytes
      this.#bytes -= batch.sizeInBytes
    }
  }

  #moveToEnd(queue: Queue): void {
    this.#queues.delete(queue.state)
    this.#queues.set(queue.state, queue)
  }

  #remove(queue: Queue): void {
    this.#bytes -= queue.bytes
    queue.bytes = 0
    if (this.#queues.get(queue.state) === queue) this.#queues.delete(queue.state)
  }
}

function invalidity(batch: RecordBatch): Error | undefined {
  try {
    batch.ensureValid()
    return undefined
  } catch (error) {
    return asError(error)
  }
}
