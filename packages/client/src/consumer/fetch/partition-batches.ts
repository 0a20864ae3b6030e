import { ErrorCode, RecordBatch, kafkaError } from '@streamwright/protocol'
import type { FetchResponsePartitionData } from '@streamwright/protocol/messages/fetch'
import { asError } from '@streamwright/std'
import { partitionKey } from '../topic-partition.ts'
import type { AbortedTransaction } from './committed-batches.ts'
import type { ResponseLease } from './response-lease.ts'
import { committedBatches } from './committed-batches.ts'

/** A batch that has come. Its checksum is looked at when a poll takes it: by then the next fetch is under way. */
export interface ReceivedBatch {
  readonly batch: RecordBatch
  /** Otherwise it holds nothing for this reader: only the position moves. */
  readonly isVisible: boolean
  /** Of the memory that it lies in. */
  readonly lease: ResponseLease | undefined
}

/** What one partition's part of a response holds: batches in order, up to what could not be read, if there is such. */
export interface ReceivedPartition {
  readonly batches: readonly ReceivedBatch[]
  readonly failure: Error | undefined
}

/**
 * Takes a partition's data apart: whole batches that end at or after `fetchOffset`, without those of aborted
 * transactions, markers and batches that compaction has emptied. Damage is the failure, not an exception, so that what
 * stands before it is not lost.
 */
export function receivePartition(
  topic: string,
  data: FetchResponsePartitionData,
  fetchOffset: number,
  lease?: ResponseLease,
): ReceivedPartition {
  if (data.records === null || data.records.length === 0) return { batches: [], failure: undefined }
  const { found, failure: unreadable } = readBatches(data.records)
  const received: ReceivedBatch[] = []
  let failure = unreadable
  try {
    for (const { batch, isVisible } of committedBatches(found, abortedTransactions(data))) {
      if (batch.lastOffset < fetchOffset) continue
      received.push({ batch, isVisible: isVisible && batch.recordCount > 0, lease })
    }
  } catch (error) {
    failure = asError(error)
  }
  // What is dropped here, or holds nothing, nobody releases: it must not count.
  lease?.add(received.filter(({ isVisible }) => isVisible).length)
  const place = partitionKey(topic, data.partitionIndex)
  if (found.length === 0 && failure === undefined) {
    failure = kafkaError(
      ErrorCode.RECORD_LIST_TOO_LARGE,
      `the batch at offset ${fetchOffset} of ${place} does not fit max.partition.fetch.bytes; raise it`,
    )
  }
  return { batches: received, failure: failure === undefined ? undefined : damaged(place, fetchOffset, failure) }
}

/** What a poll throws that comes to something unreadable at `fetchOffset`. */
export function damaged(place: string, fetchOffset: number, cause: Error): Error {
  if ('errorCode' in cause && cause.errorCode !== ErrorCode.CORRUPT_MESSAGE) return cause
  return kafkaError(
    ErrorCode.CORRUPT_MESSAGE,
    `${place} cannot be read from offset ${fetchOffset} on: ${cause.message}. Seek past the damage to go on`,
  )
}

function abortedTransactions({ abortedTransactions: aborted }: FetchResponsePartitionData): AbortedTransaction[] {
  return (aborted ?? []).map(({ producerId, firstOffset }) => ({
    producerId: Number(producerId),
    firstOffset: Number(firstOffset),
  }))
}

/** Batches before a damaged one count: one at a time if not all can be read at once. */
function readBatches(records: Buffer): { readonly found: RecordBatch[]; readonly failure: Error | undefined } {
  try {
    return { found: RecordBatch.read(records), failure: undefined }
  } catch (error) {
    return { found: readUndamaged(records), failure: asError(error) }
  }
}

/** Where a batch says how many bytes follow, and what comes before them. */
const batchLengthAt = 8
const batchLengthEnd = 12

function readUndamaged(records: Buffer): RecordBatch[] {
  const found: RecordBatch[] = []
  for (let start = 0; start + batchLengthEnd <= records.length;) {
    const end = start + batchLengthEnd + records.readInt32BE(start + batchLengthAt)
    if (end <= start || end > records.length) break
    try {
      found.push(...RecordBatch.read(records, start, end))
    } catch {
      break
    }
    start = end
  }
  return found
}
