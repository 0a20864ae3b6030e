import { ErrorCode } from '@streamwright/protocol'
import type { DescribeClusterRequest, DescribeClusterResponse } from '@streamwright/protocol/messages/describe-cluster'
import { describeCluster } from '@streamwright/protocol/messages/describe-cluster'
import { clusterOperations } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

const endpointTypes = { broker: 1, controller: 2 } as const

/** DescribeCluster v0–v2. v1: endpoint type. v2: fenced brokers. */
export const describeClusterHandler: AnyHandler = handler<DescribeClusterRequest, DescribeClusterResponse>({
  api: describeCluster,

  handle(services, request, context) {
    if (request.endpointType === endpointTypes.controller) {
      const errorMessage =
        'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER'
      return { errorCode: ErrorCode.MISMATCHED_ENDPOINT_TYPE, errorMessage }
    }
    if (request.endpointType !== endpointTypes.broker) {
      const errorMessage = `Unsupported endpoint type ${request.endpointType}`
      return { errorCode: ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, errorMessage }
    }
    const { host, port } = context.advertised
    return {
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
