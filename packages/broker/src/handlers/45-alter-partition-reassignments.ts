import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@streamwright/protocol/messages/alter-partition-reassignments'
import { alterPartitionReassignments } from '@streamwright/protocol/messages/alter-partition-reassignments'
import { replicasRefusal } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

interface PartitionFailure {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/**
 * AlterPartitionReassignments v0–v1. v1: whether the number of replicas may change. This broker is the only place for
 * a replica, so a reassignment is either none, and done, or refused.
 */
export const alterPartitionReassignmentsHandler: AnyHandler = handler<
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse
>({
  api: alterPartitionReassignments,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    return {
      ...(context.apiVersion >= 1 && { allowReplicationFactorChange: request.allowReplicationFactorChange }),
      errorMessage: null,
      responses: responsesOf(request, (topic, partition, replicas) => reassign(services, topic, partition, replicas)),
    }
  },

  refuse: (request, errorCode) => ({
    errorCode,
    responses: responsesOf(request, () => ({ errorCode, errorMessage: null })),
  }),
})

function reassign(
  services: BrokerServices,
  topicName: string,
  partition: number,
  replicas: readonly number[] | null,
): PartitionFailure {
  const unknown = (errorMessage: string): PartitionFailure => ({
    errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    errorMessage,
  })
  const topic = services.topics.get(topicName)
  if (topic === undefined) return unknown(`Unable to find a topic named ${topicName}.`)
  if (topic.partition(partition) === undefined) return unknown(`Unable to find partition ${topicName}:${partition}.`)
  if (replicas === null) return { errorCode: ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, errorMessage: null }
  return replicasRefusal(replicas, services.nodeId) ?? { errorCode: ErrorCode.NONE, errorMessage: null }
}

function responsesOf(
  request: AlterPartitionReassignmentsRequest,
  outcomeOf: (topic: string, partition: number, replicas: readonly number[] | null) => PartitionFailure,
): NonNullable<Init<AlterPartitionReassignmentsResponse>['responses']> {
  return request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, replicas }) => ({
      partitionIndex,
      ...outcomeOf(name, partitionIndex, replicas),
    })),
  }))
}
