import { AclOperation, ErrorCode, KafkaError, ResourceType } from '@streamwright/protocol'
import type { RequestContext } from '../handlers/handler.ts'
import type { BrokerServices } from '../services.ts'
import { clusterName, nameOf } from './acl.ts'

type Services = Pick<BrokerServices, 'authorizer'>

/** What is answered to those who may not do it, in Kafka's words. */
export interface AccessRefusal {
  readonly errorCode: number
  readonly errorMessage: string
}

export const topicRefusal: AccessRefusal = {
  errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  errorMessage: 'Topic authorization failed.',
}
export const groupRefusal: AccessRefusal = {
  errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED,
  errorMessage: 'Group authorization failed.',
}
export const clusterRefusal: AccessRefusal = {
  errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  errorMessage: 'Cluster authorization failed.',
}
export const transactionalIdRefusal: AccessRefusal = {
  errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  errorMessage: 'Transactional Id authorization failed.',
}

/** Whether the request's principal may do it. Everybody may do everything where there is no authorizer. */
export function isAuthorized(
  { authorizer }: Services,
  context: RequestContext,
  operation: number,
  resourceType: number,
  name: string,
): boolean {
  return authorizer === undefined || authorizer.authorize(context, operation, resourceType, name)
}

/** As {@link isAuthorized}, for what was not asked for by name: that it may not be seen is nobody's fault. */
export function isVisible(
  { authorizer }: Services,
  context: RequestContext,
  operation: number,
  resourceType: number,
  name: string,
): boolean {
  return authorizer === undefined || (authorizer.operations(context, resourceType, name) & (1 << operation)) !== 0
}

/** Why the request's principal may not do it with the cluster, for APIs that say so in words; `undefined` when it may. */
export function clusterProblem(
  services: Services,
  context: RequestContext,
  operation: number,
): AccessRefusal | undefined {
  if (isAuthorized(services, context, operation, ResourceType.CLUSTER, clusterName)) return undefined
  return { ...clusterRefusal, errorMessage: `Request needs ${nameOf(AclOperation, operation)} permission.` }
}

/** Throws CLUSTER_AUTHORIZATION_FAILED unless the request's principal may do it with the cluster. */
export function authorizeCluster(services: Services, context: RequestContext, operation: number): void {
  if (isAuthorized(services, context, operation, ResourceType.CLUSTER, clusterName)) return
  throw new KafkaError(clusterRefusal.errorCode, clusterRefusal.errorMessage)
}

/** The operations that there are for each type of resource. */
const supported: ReadonlyMap<number, number> = new Map([
  [
    ResourceType.TOPIC,
    bits('READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'),
  ],
  [ResourceType.GROUP, bits('READ', 'DELETE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS')],
  [
    ResourceType.CLUSTER,
    bits('CREATE', 'ALTER', 'DESCRIBE', 'CLUSTER_ACTION', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE'),
  ],
])

function bits(...operations: readonly (keyof typeof AclOperation)[]): number {
  return operations.reduce((sum, operation) => sum | (1 << AclOperation[operation]), 0)
}

/** What the request's principal may do with a resource, as the bits of Metadata, DescribeCluster and DescribeGroups. */
export function authorizedOperations(
  { authorizer }: Services,
  context: RequestContext,
  resourceType: number,
  name: string,
): number {
  const possible = supported.get(resourceType) ?? 0
  return authorizer === undefined ? possible : possible & authorizer.operations(context, resourceType, name)
}

/** The same of the cluster, for those who may know about it; nothing for others. */
export function clusterOperations(services: Services, context: RequestContext): number {
  const { CLUSTER } = ResourceType
  if (!isAuthorized(services, context, AclOperation.DESCRIBE, CLUSTER, clusterName)) return 0
  return authorizedOperations(services, context, CLUSTER, clusterName)
}
