import { int32Max } from '@streamwright/std'
import { decompress } from '../compression/codec.ts'
import { compressionOfId } from '../compression/compression-type.ts'
import type { CompressionType } from '../compression/compression-type.ts'
import { crc32c } from '../crc32c.ts'
import { ErrorCode } from '../errors/error-codes.ts'
import { kafkaError } from '../errors/kafka-error.ts'
import { attributeBits, batchLayout, crcStart, legacyLengthMin, logOverheadBytes, readLong } from './batch-layout.ts'
import { RecordCursor } from './record-cursor.ts'

export type TimestampType = 'create' | 'logAppend'

/**
 * A record batch (magic 2) as it lies in a buffer: a view, nothing is copied. The header is read here; records are
 * decoded, and decompressed, by {@link RecordBatch.records} alone.
 */
export class RecordBatch {
  readonly buffer: Buffer
  readonly start: number
  readonly sizeInBytes: number
  readonly baseOffset: number
  readonly lastOffset: number
  readonly recordCount: number
  readonly partitionLeaderEpoch: number
  /** The time that the records' deltas count from. Under a delete horizon it is that horizon. */
  readonly baseTimestamp: number
  readonly maxTimestamp: number
  /** −1: not idempotent. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly #attributes: number

  constructor(buffer: Buffer, start: number, sizeInBytes: number) {
    this.buffer = buffer
    this.start = start
    this.sizeInBytes = sizeInBytes
    this.baseOffset = readLong(buffer, start + batchLayout.baseOffset)
    this.partitionLeaderEpoch = buffer.readInt32BE(start + batchLayout.partitionLeaderEpoch)
    this.#attributes = buffer.readInt16BE(start + batchLayout.attributes)
    this.lastOffset = this.baseOffset + buffer.readInt32BE(start + batchLayout.lastOffsetDelta)
    this.baseTimestamp = readLong(buffer, start + batchLayout.baseTimestamp)
    this.maxTimestamp = readLong(buffer, start + batchLayout.maxTimestamp)
    this.producerId = readLong(buffer, start + batchLayout.producerId)
    this.producerEpoch = buffer.readInt16BE(start + batchLayout.producerEpoch)
    this.baseSequence = buffer.readInt32BE(start + batchLayout.baseSequence)
    this.recordCount = buffer.readInt32BE(start + batchLayout.recordCount)
  }

  /**
   * The complete batches in a buffer, one after the other. A last one that is cut off is left out, as a fetch may end
   * anywhere. Throws {@link KafkaError} CORRUPT_MESSAGE for an impossible length or magic, and
   * UNSUPPORTED_FOR_MESSAGE_FORMAT for messages of magic 0 and 1, which no broker since Kafka 4.0 has.
   */
  static read(buffer: Buffer, start = 0, end: number = buffer.length): RecordBatch[] {
    const batches: RecordBatch[] = []
    for (let at = start; ;) {
      const size = nextBatchBytes(buffer, at, end)
      if (size === undefined) return batches
      batches.push(new RecordBatch(buffer, at, size))
      at += size
    }
  }

  get nextOffset(): number {
    return this.lastOffset + 1
  }

  get lastSequence(): number {
    if (this.baseSequence < 0) return this.baseSequence
    const last = this.baseSequence + (this.lastOffset - this.baseOffset)
    return last > 0x7fff_ffff ? last - 0x8000_0000 : last
  }

  get end(): number {
    return this.start + this.sizeInBytes
  }

  /** The checksum that the batch claims. */
  get crc(): number {
    return this.buffer.readUInt32BE(this.start + batchLayout.crc)
  }

  get compression(): CompressionType {
    return compressionOfId(this.#attributes & attributeBits.compression)
  }

  get timestampType(): TimestampType {
    return (this.#attributes & attributeBits.logAppendTime) === 0 ? 'create' : 'logAppend'
  }

  get isTransactional(): boolean {
    return (this.#attributes & attributeBits.transactional) !== 0
  }

  get isControl(): boolean {
    return (this.#attributes & attributeBits.control) !== 0
  }

  get hasDeleteHorizon(): boolean {
    return (this.#attributes & attributeBits.deleteHorizon) !== 0
  }

  get isValid(): boolean {
    return this.crc === crc32c(this.buffer, this.start + crcStart, this.end)
  }

  /** Throws {@link KafkaError} CORRUPT_MESSAGE when the checksum is wrong. */
  ensureValid(): void {
    if (!this.isValid) {
      throw kafkaError(ErrorCode.CORRUPT_MESSAGE, `the checksum of the batch at offset ${this.baseOffset} is wrong`)
    }
  }

  /** The records, from the first. Decompresses when needed; damage throws {@link ProtocolError} here or while walking. */
  records(): RecordCursor {
    const appendTime = this.timestampType === 'logAppend' ? this.maxTimestamp : -1
    const bodyStart = this.start + batchLayout.records
    if ((this.#attributes & attributeBits.compression) === 0) {
      return new RecordCursor(
        this.buffer,
        bodyStart,
        this.end,
        this.recordCount,
        this.baseOffset,
        this.baseTimestamp,
        appendTime,
      )
    }
    const body = decompress(this.compression, this.buffer.subarray(bodyStart, this.end))
    return new RecordCursor(body, 0, body.length, this.recordCount, this.baseOffset, this.baseTimestamp, appendTime)
  }
}

/** The size of the batch at `at`; undefined when it is not there whole. */
function nextBatchBytes(buffer: Buffer, at: number, end: number): number | undefined {
  if (end - at < batchLayout.magic + 1) return undefined
  const length = buffer.readInt32BE(at + batchLayout.batchLength)
  if (length < legacyLengthMin) throw corrupt(`its length of ${length} is below the smallest there is`)
  if (length > int32Max - logOverheadBytes) throw corrupt(`its length of ${length} is beyond what any batch has`)
  const magic = buffer.readInt8(at + batchLayout.magic)
  if (magic < 0 || magic > 2) throw corrupt(`its magic is ${magic}`)
  if (length > end - at - logOverheadBytes) return undefined
  if (magic < 2) {
    throw kafkaError(
      ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
      `messages of magic ${magic} were written before Kafka 0.11; convert them with a Kafka that still can`,
    )
  }
  if (length < batchLayout.records - logOverheadBytes)
    throw corrupt(`its length of ${length} is below that of a header`)
  return logOverheadBytes + length
}

function corrupt(detail: string): Error {
  return kafkaError(ErrorCode.CORRUPT_MESSAGE, `a record batch is damaged: ${detail}`)
}
