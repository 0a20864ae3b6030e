import { deleteRecords } from '@streamwright/protocol/messages/delete-records'
import { listOffsets } from '@streamwright/protocol/messages/list-offsets'
import { present } from '@streamwright/std'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import { groupByTopic, keyOf, partitionKey } from '../consumer/topic-partition.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** Places in a log that are no time, with the first version of ListOffsets that knows them. */
const places = {
  latest: { timestamp: -1n, sinceVersion: 1 },
  earliest: { timestamp: -2n, sinceVersion: 1 },
  maxTimestamp: { timestamp: -3n, sinceVersion: 7 },
  earliestLocal: { timestamp: -4n, sinceVersion: 8 },
  latestTiered: { timestamp: -5n, sinceVersion: 9 },
  earliestPendingUpload: { timestamp: -6n, sinceVersion: 11 },
} as const

/** Which offset of a partition: the first record at or after a time (milliseconds since 1970), or a place by name. */
export interface OffsetQuery extends TopicPartition {
  readonly timestamp: number | keyof typeof places
}

/** An offset that was found. */
export interface OffsetInfo extends TopicPartition {
  /** −1: there is no record that late. */
  readonly offset: number
  /** Of the record there; −1 where the question was not about a record. */
  readonly timestamp: number
  readonly leaderEpoch: number
}

export interface ListOffsetsOptions extends AdminOptions {
  /** With `read_committed`, `latest` is the end of what is decided. Default `read_uncommitted`. */
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed'
}

export function findOffsets(
  calls: AdminCalls,
  queries: readonly OffsetQuery[],
  options: ListOffsetsOptions,
): Promise<Map<string, OffsetInfo>> {
  const byKey = new Map(queries.map((query) => [keyOf(query), query]))
  return calls.atLeaders<OffsetQuery, OffsetInfo>('Listing offsets', byKey, options, async (leader, own, timeoutMs) => {
    const { cluster } = calls
    const response = await cluster.send(
      leader,
      listOffsets,
      {
        replicaId: -1,
        isolationLevel: options.isolationLevel === 'read_committed' ? 1 : 0,
        timeoutMs: Math.floor(timeoutMs),
        topics: Array.from(groupByTopic(own.values()), ([name, partitions]) => ({
          name,
          partitions: partitions.map((partitionIndex) => {
            const query = present(own.get(partitionKey(name, partitionIndex)), 'Partitions come from the map')
            const currentLeaderEpoch = cluster.leaderOf(name, partitionIndex)?.leaderEpoch ?? -1
            return { partitionIndex, currentLeaderEpoch, timestamp: timestampOf(query) }
          }),
        })),
      },
      { timeoutMs, minVersion: Math.max(...[...own.values()].map(sinceVersion)) },
    )
    const outcomes: Outcomes<OffsetInfo> = new Map()
    for (const { name: topic, partitions } of response.topics) {
      for (const { partitionIndex: partition, errorCode, offset, timestamp, leaderEpoch } of partitions) {
        const info = { topic, partition, offset: Number(offset), timestamp: Number(timestamp), leaderEpoch }
        const key = partitionKey(topic, partition)
        outcomes.set(key, outcome(info, errorCode, key))
      }
    }
    return outcomes
  })
}

/** Records of a partition that may go: all before an offset; −1 stands for the high watermark. */
export interface RecordsToDelete extends TopicPartition {
  readonly offset: number
}

/** A partition after records were deleted. */
export interface DeletedRecords extends TopicPartition {
  /** The offset of the first record that is still there. */
  readonly lowWatermark: number
}

export function deleteRecordsBefore(
  calls: AdminCalls,
  targets: readonly RecordsToDelete[],
  options: AdminOptions,
): Promise<Map<string, DeletedRecords>> {
  const byKey = new Map(targets.map((target) => [keyOf(target), target]))
  return calls.atLeaders<RecordsToDelete, DeletedRecords>(
    'Deleting records',
    byKey,
    options,
    async (leader, own, timeoutMs) => {
      const topics = Array.from(groupByTopic(own.values()), ([name, partitions]) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          offset: BigInt(present(own.get(partitionKey(name, partitionIndex)), 'Partitions come from the map').offset),
        })),
      }))
      const request = { topics, timeoutMs: Math.floor(timeoutMs) }
      const response = await calls.cluster.send(leader, deleteRecords, request, { timeoutMs })
      const outcomes: Outcomes<DeletedRecords> = new Map()
      for (const { name: topic, partitions } of response.topics) {
        for (const { partitionIndex: partition, errorCode, lowWatermark } of partitions) {
          const key = partitionKey(topic, partition)
          outcomes.set(key, outcome({ topic, partition, lowWatermark: Number(lowWatermark) }, errorCode, key))
        }
      }
      return outcomes
    },
  )
}

function timestampOf({ timestamp }: OffsetQuery): bigint {
  return typeof timestamp === 'number' ? BigInt(timestamp) : places[timestamp].timestamp
}

function sinceVersion({ timestamp }: OffsetQuery): number {
  return typeof timestamp === 'number' ? 1 : places[timestamp].sinceVersion
}
