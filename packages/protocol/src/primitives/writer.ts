import { assert, utf8Write } from '@streamwright/std'
import type { UnknownTag } from '../api.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { externalChunkBytesMin, stringBytesMax, writerChunkBytesMax, writerChunkBytesMin } from '../limits.ts'
import { encodeUuid } from '../uuid.ts'
import { inTagOrder } from './tags.ts'

/** Short strings are written character by character, which is faster than a call into the runtime up to here. */
const shortStringLengthMax = 12

/**
 * Writes the protocol's types into chunks. Large bytes are not copied: they become chunks of their own, so they must
 * not change until the chunks are sent. A number that does not fit its type is a bug of the caller (assertion).
 */
export class Writer {
  #buffer: Buffer
  #view: DataView
  #capacity: number
  /** Where the chunk in `#buffer` that is not in `#chunks` yet begins. */
  #start = 0
  #offset = 0
  readonly #chunks: Uint8Array[] = []
  #chunkBytes = 0

  /** `capacity`: how many bytes are expected, not counting large ones. */
  constructor(capacity: number = writerChunkBytesMin) {
    this.#capacity = capacity
    this.#buffer = Buffer.allocUnsafe(capacity)
    this.#view = viewOf(this.#buffer)
  }

  /** The number of bytes written so far. */
  get length(): number {
    return this.#chunkBytes + this.#offset - this.#start
  }

  /** All bytes, as chunks for one gathering write. The writer may go on afterwards. */
  finish(): readonly Uint8Array[] {
    this.#endChunk()
    return this.#chunks
  }

