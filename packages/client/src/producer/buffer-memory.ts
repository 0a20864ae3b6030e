import type { Deferred, Environment } from '@streamwright/std'
import { within } from '../cluster/retry.ts'
import { OperationTimeoutError } from '../errors.ts'
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

  /** As {@link drained}, for one who then adds a record. Rejects with `BUFFER_EXHAUSTED` after `maxBlockMs`. */
  async room(environment: Environment, maxBlockMs: number): Promise<void> {
    const deadlineMs = environment.clock.monotonicMs() + maxBlockMs
    do {
      const remainingMs = Math.max(0, deadlineMs - environment.clock.monotonicMs())
      await within(environment, remainingMs, 'Waiting for room in the buffer', this.drained()).catch(() => {
        throw new OperationTimeoutError(
          `The buffer had no room within ${maxBlockMs} ms (max.block.ms): records come faster than the brokers take ` +
            'them. Send fewer at a time, or raise buffer.memory',
          undefined,
          'BUFFER_EXHAUSTED',
        )
      })
    } while (this.isFull)
  }
}
