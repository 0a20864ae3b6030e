import { ErrorCode, hasCollisionCharacters, unifiedTopicName } from '@streamwright/protocol'
import { whyInvalid } from '../config/config-definition.ts'
import { topicConfigs } from '../config/topic-configs.ts'
import { partitionsPerTopicMax } from '../limits.ts'
import type { BrokerServices } from '../services.ts'
import { topicNameRefusal } from './topic-names.ts'
import type { Topic, Topics } from './topics.ts'

/** The topic of groups and their offsets. */
export const offsetsTopicName = '__consumer_offsets'

/** The topic of transactions. */
export const transactionsTopicName = '__transaction_state'

/** What a client asks for in CreateTopics. −1: the default. */
export interface TopicWish {
  readonly name: string
  readonly numPartitions: number
  readonly replicationFactor: number
  readonly assignments: readonly { readonly partitionIndex: number; readonly brokerIds: readonly number[] }[]
  readonly configs: readonly { readonly name: string; readonly value: string | null }[]
}

/** Why a wish is not granted, as the protocol says it. */
export interface Refusal {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** What is to be made of a wish. */
export interface TopicPlan {
  readonly name: string
  readonly partitions: number
  readonly configs: ReadonlyMap<string, string>
}

function refusal(errorCode: number, errorMessage: string): Refusal {
  return { errorCode, errorMessage }
}

/** Checks a wish as Kafka's controller does, in its order. */
export function planTopic(services: BrokerServices, wish: TopicWish): TopicPlan | Refusal {
  const named = nameRefusal(services.topics, wish.name)
  if (named !== undefined) return named
  const plan = plannedConfigs(services, wish)
  if ('errorCode' in plan) return plan
  return (wish.assignments.length > 0 ? assignedRefusal(services, wish) : countRefusal(services, wish)) ?? plan
}

function nameRefusal(topics: Topics, name: string): Refusal | undefined {
  const problem = topicNameRefusal(name)
  if (problem !== undefined) return refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, problem)
  if (name === '__cluster_metadata') {
    return refusal(ErrorCode.INVALID_REQUEST, `Creation of internal topic ${name} is prohibited.`)
  }
  if (topics.get(name) !== undefined) {
    return refusal(ErrorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`)
  }
  const other = collision(topics, name)
  return other === undefined
    ? undefined
    : refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, `Topic '${name}' collides with existing topic: ${other}`)
}

function collision(topics: Topics, name: string): string | undefined {
  if (!hasCollisionCharacters(name)) return undefined
  const unified = unifiedTopicName(name)
  for (const topic of topics.all()) if (unifiedTopicName(topic.name) === unified) return topic.name
  return undefined
}

/** One request is refused as a whole when it asks for too many. */
export function refusalOfTooMany(services: BrokerServices, wishes: readonly TopicWish[]): Refusal | undefined {
  let total = 0
  for (const { assignments, numPartitions } of wishes) {
    if (assignments.length > 0) total += assignments.length
    else total += numPartitions === -1 ? services.settings.numPartitions : numPartitions
    if (total > partitionsPerTopicMax)
      return refusal(ErrorCode.POLICY_VIOLATION, 'Excessively large number of partitions per request.')
  }
  return undefined
}

function countRefusal(services: BrokerServices, wish: TopicWish): Refusal | undefined {
  const { numPartitions, replicationFactor } = wish
  if (numPartitions === 0 || numPartitions < -1) {
    return refusal(ErrorCode.INVALID_PARTITIONS, 'Number of partitions was set to an invalid non-positive value.')
  }
  if (replicationFactor === 0 || replicationFactor < -1) {
    const message = 'Replication factor must be larger than 0, or -1 to use the default value.'
    return refusal(ErrorCode.INVALID_REPLICATION_FACTOR, message)
  }
  const factor = replicationFactor === -1 ? services.settings.defaultReplicationFactor : replicationFactor
  if (factor === 1) return undefined
  if (!services.settings.replicationFactorLenient) {
    const message = `Unable to replicate the partition ${factor} time(s): The target replication factor of ${factor} cannot be reached because only 1 broker(s) are registered or some brokers have all their log directories cordoned.`
    return refusal(ErrorCode.INVALID_REPLICATION_FACTOR, message)
  }
  services.environment.log.warn('This broker is alone: one replica is made, not as many as were asked for', {
    topic: wish.name,
    asked: factor,
  })
  return undefined
}

function assignedRefusal(services: BrokerServices, wish: TopicWish): Refusal | undefined {
  if (wish.replicationFactor !== -1) {
    const message = 'A manual partition assignment was specified, but replication factor was not set to -1.'
    return refusal(ErrorCode.INVALID_REQUEST, message)
  }
  if (wish.numPartitions !== -1) {
    const message = 'A manual partition assignment was specified, but numPartitions was not set to -1.'
    return refusal(ErrorCode.INVALID_REQUEST, message)
  }
  for (const { brokerIds } of wish.assignments) {
    const refused = replicasRefusal(brokerIds, services.nodeId)
    if (refused !== undefined) return refused
  }
  const indexes = wish.assignments.map(({ partitionIndex }) => partitionIndex).toSorted((left, right) => left - right)
  if (indexes.some((index, position) => index !== position)) {
    return refusal(ErrorCode.INVALID_REPLICA_ASSIGNMENT, 'partitions should be a consecutive 0-based integer sequence')
  }
  return undefined
}

/** Only `[this broker]` is an assignment. */
export function replicasRefusal(brokerIds: readonly number[], nodeId: number): Refusal | undefined {
  const code = ErrorCode.INVALID_REPLICA_ASSIGNMENT
  if (brokerIds.length === 0) return refusal(code, 'The manual partition assignment includes an empty replica list.')
  const foreign = brokerIds.find((id) => id !== nodeId)
  if (foreign !== undefined) {
    return refusal(
      code,
      `The manual partition assignment includes broker ${foreign}, but no such broker is registered.`,
    )
  }
  return brokerIds.length === 1
    ? undefined
    : refusal(code, `The manual partition assignment includes the broker ${nodeId} more than once.`)
}

function plannedConfigs(services: BrokerServices, wish: TopicWish): TopicPlan | Refusal {
  const configs = new Map<string, string>()
  for (const { name, value } of wish.configs) {
    if (value === null) return refusal(ErrorCode.INVALID_CONFIG, `Null value not supported for topic configs: ${name}`)
    configs.set(name, value)
  }
  const refused = topicConfigsRefusal(configs)
  if (refused !== undefined) return refused
  const count = wish.assignments.length > 0 ? wish.assignments.length : wish.numPartitions
  return { name: wish.name, partitions: count === -1 ? services.settings.numPartitions : count, configs }
}

/** Why a topic cannot have these configurations. */
export function topicConfigsRefusal(configs: ReadonlyMap<string, string>): Refusal | undefined {
  const strange = [...configs.keys()].find((name) => !topicConfigs.has(name))
  if (strange !== undefined) return refusal(ErrorCode.INVALID_CONFIG, `Unknown topic config name: ${strange}`)
  for (const [name, value] of configs) {
    const definition = topicConfigs.get(name)
    const problem = definition === undefined ? undefined : whyInvalid(definition, value)
    if (problem !== undefined) return refusal(ErrorCode.INVALID_CONFIG, problem)
  }
  if (configs.get('remote.storage.enable')?.trim().toLowerCase() === 'true') {
    const message =
      'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.'
    return refusal(ErrorCode.INVALID_CONFIG, message)
  }
  const [least, most] = [configs.get('min.compaction.lag.ms'), configs.get('max.compaction.lag.ms')]
  if (least !== undefined && most !== undefined && Number(least) > Number(most)) {
    const message = `conflict topic config setting min.compaction.lag.ms (${least}) > max.compaction.lag.ms (${most})`
    return refusal(ErrorCode.INVALID_CONFIG, message)
  }
  return undefined
}

/** For a topic that somebody asks for. Undefined: it cannot be made. */
export function createAutomatically(services: BrokerServices, name: string): CreatedTopic | undefined {
  if (name === offsetsTopicName) return createOffsetsTopic(services)
  if (name === transactionsTopicName) return createTransactionsTopic(services)
  const plan = planTopic(services, { name, numPartitions: -1, replicationFactor: -1, assignments: [], configs: [] })
  return 'errorCode' in plan ? undefined : services.topics.create(plan)
}

/** A topic that exists, or does from now on; durable when the promise resolves. */
interface CreatedTopic {
  readonly topic: Topic
  readonly durable: Promise<void>
}

/** The topic of groups and their offsets. */
export function createOffsetsTopic(services: BrokerServices): CreatedTopic {
  const { offsetsTopicNumPartitions, offsetsTopicSegmentBytes } = services.settings
  return createCompacted(services, offsetsTopicName, offsetsTopicNumPartitions, offsetsTopicSegmentBytes)
}

/** The topic of transactions. */
export function createTransactionsTopic(services: BrokerServices): CreatedTopic {
  const { transactionStateLogNumPartitions, transactionStateLogSegmentBytes } = services.settings
  return createCompacted(
    services,
    transactionsTopicName,
    transactionStateLogNumPartitions,
    transactionStateLogSegmentBytes,
  )
}

/** With partitions by the dozen, of which the first one is wanted now. */
function createCompacted(
  services: BrokerServices,
  name: string,
  partitions: number,
  segmentBytes: number,
): CreatedTopic {
  const configs = new Map([
    ['cleanup.policy', 'compact'],
    ['compression.type', name === transactionsTopicName ? 'uncompressed' : 'producer'],
    ['segment.bytes', String(segmentBytes)],
  ])
  return services.topics.create({ name, partitions, configs }, { gradually: true })
}
