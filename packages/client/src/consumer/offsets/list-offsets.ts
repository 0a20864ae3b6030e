import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { listOffsets as listOffsetsApi } from '@streamwright/protocol/messages/list-offsets'
import type { Environment } from '@streamwright/std'
import { asError, present } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { retrying } from '../../cluster/retry.ts'
import { isRetriable } from '../../errors.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { groupByTopic, keyOf, partitionKey } from '../topic-partition.ts'

/** Timestamps that stand for places in the log. */
export const offsetSpecs = { latest: -1n, earliest: -2n, maxTimestamp: -3n } as const

/** A partition, and the time or place to look for. */
export interface OffsetQuestion extends TopicPartition {
  readonly timestamp: bigint
}

export interface ListedOffset {
  /** −1: no record that late. */
  readonly offset: number
  readonly timestamp: number
  readonly leaderEpoch: number
}

export interface ListedOffsets {
  readonly found: Map<string, ListedOffset>
  /** Why there is no answer, by partition. */
  readonly failed: Map<string, Error>
}

export interface ListOffsetsOptions {
  readonly timeoutMs: number
  /** Whether the end is that of committed data. */
  readonly readCommitted: boolean
}

/** Asks the leader of each partition once, all leaders at the same time. */
export async function listOffsetsOnce(
  cluster: Cluster,
  wanted: readonly OffsetQuestion[],
  options: ListOffsetsOptions,
): Promise<ListedOffsets> {
  const answers: ListedOffsets = { found: new Map(), failed: new Map() }
  const byLeader = Map.groupBy(wanted, ({ topic, partition }) => cluster.leaderOf(topic, partition)?.leader)
  const asking = Array.from(byLeader, async ([leader, places]) => {
    try {
      if (leader === undefined) throw kafkaError(ErrorCode.LEADER_NOT_AVAILABLE, places.map(keyOf).join(', '))
      await ask(cluster, leader, places, options, answers)
    } catch (error) {
      for (const place of places) answers.failed.set(keyOf(place), asError(error))
    }
  })
  await Promise.all(asking)
  return answers
}

/** Asks the leaders of partitions for offsets by timestamp, until all have answered. */
export function lookUpOffsets(
  cluster: Cluster,
  environment: Environment,
  wanted: readonly OffsetQuestion[],
  options: ListOffsetsOptions,
): Promise<Map<string, ListedOffset>> {
  const found = new Map<string, ListedOffset>()
  const deadlineMs = environment.clock.monotonicMs() + options.timeoutMs
  return retrying(
    environment,
    { what: 'Looking up offsets', deadlineMs, backoff: cluster.retryBackoff, signal: cluster.closing },
    async (remainingMs) => {
      const open = wanted.filter((place) => !found.has(keyOf(place)))
      const topics = new Set(open.map(({ topic }) => topic))
      await Promise.all(Array.from(topics, (topic) => cluster.requireTopic(topic, { timeoutMs: remainingMs })))
      const answers = await listOffsetsOnce(cluster, open, { ...options, timeoutMs: remainingMs })
      for (const [key, offset] of answers.found) found.set(key, offset)
      for (const { topic, partition } of open)
        if (answers.failed.has(partitionKey(topic, partition))) cluster.invalidate(topic)
      const failures = [...answers.failed.values()]
      const failure = failures.find((error) => !isRetriable(error)) ?? failures[0]
      if (failure !== undefined) throw failure
      return found
    },
  )
}

async function ask(
  cluster: Cluster,
  leader: number,
  places: readonly OffsetQuestion[],
  { readCommitted, timeoutMs }: ListOffsetsOptions,
  { found, failed }: ListedOffsets,
): Promise<void> {
  const timestamps = new Map(places.map((place) => [keyOf(place), place.timestamp]))
  const response = await cluster.send(
    leader,
    listOffsetsApi,
    (version) => ({
      // Anything else would be a follower, which is told of what no consumer may see yet.
      replicaId: -1,
      ...(version >= 2 ? { isolationLevel: readCommitted ? 1 : 0 } : {}),
      ...(version >= 10 ? { timeoutMs: Math.floor(timeoutMs) } : {}),
      topics: Array.from(groupByTopic(places), ([name, partitions]) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          ...(version >= 4 ? { currentLeaderEpoch: cluster.leaderOf(name, partitionIndex)?.leaderEpoch ?? -1 } : {}),
          timestamp: present(timestamps.get(partitionKey(name, partitionIndex)), 'What is asked for has a timestamp'),
        })),
      })),
    }),
    { timeoutMs },
  )
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset, timestamp, leaderEpoch } of partitions) {
      const key = partitionKey(name, partitionIndex)
      if (errorCode === ErrorCode.NONE)
        found.set(key, { offset: Number(offset), timestamp: Number(timestamp), leaderEpoch })
      else failed.set(key, kafkaError(errorCode, key))
    }
  }
  for (const key of timestamps.keys())
    if (!found.has(key) && !failed.has(key)) failed.set(key, kafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, key))
}
