import { utf8Slice } from '@streamwright/std'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { Header } from './header.ts'

/**
 * Walks over the records of a batch. One object for all of them: `next` moves it, and the fields are offsets into
 * {@link RecordCursor.buffer}. A start of −1 is null.
 *
 * Every length is checked against the record that contains it, and every record against the batch.
 */
export class RecordCursor {
  readonly buffer: Buffer
  offset = -1
  timestamp = -1
  keyStart = -1
  keyEnd = -1
  valueStart = -1
  valueEnd = -1
  headerCount = 0
  readonly #end: number
  readonly #baseOffset: number
  readonly #baseTimestamp: number
  /** The timestamp of all records under LogAppendTime; −1 otherwise. */
  readonly #appendTime: number
  #left: number
  #at: number
  #headersStart = 0
  #recordEnd = 0

  constructor(
    buffer: Buffer,
    start: number,
    end: number,
    count: number,
    baseOffset: number,
    baseTimestamp: number,
    appendTime: number,
  ) {
    if (count < 0) throw malformed(`a batch of ${count} records`)
    this.buffer = buffer
    this.#at = start
    this.#end = end
    this.#left = count
    this.#baseOffset = baseOffset
    this.#baseTimestamp = baseTimestamp
    this.#appendTime = appendTime
    // A batch without records may be followed by anything, as Java has it.
    this.#recordEnd = count === 0 ? end : start
  }

  /** Moves to the next record; false at the end. */
  next(): boolean {
    const buffer = this.buffer
    if (this.#left === 0) {
      if (this.#recordEnd !== this.#end) throw malformed('records remain after the last one that was counted')
      return false
    }
    this.#left -= 1
    const size = this.#varint(this.#end)
    const recordEnd = this.#at + size
    if (size < 0 || recordEnd > this.#end)
      throw malformed(`a record of ${size} bytes where ${this.#end - this.#at} remain`)
    this.#recordEnd = recordEnd
    if (size < 1) throw malformed('a record without attributes')
    this.#at += 1
    const timestampDelta = this.#varlong(recordEnd)
    this.timestamp = this.#appendTime >= 0 ? this.#appendTime : this.#baseTimestamp + timestampDelta
    this.offset = this.#baseOffset + this.#varint(recordEnd)
    const keyLength = this.#length(recordEnd)
    this.keyStart = keyLength < 0 ? -1 : this.#at
    this.#at += keyLength < 0 ? 0 : keyLength
    this.keyEnd = this.#at
    const valueLength = this.#length(recordEnd)
    this.valueStart = valueLength < 0 ? -1 : this.#at
    this.#at += valueLength < 0 ? 0 : valueLength
    this.valueEnd = this.#at
    // Nearly every record ends here, with a count of zero headers.
    if (this.#at + 1 === recordEnd && buffer[this.#at] === 0) {
      this.headerCount = 0
      this.#at = recordEnd
      return true
    }
    this.headerCount = this.#varint(recordEnd)
    if (this.headerCount < 0 || this.headerCount > recordEnd - this.#at) throw malformed(`${this.headerCount} headers`)
    this.#headersStart = this.#at
    this.#skipHeaders(recordEnd)
    if (this.#at !== recordEnd)
      throw malformed(`a record that ends ${recordEnd - this.#at} bytes before its length says`)
    return true
  }

  /** Where the current record ends, and the next one begins, in {@link RecordCursor.buffer}. */
  get recordEnd(): number {
    return this.#recordEnd
  }

  /** A view of the key, or null. */
  key(): Buffer | null {
    return this.keyStart < 0 ? null : this.buffer.subarray(this.keyStart, this.keyEnd)
  }

  /** A view of the value, or null. */
  value(): Buffer | null {
    return this.valueStart < 0 ? null : this.buffer.subarray(this.valueStart, this.valueEnd)
  }

  headers(): readonly Header[] {
    if (this.headerCount === 0) return noHeaders
    const after = this.#at
    this.#at = this.#headersStart
    const headers: Header[] = []
    for (let left = this.headerCount; left > 0; left--) {
      const keyLength = this.#length(this.#recordEnd)
      const key = utf8Slice(this.buffer, this.#at, this.#at + keyLength)
      this.#at += keyLength
      const valueLength = this.#length(this.#recordEnd)
      headers.push({ key, value: valueLength < 0 ? null : this.buffer.subarray(this.#at, this.#at + valueLength) })
      this.#at += Math.max(valueLength, 0)
    }
    this.#at = after
    return headers
  }

  #skipHeaders(end: number): void {
    for (let left = this.headerCount; left > 0; left--) {
      const keyLength = this.#length(end)
      if (keyLength < 0) throw malformed('a header without a name')
      this.#at += keyLength
      const valueLength = this.#length(end)
      this.#at += Math.max(valueLength, 0)
    }
  }

  /** A length that fits before `end`; −1 is null, anything else below zero is refused. */
  #length(end: number): number {
    const length = this.#varint(end)
    if (length < -1 || length > end - this.#at)
      throw malformed(`a length of ${length} where ${end - this.#at} bytes remain`)
    return length
  }

  #varint(end: number): number {
    const at = this.#at
    if (at < end) {
      const byte = this.buffer[at] as number
      if (byte < 0x80) {
        this.#at = at + 1
        return (byte >>> 1) ^ -(byte & 1)
      }
      const next = at + 1 < end ? (this.buffer[at + 1] as number) : 0x80
      if (next < 0x80) {
        this.#at = at + 2
        const raw = (byte & 0x7f) | (next << 7)
        return (raw >>> 1) ^ -(raw & 1)
      }
    }
    return this.#longVarint(end)
  }

  #longVarint(end: number): number {
    let raw = 0
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.#at >= end) throw malformed('a varint is cut off')
      const byte = this.buffer[this.#at++] as number
      raw |= (byte & 0x7f) << shift
      if (byte < 0x80) return (raw >>> 1) ^ -(raw & 1)
    }
    throw malformed('a varint of more than 5 bytes')
  }

  /** A zig-zag int64. Below 2^28 by shifts, as all but odd batches are; beyond by bigint. */
  #varlong(end: number): number {
    const start = this.#at
    const first = start < end ? (this.buffer[start] as number) : 0x80
    if (first < 0x80) {
      this.#at = start + 1
      return (first >>> 1) ^ -(first & 1)
    }
    let raw = 0
    for (let shift = 0; shift < 28; shift += 7) {
      if (this.#at >= end) throw malformed('a varlong is cut off')
      const byte = this.buffer[this.#at++] as number
      raw |= (byte & 0x7f) << shift
      if (byte < 0x80) return (raw >>> 1) ^ -(raw & 1)
    }
    this.#at = start
    let big = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.#at >= end) throw malformed('a varlong is cut off')
      const byte = this.buffer[this.#at++] as number
      big |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) {
        const unsigned = BigInt.asUintN(64, big)
        return Number((unsigned >> 1n) ^ -(unsigned & 1n))
      }
    }
    throw malformed('a varlong of more than 10 bytes')
  }
}

const noHeaders: readonly Header[] = []

function malformed(detail: string): ProtocolError {
  return new ProtocolError(`A record batch is damaged: ${detail}`)
}
