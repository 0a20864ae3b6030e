import { ErrorCode } from '@streamwright/protocol'
import type { DescribeClusterRequest, DescribeClusterResponse } from '@streamwright/protocol/messages/describe-cluster'
import { describeCluster } from '@streamwright/protocol/messages/describe-cluster'
import { clusterOperations } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** Types of endpoints. */
const names: ReadonlyMap<number, string> = new Map([
  [1, 'BROKER'],
  [2, 'CONTROLLER'],
])

/** DescribeCluster v0–v2. v1: endpoint type. v2: fenced brokers. */
export const describeClusterHandler: AnyHandler = handler<DescribeClusterRequest, DescribeClusterResponse>({
  api: describeCluster,

  handle(services, request, context) {
    const [wanted, found] = [names.get(request.endpointType), context.isForControllers ? 'CONTROLLER' : 'BROKER']
    if (wanted === undefined) {
      const errorMessage = `Unsupported endpoint type ${request.endpointType}`
      return { errorCode: ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, errorMessage }
    }
    if (wanted !== found) {
      const errorMessage = `The request was sent to an endpoint of type ${found}, but we wanted an endpoint of type ${wanted}`
      return { errorCode: ErrorCode.MISMATCHED_ENDPOINT_TYPE, errorMessage }
    }
    const { host, port } = context.advertised
    return {
      ...(context.apiVersion >= 1 && { endpointType: request.endpointType }),
      clusterId: services.clusterId,
      controllerId: services.nodeId,
      brokers: [{ brokerId: services.nodeId, host, port, rack: null }],
      ...(request.includeClusterAuthorizedOperations && {
        clusterAuthorizedOperations: clusterOperations(services, context),
      }),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
