import { zeroUuid } from '@streamwright/protocol'
import type { Topic } from '../metadata/topics.ts'

/** What anybody may do with a topic, a group, the cluster, as bits of Kafka's operations: everything, without ACLs. */
export const topicOperations = 3576
export const groupOperations = 3400
export const clusterOperations = 8096
/** Nobody asked. */
export const operationsUnknown = -2_147_483_648

export interface PartitionDescription {
  readonly partitionIndex: number
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly replicaNodes: readonly number[]
  readonly isrNodes: readonly number[]
}

/** The partitions from `from` on: each led by this broker, which is the only replica. */
export function describePartitions(
  topic: Topic,
  nodeId: number,
  from = 0,
  limit: number = Infinity,
): PartitionDescription[] {
  const nodes = [nodeId]
  return topic.partitions.slice(from, from + limit).map((partition) => ({
    partitionIndex: partition.index,
    leaderId: nodeId,
    leaderEpoch: partition.leaderEpoch,
    replicaNodes: nodes,
    isrNodes: nodes,
  }))
}

export interface TopicFailure {
  readonly errorCode: number
  readonly name: string | null
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: readonly []
}

export function topicFailure(errorCode: number, name: string | null, topicId: string = zeroUuid): TopicFailure {
  return { errorCode, name, topicId, isInternal: false, partitions: [] }
}
