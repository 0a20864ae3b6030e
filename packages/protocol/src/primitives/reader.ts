import { assert, utf8Slice } from '@streamwright/std'
import { ProtocolError } from '../errors/protocol-error.ts'
import { messageElementsMax, stringBytesMax } from '../limits.ts'
import type { UnknownTag } from '../api.ts'
import { zeroUuid } from '../uuid.ts'

/** What all empty views are: an object for each would be wasted. */
const noBytes: Buffer = Buffer.alloc(0)

/** Short strings are put together from character codes, which is faster than a call into the runtime up to here. */
const shortStringBytesMax = 6

/**
 * Reads the protocol's types from a buffer, from `start` up to `end`, and never beyond. What does not fit, is null
 * where it must not be or cannot be right throws {@link ProtocolError}; nothing is allocated for a length before it is
 * known that so many bytes are there.
 *
 * Bytes are views of the buffer, not copies.
 */
export class Reader {
  readonly buffer: Buffer
  readonly #view: DataView
  readonly #end: number
  #offset: number
  /** Array elements and unknown tags promised so far. */
  #elements = 0

  constructor(buffer: Buffer, start = 0, end: number = buffer.length) {
    if (start < 0 || start > end || end > buffer.length) {
      throw new RangeError(`A reader from ${start} to ${end} does not fit into ${buffer.length} bytes`)
    }
    this.buffer = buffer
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    this.#offset = start
    this.#end = end
  }

  /** Where the next byte is read, counted from the begin of the buffer. */
  get offset(): number {
    return this.#offset
  }

  /** The number of bytes not read yet. */
  get remaining(): number {
    return this.#end - this.#offset
  }

