import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { offsetForLeaderEpoch } from '@streamwright/protocol/messages/offset-for-leader-epoch'
import { asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { UnsupportedVersionError } from '../../errors.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { keyOf, partitionKey } from '../topic-partition.ts'

/** The first version that an ordinary reader may use. */
const readersFrom = 3

/** A partition, and the epochs to compare. */
export interface EpochQuestion extends TopicPartition {
  readonly leader: number
  /** The epoch of the leader that is asked. */
  readonly currentLeaderEpoch: number
  /** The epoch of the last record that was read. */
  readonly leaderEpoch: number
}

/** Where an epoch ends in the leader's log. */
export interface EpochEnd {
  /** −1: the leader does not know the epoch or any before it. */
  readonly endOffset: number
  readonly leaderEpoch: number
}

/**
 * Asks leaders where epochs end in their logs, which tells whether they have what was read from an earlier leader.
 * Partitions whose leader cannot say are `undefined`, those without an answer an error.
 */
export async function epochEnds(
  cluster: Cluster,
  questions: readonly EpochQuestion[],
): Promise<Map<string, EpochEnd | Error | undefined>> {
  const ends = new Map<string, EpochEnd | Error | undefined>()
  const byLeader = Map.groupBy(questions, ({ leader }) => leader)
  const asking = Array.from(byLeader, async ([leader, places]) => {
    for (const place of places) ends.set(keyOf(place), kafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, keyOf(place)))
    try {
      await ask(cluster, leader, places, ends)
    } catch (error) {
      const outcome = error instanceof UnsupportedVersionError ? undefined : asError(error)
      for (const place of places) ends.set(keyOf(place), outcome)
    }
  })
  await Promise.all(asking)
  return ends
}

async function ask(
  cluster: Cluster,
  leader: number,
  places: readonly EpochQuestion[],
  ends: Map<string, EpochEnd | Error | undefined>,
): Promise<void> {
  const byTopic = Map.groupBy(places, ({ topic }) => topic)
  const response = await cluster.send(
    leader,
    offsetForLeaderEpoch,
    {
      replicaId: -1,
      topics: Array.from(byTopic, ([topic, partitions]) => ({
        topic,
        partitions: partitions.map(({ partition, currentLeaderEpoch, leaderEpoch }) => ({
          partition,
          currentLeaderEpoch,
          leaderEpoch,
        })),
      })),
    },
    { minVersion: readersFrom },
  )
  for (const { topic, partitions } of response.topics) {
    for (const { partition, errorCode, endOffset, leaderEpoch } of partitions) {
      const key = partitionKey(topic, partition)
      const isGood = errorCode === ErrorCode.NONE
      ends.set(key, isGood ? { endOffset: Number(endOffset), leaderEpoch } : kafkaError(errorCode, key))
    }
  }
}
