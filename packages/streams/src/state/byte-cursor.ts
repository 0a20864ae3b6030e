/** Reads what Kafka Streams wrote one after the other: big-endian numbers, and bytes after their length. */
export class ByteCursor {
  readonly #bytes: Buffer
  #offset: number

  constructor(bytes: Buffer, offset = 0) {
    this.#bytes = bytes
    this.#offset = offset
  }

  get offset(): number {
    return this.#offset
  }

  int32(): number {
    const value = this.#bytes.readInt32BE(this.#offset)
    this.#offset += 4
    return value
  }

  int64(): number {
    const value = Number(this.#bytes.readBigInt64BE(this.#offset))
    this.#offset += 8
    return value
  }

  /** Kafka's zig-zag varint of 32 bits. */
  varint(): number {
    let result = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#offset)
      this.#offset += 1
      result |= (byte & 0x7f) << shift
      if (byte < 0x80) return (result >>> 1) ^ -(result & 1)
    }
  }

  /** The next bytes, without a copy. Throws a `RangeError` where there are not so many. */
  take(length: number): Buffer {
    if (length < 0 || this.#offset + length > this.#bytes.length) {
      throw new RangeError(`${length} bytes at ${this.#offset} reach beyond the ${this.#bytes.length} that are there`)
    }
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }

  /** An int32 length, −1 for null, and so many bytes. */
  sized(): Buffer | null {
    const length = this.int32()
    return length === -1 ? null : this.take(length)
  }
}
