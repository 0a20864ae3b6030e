import type { Admin, GroupOffset, StreamsGroupDescription, TopicPartition } from '@streamwright/client'
import { inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { called } from './command-failure.ts'

/** Where a group is in a partition that its active tasks read. Null: not known. */
export interface InputRow extends TopicPartition {
  readonly offset: number | null
  readonly leaderEpoch: number | null
  readonly endOffset: number
  /** To the end from the offset, or from the beginning where there is none. */
  readonly lag: number
}

type Options = { readonly timeoutMs: number }

/** Of all partitions that members' active tasks read, input and repartition topics alike. */
export async function inputOffsets(
  admin: Admin,
  group: StreamsGroupDescription,
  options: Options,
): Promise<readonly InputRow[]> {
  const places = inJavaHashOrder(readPartitions(group), topicPartitionHash)
  const [starts, ends] = await Promise.all([
    offsetsAt(admin, places, 'earliest', options),
    offsetsAt(admin, places, 'latest', options),
  ])
  const committed = await committedIn(admin, group.groupId, topicsRead(group), options)
  return places.map(({ topic, partition }) => {
    const key = `${topic}-${partition}`
    const own = committed.get(key)
    const endOffset = ends.get(key) ?? 0
    return {
      topic,
      partition,
      offset: own?.offset ?? null,
      leaderEpoch: own === undefined || own.leaderEpoch < 0 ? null : own.leaderEpoch,
      endOffset,
      lag: endOffset - (own?.offset ?? starts.get(key) ?? 0),
    }
  })
}

/** What a group has committed for some topics, by `topic-partition`. */
export async function committedIn(
  admin: Admin,
  groupId: string,
  topics: ReadonlySet<string>,
  options: Options,
): Promise<ReadonlyMap<string, GroupOffset>> {
  const call = 'listConsumerGroupOffsets(api=FIND_COORDINATOR)'
  const all = await called(call, 'wrapped', admin.listGroupOffsets(groupId, options))
  return new Map([...all].filter(([, { topic }]) => topics.has(topic)))
}

/** The topics from outside that a group reads. */
export function inputTopics({ subtopologies }: StreamsGroupDescription): Set<string> {
  return new Set(subtopologies.flatMap(({ sourceTopics }) => sourceTopics))
}

function topicsRead({ subtopologies }: StreamsGroupDescription): Set<string> {
  return new Set(
    subtopologies.flatMap(({ sourceTopics, repartitionSourceTopics }) => [
      ...sourceTopics,
      ...repartitionSourceTopics.map(({ name }) => name),
    ]),
  )
}

function readPartitions({ members, subtopologies }: StreamsGroupDescription): TopicPartition[] {
  const topicsOf = new Map(
    subtopologies.map(({ subtopologyId, sourceTopics, repartitionSourceTopics }) => [
      subtopologyId,
      [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)],
    ]),
  )
  const places = new Map<string, TopicPartition>()
  for (const { subtopologyId, partitions } of members.flatMap(({ assignment }) => assignment.activeTasks)) {
    const topics = topicsOf.get(subtopologyId)
    if (topics === undefined) throw new Error(`Subtopology ${subtopologyId} not found in group description!`)
    for (const topic of topics)
      for (const partition of partitions) places.set(`${topic}-${partition}`, { topic, partition })
  }
  return [...places.values()]
}

async function offsetsAt(
  admin: Admin,
  places: readonly TopicPartition[],
  timestamp: 'earliest' | 'latest',
  options: Options,
): Promise<ReadonlyMap<string, number>> {
  if (places.length === 0) return new Map()
  const queries = places.map((place) => ({ ...place, timestamp }))
  const found = await called('listOffsets', 'future', admin.listOffsets(queries, options))
  return new Map([...found].map(([key, { offset }]) => [key, offset]))
}
