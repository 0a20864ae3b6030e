import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@streamwright/protocol/messages/describe-transactions'
import { describeTransactions } from '@streamwright/protocol/messages/describe-transactions'
import { isAuthorized, isVisible } from '../security/access.ts'
import type { TransactionMetadata } from '../transactions/transaction-metadata.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type StateInit = NonNullable<Init<DescribeTransactionsResponse>['transactionStates']>[number]

/** DescribeTransactions v0. */
export const describeTransactionsHandler: AnyHandler = handler<
  DescribeTransactionsRequest,
  DescribeTransactionsResponse
>({
  api: describeTransactions,

  async handle(services, request, context) {
    const transactions = await services.transactions()
    const { DESCRIBE } = AclOperation
    const maySee = (topic: string): boolean => isVisible(services, context, DESCRIBE, ResourceType.TOPIC, topic)
    return {
      transactionStates: request.transactionalIds.map((id) =>
        isAuthorized(services, context, DESCRIBE, ResourceType.TRANSACTIONAL_ID, id)
          ? describe(id, transactions.get(id), maySee)
          : failed(id, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
      ),
    }
  },

  refuse: (request, errorCode) => ({
    transactionStates: request.transactionalIds.map((transactionalId) => failed(transactionalId, errorCode)),
  }),
})

function describe(
  transactionalId: string,
  metadata: TransactionMetadata | undefined,
  maySee: (topic: string) => boolean,
): StateInit {
  if (transactionalId === '') return failed(transactionalId, ErrorCode.INVALID_REQUEST)
  if (metadata === undefined) return failed(transactionalId, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND)
  return {
    transactionalId,
    transactionState: metadata.state,
    transactionTimeoutMs: metadata.timeoutMs,
    transactionStartTimeMs: BigInt(metadata.startMs),
    producerId: BigInt(metadata.producerId),
    producerEpoch: metadata.producerEpoch,
    topics: [...metadata.partitions]
      .filter(([topic]) => maySee(topic))
      .map(([topic, partitions]) => ({ topic, partitions: [...partitions] })),
  }
}

function failed(transactionalId: string, errorCode: number): StateInit {
  return { transactionalId, errorCode }
}