  /** Passes over `length` bytes and returns where they begin. */
  skip(length: number): number {
    const start = this.#offset
    if (length < 0 || length > this.#end - start) throw this.#outOfBytes(length)
    this.#offset = start + length
    return start
  }

  /** Goes back to an offset that was read before. */
  rewind(offset: number): void {
    assert(offset >= 0 && offset <= this.#offset, 'A reader goes back to where it was')
    this.#offset = offset
  }

  int8(): number {
    return (this.#byte() << 24) >> 24
  }

  bool(): boolean {
    return this.#byte() !== 0
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2))
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2))
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4))
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4))
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8))
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8))
  }

  /** In Kafka's text form. */
  uuid(): string {
    const start = this.#take(16)
    const view = this.#view
    if (view.getInt32(start) === 0 && view.getInt32(start + 4) === 0) {
      if (view.getInt32(start + 8) === 0 && view.getInt32(start + 12) === 0) return zeroUuid
    }
    return this.buffer.toString('base64url', start, start + 16)
  }

  /** At most 5 bytes, read as a signed 32-bit number, as Kafka does. Bits beyond the 32nd are lost. */
  uvarint(): number {
    let byte = this.#byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let shift = 7; shift <= 28; shift += 7) {
      byte = this.#byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw this.#malformed('A varint of more than 5 bytes')
  }

  /** A signed number in zigzag form, at most 5 bytes. */
  varint(): number {
    const value = this.uvarint()
    return (value >>> 1) ^ -(value & 1)
  }

  /** A signed number in zigzag form, at most 10 bytes. */
  varlong(): bigint {
    let value = 0n
    for (let shift = 0n; shift <= 63n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) {
        const bits = BigInt.asUintN(64, value)
        return BigInt.asIntN(64, (bits >> 1n) ^ -(bits & 1n))
      }
    }
    throw this.#malformed('A varlong of more than 10 bytes')
  }

  string(): string {
    return this.#stringOf(this.#required(this.int16()))
  }

  nullableString(): string | null {
    const length = this.int16()
    return length < 0 ? null : this.#stringOf(length)
  }

  compactString(): string {
    return this.#stringOf(this.#required(this.#compactLength()))
  }

  compactNullableString(): string | null {
    const length = this.#compactLength()
    return length < 0 ? null : this.#stringOf(length)
  }

  bytes(): Buffer {
    return this.#bytesOf(this.#required(this.int32()))
  }

  nullableBytes(): Buffer | null {
    const length = this.int32()
    return length < 0 ? null : this.#bytesOf(length)
  }

  compactBytes(): Buffer {
    return this.#bytesOf(this.#required(this.#compactLength()))
  }

  compactNullableBytes(): Buffer | null {
    const length = this.#compactLength()
    return length < 0 ? null : this.#bytesOf(length)
  }

  /** The number of elements, each of which takes at least `elementBytesMin` (> 0) bytes, so that it can be believed. */
  arrayLength(elementBytesMin: number): number {
    return this.#countOf(this.#required(this.int32()), elementBytesMin)
  }

  /** As {@link arrayLength}, −1 for null. */
  nullableArrayLength(elementBytesMin: number): number {
    const count = this.int32()
    return count < 0 ? -1 : this.#countOf(count, elementBytesMin)
  }

  compactArrayLength(elementBytesMin: number): number {
    return this.#countOf(this.#required(this.#compactLength()), elementBytesMin)
  }

  /** As {@link compactArrayLength}, −1 for null. */
  compactNullableArrayLength(elementBytesMin: number): number {
    const count = this.#compactLength()
    return count < 0 ? -1 : this.#countOf(count, elementBytesMin)
  }

  /** `count` elements without a length before them; here and below, `count` comes from one of the lengths above. */
  int8Array(count: number): number[] {
    const values: number[] = []
    for (let index = 0; index < count; index++) values.push(this.int8())
    return values
  }

  int16Array(count: number): number[] {
    const values: number[] = []
    for (let index = 0; index < count; index++) values.push(this.int16())
    return values
  }

  int32Array(count: number): number[] {
    const values: number[] = []
    for (let index = 0; index < count; index++) values.push(this.int32())
    return values
  }

  int64Array(count: number): bigint[] {
    const values: bigint[] = []
    for (let index = 0; index < count; index++) values.push(this.int64())
    return values
  }

  uuidArray(count: number): string[] {
    const values: string[] = []
    for (let index = 0; index < count; index++) values.push(this.uuid())
    return values
  }

  stringArray(count: number): string[] {
    const values: string[] = []
    for (let index = 0; index < count; index++) values.push(this.string())
    return values
  }

  compactStringArray(count: number): string[] {
    const values: string[] = []
    for (let index = 0; index < count; index++) values.push(this.compactString())
    return values
  }

  /** As the arrays above, for the lengths that may be −1. */
  nullableInt8Array(count: number): number[] | null {
    return count < 0 ? null : this.int8Array(count)
  }

  nullableInt32Array(count: number): number[] | null {
    return count < 0 ? null : this.int32Array(count)
  }

  nullableUuidArray(count: number): string[] | null {
    return count < 0 ? null : this.uuidArray(count)
  }

  nullableStringArray(count: number): string[] | null {
    return count < 0 ? null : this.stringArray(count)
  }

  nullableCompactStringArray(count: number): string[] | null {
    return count < 0 ? null : this.compactStringArray(count)
  }

  /** The mark before a nullable struct. */
  structPresent(): boolean {
    return this.int8() >= 0
  }

  /** The mark before a nullable struct in a tagged field. */
  taggedStructPresent(): boolean {
    return this.uvarint() > 0
  }

  /** The number of tagged fields at the end of a struct. */
  tagCount(): number {
    const count = this.uvarint()
    if (count === 0) return 0
    // A tagged field is at least its tag and its size.
    if (count < 0 || count * 2 > this.remaining) throw this.#malformed(`${count} tagged fields`)
    this.#countElements(count)
    return count
  }

  /** The size of a tagged field: returns the offset at which its value ends. */
  tagEnd(): number {
    const size = this.uvarint()
    if (size < 0 || size > this.remaining) throw this.#outOfBytes(size)
    return this.#offset + size
  }

  /** After the value of a known tagged field: it must have taken exactly the bytes that it said it would. */
  requireTagEnd(tag: number, end: number): void {
    if (this.#offset !== end) throw this.#malformed(`Tagged field ${tag} has ${this.#offset - end} bytes too many`)
  }

  unknownTag(tag: number, end: number): UnknownTag {
    return { tag, data: this.#bytesOf(end - this.#offset) }
  }

  /** The tagged fields of a struct that has none of its own in this version. */
  unknownTags(): UnknownTag[] | undefined {
    const count = this.tagCount()
    if (count === 0) return undefined
    const tags: UnknownTag[] = []
    for (let index = 0; index < count; index++) tags.push(this.unknownTag(this.uvarint(), this.tagEnd()))
    return tags
  }

  /** As {@link skip}, for lengths that are known to be good. */
  #take(length: number): number {
    const start = this.#offset
    const end = start + length
    if (end > this.#end) throw this.#outOfBytes(length)
    this.#offset = end
    return start
  }

  #byte(): number {
    const offset = this.#offset
    if (offset >= this.#end) throw this.#outOfBytes(1)
    this.#offset = offset + 1
    return this.buffer[offset] as number
  }

  #compactLength(): number {
    return (this.uvarint() - 1) | 0
  }

  #required(length: number): number {
    if (length < 0) throw this.#malformed('Null where it is not allowed')
    return length
  }

  #countOf(count: number, elementBytesMin: number): number {
    if (count * elementBytesMin > this.remaining) {
      throw this.#malformed(`An array of ${count} elements in ${this.remaining} bytes`)
    }
    this.#countElements(count)
    return count
  }

  #countElements(count: number): void {
    this.#elements += count
    if (this.#elements > messageElementsMax)
      throw this.#malformed(`More than ${messageElementsMax} elements in one message`)
  }

  #stringOf(length: number): string {
    if (length > stringBytesMax) throw this.#malformed(`A string of ${length} bytes`)
    const start = this.skip(length)
    if (length <= shortStringBytesMax) {
      const text = this.#asciiOf(start, start + length)
      if (text !== undefined) return text
    }
    return utf8Slice(this.buffer, start, start + length)
  }

  #asciiOf(start: number, end: number): string | undefined {
    const buffer = this.buffer
    let text = ''
    for (let index = start; index < end; index++) {
      const byte = buffer[index] as number
      if (byte >= 0x80) return undefined
      text += String.fromCharCode(byte)
    }
    return text
  }

  #bytesOf(length: number): Buffer {
    if (length === 0) return noBytes
    const start = this.skip(length)
    return this.buffer.subarray(start, start + length)
  }

  #outOfBytes(wanted: number): ProtocolError {
    return this.#malformed(`${wanted} bytes were expected and ${this.remaining} are left`)
  }

  #malformed(what: string): ProtocolError {
    return new ProtocolError(`Malformed message at byte ${this.#offset}: ${what}`)
  }
}
