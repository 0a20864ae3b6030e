import type { Duplex } from 'node:stream'
import { checkFrameSize, FrameReceiver } from '@streamwright/protocol'
import { asError, assert } from '@streamwright/std'
import type { Clock, Log, ReusableMemory, Timer, Timers } from '@streamwright/std'
import type { Endpoint } from '../handlers/handler.ts'
import {
  announcedRequestBytesMax,
  requestsInFlightPerConnectionMax,
  responseBytesQueuedPerConnectionMax,
  sentMemoryBytesMin,
} from '../limits.ts'
import type { KafkaPrincipal } from '../security/principal.ts'
import { anonymous } from '../security/principal.ts'
import type { SaslAuthentication } from '../security/sasl/sasl-authentication.ts'
import type { ConnectionMemory } from './connection-memory.ts'
import { isSocket, readInto } from './socket-reads.ts'

/** The answer to a request: bytes to send, nothing to send, or an end to the connection. */
export type Answer = readonly Uint8Array[] | 'nothing' | 'close'

/** What becomes of the frames of a connection. */
export interface FrameHandler {
  /** What must be loaded, or come to its end, before the frame can be handled; `undefined` when it can be. */
  prepare(frame: Buffer, connection: Connection): Promise<unknown> | undefined
  /** Never throws or rejects. */
  handle(frame: Buffer, connection: Connection): Answer | Promise<Answer>
}

export interface ConnectionOptions {
  readonly stream: Duplex
  readonly clientHost: string
  readonly advertised: Endpoint
  readonly isForControllers: boolean
  readonly requestBytesMax: number
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly frameHandler: FrameHandler
  /** How the connection finds out whom it speaks for; undefined where that is known, or nobody asks. */
  readonly authenticate?: ((connection: Connection) => SaslAuthentication) | undefined
  /** Takes the memory of what has gone to the system; undefined where the other end reads it in place. */
  readonly sentMemory: ReusableMemory | undefined
  /** Where large requests lie. */
  readonly receivedMemory: ReusableMemory
  /** What all connections hold. */
  readonly memory: ConnectionMemory
  readonly onClosed: (connection: Connection) => void
}

/** A request's place in the order of answers. */
interface Slot {
  readonly requestBytes: number
  answer: Answer | undefined
}

/**
 * One client. Requests are started in the order they come, run side by side, and are answered in order. Nothing new is
 * started, and then nothing read, while too many are under way or the client does not read its answers.
 */
export class Connection {
  readonly clientHost: string
  readonly advertised: Endpoint
  /** Whom it speaks for, until it says who it is. */
  principal: KafkaPrincipal = anonymous
  readonly isForControllers: boolean
  readonly authentication: SaslAuthentication | undefined
  readonly #options: ConnectionOptions
  readonly #stream: Duplex
  readonly #receivedMemory: ReusableMemory
  readonly #receiver: FrameReceiver
  readonly #frames: Buffer[] = []
  readonly #slots: Slot[] = []
  readonly #disconnectListeners = new Set<() => void>()
  /** Answers that wait for earlier ones. */
  #waitingAnswerBytes = 0
  /** Requests that wait or are under way. */
  #requestBytes = 0
  /** Of {@link heldBytes}, what the memory of all knows. */
  #accountedBytes = 0
  #isPreparing = false
  #silence: Timer | undefined
  #silentUntilMs = -Infinity
  #isCorked = false
  #isClosed = false
  #isClosing = false
  #lastActiveMs: number

  constructor(options: ConnectionOptions) {
    this.clientHost = options.clientHost
    this.advertised = options.advertised
    this.isForControllers = options.isForControllers
    this.#options = options
    this.#receivedMemory = options.receivedMemory
    this.#lastActiveMs = options.clock.monotonicMs()
    this.authentication = options.authenticate?.(this)
    const receiver = new FrameReceiver({
      onFrame: (frame) => {
        this.#requestBytes += frame.length
        this.#frames.push(frame)
      },
      memory: options.receivedMemory,
      checkSize: (size) => checkFrameSize(size, this.#requestBytesMax),
      announcedBytesMax: announcedRequestBytesMax,
    })
    this.#receiver = receiver
    const { stream } = options
    if (isSocket(stream)) {
      const received = (length: number): void => this.#receive(() => receiver.received(length))
      this.#stream = readInto(stream, () => receiver.nextBuffer(), received)
    } else {
      this.#stream = stream
      stream.on('data', (chunk: Buffer) => this.#receive(() => receiver.push(chunk)))
    }
    this.#stream.on('drain', () => {
      this.#pump()
      this.#account()
    })
    this.#stream.on('error', (error) => this.#failed('The connection broke', error))
    this.#stream.on('end', () => this.destroy())
    this.#stream.on('close', () => this.#closed())
  }

  /** A moment by the monotonic clock; a connection that has a request under way is never idle. */
  isIdleSince(moment: number): boolean {
    return this.#slots.length === 0 && this.#lastActiveMs < moment
  }

  /** What it takes of the broker's memory: requests until they are answered, answers until the client reads them. */
  get heldBytes(): number {
    const { writableLength, writableHighWaterMark } = this.#stream
    // Nobody says when the last few kilobytes have gone.
    const unsentBytes = writableLength <= writableHighWaterMark ? 0 : writableLength
    return this.#receiver.bufferedBytes + this.#requestBytes + this.#waitingAnswerBytes + unsentBytes
  }

