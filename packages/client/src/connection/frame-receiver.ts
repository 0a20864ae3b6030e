import type { ReusableMemory } from '@streamwright/std'
import { ProtocolError } from '@streamwright/protocol'
import { directReceiveBytesMin, receiveBufferBytes, responseBytesMax } from '../limits.ts'

const sizeBytes = 4
/** A response has a correlation id at least. */
const responseBytesMin = 4

/**
 * Cuts the bytes of a connection into responses. A socket reads into {@link nextBuffer}: most reads fill one buffer
 * that is used again and again, from which responses are copied; the rest of a large response is read straight into
 * its own memory. That is three times faster than `data` events, which allocate for every read.
 */
export class FrameReceiver {
  readonly #onFrame: (frame: Buffer) => void
  readonly #memory: ReusableMemory
  readonly #shared: Buffer = Buffer.allocUnsafeSlow(receiveBufferBytes)
  readonly #size: Buffer = Buffer.alloc(sizeBytes)
  #sizeFilled = 0
  #frame: Buffer | undefined
  #frameFilled = 0
  /** Whether the last buffer handed out was part of `#frame`. */
  #direct = false

  /** Large responses are read into `memory`, each into a piece of its own. */
  constructor(onFrame: (frame: Buffer) => void, memory: ReusableMemory) {
    this.#onFrame = onFrame
    this.#memory = memory
  }

  /** Where the next read of the socket should go. */
  nextBuffer(): Buffer {
    const frame = this.#frame
    this.#direct = frame !== undefined && frame.length - this.#frameFilled >= directReceiveBytesMin
    return this.#direct && frame !== undefined ? frame.subarray(this.#frameFilled) : this.#shared
  }

  /** `length` bytes were read into what {@link nextBuffer} returned. Throws {@link ProtocolError} for wrong sizes. */
  received(length: number): void {
    if (!this.#direct) return this.#take(this.#shared, length, false)
    this.#frameFilled += length
    this.#emitIfComplete()
  }

  /** Bytes from elsewhere, which nobody else will change. Throws {@link ProtocolError} for wrong sizes. */
  push(chunk: Buffer): void {
    this.#take(chunk, chunk.length, true)
  }

  #take(source: Buffer, end: number, owned: boolean): void {
    let at = 0
    while (at < end) {
      const frame = this.#frame
      if (frame === undefined) at = this.#beginFrame(source, at, end, owned)
      else {
        const length = Math.min(frame.length - this.#frameFilled, end - at)
        source.copy(frame, this.#frameFilled, at, at + length)
        this.#frameFilled += length
        at += length
        this.#emitIfComplete()
      }
    }
  }

  /** Reads the size; returns how far the source is used up. */
  #beginFrame(source: Buffer, at: number, end: number, owned: boolean): number {
    const sizeEnd = Math.min(end, at + sizeBytes - this.#sizeFilled)
    this.#sizeFilled += source.copy(this.#size, this.#sizeFilled, at, sizeEnd)
    if (this.#sizeFilled < sizeBytes) return sizeEnd
    this.#sizeFilled = 0
    const size = this.#size.readInt32BE()
    if (size < responseBytesMin || size > responseBytesMax || isTlsAlert(this.#size)) throw sizeError(this.#size, size)
    if (owned && end - sizeEnd >= size) {
      this.#onFrame(source.subarray(sizeEnd, sizeEnd + size))
      return sizeEnd + size
    }
    this.#frame = size >= directReceiveBytesMin ? this.#memory.allocate(size) : Buffer.allocUnsafe(size)
    this.#frameFilled = 0
    return sizeEnd
  }

  #emitIfComplete(): void {
    const frame = this.#frame
    if (frame === undefined || this.#frameFilled < frame.length) return
    this.#frame = undefined
    this.#onFrame(frame)
  }
}

/** A record of type 21, version 3: as a size 336 MiB, which no broker answers. */
function isTlsAlert(bytes: Buffer): boolean {
  return bytes[0] === 0x15 && bytes[1] === 0x03
}

function sizeError(bytes: Buffer, size: number): ProtocolError {
  if (bytes.toString('latin1') === 'HTTP') {
    return new ProtocolError('It answers in HTTP: this is the port of a web server, not of a Kafka broker')
  }
  if (isTlsAlert(bytes)) {
    return new ProtocolError('It answers with a TLS alert: this listener wants TLS; set security.protocol to SSL')
  }
  return new ProtocolError(
    `A response claims ${size} bytes, which cannot be (${responseBytesMin} to ${responseBytesMax} can): ` +
      'is this the port of a Kafka broker?',
    'FRAME_TOO_LARGE',
  )
}
