import type { Deferred } from '@streamwright/std'
import { assert, deferred } from '@streamwright/std'
import { bufferLowMark } from '../limits.ts'

/** Counts the bytes of records that wait or are on the way (`buffer.memory`), and lets those wait who want to add some. */
export class BufferMemory {
  readonly limitBytes: number
  usedBytes = 0
  #waiting: Deferred<void>[] = []

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get isFull(): boolean {
    return this.usedBytes >= this.limitBytes
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0
  }

  release(bytes: number): void {
    this.usedBytes -= bytes
    assert(this.usedBytes >= 0, 'No more bytes are released than were taken')
    if (this.#waiting.length === 0 || this.usedBytes > this.limitBytes * bufferLowMark) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const each of waiting) each.resolve()
  }

  /** Resolves when there is room again: at once unless it is full. Those who wait go on in the order in which they came. */
  drained(): Promise<void> {
    if (!this.isFull) return Promise.resolve()
    const waiting = deferred()
    this.#waiting.push(waiting)
    return waiting.promise
  }
}
