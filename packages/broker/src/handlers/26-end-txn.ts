import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { EndTxnRequest, EndTxnResponse } from '@streamwright/protocol/messages/end-txn'
import { endTxn } from '@streamwright/protocol/messages/end-txn'
import { isAuthorized } from '../security/access.ts'
import { fencingErrorFor } from '../transactions/fencing-error.ts'
import { TransactionVersion } from '../transactions/transaction-metadata.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** EndTxn v0–v5. v2: PRODUCER_FENCED. v3: flexible. v5: the transaction has an epoch of its own, the answer is the next. */
export const endTxnHandler: AnyHandler = handler<EndTxnRequest, EndTxnResponse>({
  api: endTxn,

  async handle(services, request, context) {
    const { transactionalId, producerId, producerEpoch, committed } = request
    if (!isAuthorized(services, context, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId)) {
      return { errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED }
    }
    const transactions = await services.transactions()
    const answer = await transactions.end(transactionalId, {
      producerId: Number(producerId),
      producerEpoch,
      outcome: committed ? 'commit' : 'abort',
      clientVersion: context.apiVersion >= 5 ? TransactionVersion.epochPerTransaction : TransactionVersion.classic,
    })
    if (!('producerId' in answer)) return { errorCode: fencingErrorFor(answer.errorCode, context.apiVersion >= 2) }
    if (context.apiVersion < 5) return {}
    return { producerId: BigInt(answer.producerId), producerEpoch: answer.producerEpoch }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
