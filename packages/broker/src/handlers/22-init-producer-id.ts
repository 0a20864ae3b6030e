import { ErrorCode } from '@streamwright/protocol'
import type { InitProducerIdRequest, InitProducerIdResponse } from '@streamwright/protocol/messages/init-producer-id'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, HandlerResult } from './handler.ts'
import { handler } from './handler.ts'

/**
 * InitProducerId v0–v5. v2: flexible. v3: a producer may name the id it had. For idempotent producers. A transactional
 * one is refused as if it had no right to its id: of all errors that one alone makes every client give up at once,
 * where others are tried again for ever.
 */
export const initProducerIdHandler: AnyHandler = handler<InitProducerIdRequest, InitProducerIdResponse>({
  api: initProducerId,

  async handle(services, request) {
    const errorCode = problemOf(services, request)
    if (errorCode !== ErrorCode.NONE) return refuse(request, errorCode)
    return { producerId: BigInt(await services.producerIds.allocate()), producerEpoch: 0 }
  },

  refuse,
})

function refuse(_request: InitProducerIdRequest, errorCode: number): HandlerResult<InitProducerIdResponse> {
  return { errorCode, producerId: -1n, producerEpoch: -1 }
}

function problemOf(services: BrokerServices, request: InitProducerIdRequest): number {
  const { transactionalId, transactionTimeoutMs, producerId, producerEpoch } = request
  if (transactionalId === null) return ErrorCode.NONE
  if (transactionalId === '') return ErrorCode.INVALID_REQUEST
  if (transactionTimeoutMs <= 0 || transactionTimeoutMs > services.settings.transactionMaxTimeoutMs) {
    return ErrorCode.INVALID_TRANSACTION_TIMEOUT
  }
  if ((producerId === -1n) !== (producerEpoch === -1)) return ErrorCode.INVALID_REQUEST
  services.environment.log.warn('A producer asked for transactions, which this broker does not have yet', {
    transactionalId,
  })
  return ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
}
