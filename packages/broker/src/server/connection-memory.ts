import { assert } from '@streamwright/std'

/**
 * What the connections hold together: requests that arrive, wait or are under way, and answers that their clients have
 * not read. Each connection has limits of its own, which thousands of clients could fill at once. From half of the
 * limit on, a client whose answers wait gets no more work done; beyond the limit somebody has to go.
 */
export class ConnectionMemory {
  readonly #limitBytes: number
  readonly #onFull: () => void
  #heldBytes = 0

  /** `onFull`: closes the connection that holds most. */
  constructor(limitBytes: number, onFull: () => void) {
    assert(limitBytes > 0, 'Connections may hold something')
    this.#limitBytes = limitBytes
    this.#onFull = onFull
  }

  get limitBytes(): number {
    return this.#limitBytes
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  get isTight(): boolean {
    return this.#heldBytes > this.#limitBytes / 2
  }

  /** A connection holds so much more, or less. */
  change(bytes: number): void {
    this.#heldBytes += bytes
    assert(this.#heldBytes >= 0, 'Connections give back what they took')
    if (bytes > 0 && this.#heldBytes > this.#limitBytes) this.#onFull()
  }
}
