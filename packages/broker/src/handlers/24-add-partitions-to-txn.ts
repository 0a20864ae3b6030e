import type { Init } from '@streamwright/protocol'
import { ErrorCode } from '@streamwright/protocol'
import type {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnRequestTopic,
  AddPartitionsToTxnRequestTransaction,
  AddPartitionsToTxnResponse,
} from '@streamwright/protocol/messages/add-partitions-to-txn'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import type { BrokerServices } from '../services.ts'
import { fencingErrorFor } from '../transactions/fencing-error.ts'
import type { TransactionCoordinator } from '../transactions/transaction-coordinator.ts'
import { TransactionVersion } from '../transactions/transaction-metadata.ts'
import type { AnyHandler, HandlerResult } from './handler.ts'
import { handler } from './handler.ts'

type TopicResults = NonNullable<Init<AddPartitionsToTxnResponse>['resultsByTopicV3AndBelow']>
type Topics = readonly AddPartitionsToTxnRequestTopic[]
type Transaction = Omit<AddPartitionsToTxnRequestTransaction, 'unknownTags'>

/**
 * AddPartitionsToTxn v0–v5. v2: PRODUCER_FENCED. v3: flexible. v4: many transactions at once, and questions whether
 * partitions are in them; from brokers by the letter of the protocol, but some clients send it, too.
 */
export const addPartitionsToTxnHandler: AnyHandler = handler<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>({
  api: addPartitionsToTxn,

  async handle(services, request, context) {
    const transactions = await services.transactions()
    const { apiVersion } = context
    if (apiVersion < 4) {
      return { resultsByTopicV3AndBelow: await add(services, transactions, olderForm(request), apiVersion) }
    }
    const resultsByTransaction = await Promise.all(
      request.transactions.map(async (transaction) => ({
        transactionalId: transaction.transactionalId,
        topicResults: transaction.verifyOnly
          ? verify(transactions, transaction)
          : await add(services, transactions, transaction, apiVersion),
      })),
    )
    return { resultsByTransaction }
  },

  refuse(request, errorCode, context): HandlerResult<AddPartitionsToTxnResponse> {
    if (context.apiVersion >= 4) return { errorCode }
    return { resultsByTopicV3AndBelow: resultsOf(request.v3AndBelowTopics, () => errorCode) }
  },
})

function olderForm(request: AddPartitionsToTxnRequest): Transaction {
  return {
    transactionalId: request.v3AndBelowTransactionalId,
    producerId: request.v3AndBelowProducerId,
    producerEpoch: request.v3AndBelowProducerEpoch,
    verifyOnly: false,
    topics: request.v3AndBelowTopics,
  }
}

/** All or nothing: where one partition does not exist, the others are not added either. */
async function add(
  services: BrokerServices,
  transactions: TransactionCoordinator,
  { transactionalId, producerId, producerEpoch, topics }: Transaction,
  apiVersion: number,
): Promise<TopicResults> {
  const exists = (name: string, index: number): boolean => services.topics.get(name)?.partition(index) !== undefined
  const isWhole = topics.every(({ name, partitions }) => partitions.every((index) => exists(name, index)))
  if (!isWhole) {
    const { UNKNOWN_TOPIC_OR_PARTITION, OPERATION_NOT_ATTEMPTED } = ErrorCode
    return resultsOf(topics, (name, index) =>
      exists(name, index) ? OPERATION_NOT_ATTEMPTED : UNKNOWN_TOPIC_OR_PARTITION,
    )
  }
  const producer = { producerId: Number(producerId), producerEpoch }
  const wanted = new Map(topics.map(({ name, partitions }) => [name, new Set(partitions)]))
  const version = apiVersion >= 5 ? TransactionVersion.epochPerTransaction : TransactionVersion.classic
  const errorCode = await transactions.addPartitionsDurably(transactionalId, producer, wanted, version)
  return resultsOf(topics, () => fencingErrorFor(errorCode, apiVersion >= 2))
}

function verify(
  transactions: TransactionCoordinator,
  { transactionalId, producerId, producerEpoch, topics }: Transaction,
): TopicResults {
  const producer = { producerId: Number(producerId), producerEpoch }
  return resultsOf(topics, (name, index) => transactions.verifyPartition(transactionalId, producer, name, index))
}

function resultsOf(topics: Topics, errorOf: (name: string, index: number) => number): TopicResults {
  return topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partitionIndex) => ({
      partitionIndex,
      partitionErrorCode: errorOf(name, partitionIndex),
    })),
  }))
}
