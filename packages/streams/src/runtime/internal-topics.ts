import type { Admin } from '@streamwright/client'
import { KafkaError } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { delay } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { TopologyDefinition } from '../topology/definition.ts'
import { internalTopicAttempts, internalTopicFirstRetryMs, internalTopicRetryMs } from './limits.ts'
import { planPartitions } from './partition-counts.ts'
import type { InternalTopic, PartitionPlan } from './partition-counts.ts'

export interface InternalTopicsOptions {
  readonly admin: Admin
  /** The topology, with the topics that its patterns match among those that exist. */
  readonly define: (existingTopics: readonly string[]) => TopologyDefinition
  readonly replicationFactor: number
  /** `topic.…` settings: below what a store asks for itself, above the defaults. */
  readonly settings: Readonly<Record<string, string>>
  readonly environment: Environment
}

/** Creates the repartition and changelog topics that are missing, and checks those that are there. */
export class InternalTopics {
  readonly #options: InternalTopicsOptions
  /** What the last {@link prepare} found: the topology with the topics that there were, and their partitions. */
  prepared: { readonly definition: TopologyDefinition; readonly plan: PartitionPlan } | undefined

  constructor(options: InternalTopicsOptions) {
    this.#options = options
  }

  async prepare(): Promise<PartitionPlan> {
    const existing = (await this.#options.admin.listTopics()).map(({ name }) => name)
    const definition = this.#options.define(existing)
    const topics = new Set(definition.subtopologies.flatMap((subtopology) => [...subtopology.sourceTopics]))
    const plan = planPartitions(definition, await this.#partitionCounts(topics, existing))
    await this.#makeReady(plan.internalTopics)
    this.prepared = { definition, plan }
    return plan
  }

  /** Goes round until every topic is there: another member may be creating the same ones. */
  async #makeReady(topics: readonly InternalTopic[]): Promise<void> {
    const { environment } = this.#options
    let failure: unknown
    for (let attempt = 0; attempt < internalTopicAttempts; attempt++) {
      // The cluster shows a topic some milliseconds after it said that it has made it.
      const waitMs = Math.min(internalTopicFirstRetryMs * 2 ** (attempt - 1), internalTopicRetryMs)
      if (attempt > 0) await delay(environment.timers, waitMs)
      const names = topics.map(({ name }) => name)
      const listed = (await this.#options.admin.listTopics()).map(({ name }) => name)
      const existing = await this.#partitionCounts(new Set(names), listed)
      const missing: InternalTopic[] = []
      for (const topic of topics) {
        const count = existing.get(topic.name)
        if (count === undefined) missing.push(topic)
        else if (count !== topic.partitions) throw wrongCount(topic, count)
      }
      if (missing.length === 0) return
      try {
        await this.#create(missing)
      } catch (error) {
        if (!isTransient(error)) throw error
        failure = error
      }
    }
    throw new StreamsError(
      `The internal topics ${topics.map(({ name }) => name).join(', ')} could not be created. See the cause`,
      {
        code: 'INTERNAL_TOPICS',
        cause: failure,
      },
    )
  }

  async #create(topics: readonly InternalTopic[]): Promise<void> {
    const { admin, replicationFactor, settings } = this.#options
    await admin.createTopics(
      topics.map(({ name, partitions, config }) => ({
        name,
        partitions,
        replicationFactor,
        config: { ...settings, ...config },
      })),
    )
  }

  async #partitionCounts(wanted: ReadonlySet<string>, listed: readonly string[]): Promise<Map<string, number>> {
    const existing = listed.filter((name) => wanted.has(name))
    if (existing.length === 0) return new Map()
    const described = await this.#options.admin.describeTopics(existing)
    return new Map([...described].map(([name, description]) => [name, description.partitions.length]))
  }
}

function wrongCount(topic: InternalTopic, count: number): StreamsError {
  return new StreamsError(
    `The internal topic ${topic.name} has ${count} partitions, but the topology needs ${topic.partitions}. Stop all instances and reset the application with kafka-streams-application-reset, or give the topology the old number`,
    { code: 'INVALID_INTERNAL_TOPIC' },
  )
}

/** Somebody else made it meanwhile, or the cluster is not ready. */
function isTransient(error: unknown): boolean {
  return error instanceof KafkaError && (error.retriable || error.code === 'TOPIC_ALREADY_EXISTS')
}
