import { asBuffer, assert, utf8Write } from '@streamwright/std'
import { compress } from '../compression/codec.ts'
import { compressionId } from '../compression/compression-type.ts'
import type { CompressionType } from '../compression/compression-type.ts'
import { crc32c } from '../crc32c.ts'
import { attributeBits, batchLayout, crcStart, logOverheadBytes, writeLong } from './batch-layout.ts'
import type { Header } from './header.ts'

export interface RecordBatchBuilderOptions {
  readonly compression?: CompressionType
  readonly compressionLevel?: number
  /** Bytes to begin with; the buffer grows as needed. */
  readonly initialCapacity?: number
}

/** What a batch says of its producer. */
export interface BatchSeal {
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly transactional?: boolean
  readonly control?: boolean
  readonly partitionLeaderEpoch?: number
  readonly baseOffset?: number
}

/** A record's own bytes beside key, value and headers: length, attributes, two deltas, two lengths, header count. */
const recordOverheadBytesMax = 5 + 1 + 10 + 5 + 5 + 5 + 5

const initialCapacityDefault = 16 * 1024

/**
 * Writes records into one growing buffer. Text is written as UTF-8 in place, and no object is made per record: the
 * record's length stands before it, so the fields go in behind a gap of one byte, which is right for records below 64
 * bytes, and are moved when the length needs more.
 */
export class RecordBatchBuilder {
  recordCount = 0
  baseTimestamp = -1
  maxTimestamp = -1
  readonly #compression: CompressionType
  readonly #level: number | undefined
  #buffer: Buffer
  #at: number = batchLayout.records

  constructor(options: RecordBatchBuilderOptions = {}) {
    this.#compression = options.compression ?? 'none'
    this.#level = options.compressionLevel
    this.#buffer = Buffer.allocUnsafe(Math.max(options.initialCapacity ?? initialCapacityDefault, batchLayout.records))
  }

  /** Of the batch so far, before compression. */
  get sizeInBytes(): number {
    return this.#at
  }

  get isEmpty(): boolean {
    return this.recordCount === 0
  }

  /** At most this many bytes would one more record add. */
  static recordBytesMax(
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers?: readonly Header[],
  ): number {
    let bytes = recordOverheadBytesMax + bytesMax(key) + bytesMax(value)
    if (headers !== undefined) for (const header of headers) bytes += 10 + bytesMax(header.key) + bytesMax(header.value)
    return bytes
  }

  append(
    timestamp: number,
    key: Uint8Array | string | null,
    value: Uint8Array | string | null,
    headers?: readonly Header[],
  ): void {
    this.#reserve(RecordBatchBuilder.recordBytesMax(key, value, headers))
    if (this.recordCount === 0) {
      this.baseTimestamp = timestamp
      this.maxTimestamp = timestamp
    } else if (timestamp > this.maxTimestamp) this.maxTimestamp = timestamp
    const start = this.#at
    // Two bytes are right for records of 64 bytes to 8 KiB, which are the rule; shorter and longer ones are moved.
    const guess = (key?.length ?? 0) + (value?.length ?? 0) < 52 ? 1 : 2
    const bodyStart = start + guess
    this.#at = bodyStart
    this.#buffer[this.#at++] = 0
    this.#varlong(timestamp - this.baseTimestamp)
    this.#varint(this.recordCount)
    this.#field(key)
    this.#field(value)
    if (headers === undefined || headers.length === 0) this.#buffer[this.#at++] = 0
    else this.#headers(headers)
    const length = this.#at - bodyStart
    const needed = varintBytes(length)
    if (needed !== guess) {
      this.#buffer.copyWithin(start + needed, bodyStart, this.#at)
      this.#at += needed - guess
    }
    const end = this.#at
    this.#at = start
    this.#varint(length)
    this.#at = end
    this.recordCount += 1
  }

