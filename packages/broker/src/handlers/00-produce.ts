import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, KafkaError, ResourceType, isInternalTopic, zeroUuid } from '@streamwright/protocol'
import type {
  ProduceRequest,
  ProduceRequestTopicProduceData,
  ProduceResponse,
} from '@streamwright/protocol/messages/produce'
import { produce } from '@streamwright/protocol/messages/produce'
import { envelopeError, nextBatchBytes } from '../log/append-check.ts'
import { isControl, isTransactional, producerEpochOf, producerIdOf } from '../log/batch-header.ts'
import type { AppendResult } from '../log/log-types.ts'
import type { Topic } from '../metadata/topics.ts'
import { isAuthorized } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import { admitWrites } from '../transactions/admission.ts'
import type { Admission } from '../transactions/transaction-coordinator.ts'
import { eachPartitionOnce } from './each-partition-once.ts'
import type { AnyHandler, HandlerResult, RequestContext } from './handler.ts'
import { closeConnection, handler, noResponse } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<ProduceResponse>['responses']>[number]>['partitionResponses']
>[number]

/** Where a batch's format stands, and how much of it there must be to look at anything else. */
const magicAt = 16
const headerBytes = 61
/** The versions that know TRANSACTION_ABORTABLE, and that make what they write to part of their transaction. */
const abortableSince = 11
const addsPartitionsSince = 12

/**
 * Produce v3–v13. v7: zstd. v8: record errors. v9: flexible. v12: partitions become part of the transaction by
 * themselves. v13: topic ids. All appends of a request are made at once and in order; it is answered when they are
 * written. There is one replica, so acks=1 and acks=all are the same.
 */