  /** All bytes in one buffer; a copy when they are in several chunks. */
  toBuffer(): Buffer {
    this.#endChunk()
    const [only] = this.#chunks
    if (only === undefined) return Buffer.alloc(0)
    if (this.#chunks.length === 1 && Buffer.isBuffer(only)) return only
    return Buffer.concat(this.#chunks)
  }

  int8(value: number): void {
    assert((value << 24) >> 24 === value, 'An int8 is between -2^7 and 2^7 - 1')
    this.#byte(value & 0xff)
  }

  bool(value: boolean): void {
    this.#byte(value ? 1 : 0)
  }

  int16(value: number): void {
    assert((value << 16) >> 16 === value, 'An int16 is between -2^15 and 2^15 - 1')
    const offset = this.#reserve(2)
    this.#view.setInt16(offset, value)
  }

  uint16(value: number): void {
    assert((value & 0xffff) === value, 'A uint16 is between 0 and 2^16 - 1')
    const offset = this.#reserve(2)
    this.#view.setUint16(offset, value)
  }

  int32(value: number): void {
    assert((value | 0) === value, 'An int32 is between -2^31 and 2^31 - 1')
    const offset = this.#reserve(4)
    this.#view.setInt32(offset, value)
  }

  uint32(value: number): void {
    assert(value >>> 0 === value, 'A uint32 is between 0 and 2^32 - 1')
    const offset = this.#reserve(4)
    this.#view.setUint32(offset, value)
  }

  int64(value: bigint): void {
    assert(BigInt.asIntN(64, value) === value, 'An int64 is between -2^63 and 2^63 - 1')
    const offset = this.#reserve(8)
    this.#view.setBigInt64(offset, value)
  }

  float64(value: number): void {
    const offset = this.#reserve(8)
    this.#view.setFloat64(offset, value)
  }

  /** From Kafka's text form. */
  uuid(value: string): void {
    const offset = this.#reserve(16)
    encodeUuid(value, this.#buffer, offset)
  }

  /** A 32-bit number; a negative one as its unsigned pattern, in 5 bytes. */
  uvarint(value: number): void {
    assert((value | 0) === value || value >>> 0 === value, 'A varint has 32 bits')
    let rest = value >>> 0
    while (rest >= 0x80) {
      this.#byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.#byte(rest)
  }

  /** A signed 32-bit number in zigzag form. */
  varint(value: number): void {
    assert((value | 0) === value, 'A varint is between -2^31 and 2^31 - 1')
    this.uvarint((value << 1) ^ (value >> 31))
  }

  /** A signed 64-bit number in zigzag form. */
  varlong(value: bigint): void {
    assert(BigInt.asIntN(64, value) === value, 'A varlong is between -2^63 and 2^63 - 1')
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
    while (rest > 0x7fn) {
      this.#byte(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    }
    this.#byte(Number(rest))
  }

  string(value: string): void {
    const length = byteLengthOf(value)
    this.int16(length)
    this.#text(value, length)
  }

  nullableString(value: string | null): void {
    if (value === null) this.int16(-1)
    else this.string(value)
  }

  compactString(value: string): void {
    const length = byteLengthOf(value)
    this.uvarint(length + 1)
    this.#text(value, length)
  }

  compactNullableString(value: string | null): void {
    if (value === null) this.#byte(0)
    else this.compactString(value)
  }

  bytes(value: Uint8Array): void {
    this.int32(value.length)
    this.raw(value)
  }

  nullableBytes(value: Uint8Array | null): void {
    if (value === null) this.int32(-1)
    else this.bytes(value)
  }

  compactBytes(value: Uint8Array): void {
    this.uvarint(value.length + 1)
    this.raw(value)
  }

  compactNullableBytes(value: Uint8Array | null): void {
    if (value === null) this.#byte(0)
    else this.compactBytes(value)
  }

  /** Bytes as they are, without a length. */
  raw(value: Uint8Array): void {
    if (value.length === 0) return
    if (value.length < externalChunkBytesMin) {
      const offset = this.#reserve(value.length)
      this.#buffer.set(value, offset)
      return
    }
    this.#endChunk()
    this.#chunks.push(value)
    this.#chunkBytes += value.length
  }

  /** The number of elements of an array, −1 for null; the elements follow. */
  arrayLength(count: number): void {
    this.int32(count)
  }

  compactArrayLength(count: number): void {
    this.uvarint(count + 1)
  }

  /** Elements without a length before them; here and below. */
  int8Array(values: readonly number[]): void {
    for (const value of values) this.int8(value)
  }

  int16Array(values: readonly number[]): void {
    for (const value of values) this.int16(value)
  }

  int32Array(values: readonly number[]): void {
    for (const value of values) this.int32(value)
  }

  int64Array(values: readonly bigint[]): void {
    for (const value of values) this.int64(value)
  }

  uuidArray(values: readonly string[]): void {
    for (const value of values) this.uuid(value)
  }

  stringArray(values: readonly string[]): void {
    for (const value of values) this.string(value)
  }

  compactStringArray(values: readonly string[]): void {
    for (const value of values) this.compactString(value)
  }

  /** The mark before a nullable struct. */
  structPresent(present: boolean): void {
    this.int8(present ? 1 : -1)
  }

  /** The mark before a nullable struct in a tagged field. */
  taggedStructPresent(present: boolean): void {
    this.uvarint(present ? 1 : 0)
  }

  /** What stands before the value of a tagged field. */
  tag(tag: number, sizeInBytes: number): void {
    this.uvarint(tag)
    this.uvarint(sizeInBytes)
  }

  /** A tagged field whose size is known only when it is written. */
  tagWith(tag: number, write: (writer: Writer) => void): void {
    const inner = new Writer()
    write(inner)
    this.tag(tag, inner.length)
    for (const chunk of inner.finish()) this.raw(chunk)
  }

  /** The tagged fields of a struct that has none of its own in this version. */
  unknownTags(tags: readonly UnknownTag[] | undefined): void {
    if (tags === undefined || tags.length === 0) {
      this.#byte(0)
      return
    }
    this.uvarint(tags.length)
    this.tagsFrom(inTagOrder(tags), 0)
  }

  /** Writes the unknown tags from index `from` on that come before the known `tag`, and returns the next index. */
  tagsBefore(tag: number, tags: readonly UnknownTag[], from: number): number {
    let index = from
    for (let unknown = tags[index]; unknown !== undefined && unknown.tag <= tag; unknown = tags[++index]) {
      if (unknown.tag === tag) {
        throw new ProtocolError(
          `Tag ${tag} is a known field and cannot be given as an unknown one`,
          'UNSUPPORTED_FIELD',
        )
      }
      this.#unknownTag(unknown)
    }
    return index
  }

  /** Writes the unknown tags from index `from` on. */
  tagsFrom(tags: readonly UnknownTag[], from: number): void {
    for (let index = from; index < tags.length; index++) this.#unknownTag(tags[index] as UnknownTag)
  }

  #unknownTag(unknown: UnknownTag): void {
    this.tag(unknown.tag, unknown.data.length)
    this.raw(unknown.data)
  }

  #byte(value: number): void {
    const offset = this.#reserve(1)
    this.#buffer[offset] = value
  }

  #text(value: string, length: number): void {
    const offset = this.#reserve(length)
    const buffer = this.#buffer
    if (length !== value.length || length > shortStringLengthMax) {
      utf8Write(buffer, value, offset)
      return
    }
    for (let index = 0; index < length; index++) buffer[offset + index] = value.charCodeAt(index)
  }

  /** Makes room and returns where it begins. Only then `#buffer` and `#view` are the right ones. */
  #reserve(length: number): number {
    const offset = this.#offset
    if (offset + length > this.#capacity) return this.#reserveInNextChunk(length)
    this.#offset = offset + length
    return offset
  }

  #reserveInNextChunk(length: number): number {
    this.#endChunk()
    const doubled = Math.min(Math.max(this.#capacity * 2, writerChunkBytesMin), writerChunkBytesMax)
    this.#capacity = Math.max(doubled, length)
    this.#buffer = Buffer.allocUnsafe(this.#capacity)
    this.#view = viewOf(this.#buffer)
    this.#start = 0
    this.#offset = length
    return 0
  }

  #endChunk(): void {
    if (this.#offset === this.#start) return
    this.#chunks.push(this.#buffer.subarray(this.#start, this.#offset))
    this.#chunkBytes += this.#offset - this.#start
    this.#start = this.#offset
  }
}

function byteLengthOf(value: string): number {
  const length = value.length <= shortStringLengthMax && isAscii(value) ? value.length : Buffer.byteLength(value)
  if (length > stringBytesMax) {
    throw new ProtocolError(`A string of ${length} bytes cannot be sent: ${stringBytesMax} is the limit`)
  }
  return length
}

function isAscii(value: string): boolean {
  for (let index = 0; index < value.length; index++) if (value.charCodeAt(index) >= 0x80) return false
  return true
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
