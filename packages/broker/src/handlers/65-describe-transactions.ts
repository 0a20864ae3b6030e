import type { Init } from '@streamwright/protocol'
import { ErrorCode } from '@streamwright/protocol'
import type {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@streamwright/protocol/messages/describe-transactions'
import { describeTransactions } from '@streamwright/protocol/messages/describe-transactions'
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

  async handle(services, request) {
    const transactions = await services.transactions()
    return { transactionStates: request.transactionalIds.map((id) => describe(id, transactions.get(id))) }
  },

  refuse: (request, errorCode) => ({
    transactionStates: request.transactionalIds.map((transactionalId) => failed(transactionalId, errorCode)),
  }),
})

function describe(transactionalId: string, metadata: TransactionMetadata | undefined): StateInit {
  if (transactionalId === '') return failed(transactionalId, ErrorCode.INVALID_REQUEST)
  if (metadata === undefined) return failed(transactionalId, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND)
  return {
    transactionalId,
    transactionState: metadata.state,
    transactionTimeoutMs: metadata.timeoutMs,
    transactionStartTimeMs: BigInt(metadata.startMs),
    producerId: BigInt(metadata.producerId),
    producerEpoch: metadata.producerEpoch,
    topics: [...metadata.partitions].map(([topic, partitions]) => ({ topic, partitions: [...partitions] })),
  }
}

function failed(transactionalId: string, errorCode: number): StateInit {
  return { transactionalId, errorCode }
}
