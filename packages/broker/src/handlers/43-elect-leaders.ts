import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { ElectLeadersRequest, ElectLeadersResponse } from '@streamwright/protocol/messages/elect-leaders'
import { electLeaders } from '@streamwright/protocol/messages/elect-leaders'
import type { Topics } from '../metadata/topics.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** Preferred and unclean. */
const electionTypeMax = 1

interface PartitionFailure {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/**
 * ElectLeaders v0–v2. v1: unclean elections and an error of the whole. v2: flexible. This broker leads every
 * partition, so there is never anything to elect.
 */
export const electLeadersHandler: AnyHandler = handler<ElectLeadersRequest, ElectLeadersResponse>({
  api: electLeaders,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    if (context.apiVersion >= 1 && (request.electionType < 0 || request.electionType > electionTypeMax)) {
      const errorMessage = `Unknown election type ${request.electionType}`
      return {
        errorCode: ErrorCode.INVALID_REQUEST,
        replicaElectionResults: resultsOf(request, () => ({ errorCode: ErrorCode.INVALID_REQUEST, errorMessage })),
      }
    }
    if (request.topicPartitions === null) {
      // When all partitions are meant, those that need no election are left out.
      const topics = [...services.topics.all()]
      return { replicaElectionResults: topics.map(({ name }) => ({ topic: name, partitionResult: [] })) }
    }
    const failureOf = (topic: string, partition: number): PartitionFailure => failure(services.topics, topic, partition)
    return { replicaElectionResults: resultsOf(request, failureOf) }
  },

  refuse: (request, errorCode, context) => ({
    ...(context.apiVersion >= 1 && { errorCode }),
    replicaElectionResults: resultsOf(request, () => ({ errorCode, errorMessage: null })),
  }),
})

function failure(topics: Topics, name: string, partition: number): PartitionFailure {
  const topic = topics.get(name)
  if (topic === undefined) {
    return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: `No such topic as ${name}` }
  }
  if (topic.partition(partition) === undefined) {
    const errorMessage = `No such partition as ${name}-${partition}`
    return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage }
  }
  const errorMessage = 'Leader election not needed for topic partition.'
  return { errorCode: ErrorCode.ELECTION_NOT_NEEDED, errorMessage }
}

function resultsOf(
  request: ElectLeadersRequest,
  failureOf: (topic: string, partition: number) => PartitionFailure,
): NonNullable<Init<ElectLeadersResponse>['replicaElectionResults']> {
  return (request.topicPartitions ?? []).map(({ topic, partitions }) => ({
    topic,
    partitionResult: partitions.map((partitionId) => ({ partitionId, ...failureOf(topic, partitionId) })),
  }))
}
