import type { EndTxnRequest, EndTxnResponse } from '@streamwright/protocol/messages/end-txn'
import { endTxn } from '@streamwright/protocol/messages/end-txn'
import { fencingErrorFor } from '../transactions/fencing-error.ts'
import { TransactionVersion } from '../transactions/transaction-metadata.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** EndTxn v0–v5. v2: PRODUCER_FENCED. v3: flexible. v5: the transaction has an epoch of its own, the answer is the next. */
export const endTxnHandler: AnyHandler = handler<EndTxnRequest, EndTxnResponse>({
  api: endTxn,

  async handle(services, request, context) {
    const transactions = await services.transactions()
    const { transactionalId, producerId, producerEpoch, committed } = request
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
