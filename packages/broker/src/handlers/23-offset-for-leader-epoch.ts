import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, zeroUuid } from '@streamwright/protocol'
import type {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@streamwright/protocol/messages/offset-for-leader-epoch'
import { offsetForLeaderEpoch } from '@streamwright/protocol/messages/offset-for-leader-epoch'
import { findPartition, leaderEpochError } from '../fetch/read-partitions.ts'
import { isAuthorized, isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<OffsetForLeaderEpochResponse>['topics']>[number]>['partitions']
>[number]

/** OffsetForLeaderEpoch v2–v4. v4: flexible. Lets a consumer find where its log and this one went different ways. */
export const offsetForLeaderEpochHandler: AnyHandler = handler<
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse
>({
  api: offsetForLeaderEpoch,

  handle(services, request, context) {
    const { CLUSTER_ACTION, DESCRIBE } = AclOperation
    const isBroker = isVisible(services, context, CLUSTER_ACTION, ResourceType.CLUSTER, clusterName)
    return {
      topics: request.topics.map(({ topic, partitions }) => {
        const mayDescribe = isBroker || isAuthorized(services, context, DESCRIBE, ResourceType.TOPIC, topic)
        return {
          topic,
          partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) =>
            mayDescribe
              ? endOf(services, topic, partition, currentLeaderEpoch, leaderEpoch)
              : failed(partition, ErrorCode.TOPIC_AUTHORIZATION_FAILED),
          ),
        }
      }),
    }
  },

  refuse(request, errorCode) {
    return {
      topics: request.topics.map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map(({ partition }) => failed(partition, errorCode)),
      })),
    }
  },
})

function endOf(
  services: BrokerServices,
  topic: string,
  index: number,
  currentLeaderEpoch: number,
  leaderEpoch: number,
): PartitionInit {
  const partition = findPartition(services.topics, topic, zeroUuid, index)
  if (typeof partition === 'number') return failed(index, partition)
  const epochError = leaderEpochError(partition.log, currentLeaderEpoch)
  if (epochError !== ErrorCode.NONE) return failed(index, epochError)
  if (leaderEpoch === -1) return failed(index, ErrorCode.NONE)
  const found = partition.log.offsetForLeaderEpoch(leaderEpoch)
  return { partition: index, leaderEpoch: found.leaderEpoch, endOffset: BigInt(found.endOffset) }
}

function failed(partition: number, errorCode: number): PartitionInit {
  return { partition, errorCode, leaderEpoch: -1, endOffset: -1n }
}
