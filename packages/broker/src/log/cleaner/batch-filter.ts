import type { RecordCursor } from '@streamwright/protocol'
import { RecordBatch, compress, crc32c } from '@streamwright/protocol'
import { attributesAt, batchHeaderBytes, batchPrefixBytes, crcAt, maxTimestampAt, writeInt64 } from '../batch-header.ts'

const baseTimestampAt = 27
const recordCountAt = 57
const compressionBits = 0x07
const deleteHorizonBit = 0x40
/** Longest length and timestamp of a record, as varints. */
const varintsBytesMax = 16

/** What is to become of a batch. */
export interface BatchWish {
  /** All records go, whatever they are. */
  readonly dropsRecords: boolean
  /** Without any record its header stays, so that its offsets and sequence numbers are still known. */
  readonly keepsHeader: boolean
  /** Whether a record stays. */
  readonly keeps: (record: RecordCursor) => boolean
  /** The marker in it ends nothing: it goes when the horizon has passed, which begins with this. */
  readonly isIdleMarker: boolean
  /** From when on records without a value, and idle markers, need not be kept any more. */
  readonly horizonMs: number
}

/**
 * A batch after compaction: the same memory when nothing changes, another batch when records go or a horizon is set,
 * `undefined` when nothing of it stays. Offsets and sequence numbers of what stays are what they were.
 */
export function filterBatch(batch: RecordBatch, wish: BatchWish): Buffer | undefined {
  if (batch.recordCount === 0 || wish.dropsRecords) return wish.keepsHeader ? emptied(batch) : undefined
  const pieces = new Pieces(batch.compression === 'none' ? batch.start + batchHeaderBytes : 0)
  const cursor = batch.records()
  while (cursor.next()) {
    const isKept = wish.keeps(cursor)
    pieces.add(cursor, isKept)
  }
  if (pieces.count === 0) return wish.keepsHeader ? emptied(batch) : undefined
  const setsHorizon = !batch.hasDeleteHorizon && (pieces.hasTombstone || wish.isIdleMarker)
  if (pieces.count === batch.recordCount && !setsHorizon) return batch.buffer.subarray(batch.start, batch.end)
  const records = setsHorizon ? rebased(batch, wish) : pieces.bytes(cursor.buffer)
  return sealed(batch, records, pieces, setsHorizon ? wish.horizonMs : undefined)
}

/** The records that stay, as stretches of the batch's bytes. */
class Pieces {
  count = 0
  maxTimestamp = -1
  hasTombstone = false
  #recordStart: number
  readonly #stretches: { start: number; end: number }[] = []

  constructor(recordsStart: number) {
    this.#recordStart = recordsStart
  }

  add(cursor: RecordCursor, isKept: boolean): void {
    const start = this.#recordStart
    const end = cursor.recordEnd
    this.#recordStart = end
    if (!isKept) return
    this.count += 1
    if (cursor.timestamp > this.maxTimestamp) this.maxTimestamp = cursor.timestamp
    if (cursor.valueStart < 0) this.hasTombstone = true
    const last = this.#stretches.at(-1)
    if (last?.end === start) last.end = end
    else this.#stretches.push({ start, end })
  }

  bytes(buffer: Buffer): Buffer {
    return Buffer.concat(this.#stretches.map(({ start, end }) => buffer.subarray(start, end)))
  }
}

/** The records that stay, their times counted from the horizon, which takes the place of the base timestamp. */
function rebased(batch: RecordBatch, wish: BatchWish): Buffer {
  const cursor = batch.records()
  const chunks: Buffer[] = []
  let start = batch.compression === 'none' ? batch.start + batchHeaderBytes : 0
  while (cursor.next()) {
    const { buffer, recordEnd, timestamp } = cursor
    if (wish.keeps(cursor)) chunks.push(...rebasedRecord(buffer, start, recordEnd, timestamp - wish.horizonMs))
    start = recordEnd
  }
  return Buffer.concat(chunks)
}

/** Length, attributes, timestamp delta; everything behind stays as it is. */
function rebasedRecord(buffer: Buffer, start: number, end: number, delta: number): readonly [Buffer, Buffer] {
  const attributesStart = afterVarint(buffer, start)
  const rest = buffer.subarray(afterVarint(buffer, attributesStart + 1), end)
  const time = Buffer.allocUnsafe(varintsBytesMax)
  const timeBytes = writeVarint(time, delta, 0)
  const head = Buffer.allocUnsafe(varintsBytesMax + 1)
  let at = writeVarint(head, 1 + timeBytes + rest.length, 0)
  head[at++] = buffer[attributesStart] ?? 0
  time.copy(head, at, 0, timeBytes)
  return [head.subarray(0, at + timeBytes), rest]
}

function afterVarint(buffer: Buffer, start: number): number {
  let at = start
  while ((buffer[at] ?? 0) >= 0x80) at++
  return at + 1
}

/** Zig-zag; returns where it ends. */
function writeVarint(target: Buffer, value: number, start: number): number {
  let rest = value >= 0 ? BigInt(value) << 1n : (BigInt(-value) << 1n) - 1n
  let at = start
  for (; rest >= 0x80n; rest >>= 7n) target[at++] = Number(rest & 0x7fn) | 0x80
  target[at++] = Number(rest)
  return at
}

function sealed(batch: RecordBatch, records: Buffer, pieces: Pieces, horizonMs: number | undefined): Buffer {
  const body = compress(batch.compression, records)
  const result = Buffer.concat([header(batch), body])
  result.writeInt32BE(result.length - batchPrefixBytes, 8)
  result.writeInt32BE(pieces.count, recordCountAt)
  if (batch.timestampType === 'create') writeInt64(result, pieces.maxTimestamp, maxTimestampAt)
  if (horizonMs !== undefined) {
    result.writeInt16BE(result.readInt16BE(attributesAt) | deleteHorizonBit, attributesAt)
    writeInt64(result, horizonMs, baseTimestampAt)
  }
  result.writeUInt32BE(crc32c(result, attributesAt, result.length), crcAt)
  return result
}

/** The header alone. */
function emptied(batch: RecordBatch): Buffer {
  const result = Buffer.from(header(batch))
  result.writeInt32BE(result.length - batchPrefixBytes, 8)
  result.writeInt16BE(result.readInt16BE(attributesAt) & ~(compressionBits | deleteHorizonBit), attributesAt)
  writeInt64(result, batch.maxTimestamp, baseTimestampAt)
  result.writeInt32BE(0, recordCountAt)
  result.writeUInt32BE(crc32c(result, attributesAt, result.length), crcAt)
  return result
}

function header(batch: RecordBatch): Buffer {
  return batch.buffer.subarray(batch.start, batch.start + batchHeaderBytes)
}
