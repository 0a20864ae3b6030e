import { present } from '@streamwright/std'
import { StreamsError, TopologyError } from '../errors.ts'
import type { InternalTopicDefinition, SubtopologyDefinition, TopologyDefinition } from '../topology/definition.ts'

/** An internal topic with the number of partitions that it must have. */
export interface InternalTopic extends InternalTopicDefinition {
  readonly partitions: number
}

export interface PartitionPlan {
  /** Tasks of each sub-topology: the largest partition count among its source topics. */
  readonly taskCounts: ReadonlyMap<number, number>
  /** Partitions of every topic that is read, internal ones included. */
  readonly sourcePartitions: ReadonlyMap<string, number>
  /** By sub-topology: the topics that it reads, those that its patterns match included. */
  readonly sourceTopics: ReadonlyMap<number, readonly string[]>
  readonly internalTopics: readonly InternalTopic[]
}

/**
 * Derives the partition counts of internal topics from those of the topics that exist. A repartition topic without a
 * fixed count gets the largest count among the sources of the sub-topologies that write it; topics that are joined must
 * agree. Java: `RepartitionTopics`, `CopartitionedTopicsEnforcer`, `ChangelogTopics`.
 */
export function planPartitions(definition: TopologyDefinition, existing: ReadonlyMap<string, number>): PartitionPlan {
  const repartition = new Map(definition.subtopologies.flatMap((subtopology) => [...subtopology.repartitionTopics]))
  const counts = new Map<string, number>()
  const missing: string[] = []
  for (const topic of new Set(definition.subtopologies.flatMap((subtopology) => subtopology.sourceTopics))) {
    const fixed = repartition.has(topic) ? repartition.get(topic)?.partitions : existing.get(topic)
    if (fixed !== undefined) counts.set(topic, fixed)
    else if (!repartition.has(topic)) missing.push(topic)
  }
  if (missing.length > 0) throw missingSourceTopics(missing)
  deriveRepartitionCounts(definition, repartition, counts)
  enforceCopartitioning(definition, repartition, counts)
  const taskCounts = new Map(
    definition.subtopologies.map((subtopology) => [
      subtopology.id,
      Math.max(0, ...subtopology.sourceTopics.map((topic) => counts.get(topic) ?? 0)),
    ]),
  )
  return {
    taskCounts,
    sourcePartitions: counts,
    sourceTopics: new Map(definition.subtopologies.map(({ id, sourceTopics }) => [id, sourceTopics])),
    internalTopics: definition.subtopologies.flatMap((subtopology) =>
      internalTopicsOf(subtopology, counts, taskCounts),
    ),
  }
}

function missingSourceTopics(topics: readonly string[]): StreamsError {
  const what =
    topics.length > 1
      ? `The source topics ${topics.join(', ')} do not exist`
      : `The source topic ${topics[0] ?? ''} does not exist`
  return new StreamsError(`${what}. Create what the topology reads before the application starts`, {
    code: 'MISSING_SOURCE_TOPIC',
  })
}

/**
 * Goes round until nothing changes, since a repartition topic may feed another one. Topics that feed each other, as the
 * two of a foreign-key join do, go by those of their sources that are known.
 */
function deriveRepartitionCounts(
  definition: TopologyDefinition,
  repartition: ReadonlyMap<string, InternalTopicDefinition>,
  counts: Map<string, number>,
): void {
  const open = new Set([...repartition.keys()].filter((topic) => !counts.has(topic)))
  const derive = (needsAll: boolean): boolean => {
    const before = open.size
    for (const topic of open) {
      const sources = definition.subtopologies
        .filter((subtopology) => subtopology.sinkTopics.includes(topic))
        .flatMap((subtopology) => subtopology.sourceTopics)
      const known = sources.map((source) => counts.get(source)).filter((count) => count !== undefined)
      if (known.length === 0 || (needsAll && known.length < sources.length)) continue
      counts.set(topic, Math.max(...known))
      open.delete(topic)
    }
    return open.size < before
  }
  while (open.size > 0) {
    if (derive(true) || derive(false)) continue
    throw new TopologyError(
      `The number of partitions of ${[...open].join(', ')} cannot be derived, since the topics feed each other or are fed by a pattern that matches no topic. Create a topic that it matches, or give one of them a number with repartition({ partitions })`,
    )
  }
}

function enforceCopartitioning(
  definition: TopologyDefinition,
  repartition: ReadonlyMap<string, InternalTopicDefinition>,
  counts: Map<string, number>,
): void {
  for (const group of definition.copartitionGroups) {
    const flexible = [...group].filter(
      (topic) => repartition.has(topic) && repartition.get(topic)?.partitions === undefined,
    )
    const fixed = [...group].filter((topic) => !flexible.includes(topic))
    const sizes = new Set(fixed.map((topic) => counts.get(topic)))
    if (sizes.size > 1) {
      const listed = fixed.map((topic) => `${topic}: ${counts.get(topic)}`).join(', ')
      throw new TopologyError(
        `Topics not co-partitioned: what is joined must have the same number of partitions (${listed}). Repartition one side with repartition({ partitions })`,
      )
    }
    const size = Math.max(...[...(fixed.length > 0 ? fixed : flexible)].map((topic) => counts.get(topic) ?? 0))
    for (const topic of flexible) counts.set(topic, size)
  }
}

function internalTopicsOf(
  subtopology: SubtopologyDefinition,
  counts: ReadonlyMap<string, number>,
  taskCounts: ReadonlyMap<number, number>,
): InternalTopic[] {
  const repartition = [...subtopology.repartitionTopics.values()].map((topic) => ({
    ...topic,
    partitions: present(counts.get(topic.name), 'Every repartition topic was given a count'),
  }))
  const partitions = present(taskCounts.get(subtopology.id), 'Every sub-topology was given a task count')
  // A pattern that matches nothing has no task, and so nothing to log yet.
  const changelogs = partitions === 0 ? [] : [...subtopology.changelogTopics.values()]
  return [...repartition, ...changelogs.map((topic) => ({ ...topic, partitions }))]
}
