import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { crc32c } from '@streamwright/protocol'
import { frameHeadBytes } from './log-frame.ts'

/** How much is read of a file at once when it is gone through. */
const readAheadBytes = 1024 * 1024

/** A frame that was read, where it stood, and whether it ends its commit. Valid until the next read. */
export interface Frame {
  readonly bytes: Buffer
  readonly offset: number
  readonly isEnd: boolean
}

/** A file of frames that is appended to, and read at any place. */
export class FrameFile {
  readonly #path: string
  readonly #file: number
  #length: number
  #isSynced = false
  #ahead: Buffer = Buffer.alloc(0)
  #aheadFrom = 0

  constructor(path: string, flags: 'r+' | 'wx+' | 'w+') {
    this.#path = path
    this.#file = openSync(path, flags, 0o640)
    this.#length = fstatSync(this.#file).size
  }

  get length(): number {
    return this.#length
  }

  /** All of the bytes, or none: what a failed write has left is cut off again. */
  append(bytes: Buffer): void {
    let written = 0
    try {
      while (written < bytes.length) {
        written += writeSync(this.#file, bytes, written, bytes.length - written, this.#length + written)
      }
    } catch (error) {
      this.truncate(this.#length)
      throw error
    }
    this.#length += written
    this.#isSynced = false
  }

  truncate(length: number): void {
    ftruncateSync(this.#file, length)
    this.#length = length
    this.forgetAhead()
  }

  /** Bytes of their own. Fewer than asked for when the file ends before. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    let read = 0
    while (read < length) {
      const count = readSync(this.#file, bytes, read, length - read, offset + read)
      if (count === 0) break
      read += count
    }
    return read === length ? bytes : bytes.subarray(0, read)
  }

  /** The frame at an offset; undefined where none begins, or its checksum is wrong. */
  frameAt(offset: number): Frame | undefined {
    const head = this.#readAhead(offset, frameHeadBytes)
    if (head.length < frameHeadBytes) return undefined
    const length = frameHeadBytes + head.readUInt32LE(0)
    if (offset + length > this.#length) return undefined
    const bytes = this.#readAhead(offset, length)
    if (bytes.length < length || crc32c(bytes, 8) !== bytes.readUInt32LE(4)) return undefined
    return { bytes, offset, isEnd: bytes[8] === 1 }
  }

  /** Asks the system to bring the file to the disk; calls back when it is there, or at once if it is. */
  sync(synced: (error: Error | null) => void): void {
    if (this.#isSynced) {
      synced(null)
      return
    }
    const { length } = this
    fdatasync(this.#file, (error) => {
      if (error === null && this.#length === length) this.#isSynced = true
      synced(error)
    })
  }

  close(): void {
    closeSync(this.#file)
  }

  remove(): void {
    this.close()
    unlinkSync(this.#path)
  }

  /** Gives back what was read ahead. */
  forgetAhead(): void {
    this.#ahead = Buffer.alloc(0)
  }

  #readAhead(offset: number, length: number): Buffer {
    const from = offset - this.#aheadFrom
    if (from >= 0 && from + length <= this.#ahead.length) return this.#ahead.subarray(from, from + length)
    this.#ahead = this.read(offset, Math.min(Math.max(length, readAheadBytes), Math.max(this.#length - offset, 0)))
    this.#aheadFrom = offset
    return this.#ahead.subarray(0, length)
  }
}