export const produceHandler: AnyHandler = handler<ProduceRequest, ProduceResponse>({
  api: produce,
  releasesRequests: true,
  countsProducedBytes: true,

  handle(services, received, context) {
    if (isForbiddenTransaction(services, received, context)) {
      return refuse(received, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
    }
    if (hasUnreadableRecords(received)) return refuse(received, ErrorCode.CORRUPT_MESSAGE)
    const request = withEachPartitionOnce(received)
    const forbidden = forbiddenTopics(services, request, context)
    const written = new Set<Promise<void>>()
    const admission =
      request.transactionalId === null ? undefined : admit(services, request, forbidden, context.apiVersion)
    if (admission?.written !== undefined) written.add(admission.written)
    let hasFailed = false
    const responses = request.topicData.map((data) => {
      const topic = topicOf(services, data)
      const partitionResponses = data.partitionData.map(({ index, records }) => {
        const response = forbidden.has(data)
          ? failed(index, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
          : append(services, topic, data, admission, index, records, request.acks, context.apiVersion, written)
        if (response.errorCode !== undefined) {
          hasFailed = true
          services.metrics?.topics.appendFailed(topic?.name)
        }
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
    responses: withEachPartitionOnce(request).topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => failed(index, errorCode)),
    })),
  }
}

/** {@link eachPartitionOnce}, for a request whose partitions go by another name; most have one. */
function withEachPartitionOnce(request: ProduceRequest): ProduceRequest {
  const [only] = request.topicData
  if (request.topicData.length === 1 && only?.partitionData.length === 1) return request
  const topics = request.topicData.map((data) => ({ ...data, partitions: data.partitionData }))
  const once = eachPartitionOnce(topics, ({ name, topicId }) => (name === '' ? topicId : name), 'index')
  if (once === topics) return request
  return { ...request, topicData: once.map((data) => ({ ...data, partitionData: data.partitions })) }
}

/** Rejects with the first error, but only when nothing is being written any more. */
async function settled(written: ReadonlySet<Promise<void>>): Promise<void> {
  const results = await Promise.allSettled(written)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

function topicOf(services: BrokerServices, data: ProduceRequestTopicProduceData): Topic | undefined {
  return data.name === '' ? services.topics.getById(data.topicId) : services.topics.get(data.name)
}

const none: ReadonlySet<ProduceRequestTopicProduceData> = new Set()

/** Where nothing may be written. What is named by an id that nobody knows is no topic, and not a forbidden one. */
function forbiddenTopics(
  services: BrokerServices,
  request: ProduceRequest,
  context: RequestContext,
): ReadonlySet<ProduceRequestTopicProduceData> {
  if (services.authorizer === undefined) return none
  const forbidden = request.topicData.filter((data) => {
    const name = data.name === '' ? services.topics.getById(data.topicId)?.name : data.name
    return name !== undefined && !isAuthorized(services, context, AclOperation.WRITE, ResourceType.TOPIC, name)
  })
  return new Set(forbidden)
}

/** Records of a transaction without an id, or whose id is somebody else's. */
function isForbiddenTransaction(services: BrokerServices, request: ProduceRequest, context: RequestContext): boolean {
  const hasSome = request.topicData.some(({ partitionData }) =>
    partitionData.some(({ records }) => records !== null && isInTransaction(records)),
  )
  if (!hasSome) return false
  const id = request.transactionalId
  return id === null || !isAuthorized(services, context, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id)
}

/** What cannot even be the beginning of a batch fails the request, before Kafka looks at its partitions. */
function hasUnreadableRecords({ topicData }: ProduceRequest): boolean {
  return topicData.some(({ partitionData }) =>
    partitionData.some(({ records }) => records !== null && nextBatchBytes(records, 0) === undefined),
  )
}

function append(
  services: BrokerServices,
  topic: Topic | undefined,
  data: ProduceRequestTopicProduceData,
  admission: Admission | undefined,
  index: number,
  records: Buffer | null,
  acks: number,
  produceVersion: number,
  written: Set<Promise<void>>,
): PartitionInit {
  if (topic === undefined) {
    const isByName = data.name !== '' || (data.topicId === zeroUuid && produceVersion < 13)
    return failed(index, isByName ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.UNKNOWN_TOPIC_ID)
  }
  const partition = topic.partition(index)
  if (partition === undefined) return failed(index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const unsound = envelopeError(records, produceVersion)
  if (records === null || unsound !== ErrorCode.NONE) {
    // A codec that nobody knows is met by Kafka's log, which tells where it starts.
    const isMetByLog = unsound === ErrorCode.UNKNOWN_SERVER_ERROR
    return { ...failed(index, unsound), ...(isMetByLog && { logStartOffset: BigInt(partition.log.startOffset) }) }
  }
  if (acks < -1 || acks > 1) return failed(index, ErrorCode.INVALID_REQUIRED_ACKS)
  if (isInternalTopic(topic.name)) return failed(index, ErrorCode.INVALID_TOPIC_EXCEPTION)
  const inTransaction = isInTransaction(records)
  const startsSequence = inTransaction && produceVersion >= addsPartitionsSince
  if (inTransaction && producerIdOf(records, 0) >= 0) {
    if (admission === undefined) return failed(index, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
    if (isControl(records, 0)) return failed(index, ErrorCode.INVALID_RECORD)
    if (admission.errorCode === ErrorCode.INVALID_TXN_STATE) {
      return { ...failed(index, admission.errorCode), errorMessage: 'Partition was not added to the transaction' }
    }
    if (admission.errorCode !== ErrorCode.NONE) return failed(index, admission.errorCode)
  }
  try {
    const result = partition.log.append(records, { produceVersion, startsSequence })
    written.add(result.written)
    if (services.metrics !== undefined) {
      const { isDuplicate, baseOffset, lastOffset } = result
      const messages = isDuplicate ? 0 : lastOffset - baseOffset + 1
      services.metrics.topics.appended(partition.topic.name, messages, isDuplicate ? 0 : records.length)
    }
    return succeeded(index, result)
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error
    return rejected(index, error, partition.log.startOffset)
  }
}

function isInTransaction(records: Buffer): boolean {
  return records.length >= headerBytes && records.readInt8(magicAt) === 2 && isTransactional(records, 0)
}

/** What a client tries again where it does not know the coordinator's own word for it. */
const retriable: ReadonlySet<number> = new Set([ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.NOT_COORDINATOR])

/** Whether the producer may write all of this in its transaction. One step for the request, however many partitions. */
function admit(
  services: BrokerServices,
  request: ProduceRequest,
  forbidden: ReadonlySet<ProduceRequestTopicProduceData>,
  apiVersion: number,
): Admission {
  const partitions = new Map<string, Set<number>>()
  let producer: { readonly producerId: number; readonly producerEpoch: number } | undefined
  for (const data of request.topicData) {
    if (forbidden.has(data)) continue
    const topic = topicOf(services, data)
    for (const { index, records } of data.partitionData) {
      if (records === null || topic?.partition(index) === undefined || !isInTransaction(records)) continue
      if (producerIdOf(records, 0) < 0) continue
      producer ??= { producerId: producerIdOf(records, 0), producerEpoch: producerEpochOf(records, 0) }
      if (producerIdOf(records, 0) !== producer.producerId) return { errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING }
      partitions.set(topic.name, (partitions.get(topic.name) ?? new Set()).add(index))
    }
  }
  if (producer === undefined) return { errorCode: ErrorCode.NONE }
  const admission = admitWrites(services, request.transactionalId ?? '', producer, partitions, {
    addsPartitions: apiVersion >= addsPartitionsSince,
    knowsAbortable: apiVersion >= abortableSince,
  })
  return retriable.has(admission.errorCode) ? { errorCode: ErrorCode.NOT_ENOUGH_REPLICAS } : admission
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
