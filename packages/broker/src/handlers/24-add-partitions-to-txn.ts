import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, isInternalTopic } from '@streamwright/protocol'
import type {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnRequestTopic,
  AddPartitionsToTxnRequestTransaction,
  AddPartitionsToTxnResponse,
} from '@streamwright/protocol/messages/add-partitions-to-txn'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import { authorizeCluster, isAuthorized } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import { fencingErrorFor } from '../transactions/fencing-error.ts'
import type { TransactionCoordinator } from '../transactions/transaction-coordinator.ts'
import { TransactionVersion } from '../transactions/transaction-metadata.ts'
import type { AnyHandler, HandlerResult, RequestContext } from './handler.ts'
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
    if (apiVersion >= 4) authorizeCluster(services, context, AclOperation.CLUSTER_ACTION)
    if (apiVersion < 4) {
      const id = request.v3AndBelowTransactionalId
      if (!isAuthorized(services, context, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id)) {
        const errorCode = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
        return { resultsByTopicV3AndBelow: resultsOf(request.v3AndBelowTopics, () => errorCode) }
      }
      return { resultsByTopicV3AndBelow: await add(services, transactions, olderForm(request), context) }
    }
    const resultsByTransaction = await Promise.all(
      request.transactions.map(async (transaction) => ({
        transactionalId: transaction.transactionalId,
        topicResults: await add(services, transactions, transaction, context),
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
    topics: merged(request.v3AndBelowTopics),
  }
}

/**
 * Adds partitions, or says whether they are there. All or nothing: where one partition does not exist or is not theirs to write to, the others are
 * not added either.
 */
async function add(
  services: BrokerServices,
  transactions: TransactionCoordinator,
  transaction: Transaction,
  context: RequestContext,
): Promise<TopicResults> {
  const { transactionalId, producerId, producerEpoch, topics } = transaction
  const { apiVersion } = context
  // From version 4 on it is brokers that ask.
  const forbidden = new Set(
    apiVersion >= 4
      ? []
      : topics
          .map(({ name }) => name)
          .filter(
            (name) =>
              isInternalTopic(name) || !isAuthorized(services, context, AclOperation.WRITE, ResourceType.TOPIC, name),
          ),
  )
  const errorOf = (name: string, index: number): number => {
    if (forbidden.has(name)) return ErrorCode.TOPIC_AUTHORIZATION_FAILED
    const exists = services.topics.get(name)?.partition(index) !== undefined
    return exists ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  }
  const isWhole = topics.every(({ name, partitions }) =>
    partitions.every((index) => errorOf(name, index) === ErrorCode.NONE),
  )
  if (!isWhole) return resultsOf(topics, (name, index) => errorOf(name, index) || ErrorCode.OPERATION_NOT_ATTEMPTED)
  if (transaction.verifyOnly) return verify(transactions, transaction)
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

/** Before v4 each topic is told once. */
function merged(topics: Topics): Topics {
  const byName = new Map<string, number[]>()
  for (const { name, partitions } of topics) {
    if (partitions.length > 0) byName.set(name, [...(byName.get(name) ?? []), ...partitions])
  }
  return byName.size === 0 ? topics : [...byName].map(([name, partitions]) => ({ name, partitions }))
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
