import { ErrorCode } from '@streamwright/protocol'
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '@streamwright/protocol/messages/find-coordinator'
import { findCoordinator } from '@streamwright/protocol/messages/find-coordinator'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

const keyTypes = { group: 0, transaction: 1, share: 2 } as const

const invalidRequestMessage =
  'This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details.'

/** FindCoordinator v0–v6. v1: key types. v3: flexible. v4: many keys. This broker coordinates everything. */
export const findCoordinatorHandler: AnyHandler = handler<FindCoordinatorRequest, FindCoordinatorResponse>({
  api: findCoordinator,

  handle(services, request, context) {
    const isKnown = request.keyType === keyTypes.group || request.keyType === keyTypes.transaction
    if (!isKnown) {
      const message = request.keyType === keyTypes.share ? '' : invalidRequestMessage
      return refuse(request, ErrorCode.INVALID_REQUEST, context, message)
    }
    const node = { nodeId: services.nodeId, host: context.advertised.host, port: context.advertised.port }
    if (context.apiVersion < 4) return { ...node, errorMessage: 'NONE' }
    return { coordinators: request.coordinatorKeys.map((key) => ({ key, ...node, errorMessage: '' })) }
  },

  refuse: (request, errorCode, context) => refuse(request, errorCode, context, ''),
})

function refuse(
  request: FindCoordinatorRequest,
  errorCode: number,
  context: { readonly apiVersion: number },
  errorMessage: string,
): ReturnType<typeof noNode> {
  const failure = noNode(errorCode, errorMessage)
  if (context.apiVersion < 4) return failure
  return { coordinators: request.coordinatorKeys.map((key) => ({ key, ...failure })) } as unknown as typeof failure
}

function noNode(
  errorCode: number,
  errorMessage: string,
): {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly errorCode: number
  readonly errorMessage: string
} {
  return { nodeId: -1, host: '', port: -1, errorCode, errorMessage }
}
