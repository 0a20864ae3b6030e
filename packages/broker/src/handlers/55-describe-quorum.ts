import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, zeroUuid } from '@streamwright/protocol'
import type { DescribeQuorumRequest, DescribeQuorumResponse } from '@streamwright/protocol/messages/describe-quorum'
import { describeQuorum } from '@streamwright/protocol/messages/describe-quorum'
import type { BrokerServices } from '../services.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type TopicInit = NonNullable<Init<DescribeQuorumResponse>['topics']>[number]

const metadataTopic = '__cluster_metadata'
/** The quorum never elects another leader than this broker. */
const leaderEpoch = 1

/** DescribeQuorum v0–v2. v1: times of replicas. v2: directories, listeners, messages. A quorum of this broker alone. */
export const describeQuorumHandler: AnyHandler = handler<DescribeQuorumRequest, DescribeQuorumResponse>({
  api: describeQuorum,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.DESCRIBE)
    const [topic] = request.topics
    const isMetadata =
      request.topics.length === 1 &&
      topic?.topicName === metadataTopic &&
      topic.partitions.length === 1 &&
      topic.partitions[0]?.partitionIndex === 0
    if (!isMetadata) return failed(request, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, context.apiVersion)
    const nodes = [{ nodeId: services.nodeId, listeners: services.controllerListeners() }]
    return { topics: [quorumOf(services, context.apiVersion)], ...(context.apiVersion >= 2 && { nodes }) }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})

function quorumOf(services: BrokerServices, apiVersion: number): TopicInit {
  const { nodeId, metadata, environment, features, logs } = services
  const offset = BigInt(metadata.state.offset)
  const now = BigInt(environment.clock.wallMs())
  const voter = {
    replicaId: nodeId,
    logEndOffset: offset,
    ...(apiVersion >= 1 && { lastFetchTimestamp: now, lastCaughtUpTimestamp: now }),
    // The directory of a voter that was named by its number alone is not told.
    ...(apiVersion >= 2 && { replicaDirectoryId: features.level('kraft.version') === 0 ? zeroUuid : logs.directoryId }),
  }
  const partition = {
    partitionIndex: 0,
    leaderId: nodeId,
    leaderEpoch,
    highWatermark: offset,
    currentVoters: [voter],
    ...(apiVersion >= 2 && { errorMessage: '' }),
  }
  return { topicName: metadataTopic, partitions: [partition] }
}

function failed(request: DescribeQuorumRequest, errorCode: number, apiVersion: number): Init<DescribeQuorumResponse> {
  const errorMessage = 'This server does not host this topic-partition.'
  return {
    topics: request.topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode,
        ...(apiVersion >= 2 && { errorMessage }),
      })),
    })),
  }
}