  /** The batch. It shares memory with this builder unless it is compressed: {@link reset} makes it invalid. */
  build(seal: BatchSeal = {}): Buffer {
    assert(this.recordCount > 0, 'A batch that is built has records')
    const batch = this.#body()
    const attributes =
      compressionId(this.#compression) |
      (seal.transactional === true ? attributeBits.transactional : 0) |
      (seal.control === true ? attributeBits.control : 0)
    writeLong(batch, seal.baseOffset ?? 0, batchLayout.baseOffset)
    batch.writeInt32BE(batch.length - logOverheadBytes, batchLayout.batchLength)
    batch.writeInt32BE(seal.partitionLeaderEpoch ?? -1, batchLayout.partitionLeaderEpoch)
    batch[batchLayout.magic] = 2
    batch.writeInt16BE(attributes, batchLayout.attributes)
    batch.writeInt32BE(this.recordCount - 1, batchLayout.lastOffsetDelta)
    writeLong(batch, this.baseTimestamp, batchLayout.baseTimestamp)
    writeLong(batch, this.maxTimestamp, batchLayout.maxTimestamp)
    writeLong(batch, seal.producerId ?? -1, batchLayout.producerId)
    batch.writeInt16BE(seal.producerEpoch ?? -1, batchLayout.producerEpoch)
    batch.writeInt32BE(seal.baseSequence ?? -1, batchLayout.baseSequence)
    batch.writeInt32BE(this.recordCount, batchLayout.recordCount)
    batch.writeUInt32BE(crc32c(batch, crcStart, batch.length), batchLayout.crc)
    return batch
  }

  /** Empties the builder for the next batch; the memory stays. */
  reset(): void {
    this.recordCount = 0
    this.baseTimestamp = -1
    this.maxTimestamp = -1
    this.#at = batchLayout.records
  }

  #body(): Buffer {
    if (this.#compression === 'none') return this.#buffer.subarray(0, this.#at)
    const packed = compress(this.#compression, this.#buffer.subarray(batchLayout.records, this.#at), this.#level)
    const batch = Buffer.allocUnsafe(batchLayout.records + packed.length)
    packed.copy(batch, batchLayout.records)
    return batch
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes
    if (needed <= this.#buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(grown, 0, 0, this.#at)
    this.#buffer = grown
  }

  #headers(headers: readonly Header[]): void {
    this.#varint(headers.length)
    for (const header of headers) {
      this.#field(header.key)
      this.#field(header.value)
    }
  }

  #field(field: Uint8Array | string | null): void {
    if (field === null) {
      this.#buffer[this.#at++] = 1 // a length of −1
    } else if (typeof field === 'string') this.#text(field)
    else {
      this.#varint(field.length)
      if (field.length <= 16)
        for (let index = 0; index < field.length; index++) this.#buffer[this.#at + index] = field[index] as number
      else this.#buffer.set(asBuffer(field), this.#at)
      this.#at += field.length
    }
  }

  /** ASCII text is as long in bytes as in letters, so its length can stand before it is written. */
  #text(text: string): void {
    const letters = text.length
    const lengthBytes = varintBytes(letters)
    const textStart = this.#at + lengthBytes
    if (letters <= 24) {
      // A word is written faster letter by letter than by a call into C++, up to the first that is not ASCII.
      let index = 0
      for (; index < letters; index++) {
        const code = text.charCodeAt(index)
        if (code > 0x7f) break
        this.#buffer[textStart + index] = code
      }
      if (index === letters) {
        this.#varint(letters)
        this.#at += letters
        return
      }
    }
    const written = utf8Write(this.#buffer, text, textStart)
    if (written === letters || varintBytes(written) === lengthBytes) {
      this.#varint(written)
      this.#at += written
      return
    }
    const moved = varintBytes(written)
    this.#buffer.copyWithin(this.#at + moved, textStart, textStart + written)
    this.#varint(written)
    this.#at += written
  }

  #varint(value: number): void {
    let raw = ((value << 1) ^ (value >> 31)) >>> 0
    while (raw > 0x7f) {
      this.#buffer[this.#at++] = (raw & 0x7f) | 0x80
      raw >>>= 7
    }
    this.#buffer[this.#at++] = raw
  }

  #varlong(value: number): void {
    if (value >= -0x4000_0000 && value < 0x4000_0000) return this.#varint(value)
    let raw = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n))
    while (raw > 0x7fn) {
      this.#buffer[this.#at++] = Number(raw & 0x7fn) | 0x80
      raw >>= 7n
    }
    this.#buffer[this.#at++] = Number(raw)
  }
}

/** UTF-8 takes at most three bytes for each UTF-16 unit. */
function bytesMax(field: Uint8Array | string | null): number {
  if (field === null) return 0
  return typeof field === 'string' ? field.length * 3 : field.length
}

/** Bytes of a zig-zag varint of a length. */
function varintBytes(length: number): number {
  return length < 0x40 ? 1 : length < 0x2000 ? 2 : length < 0x10_0000 ? 3 : length < 0x800_0000 ? 4 : 5
}
