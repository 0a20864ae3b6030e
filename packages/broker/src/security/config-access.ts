import { AclOperation, ResourceType } from '@streamwright/protocol'
import { ConfigResourceType } from '../config/config-resources.ts'
import type { RequestContext } from '../handlers/handler.ts'
import type { BrokerServices } from '../services.ts'
import type { AccessRefusal } from './access.ts'
import { clusterRefusal, groupRefusal, isAuthorized, topicRefusal } from './access.ts'
import { clusterName } from './acl.ts'

/**
 * Why the request's principal may not describe or alter the configurations of a resource; `undefined` when it may, and
 * for resources of no known type. Those of brokers and of client metrics belong to the cluster.
 */
export function configRefusal(
  services: BrokerServices,
  context: RequestContext,
  operation: typeof AclOperation.DESCRIBE_CONFIGS | typeof AclOperation.ALTER_CONFIGS,
  { resourceType, resourceName }: { readonly resourceType: number; readonly resourceName: string },
): AccessRefusal | undefined {
  const refusalUnless = (type: number, name: string, refusal: AccessRefusal): AccessRefusal | undefined =>
    isAuthorized(services, context, operation, type, name) ? undefined : refusal
  switch (resourceType) {
    case ConfigResourceType.topic:
      return refusalUnless(ResourceType.TOPIC, resourceName, topicRefusal)
    case ConfigResourceType.group:
      return refusalUnless(ResourceType.GROUP, resourceName, groupRefusal)
    case ConfigResourceType.broker:
    case ConfigResourceType.brokerLogger:
    case ConfigResourceType.clientMetrics:
      return refusalUnless(ResourceType.CLUSTER, clusterName, clusterRefusal)
    default:
      return undefined
  }
}
