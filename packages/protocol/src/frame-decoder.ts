import { ProtocolError } from './errors/protocol-error.ts'
import { frameBytesMaxDefault, framePieceBytesMin } from './limits.ts'

const sizeBytes = 4

/**
 * Cuts what arrives on a connection into frames. A frame that arrives in one piece is a view of that piece; one that
 * arrives in several is put together once, when its last byte is there. Memory is taken for bytes that have arrived,
 * never for bytes that were merely announced.
 */
export class FrameDecoder {
  readonly #frameBytesMax: number
  /** Pieces of the frame that is arriving, its size included; {@link #block} comes behind them. */
  #pieces: Buffer[] = []
  /** Where small pieces are collected, so that a frame that trickles in does not become an object per byte. */
  #block: Buffer | undefined
  #blockBytes = 0
  /** The bytes in `#pieces` and `#block`. */
  #pieceBytes = 0
  /** The bytes of the arriving frame with its size; 4 while that is not known yet. */
  #wanted: number = sizeBytes

  constructor(frameBytesMax: number = frameBytesMaxDefault) {
    this.#frameBytesMax = frameBytesMax
  }

  /** The bytes that wait for the rest of their frame. */
  get bufferedBytes(): number {
    return this.#pieceBytes
  }

  /**
   * Takes what arrived and returns the frames that are complete by now, without their sizes. They may be views of
   * `chunk`. Throws `ProtocolError` for a size that is negative (`MALFORMED_MESSAGE`) or above the limit
   * (`FRAME_TOO_LARGE`); the connection is of no use then.
   */
  push(chunk: Buffer): readonly Buffer[] {
    const frames: Buffer[] = []
    let rest = chunk
    while (this.#pieceBytes + rest.length >= this.#wanted) {
      if (this.#wanted === sizeBytes) {
        // The size itself may have come in pieces.
        rest = this.#joined(rest)
        this.#wanted = sizeBytes + this.#sizeOf(rest)
        if (rest.length < this.#wanted) break
      }
      const last = rest.subarray(0, this.#wanted - this.#pieceBytes)
      rest = rest.subarray(last.length)
      frames.push(this.#joined(last).subarray(sizeBytes))
      this.#wanted = sizeBytes
    }
    this.#keep(rest)
    return frames
  }

  #sizeOf(bytes: Buffer): number {
    const size = bytes.readInt32BE(0)
    checkFrameSize(size, this.#frameBytesMax)
    return size
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return
    this.#pieceBytes += piece.length
    if (piece.length >= framePieceBytesMin) {
      this.#endBlock()
      this.#pieces.push(piece)
      return
    }
    if (this.#block === undefined || this.#blockBytes + piece.length > this.#block.length) {
      this.#endBlock()
      this.#block = Buffer.allocUnsafeSlow(framePieceBytesMin)
    }
    this.#block.set(piece, this.#blockBytes)
    this.#blockBytes += piece.length
  }

  #endBlock(): void {
    if (this.#block !== undefined) this.#pieces.push(this.#block.subarray(0, this.#blockBytes))
    this.#block = undefined
    this.#blockBytes = 0
  }

  /** What waits, followed by `last`, in one buffer; nothing waits afterwards. */
  #joined(last: Buffer): Buffer {
    if (this.#pieceBytes === 0) return last
    this.#endBlock()
    const whole = Buffer.concat([...this.#pieces, last], this.#pieceBytes + last.length)
    this.#pieces = []
    this.#pieceBytes = 0
    return whole
  }
}

/** Throws `ProtocolError` for a size that is negative (`MALFORMED_MESSAGE`) or above the limit (`FRAME_TOO_LARGE`). */
export function checkFrameSize(size: number, frameBytesMax: number): void {
  if (size < 0) throw new ProtocolError(`A frame of ${size} bytes: this is not Kafka's protocol`)
  if (size <= frameBytesMax) return
  throw new ProtocolError(`A frame of ${size} bytes is above the limit of ${frameBytesMax}`, 'FRAME_TOO_LARGE')
}