  get #unreadBytes(): number {
    return this.#stream.writableLength + this.#waitingAnswerBytes
  }

  onDisconnect(listener: () => void): () => void {
    this.#disconnectListeners.add(listener)
    return () => void this.#disconnectListeners.delete(listener)
  }

  /** Starts no requests, and reads none, for this time: the client was told to be silent. */
  silence(durationMs: number): void {
    const { clock, timers } = this.#options
    const untilMs = clock.monotonicMs() + durationMs
    if (this.#isClosed || untilMs <= this.#silentUntilMs) return
    this.#silentUntilMs = untilMs
    this.#silence?.cancel()
    this.#silence = timers.after(durationMs, () => {
      this.#silence = undefined
      this.#pump()
    })
  }

  /** Nobody refers to the bytes of a request any more. */
  release(frame: Buffer): void {
    this.#receivedMemory.giveBack(frame.buffer)
  }

  /** Starts no more requests, sends what is answered, then ends. */
  closeGracefully(): void {
    this.#isClosing = true
    this.#frames.length = 0
    this.#flush()
  }

  destroy(): void {
    this.#stream.destroy()
    this.#closed()
  }

  get #requestBytesMax(): number {
    const { requestBytesMax } = this.#options
    return this.authentication === undefined
      ? requestBytesMax
      : Math.min(requestBytesMax, this.authentication.requestBytesMax)
  }

  #receive(take: () => void): void {
    if (this.#isClosed || this.#isClosing) return
    this.#lastActiveMs = this.#options.clock.monotonicMs()
    try {
      take()
    } catch (error) {
      return this.#failed('A client sent what is no request; its connection is closed', error)
    }
    this.#pump()
    this.#account()
  }

  #account(): void {
    const bytes = this.#isClosed ? 0 : this.heldBytes
    const change = bytes - this.#accountedBytes
    this.#accountedBytes = bytes
    if (change !== 0) this.#options.memory.change(change)
  }

  #pump(): void {
    while (this.#canStart()) {
      const frame = this.#frames[0]
      if (frame === undefined) break
      const preparation = this.#options.frameHandler.prepare(frame, this)
      if (preparation !== undefined) {
        this.#prepare(preparation)
        break
      }
      this.#frames.shift()
      this.#start(frame)
    }
    if (this.#isClosed) return
    if (this.#frames.length > 0 || this.#silence !== undefined) this.#stream.pause()
    else if (this.#stream.isPaused()) this.#stream.resume()
  }

  #canStart(): boolean {
    const unreadBytesMax = this.#options.memory.isTight ? 1 : responseBytesQueuedPerConnectionMax
    return (
      !this.#isPreparing &&
      this.#silence === undefined &&
      !this.#isClosed &&
      !this.#isClosing &&
      this.#slots.length < requestsInFlightPerConnectionMax &&
      this.#unreadBytes < unreadBytesMax
    )
  }

  /** Later requests wait, too: loading code must not change the order in which requests are started. */
  #prepare(preparation: Promise<unknown>): void {
    this.#isPreparing = true
    const done = (): void => {
      this.#isPreparing = false
      this.#pump()
    }
    preparation.then(done, (error: unknown) => {
      this.#failed('The code of an API could not be loaded', error)
    })
  }

  #start(frame: Buffer): void {
    const slot: Slot = { requestBytes: frame.length, answer: undefined }
    this.#slots.push(slot)
    const answer = this.#options.frameHandler.handle(frame, this)
    if (answer instanceof Promise) {
      void answer.then((later) => {
        this.#answered(slot, later)
        this.#pump()
      })
    } else this.#answered(slot, answer)
  }

  #answered(slot: Slot, answer: Answer): void {
    if (this.#isClosed) return
    assert(slot.answer === undefined, 'A request is answered once')
    slot.answer = answer
    this.#requestBytes -= slot.requestBytes
    if (typeof answer !== 'string' && slot !== this.#slots[0]) this.#waitingAnswerBytes += sizeOf(answer)
    else this.#flush()
    this.#account()
  }

  /** Sends all answers that are next in order. */
  #flush(): void {
    for (let first = true; ; first = false) {
      const answer = this.#slots[0]?.answer
      if (answer === undefined || this.#isClosed) break
      this.#slots.shift()
      if (answer === 'close') return this.destroy()
      if (answer === 'nothing') continue
      if (!first) this.#waitingAnswerBytes = Math.max(0, this.#waitingAnswerBytes - sizeOf(answer))
      this.#write(answer)
    }
    if (this.#isClosing && this.#slots.length === 0 && !this.#isClosed) this.#stream.end()
  }

  /** Answers that are ready in the same turn leave in one system call. */
  #write(chunks: readonly Uint8Array[]): void {
    if (!this.#isCorked) {
      this.#isCorked = true
      this.#stream.cork()
      queueMicrotask(() => {
        this.#isCorked = false
        this.#stream.uncork()
      })
    }
    const { sentMemory } = this.#options
    for (const chunk of chunks) {
      if (sentMemory === undefined || chunk.length < sentMemoryBytesMin) this.#stream.write(chunk)
      else this.#stream.write(chunk, () => sentMemory.giveBack(chunk.buffer))
    }
  }

  #failed(message: string, error: unknown): void {
    if (this.#isClosed) return
    const { code } = error as NodeJS.ErrnoException
    const isUsual = code === 'ECONNRESET' || code === 'EPIPE'
    this.#options.log[isUsual ? 'debug' : 'warn'](message, { client: this.clientHost, error: asError(error) })
    this.destroy()
  }

  #closed(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#silence?.cancel()
    this.#frames.length = 0
    this.#slots.length = 0
    this.authentication?.close()
    this.#account()
    for (const listener of this.#disconnectListeners) listener()
    this.#disconnectListeners.clear()
    this.#options.onClosed(this)
  }
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  let size = 0
  for (const chunk of chunks) size += chunk.length
  return size
}
