import {
  baseOffsetOf,
  baseSequenceOf,
  batchHeaderBytes,
  isControl,
  isTransactional,
  lastOffsetDeltaOf,
  lastOffsetOf,
  maxTimestampOf,
  producerEpochOf,
  producerIdOf,
} from './batch-header.ts'
import { sequenceAfter } from './producer-entry.ts'

/** What the producer's state needs of a batch that has its place in the log. */
export interface ProducedBatch {
  readonly producerId: number
  readonly producerEpoch: number
  readonly firstSequence: number
  readonly lastSequence: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly maxTimestamp: number
  readonly isTransactional: boolean
}

/** The end of a transaction, from a control batch. */
export interface TransactionMarker {
  readonly producerId: number
  readonly producerEpoch: number
  readonly offset: number
  readonly timestamp: number
  readonly isAbort: boolean
  readonly coordinatorEpoch: number
}

/** From the header alone. */
export function producedBatchAt(buffer: Buffer, at: number): ProducedBatch {
  const firstSequence = baseSequenceOf(buffer, at)
  return {
    producerId: producerIdOf(buffer, at),
    producerEpoch: producerEpochOf(buffer, at),
    firstSequence,
    lastSequence: firstSequence < 0 ? firstSequence : sequenceAfter(firstSequence, lastOffsetDeltaOf(buffer, at)),
    firstOffset: baseOffsetOf(buffer, at),
    lastOffset: lastOffsetOf(buffer, at),
    maxTimestamp: maxTimestampOf(buffer, at),
    isTransactional: isTransactional(buffer, at),
  }
}

const abortType = 0
const commitType = 1
const keyBytes = 4
const valueBytes = 6

/**
 * The marker in a control batch. `undefined` for control batches that end no transaction, of types that are not known,
 * and for a record that is cut short. Control batches hold one record and are never compressed.
 */
export function transactionMarkerAt(buffer: Buffer, at: number, sizeInBytes: number): TransactionMarker | undefined {
  if (!isControl(buffer, at) || producerIdOf(buffer, at) < 0) return undefined
  const end = at + sizeInBytes
  // Length, attributes, timestamp delta, offset delta, then key and value, each behind its length.
  let position = skipVarint(buffer, at + batchHeaderBytes, end)
  position = skipVarint(buffer, position + 1, end)
  position = skipVarint(buffer, position, end)
  const keyLength = buffer[position] === 2 * keyBytes ? keyBytes : -1
  const keyAt = position + 1
  if (keyLength < 0 || keyAt + keyBytes > end) return undefined
  const type = buffer.readInt16BE(keyAt + 2)
  const valueAt = keyAt + keyBytes + 1
  if ((type !== abortType && type !== commitType) || valueAt + valueBytes > end) return undefined
  return {
    producerId: producerIdOf(buffer, at),
    producerEpoch: producerEpochOf(buffer, at),
    offset: baseOffsetOf(buffer, at),
    timestamp: maxTimestampOf(buffer, at),
    isAbort: type === abortType,
    coordinatorEpoch: buffer.readInt32BE(valueAt + 2),
  }
}

function skipVarint(buffer: Buffer, position: number, end: number): number {
  while (position < end && (buffer[position] ?? 0) >= 0x80) position++
  return position + 1
}
