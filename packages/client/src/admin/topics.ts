import type { Init } from '@streamwright/protocol'
import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import type {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
  DescribeTopicPartitionsResponsePartition,
} from '@streamwright/protocol/messages/describe-topic-partitions'
import { describeTopicPartitions } from '@streamwright/protocol/messages/describe-topic-partitions'
import { present } from '@streamwright/std'
import type { TopicMetadata } from '../cluster/topic-metadata.ts'
import { partitionKey } from '../consumer/topic-partition.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** A topic to be created. */
export interface NewTopic {
  readonly name: string
  /** Default: the brokers' `num.partitions`. Not with `assignments`. */
  readonly partitions?: number
  /** Default: the brokers' `default.replication.factor`. Not with `assignments`. */
  readonly replicationFactor?: number
  /** The brokers of each partition, the preferred leader first. */
  readonly assignments?: readonly (readonly number[])[]
  /** The topic's own settings, such as `{ 'cleanup.policy': 'compact' }`. */
  readonly config?: Readonly<Record<string, string>>
}

/** A topic that was created, as far as the broker tells. */
export interface CreatedTopic {
  readonly name: string
  /** `zeroUuid` from brokers before Kafka 2.8. */
  readonly topicId: string
  /** −1 from brokers before Kafka 2.4. */
  readonly partitions: number
  readonly replicationFactor: number
}

/** A topic in a list. */
export interface TopicListing {
  readonly name: string
  readonly topicId: string
  readonly isInternal: boolean
}

/** A topic with its partitions. */
export interface TopicDescription extends TopicListing {
  readonly partitions: readonly PartitionDescription[]
}

export interface PartitionDescription {
  readonly partition: number
  /** A broker id; null while there is none. */
  readonly leader: number | null
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  /** The replicas that are in sync. */
  readonly isr: readonly number[]
  readonly offlineReplicas: readonly number[]
  /** Replicas that are not in sync and may lead all the same: they have all that was acknowledged. Null: not told. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  /** Those that were, before they went down in disorder. Null: not told. */
  readonly lastKnownEligibleLeaderReplicas: readonly number[] | null
}

export interface DescribeTopicsOptions extends AdminOptions {
  /** Also ask which replicas are eligible as leaders. Only brokers from Kafka 3.7 on tell. Default false. */
  readonly includeEligibleLeaders?: boolean
}

/** How many partitions a topic is to have, and where those are that it gets in addition. */
export interface NewPartitions {
  readonly count: number
  readonly assignments?: readonly (readonly number[])[]
}

export interface ValidateOptions extends AdminOptions {
  /** Only check whether it could be done. */
  readonly validateOnly?: boolean
}

export function createNewTopics(
  calls: AdminCalls,
  topics: readonly NewTopic[],
  options: ValidateOptions,
): Promise<Map<string, CreatedTopic>> {
  const byName = new Map(topics.map((topic) => [topic.name, topic]))
  return calls.each<CreatedTopic>('Creating topics', [...byName.keys()], options, async (names, timeoutMs) => {
    const { validateOnly = false } = options
    const response = await calls.cluster.send(
      'controller',
      createTopics,
      {
        topics: names.map((name) => creatable(present(byName.get(name), 'Names come from the map'))),
        timeoutMs: Math.floor(timeoutMs),
        validateOnly,
      },
      { timeoutMs: timeoutMs + answerSlackMs },
    )
    return new Map(
      response.topics.map(({ name, topicId, errorCode, errorMessage, numPartitions, replicationFactor }) => [
        name,
        outcome({ name, topicId, partitions: numPartitions, replicationFactor }, errorCode, name, errorMessage),
      ]),
    )
  })
}

/** The broker says itself that time is over; give it the time to say so. */
const answerSlackMs = 1_000

function creatable(topic: NewTopic): {
  name: string
  numPartitions: number
  replicationFactor: number
  assignments: { partitionIndex: number; brokerIds: readonly number[] }[]
  configs: { name: string; value: string }[]
} {
  return {
    name: topic.name,
    numPartitions: topic.partitions ?? -1,
    replicationFactor: topic.replicationFactor ?? -1,
    assignments: (topic.assignments ?? []).map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
    configs: Object.entries(topic.config ?? {}).map(([name, value]) => ({ name, value })),
  }
}

export async function deleteNamedTopics(
  calls: AdminCalls,
  names: readonly string[],
  options: AdminOptions,
): Promise<void> {
  await calls.each<true>('Deleting topics', names, options, async (open, timeoutMs) => {
    const response = await calls.cluster.send(
      'controller',
      deleteTopics,
      (version) => ({
        timeoutMs: Math.floor(timeoutMs),
        ...(version >= 6 ? { topics: open.map((name) => ({ name })) } : { topicNames: open }),
      }),
      { timeoutMs: timeoutMs + answerSlackMs },
    )
    for (const name of open) calls.cluster.invalidate(name)
    return new Map(
      response.responses.map(({ name, errorCode, errorMessage }) => [
        name ?? '',
        outcome(true as const, errorCode, name ?? '', errorMessage),
      ]),
    )
  })
}

