import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  ListConfigResourcesRequest,
  ListConfigResourcesResponse,
} from '@streamwright/protocol/messages/list-config-resources'
import { listConfigResources } from '@streamwright/protocol/messages/list-config-resources'
import { ConfigResourceType } from '../config/config-resources.ts'
import type { BrokerServices } from '../services.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** In the order in which they are listed. */
const namesOf = new Map<number, (services: BrokerServices) => Iterable<string>>([
  [ConfigResourceType.group, ({ metadata }) => metadata.state.groupConfigs.keys()],
  [ConfigResourceType.clientMetrics, ({ metadata }) => metadata.state.clientMetricsConfigs.keys()],
  [ConfigResourceType.brokerLogger, ({ nodeId }) => [String(nodeId)]],
  [ConfigResourceType.broker, ({ nodeId }) => [String(nodeId)]],
  [ConfigResourceType.topic, ({ topics }) => [...topics.all()].map(({ name }) => name)],
])

/** ListConfigResources v0–v1. v0 is ListClientMetricsResources by its older name. v1: all types; none given: all. */
export const listConfigResourcesHandler: AnyHandler = handler<ListConfigResourcesRequest, ListConfigResourcesResponse>({
  api: listConfigResources,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.DESCRIBE_CONFIGS)
    const types = context.apiVersion === 0 ? [ConfigResourceType.clientMetrics] : request.resourceTypes
    if (types.some((type) => !namesOf.has(type))) return { errorCode: ErrorCode.UNSUPPORTED_VERSION }
    const wanted = types.length === 0 ? [...namesOf.keys()] : [...namesOf.keys()].filter((type) => types.includes(type))
    return {
      configResources: wanted.flatMap((resourceType) =>
        [...(namesOf.get(resourceType)?.(services) ?? [])].map((resourceName) => ({
          resourceName,
          ...(context.apiVersion >= 1 && { resourceType }),
        })),
      ),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
