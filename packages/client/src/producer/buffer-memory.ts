import type { Deferred, Environment } from '@streamwright/std'
import { within } from '../cluster/retry.ts'
import { OperationTimeoutError } from '../errors.ts'
import { assert, deferred } from '@streamwright/std'
import { bufferLowMark } from '../limits.ts'

interface Turn {
  readonly granted: Deferred<void>
  isGivenUp: boolean
}

/** Counts the bytes of records that wait or are on the way (`buffer.memory`), and lets those wait who want to add some. */
export class BufferMemory {
  readonly limitBytes: number
  usedBytes = 0
  #draining: Deferred<void>[] = []
  /** Who wants to add a record, in the order in which they came; before the first those who had their turn. */
  #queue: Turn[] = []
  #first = 0
  #waiting = 0
  /** The first of them may, and has not yet. */
  #isTurnTaken = false

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  get isFull(): boolean {
    return this.usedBytes >= this.limitBytes
  }

  /** Somebody is to add a record before anyone who comes now. */
  get hasWaiting(): boolean {
    return this.#isTurnTaken || this.#waiting > 0
  }

  release(bytes: number): void {
    this.usedBytes -= bytes
    assert(this.usedBytes >= 0, 'No more bytes are released than were taken')
    if (this.usedBytes > this.limitBytes * bufferLowMark) return
    if (this.#draining.length > 0) {
      const draining = this.#draining
      this.#draining = []
      for (const each of draining) each.resolve()
    }
    this.#admit()
  }

  /** Resolves when there is room again: at once unless it is full. */
  drained(): Promise<void> {
    if (!this.isFull) return Promise.resolve()
    const waiting = deferred()
    this.#draining.push(waiting)
    return waiting.promise
  }

  /**
   * Resolves when the caller may add a record, one after the other in the order in which they came: who is let go adds
   * it at once and then calls {@link tookRoom}. If all went together, a thousand that wait would fill the buffer a
   * thousand times. Rejects with `BUFFER_EXHAUSTED` after `maxBlockMs`.
   */
  async room(environment: Environment, maxBlockMs: number): Promise<void> {
    const turn: Turn = { granted: deferred(), isGivenUp: false }
    this.#queue.push(turn)
    this.#waiting += 1
    this.#admit()
    await within(environment, maxBlockMs, 'Waiting for room in the buffer', turn.granted.promise).catch(() => {
      turn.isGivenUp = true
      this.#waiting -= 1
      throw new OperationTimeoutError(
        `The buffer had no room within ${maxBlockMs} ms (max.block.ms): records come faster than the brokers take ` +
          'them. Send fewer at a time, or raise buffer.memory',
        undefined,
        'BUFFER_EXHAUSTED',
      )
    })
  }

  /** Who had a turn has added a record, or has not: it is the next one's. */
  tookRoom(): void {
    this.#isTurnTaken = false
    this.#admit()
  }

  #admit(): void {
    if (this.#isTurnTaken || this.isFull) return
    const next = this.#next()
    if (next === undefined) return
    this.#waiting -= 1
    this.#isTurnTaken = true
    next.granted.resolve()
  }

  /** To shift an array moves all that is behind: with 100 000 waiting, half a minute. */
  #next(): Turn | undefined {
    while (this.#first < this.#queue.length) {
      const turn = this.#queue[this.#first]
      this.#first += 1
      if (this.#first * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#first)
        this.#first = 0
      }
      if (turn?.isGivenUp === false) return turn
    }
    return undefined
  }
}
