import type { Deferred } from '@streamwright/std'
import { deferred } from '@streamwright/std'
import type { OnAcknowledged } from './producer-batch.ts'
import type { RecordMetadata } from './producer-record.ts'

/**
 * The outcome of records that are sent together: one promise for all, and a callback for each. A promise for each takes
 * twice the time of everything else that is done for a small record.
 */
export class SentRecords {
  readonly #places: RecordMetadata[] = []
  readonly #outcome: Deferred<RecordMetadata[]> = deferred()
  #open: number

  constructor(count: number) {
    this.#open = count
    this.#places.length = count
    // It may fail while others of the records still wait for room.
    this.#outcome.promise.catch(() => undefined)
    if (count === 0) this.#outcome.resolve(this.#places)
  }

  /** Where the records are, in their order, when all are written; rejects with the first failure. */
  get written(): Promise<RecordMetadata[]> {
    return this.#outcome.promise
  }

  /** What to call for the record of this index. */
  acknowledgement(index: number, topic: string, timestamp: number): OnAcknowledged {
    return (error, partition, baseOffset, indexInBatch, logAppendTimeMs) => {
      if (error !== null) return this.#outcome.reject(error)
      this.#places[index] = {
        topic,
        partition,
        offset: baseOffset < 0 ? -1 : baseOffset + indexInBatch,
        timestamp: logAppendTimeMs < 0 ? timestamp : logAppendTimeMs,
      }
      this.#open -= 1
      if (this.#open === 0) this.#outcome.resolve(this.#places)
    }
  }
}
