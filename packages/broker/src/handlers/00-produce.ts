import type { Init } from '@streamwright/protocol'
import { ErrorCode, KafkaError, isInternalTopic, zeroUuid } from '@streamwright/protocol'
import type {
  ProduceRequest,
  ProduceRequestTopicProduceData,
  ProduceResponse,
} from '@streamwright/protocol/messages/produce'
import { produce } from '@streamwright/protocol/messages/produce'
import type { AppendResult } from '../log/partition-log.ts'
import type { Topic } from '../metadata/topics.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, HandlerResult } from './handler.ts'
import { closeConnection, handler, noResponse } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<ProduceResponse>['responses']>[number]>['partitionResponses']
>[number]

/** Where a batch's format and attributes stand, and the bits that only transactions use. */
const magicOffset = 16
const attributesOffset = 21
const transactionalOrControl = 0x30

/**
 * Produce v3–v13. v7: zstd. v8: record errors. v9: flexible. v13: topic ids. All appends of a request are made at once
 * and in order; it is answered when they are written. There is one replica, so acks=1 and acks=all are the same.
 */
export const produceHandler: AnyHandler = handler<ProduceRequest, ProduceResponse>({
  api: produce,
  releasesRequests: true,

  handle(services, request, context) {
    if (request.acks < -1 || request.acks > 1) return refuse(request, ErrorCode.INVALID_REQUIRED_ACKS)
    const written = new Set<Promise<void>>()
    let hasFailed = false
    const responses = request.topicData.map((data) => {
      const topic = topicOf(services, data)
      const partitionResponses = data.partitionData.map(({ index, records }) => {
        const response = append(topic, data, request, index, records, context.apiVersion, written)
        if (response.errorCode !== undefined) hasFailed = true
        return response
      })
      return { name: data.name, topicId: data.topicId, partitionResponses }
    })
    if (request.acks === 0) {
      for (const promise of written) promise.catch(() => {})
      return hasFailed ? closeConnection : noResponse
    }
    const result: Init<ProduceResponse> = { responses }
    if (written.size === 0) return result
    const [first] = written
    const allWritten = written.size === 1 && first !== undefined ? first : settled(written)
    return allWritten.then(
      () => result,
      (error: unknown) =>
        refuse(request, error instanceof KafkaError ? error.errorCode : ErrorCode.KAFKA_STORAGE_ERROR),
    )
  },

  refuse,
})

function refuse(request: ProduceRequest, errorCode: number): HandlerResult<ProduceResponse> {
  if (request.acks === 0) return closeConnection
  return {
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => failed(index, errorCode)),
    })),
  }
}

/** Rejects with the first error, but only when nothing is being written any more. */
async function settled(written: ReadonlySet<Promise<void>>): Promise<void> {
  const results = await Promise.allSettled(written)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

function topicOf(services: BrokerServices, data: ProduceRequestTopicProduceData): Topic | undefined {
  return data.name === '' ? services.topics.getById(data.topicId) : services.topics.get(data.name)
}

function append(
  topic: Topic | undefined,
  data: ProduceRequestTopicProduceData,
  request: ProduceRequest,
  index: number,
  records: Buffer | null,
  produceVersion: number,
  written: Set<Promise<void>>,
): PartitionInit {
  if (isInternalTopic(topic?.name ?? data.name)) return failed(index, ErrorCode.INVALID_TOPIC_EXCEPTION)
  if (topic === undefined) {
    const isByName = data.name !== '' || (data.topicId === zeroUuid && produceVersion < 13)
    return failed(index, isByName ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.UNKNOWN_TOPIC_ID)
  }
  const partition = topic.partition(index)
  if (partition === undefined) return failed(index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  if (records === null) return failed(index, ErrorCode.INVALID_RECORD)
  if (request.transactionalId !== null || isTransactional(records)) {
    return failed(index, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  }
  try {
    const result = partition.log.append(records, { produceVersion })
    written.add(result.written)
    return succeeded(index, result)
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error
    return rejected(index, error, partition.log.startOffset)
  }
}

/** Transactions have no coordinator here yet, and nobody but a broker writes control batches. */
function isTransactional(records: Buffer): boolean {
  if (records.length < attributesOffset + 2 || records.readInt8(magicOffset) !== 2) return false
  return (records.readInt16BE(attributesOffset) & transactionalOrControl) !== 0
}

function succeeded(index: number, result: AppendResult): PartitionInit {
  return {
    index,
    baseOffset: BigInt(result.baseOffset),
    logAppendTimeMs: BigInt(result.logAppendTimeMs),
    logStartOffset: BigInt(result.logStartOffset),
  }
}

function failed(index: number, errorCode: number): PartitionInit {
  return { index, errorCode, baseOffset: -1n }
}

/** What is found before a batch meets the log is answered without the log's start. */
const unplaced: ReadonlySet<number> = new Set([
  ErrorCode.CORRUPT_MESSAGE,
  ErrorCode.MESSAGE_TOO_LARGE,
  ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
])

/** Errors of a log may name the records they are about. */
interface RecordErrors {
  readonly recordErrors?: readonly { readonly batchIndex: number; readonly message: string | null }[]
}

function rejected(index: number, error: KafkaError, logStartOffset: number): PartitionInit {
  const recordErrors = (error as KafkaError & RecordErrors).recordErrors ?? []
  return {
    index,
    errorCode: error.errorCode,
    baseOffset: -1n,
    logStartOffset: unplaced.has(error.errorCode) ? -1n : BigInt(logStartOffset),
    recordErrors: recordErrors.map(({ batchIndex, message }) => ({ batchIndex, batchIndexErrorMessage: message })),
    errorMessage: recordErrors.length === 0 ? null : error.message,
  }
}
