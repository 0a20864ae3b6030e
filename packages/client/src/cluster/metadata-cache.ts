import { zeroUuid } from '@streamwright/protocol'
import type { MetadataResponse, MetadataResponseTopic } from '@streamwright/protocol/messages/metadata'
import type { BrokerMetadata, LeaderAndEpoch, PartitionMetadata, TopicMetadata } from './topic-metadata.ts'

interface CachedTopic {
  metadata: TopicMetadata
  readAtMs: number
  usedAtMs: number
  stale: boolean
}

/** What of a metadata response is kept. */
export interface BrokersAndTopics extends Pick<MetadataResponse, 'clusterId' | 'controllerId' | 'topics'> {
  readonly brokers: readonly Pick<MetadataResponse['brokers'][number], 'nodeId' | 'host' | 'port' | 'rack'>[]
}

/**
 * What the cluster said about its brokers and topics. Brokers learn of a new leader one after the other, so an answer
 * may be older than what is known: a partition's leader is taken over only with an epoch that is not lower. A topic
 * with another id is another topic: what was known of its namesake counts for nothing.
 */
export class MetadataCache {
  readonly #topics = new Map<string, CachedTopic>()
  readonly #namesById = new Map<string, string>()
  #brokers: readonly BrokerMetadata[] = []
  #controllerId = -1
  #clusterId: string | null = null

  get brokers(): readonly BrokerMetadata[] {
    return this.#brokers
  }

  get controllerId(): number {
    return this.#controllerId
  }

  get clusterId(): string | null {
    return this.#clusterId
  }

  topic(topic: string): TopicMetadata | undefined {
    return this.#topics.get(topic)?.metadata
  }

  /** Names of topics that were asked for since `sinceMs`; older ones are forgotten. */
  usedTopics(sinceMs: number): string[] {
    for (const [topic, { usedAtMs }] of this.#topics) if (usedAtMs < sinceMs) this.#forget(topic)
    return [...this.#topics.keys()]
  }

  /** Everything that is known right now. */
  get known(): TopicMetadata[] {
    return Array.from(this.#topics.values(), ({ metadata }) => metadata)
  }

  markUsed(topic: string, nowMs: number): void {
    const cached = this.#topics.get(topic)
    if (cached !== undefined) cached.usedAtMs = nowMs
  }

  /** Whether a topic is known without error, and was asked for no longer ago than `maxAgeMs`. */
  isFresh(topic: string, nowMs: number, maxAgeMs: number): boolean {
    const cached = this.#topics.get(topic)
    return (
      cached !== undefined && !cached.stale && cached.metadata.errorCode === 0 && nowMs - cached.readAtMs < maxAgeMs
    )
  }

  invalidate(topic: string): void {
    const cached = this.#topics.get(topic)
    if (cached !== undefined) cached.stale = true
  }

  invalidateAll(): void {
    for (const cached of this.#topics.values()) cached.stale = true
  }

  topicName(topicId: string): string | undefined {
    return this.#namesById.get(topicId)
  }

  /** Takes over a response and returns the topics that it was about. `isComplete`: other topics do not exist. */
  update(response: BrokersAndTopics, nowMs: number, isComplete: boolean): TopicMetadata[] {
    if (response.brokers.length > 0) {
      this.#brokers = response.brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }))
    }
    this.#controllerId = response.controllerId
    this.#clusterId = response.clusterId ?? this.#clusterId
    if (isComplete) this.#forgetExcept(new Set(response.topics.map(({ name }) => name)))
    const topics: TopicMetadata[] = []
    for (const topic of response.topics) {
      if (topic.name === null) continue
      const metadata = this.#merge(topic.name, topic)
      const usedAtMs = this.#topics.get(topic.name)?.usedAtMs ?? nowMs
      this.#topics.set(topic.name, { metadata, readAtMs: nowMs, usedAtMs, stale: hasProblem(metadata) })
      if (metadata.topicId !== zeroUuid) this.#namesById.set(metadata.topicId, topic.name)
      topics.push(metadata)
    }
    return topics
  }

  /** Takes over a leader that another response named. Returns whether that was news. */
  updateLeader(topic: string, partition: number, { leader, leaderEpoch }: LeaderAndEpoch): boolean {
    const cached = this.#topics.get(topic)
    const known = cached?.metadata.partitions[partition]
    if (cached === undefined || known === undefined || leader < 0 || known.leaderEpoch >= leaderEpoch) return false
    const partitions = cached.metadata.partitions.with(partition, { ...known, leader, leaderEpoch, errorCode: 0 })
    cached.metadata = { ...cached.metadata, partitions }
    return true
  }

  /** Adds or replaces brokers that another response named. */
  updateBrokers(brokers: readonly BrokerMetadata[]): void {
    if (brokers.length === 0) return
    const ids = new Set(brokers.map(({ id }) => id))
    this.#brokers = [...this.#brokers.filter(({ id }) => !ids.has(id)), ...brokers]
  }

  #forgetExcept(topics: ReadonlySet<string | null>): void {
    for (const topic of this.#topics.keys()) if (!topics.has(topic)) this.#forget(topic)
  }

  #forget(topic: string): void {
    const cached = this.#topics.get(topic)
    if (cached !== undefined) this.#namesById.delete(cached.metadata.topicId)
    this.#topics.delete(topic)
  }

  #merge(name: string, topic: MetadataResponseTopic): TopicMetadata {
    const before = this.topic(name)
    if (before !== undefined && before.topicId !== topic.topicId) this.#namesById.delete(before.topicId)
    const same = before !== undefined && before.topicId === topic.topicId
    const partitions: PartitionMetadata[] = []
    for (const partition of topic.partitions.toSorted((left, right) => left.partitionIndex - right.partitionIndex)) {
      const known = same ? before.partitions[partition.partitionIndex] : undefined
      const isOlder = known !== undefined && partition.leaderEpoch >= 0 && partition.leaderEpoch < known.leaderEpoch
      partitions.push(isOlder ? known : partitionOf(partition))
    }
    return {
      topic: name,
      topicId: topic.topicId,
      isInternal: topic.isInternal,
      partitions,
      errorCode: topic.errorCode,
    }
  }
}

function partitionOf(partition: MetadataResponseTopic['partitions'][number]): PartitionMetadata {
  return {
    partition: partition.partitionIndex,
    leader: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    replicas: partition.replicaNodes,
    inSyncReplicas: partition.isrNodes,
    offlineReplicas: partition.offlineReplicas,
    errorCode: partition.errorCode,
  }
}

function hasProblem(topic: TopicMetadata): boolean {
  return topic.errorCode !== 0 || topic.partitions.some(({ leader }) => leader < 0)
}
