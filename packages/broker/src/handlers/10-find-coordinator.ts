import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '@streamwright/protocol/messages/find-coordinator'
import { findCoordinator } from '@streamwright/protocol/messages/find-coordinator'
import type { AccessRefusal } from '../security/access.ts'
import { authorizeCluster, groupRefusal, isAuthorized, transactionalIdRefusal } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import { createAutomatically, offsetsTopicName, transactionsTopicName } from '../metadata/topic-creation.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

const keyTypes = { group: 0, transaction: 1, share: 2 } as const

const invalidRequestMessage =
  'This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details.'

/** FindCoordinator v0–v6. v1: key types. v3: flexible. v4: many keys. This broker coordinates everything. */
export const findCoordinatorHandler: AnyHandler = handler<FindCoordinatorRequest, FindCoordinatorResponse>({
  api: findCoordinator,

  handle(services, request, context) {
    if (request.keyType === keyTypes.share) authorizeCluster(services, context, AclOperation.CLUSTER_ACTION)
    const isKnown = request.keyType === keyTypes.group || request.keyType === keyTypes.transaction
    if (!isKnown) {
      const message = request.keyType === keyTypes.share ? '' : invalidRequestMessage
      return refuse(request, ErrorCode.INVALID_REQUEST, context, message)
    }
    const [resourceType, refusal] = keyOf(request.keyType)
    const mayKnow = (key: string): boolean => isAuthorized(services, context, AclOperation.DESCRIBE, resourceType, key)
    const keys = context.apiVersion < 4 ? [request.key] : request.coordinatorKeys
    if (keys.some((key) => mayKnow(key))) createTopicOf(services, request.keyType)
    const node = { nodeId: services.nodeId, host: context.advertised.host, port: context.advertised.port }
    if (context.apiVersion < 4) {
      if (mayKnow(request.key)) return { ...node, errorMessage: 'NONE' }
      return noNode(refusal.errorCode, refusal.errorMessage)
    }
    return {
      coordinators: request.coordinatorKeys.map((key) => ({
        key,
        ...(mayKnow(key) ? { ...node, errorMessage: '' } : noNode(refusal.errorCode, '')),
      })),
    }
  },

  refuse: (request, errorCode, context) => refuse(request, errorCode, context, ''),
})

/** Clients that list topics after this question, by a pattern or for a backup, see the internal one, as in Kafka. */
function createTopicOf(services: BrokerServices, keyType: number): void {
  const name = keyType === keyTypes.group ? offsetsTopicName : transactionsTopicName
  if (services.topics.get(name) === undefined) createAutomatically(services, name)
}

/** What a key of this type names, and the answer to those who may not know of it. */
function keyOf(keyType: number): readonly [number, AccessRefusal] {
  return keyType === keyTypes.group
    ? [ResourceType.GROUP, groupRefusal]
    : [ResourceType.TRANSACTIONAL_ID, transactionalIdRefusal]
}

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
