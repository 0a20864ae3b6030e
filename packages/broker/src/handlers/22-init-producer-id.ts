import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { InitProducerIdRequest, InitProducerIdResponse } from '@streamwright/protocol/messages/init-producer-id'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { isAuthorized, isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { BrokerServices } from '../services.ts'
import { fencingErrorFor } from '../transactions/fencing-error.ts'
import type { AnyHandler, HandlerResult, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** InitProducerId v0–v5. v2: flexible. v3: a producer may name the id it had. v4: PRODUCER_FENCED. */
export const initProducerIdHandler: AnyHandler = handler<InitProducerIdRequest, InitProducerIdResponse>({
  api: initProducerId,

  async handle(services, request, context) {
    const { transactionalId, transactionTimeoutMs } = request
    if (transactionalId === null) {
      if (!mayWriteIdempotently(services, context)) return refuse(request, ErrorCode.CLUSTER_AUTHORIZATION_FAILED)
      return { producerId: BigInt(await services.producerIds.allocate()), producerEpoch: 0 }
    }
    if (!isAuthorized(services, context, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId)) {
      return refuse(request, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
    }
    const problem = problemOf(services, request, transactionalId)
    if (problem !== ErrorCode.NONE) return refuse(request, problem)
    const transactions = await services.transactions()
    const isNamed = request.producerId !== -1n
    const answer = await transactions.init({
      transactionalId,
      timeoutMs: transactionTimeoutMs,
      expected: isNamed ? { producerId: Number(request.producerId), producerEpoch: request.producerEpoch } : undefined,
    })
    if (!('producerId' in answer)) {
      return refuse(request, fencingErrorFor(answer.errorCode, context.apiVersion >= 4))
    }
    return { producerId: BigInt(answer.producerId), producerEpoch: answer.producerEpoch }
  },

  refuse,
})

function refuse(_request: InitProducerIdRequest, errorCode: number): HandlerResult<InitProducerIdResponse> {
  return { errorCode, producerId: -1n, producerEpoch: -1 }
}

/** Whoever may write to some topic may do so idempotently (KIP-679). */
function mayWriteIdempotently(services: BrokerServices, context: RequestContext): boolean {
  return (
    isVisible(services, context, AclOperation.IDEMPOTENT_WRITE, ResourceType.CLUSTER, clusterName) ||
    services.authorizer?.authorizeAny(context, AclOperation.WRITE, ResourceType.TOPIC) === true
  )
}

function problemOf(services: BrokerServices, request: InitProducerIdRequest, transactionalId: string): number {
  const { transactionTimeoutMs, producerId, producerEpoch } = request
  if (transactionalId === '' || (producerId === -1n) !== (producerEpoch === -1)) return ErrorCode.INVALID_REQUEST
  return transactionTimeoutMs > 0 && transactionTimeoutMs <= services.settings.transactionMaxTimeoutMs
    ? ErrorCode.NONE
    : ErrorCode.INVALID_TRANSACTION_TIMEOUT
}
