import { kafkaError } from '@streamwright/protocol'
import { listOffsets as listOffsetsApi } from '@streamwright/protocol/messages/list-offsets'
import type { Environment } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { retrying } from '../../cluster/retry.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { groupByTopic, keyOf, partitionKey } from '../topic-partition.ts'

/** Timestamps that stand for places in the log. */
export const offsetSpecs = { latest: -1n, earliest: -2n, maxTimestamp: -3n } as const

export interface ListedOffset {
  /** −1: no record that late. */
  readonly offset: number
  readonly timestamp: number
  readonly leaderEpoch: number
}

/** Asks the leaders of partitions for offsets by timestamp, until all have answered. */
export function lookUpOffsets(
  cluster: Cluster,
  environment: Environment,
  wanted: readonly (TopicPartition & { readonly timestamp: bigint })[],
  options: { readonly timeoutMs: number; readonly isolationLevel: number },
): Promise<Map<string, ListedOffset>> {
  const found = new Map<string, ListedOffset>()
  const deadlineMs = environment.clock.monotonicMs() + options.timeoutMs
  return retrying(
    environment,
    { what: 'Looking up offsets', deadlineMs, backoff: cluster.retryBackoff, signal: cluster.closing },
    async (remainingMs) => {
      const open = wanted.filter((place) => !found.has(keyOf(place)))
      const byLeader = new Map<number, (TopicPartition & { readonly timestamp: bigint })[]>()
      for (const place of open) {
        await cluster.requireTopic(place.topic, { timeoutMs: remainingMs })
        const leader = cluster.leaderOf(place.topic, place.partition)
        if (leader === undefined) {
          cluster.invalidate(place.topic)
          throw kafkaError(5, `${place.topic}-${place.partition} has no leader`)
        }
        byLeader.set(leader.leader, [...(byLeader.get(leader.leader) ?? []), place])
      }
      for (const [leader, places] of byLeader)
        await ask(cluster, leader, places, options.isolationLevel, remainingMs, found)
      return found
    },
  )
}

async function ask(
  cluster: Cluster,
  leader: number,
  places: readonly (TopicPartition & { readonly timestamp: bigint })[],
  isolationLevel: number,
  timeoutMs: number,
  found: Map<string, ListedOffset>,
): Promise<void> {
  const timestamps = new Map(places.map((place) => [keyOf(place), place.timestamp]))
  const response = await cluster.send(
    leader,
    listOffsetsApi,
    {
      replicaId: -1,
      isolationLevel,
      timeoutMs: Math.floor(timeoutMs),
      topics: Array.from(groupByTopic(places), ([name, partitions]) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          currentLeaderEpoch: cluster.leaderOf(name, partitionIndex)?.leaderEpoch ?? -1,
          timestamp: timestamps.get(partitionKey(name, partitionIndex)) ?? -1n,
        })),
      })),
    },
    { timeoutMs },
  )
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset, timestamp, leaderEpoch } of partitions) {
      if (errorCode !== 0) {
        cluster.invalidate(name)
        throw kafkaError(errorCode, partitionKey(name, partitionIndex))
      }
      found.set(partitionKey(name, partitionIndex), {
        offset: Number(offset),
        timestamp: Number(timestamp),
        leaderEpoch,
      })
    }
  }
}
