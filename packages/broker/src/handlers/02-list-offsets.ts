import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, KafkaError, ResourceType, zeroUuid } from '@streamwright/protocol'
import type { ListOffsetsRequest, ListOffsetsResponse } from '@streamwright/protocol/messages/list-offsets'
import { listOffsets } from '@streamwright/protocol/messages/list-offsets'
import { findPartition, isIsolationLevel, leaderEpochError } from '../fetch/read-partitions.ts'
import { SpecialTimestamp } from '../log/log-types.ts'
import { isAuthorized } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<ListOffsetsResponse>['topics']>[number]>['partitions']
>[number]

/** The version that first understands a special timestamp. */
const specialSince: ReadonlyMap<number, number> = new Map([
  [SpecialTimestamp.latest, 0],
  [SpecialTimestamp.earliest, 0],
  [SpecialTimestamp.maxTimestamp, 7],
  [SpecialTimestamp.earliestLocal, 8],
  [SpecialTimestamp.latestTiered, 9],
  [SpecialTimestamp.earliestPendingUpload, 11],
])

/** ListOffsets v1–v11. v2: isolation level. v4: leader epochs. v6: flexible. v10: time-out (nothing takes long here). */
export const listOffsetsHandler: AnyHandler = handler<ListOffsetsRequest, ListOffsetsResponse>({
  api: listOffsets,

  handle(services, request, context) {
    if (!isIsolationLevel(request.isolationLevel)) return refuse(request, ErrorCode.UNKNOWN_SERVER_ERROR)
    return {
      topics: withPartitions(request).map(({ name, partitions }) => {
        if (!isAuthorized(services, context, AclOperation.DESCRIBE, ResourceType.TOPIC, name)) {
          const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED
          return { name, partitions: partitions.map(({ partitionIndex }) => failed(partitionIndex, errorCode)) }
        }
        const counts = new Map<number, number>()
        for (const { partitionIndex } of partitions) counts.set(partitionIndex, (counts.get(partitionIndex) ?? 0) + 1)
        const isolation = request.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted'
        const answered = partitions.filter(
          ({ partitionIndex }, index) =>
            partitions.findIndex((other) => other.partitionIndex === partitionIndex) === index,
        )
        return {
          name,
          partitions: answered.map(({ partitionIndex, currentLeaderEpoch, timestamp }) =>
            (counts.get(partitionIndex) ?? 0) > 1
              ? failed(partitionIndex, ErrorCode.INVALID_REQUEST)
              : lookUp(
                  services,
                  name,
                  partitionIndex,
                  currentLeaderEpoch,
                  Number(timestamp),
                  isolation,
                  context.apiVersion,
                ),
          ),
        }
      }),
    }
  },

  refuse,
})

/** A topic of which nothing is asked is not answered. */
function withPartitions({ topics }: ListOffsetsRequest): ListOffsetsRequest['topics'] {
  return topics.filter(({ partitions }) => partitions.length > 0)
}

function refuse(request: ListOffsetsRequest, errorCode: number): Init<ListOffsetsResponse> {
  return {
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => failed(partitionIndex, errorCode)),
    })),
  }
}

function lookUp(
  services: BrokerServices,
  topic: string,
  partitionIndex: number,
  currentLeaderEpoch: number,
  timestamp: number,
  isolation: 'read_committed' | 'read_uncommitted',
  apiVersion: number,
): PartitionInit {
  if (timestamp < 0 && apiVersion < (specialSince.get(timestamp) ?? Infinity)) {
    return failed(partitionIndex, ErrorCode.UNSUPPORTED_VERSION)
  }
  const partition = findPartition(services.topics, topic, zeroUuid, partitionIndex)
  if (typeof partition === 'number') return failed(partitionIndex, partition)
  const epochError = leaderEpochError(partition.log, currentLeaderEpoch)
  if (epochError !== ErrorCode.NONE) return failed(partitionIndex, epochError)
  try {
    const found = partition.log.offsetForTimestamp(timestamp, isolation)
    return {
      partitionIndex,
      timestamp: BigInt(found?.timestamp ?? -1),
      offset: BigInt(found?.offset ?? -1),
      ...(apiVersion >= 4 && { leaderEpoch: found?.leaderEpoch ?? -1 }),
    }
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error
    return failed(partitionIndex, error.errorCode)
  }
}

function failed(partitionIndex: number, errorCode: number): PartitionInit {
  return { partitionIndex, errorCode, timestamp: -1n, offset: -1n }
}
