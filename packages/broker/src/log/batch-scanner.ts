import { assert } from '@streamwright/std'
import { batchHeaderBytes, batchLengthMin, batchPrefixBytes, sizeInBytesOf } from './batch-header.ts'
import type { StorageFile } from './storage.ts'

/**
 * Walks over the batches of a file from one position to another, with one window of memory that moves along. Stops
 * quietly at the first place where no batch can be: {@link BatchScanner.position} tells where.
 */
export class BatchScanner {
  readonly #file: StorageFile
  readonly #end: number
  #window: Buffer
  #windowStart = 0
  #windowBytes = 0
  #next: number
  #sizeInBytes = 0

  /**
   * Reads into `window`, as much as it holds at a time; a larger batch gets a window of its own when it is wanted whole.
   * `start` must be where a batch starts.
   */
  constructor(file: StorageFile, start: number, end: number, window: Buffer) {
    assert(window.length >= batchHeaderBytes, 'A window holds the header of a batch')
    this.#file = file
    this.#next = start
    this.#end = end
    this.#window = window
  }

  /** Where the current batch starts; after the end: where the walk stopped. */
  get position(): number {
    return this.#next - this.#sizeInBytes
  }

  /** Size of the current batch. */
  get sizeInBytes(): number {
    return this.#sizeInBytes
  }

  /** Holds at least the header of the current batch, from {@link BatchScanner.at} on. Valid until the next step. */
  get buffer(): Buffer {
    return this.#window
  }

  get at(): number {
    return this.position - this.#windowStart
  }

  /** Goes to the next batch. With `whole` all of its bytes are in the buffer. False: there is none. */
  next(whole: boolean): boolean {
    this.#sizeInBytes = 0
    const position = this.#next
    if (position + batchHeaderBytes > this.#end || !this.#load(position, batchHeaderBytes)) return false
    const sizeInBytes = sizeInBytesOf(this.#window, position - this.#windowStart)
    if (sizeInBytes < batchLengthMin + batchPrefixBytes || position + sizeInBytes > this.#end) return false
    if (whole && !this.#load(position, sizeInBytes)) return false
    this.#sizeInBytes = sizeInBytes
    this.#next = position + sizeInBytes
    return true
  }

  #load(position: number, length: number): boolean {
    if (position >= this.#windowStart && position + length <= this.#windowStart + this.#windowBytes) return true
    if (length > this.#window.length) this.#window = Buffer.allocUnsafe(length)
    const wanted = Math.min(this.#window.length, this.#end - position)
    this.#windowStart = position
    this.#windowBytes = this.#file.read(this.#window, 0, wanted, position)
    return this.#windowBytes >= length
  }
}
