import { zeroUuid } from '@streamwright/protocol'
import type { Topic } from '../metadata/topics.ts'

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
