import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { alterPartitionReassignments } from '@streamwright/protocol/messages/alter-partition-reassignments'
import { electLeaders } from '@streamwright/protocol/messages/elect-leaders'
import { listPartitionReassignments } from '@streamwright/protocol/messages/list-partition-reassignments'
import { present } from '@streamwright/std'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import { partitionKey } from '../consumer/topic-partition.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** Who may lead: the first replica if it is in sync, or, if none is in sync, one that is not, and loses records. */
export type ElectionType = 'preferred' | 'unclean'

const electionTypes: Readonly<Record<ElectionType, number>> = { preferred: 0, unclean: 1 }

/** Where a partition's replicas are to be. */
export interface PartitionReassignment extends TopicPartition {
  /** Broker ids, the preferred leader first. Null: takes back a reassignment that is under way. */
  readonly replicas: readonly number[] | null
}

export interface AlterReassignmentsOptions extends AdminOptions {
  /** Whether a partition may get another number of replicas. Default true. */
  readonly allowReplicationFactorChange?: boolean
}

/** A reassignment that is under way. */
export interface OngoingReassignment {
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

/** What came of each partition: null is success. */
export function electLeadersOf(
  calls: AdminCalls,
  type: ElectionType,
  partitions: readonly TopicPartition[] | 'all',
  options: AdminOptions,
): Promise<Map<string, KafkaError | null>> {
  return calls.whole('Electing leaders', options, async (timeoutMs) => {
    const topicPartitions =
      partitions === 'all' ? null : byTopic(partitions).map(([topic, each]) => ({ topic, partitions: each }))
    const response = await calls.cluster.send(
      'controller',
      electLeaders,
      (version) => ({
        topicPartitions,
        timeoutMs,
        ...(version >= 1 || type === 'unclean' ? { electionType: electionTypes[type] } : {}),
      }),
      { timeoutMs },
    )
    if (response.errorCode !== ErrorCode.NONE) {
      const told = response.replicaElectionResults[0]?.partitionResult[0]?.errorMessage
      throw told === null || told === undefined
        ? kafkaError(response.errorCode, 'Electing leaders')
        : new KafkaError(response.errorCode, told)
    }
    return new Map(
      response.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
        partitionResult.map(({ partitionId, errorCode, errorMessage }) => [
          partitionKey(topic, partitionId),
          outcome(null, errorCode, partitionKey(topic, partitionId), errorMessage),
        ]),
      ),
    )
  })
}

export async function alterReassignments(
  calls: AdminCalls,
  reassignments: readonly PartitionReassignment[],
  options: AlterReassignmentsOptions,
): Promise<void> {
  const byKey = new Map(reassignments.map((each) => [partitionKey(each.topic, each.partition), each]))
  await calls.each<true>('Reassigning partitions', [...byKey.keys()], options, async (keys, timeoutMs) => {
    const wanted = keys.map((key) => present(byKey.get(key), 'Keys come from the map'))
    const topics = Array.from(
      Map.groupBy(wanted, ({ topic }) => topic),
      ([name, each]) => ({
        name,
        partitions: each.map(({ partition, replicas }) => ({ partitionIndex: partition, replicas })),
      }),
    )
    const allowReplicationFactorChange = options.allowReplicationFactorChange ?? true
    const response = await calls.cluster.send(
      'controller',
      alterPartitionReassignments,
      (version) => ({
        timeoutMs,
        topics,
        ...(version >= 1 || !allowReplicationFactorChange ? { allowReplicationFactorChange } : {}),
      }),
      { timeoutMs },
    )
    throwIfFailed(response, 'Reassigning partitions')
    const outcomes: Outcomes<true> = new Map()
    for (const { name, partitions } of response.responses) {
      for (const { partitionIndex, errorCode, errorMessage } of partitions) {
        const key = partitionKey(name, partitionIndex)
        outcomes.set(key, outcome<true>(true, errorCode, key, errorMessage))
      }
    }
    return outcomes
  })
}

export function listReassignments(
  calls: AdminCalls,
  partitions: readonly TopicPartition[] | undefined,
  options: AdminOptions,
): Promise<Map<string, OngoingReassignment>> {
  return calls.whole('Listing reassignments', options, async (timeoutMs) => {
    const topics =
      partitions === undefined
        ? null
        : byTopic(partitions).map(([name, partitionIndexes]) => ({ name, partitionIndexes }))
    const request = { timeoutMs, topics }
    const response = await calls.cluster.send('controller', listPartitionReassignments, request, { timeoutMs })
    throwIfFailed(response, 'Listing reassignments')
    return new Map(
      response.topics.flatMap(({ name, partitions: ongoing }) =>
        ongoing.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => [
          partitionKey(name, partitionIndex),
          { replicas, addingReplicas, removingReplicas },
        ]),
      ),
    )
  })
}

function throwIfFailed(
  { errorCode, errorMessage }: { readonly errorCode: number; readonly errorMessage: string | null },
  what: string,
): void {
  const failure = outcome(null, errorCode, what, errorMessage)
  if (failure !== null) throw failure
}

function byTopic(partitions: readonly TopicPartition[]): [string, number[]][] {
  return Array.from(
    Map.groupBy(partitions, ({ topic }) => topic),
    ([topic, each]) => [topic, each.map(({ partition }) => partition)],
  )
}
