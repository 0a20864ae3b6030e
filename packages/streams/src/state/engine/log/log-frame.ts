import { crc32c } from '@streamwright/protocol'
import { copyBytes } from '../../rows/copy-bytes.ts'
import type { RowArena } from '../../rows/row-arena.ts'

/**
 * What is appended to the log, as frames of a file. A commit is one or more frames, the last of which says so:
 *
 *     frame:  bodyLength u32 · crc32c u32 of all that follows · isEnd u8 · 3 × 0 | entry*
 *     put:      1 · store u16 · keyLength u32 · valueLength u32 · key · value
 *     delete:   2 · store u16 · keyLength u32 · key
 *     wipe:     3 · store u16                          all of one store, and its position
 *     define:   4 · store u16 · nameLength u16 · name  the number by which entries call a store
 *     position: 5 · store u16 · position f64
 *     input:    6 · store u16 · length u32 · text       how far the store has come in its input
 */
export const frameHeadBytes = 12
export const putHeadBytes = 11
const deleteHeadBytes = 7

export const entryKinds = { put: 1, delete: 2, wipe: 3, define: 4, position: 5, input: 6 } as const

const initialBytes = 64 * 1024

/** A buffer that has grown beyond this for one large frame is given back. */
const keptBytes = 4 * 1024 * 1024

/** Bytes that a record takes in the log. */
export function recordBytes(keyLength: number, valueLength: number): number {
  return putHeadBytes + keyLength + valueLength
}

/** Builds frames in one buffer, which is used again. */
export class FrameWriter {
  #bytes = Buffer.allocUnsafe(initialBytes)
  #end = frameHeadBytes

  /** Of the frame so far, its head included: where the next entry will begin. */
  get length(): number {
    return this.#end
  }

  put(store: number, key: Uint8Array, value: Uint8Array): void {
    const at = this.#entry(entryKinds.put, store, putHeadBytes + key.length + value.length)
    this.#bytes.writeUInt32LE(key.length, at + 3)
    this.#bytes.writeUInt32LE(value.length, at + 7)
    this.#bytes.set(key, at + putHeadBytes)
    this.#bytes.set(value, at + putHeadBytes + key.length)
  }

  /** As {@link put}: key and value stand one behind the other in a row, too. */
  putRow(store: number, arena: RowArena, row: number): void {
    const keyLength = arena.keyLength(row)
    const valueLength = arena.valueLength(row)
    const at = this.#entry(entryKinds.put, store, putHeadBytes + keyLength + valueLength)
    this.#bytes.writeUInt32LE(keyLength, at + 3)
    this.#bytes.writeUInt32LE(valueLength, at + 7)
    copyBytes(arena.memory(row), arena.keyStart(row), this.#bytes, at + putHeadBytes, keyLength + valueLength)
  }

  delete(store: number, key: Uint8Array): void {
    const at = this.#entry(entryKinds.delete, store, deleteHeadBytes + key.length)
    this.#bytes.writeUInt32LE(key.length, at + 3)
    this.#bytes.set(key, at + deleteHeadBytes)
  }

  wipe(store: number): void {
    this.#entry(entryKinds.wipe, store, 3)
  }

  define(store: number, name: string): void {
    const bytes = Buffer.from(name)
    const at = this.#entry(entryKinds.define, store, 5 + bytes.length)
    this.#bytes.writeUInt16LE(bytes.length, at + 3)
    this.#bytes.set(bytes, at + 5)
  }

  position(store: number, position: number): void {
    const at = this.#entry(entryKinds.position, store, 11)
    this.#bytes.writeDoubleLE(position, at + 3)
  }

  input(store: number, text: string): void {
    const bytes = Buffer.from(text)
    const at = this.#entry(entryKinds.input, store, 7 + bytes.length)
    this.#bytes.writeUInt32LE(bytes.length, at + 3)
    this.#bytes.set(bytes, at + 7)
  }

  /** An entry as it stands in another frame. */
  copy(entry: Uint8Array): void {
    const at = this.#reserve(entry.length)
    this.#bytes.set(entry, at)
  }

  /** The finished frame, valid until the next entry; the writer begins a new one. */
  finish(isEnd: boolean): Buffer {
    const frame = this.#bytes.subarray(0, this.#end)
    frame.writeUInt32LE(this.#end - frameHeadBytes, 0)
    frame.writeUInt32LE(isEnd ? 1 : 0, 8)
    frame.writeUInt32LE(crc32c(frame, 8), 4)
    this.reset()
    return frame
  }

  /** Forgets the entries of an unfinished frame. */
  reset(): void {
    this.#end = frameHeadBytes
    if (this.#bytes.length > keptBytes) this.#bytes = Buffer.allocUnsafe(initialBytes)
  }

  #entry(kind: number, store: number, bytes: number): number {
    const at = this.#reserve(bytes)
    this.#bytes[at] = kind
    this.#bytes.writeUInt16LE(store, at + 1)
    return at
  }

  #reserve(bytes: number): number {
    const at = this.#end
    const end = at + bytes
    if (end > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(end, this.#bytes.length * 2))
      grown.set(this.#bytes.subarray(0, at))
      this.#bytes = grown
    }
    this.#end = end
    return at
  }
}

/** What the entries of a frame are told to. Keys are views of the frame; `at` is where the entry begins in it. */
export interface EntryHandler {
  put(store: number, key: Buffer, valueLength: number, at: number): void
  delete(store: number, key: Buffer): void
  wipe(store: number): void
  define(store: number, name: string): void
  position(store: number, position: number): void
  input(store: number, text: string): void
}

/** Goes through the entries of a frame whose checksum is right, from its head on. */
export function readEntries(frame: Buffer, handler: EntryHandler): void {
  let at = frameHeadBytes
  while (at < frame.length) {
    const kind = frame[at]
    const store = frame.readUInt16LE(at + 1)
    if (kind === entryKinds.put) {
      const keyEnd = at + putHeadBytes + frame.readUInt32LE(at + 3)
      const valueLength = frame.readUInt32LE(at + 7)
      handler.put(store, frame.subarray(at + putHeadBytes, keyEnd), valueLength, at)
      at = keyEnd + valueLength
    } else if (kind === entryKinds.delete) {
      const keyEnd = at + deleteHeadBytes + frame.readUInt32LE(at + 3)
      handler.delete(store, frame.subarray(at + deleteHeadBytes, keyEnd))
      at = keyEnd
    } else if (kind === entryKinds.wipe) {
      handler.wipe(store)
      at += 3
    } else if (kind === entryKinds.define) {
      const nameEnd = at + 5 + frame.readUInt16LE(at + 3)
      handler.define(store, frame.toString('utf8', at + 5, nameEnd))
      at = nameEnd
    } else if (kind === entryKinds.input) {
      const textEnd = at + 7 + frame.readUInt32LE(at + 3)
      handler.input(store, frame.toString('utf8', at + 7, textEnd))
      at = textEnd
    } else {
      handler.position(store, frame.readDoubleLE(at + 3))
      at += 11
    }
  }
}
