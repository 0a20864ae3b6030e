import type { ReusableMemory } from '@streamwright/std'
import { assert } from '@streamwright/std'

/**
 * The memory of one fetch response, which all its batches lie in: it is given back when each of them was released. A
 * batch that nobody releases, because it was dropped or is kept, keeps the whole of it.
 */
export class ResponseLease {
  readonly #memory: ReusableMemory
  readonly #bytes: ArrayBufferLike
  #batches = 0

  constructor(memory: ReusableMemory, bytes: ArrayBufferLike) {
    this.#memory = memory
    this.#bytes = bytes
  }

  /** So many more batches lie in it. */
  add(batches: number): void {
    this.#batches += batches
  }

  release(): void {
    assert(this.#batches > 0, 'A batch is released once')
    this.#batches -= 1
    if (this.#batches === 0) this.#memory.giveBack(this.#bytes)
  }
}