export async function growTopics(
  calls: AdminCalls,
  topics: Readonly<Record<string, NewPartitions>>,
  options: ValidateOptions,
): Promise<void> {
  await calls.each<true>('Creating partitions', Object.keys(topics), options, async (names, timeoutMs) => {
    const response = await calls.cluster.send(
      'controller',
      createPartitions,
      {
        topics: names.map((name) => ({
          name,
          count: topics[name]?.count ?? 0,
          assignments: topics[name]?.assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
        })),
        timeoutMs: Math.floor(timeoutMs),
        validateOnly: options.validateOnly ?? false,
      },
      { timeoutMs: timeoutMs + answerSlackMs },
    )
    for (const name of names) calls.cluster.invalidate(name)
    return new Map(
      response.results.map(({ name, errorCode, errorMessage }) => [
        name,
        outcome(true as const, errorCode, name, errorMessage),
      ]),
    )
  })
}

export function listAllTopics(
  calls: AdminCalls,
  options: AdminOptions & { readonly includeInternal?: boolean },
): Promise<TopicListing[]> {
  return calls.whole('Listing topics', options, async (timeoutMs) => {
    const topics = [...(await calls.cluster.topicMetadata('all', { timeoutMs })).values()]
    return topics
      .filter(({ isInternal }) => options.includeInternal !== false || !isInternal)
      .map(({ topic, topicId, isInternal }) => ({ name: topic, topicId, isInternal }))
  })
}

export function describeNamedTopics(
  calls: AdminCalls,
  names: readonly string[],
  options: DescribeTopicsOptions,
): Promise<Map<string, TopicDescription>> {
  return calls.each<TopicDescription>('Describing topics', names, options, async (open, timeoutMs) => {
    const topics = await calls.cluster.topicMetadata(open, { refresh: true, timeoutMs })
    const eligible = await eligibleLeadersOf(calls, open, options.includeEligibleLeaders === true, timeoutMs)
    const outcomes: Outcomes<TopicDescription> = new Map()
    for (const name of open) {
      const topic = topics.get(name)
      if (topic === undefined) outcomes.set(name, kafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name))
      else outcomes.set(name, outcome(descriptionOf(topic, eligible), topic.errorCode, `Topic ${name}`))
    }
    return outcomes
  })
}

/** Eligible leaders of partitions, by `topic-partition`. */
type EligibleLeaders = ReadonlyMap<string, DescribeTopicPartitionsResponsePartition>

/** Page by page: a broker gives so many partitions at a time. */
async function eligibleLeadersOf(
  calls: AdminCalls,
  names: readonly string[],
  isWanted: boolean,
  timeoutMs: number,
): Promise<EligibleLeaders> {
  const found = new Map<string, DescribeTopicPartitionsResponsePartition>()
  if (!isWanted || (await calls.cluster.versionOf('any', describeTopicPartitions)) < 0) return found
  const topics = names.toSorted().map((name) => ({ name }))
  let cursor: DescribeTopicPartitionsResponse['nextCursor'] = null
  do {
    const request: Init<DescribeTopicPartitionsRequest> = { topics, cursor }
    // Each page begins where the one before ended.
    // oxlint-disable-next-line no-await-in-loop
    const page: DescribeTopicPartitionsResponse = await calls.cluster.send('any', describeTopicPartitions, request, {
      timeoutMs,
    })
    for (const { name, partitions } of page.topics)
      for (const partition of partitions) found.set(partitionKey(name ?? '', partition.partitionIndex), partition)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

function descriptionOf(topic: TopicMetadata, eligible: EligibleLeaders): TopicDescription {
  return {
    name: topic.topic,
    topicId: topic.topicId,
    isInternal: topic.isInternal,
    partitions: topic.partitions.map((partition) => ({
      partition: partition.partition,
      leader: partition.leader < 0 ? null : partition.leader,
      leaderEpoch: partition.leaderEpoch,
      replicas: partition.replicas,
      isr: partition.inSyncReplicas,
      offlineReplicas: partition.offlineReplicas,
      ...eligibleOf(eligible.get(partitionKey(topic.topic, partition.partition))),
    })),
  }
}

/** A broker that tells says null for none. */
function eligibleOf(
  told: DescribeTopicPartitionsResponsePartition | undefined,
): Pick<PartitionDescription, 'eligibleLeaderReplicas' | 'lastKnownEligibleLeaderReplicas'> {
  return {
    eligibleLeaderReplicas: told === undefined ? null : (told.eligibleLeaderReplicas ?? []),
    lastKnownEligibleLeaderReplicas: told === undefined ? null : (told.lastKnownElr ?? []),
  }
}
