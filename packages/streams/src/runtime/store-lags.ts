import type { Admin } from '@streamwright/client'
import type { Task } from '../tasks/task.ts'
import type { TopologyDefinition } from '../topology/definition.ts'

/** How far a store is behind its changelog. Java: `LagInfo`. */
export interface LagInfo {
  readonly currentOffsetPosition: number
  readonly endOffsetPosition: number
  readonly offsetLag: number
}

/** By store and partition. */
export type StorePartitionLags = ReadonlyMap<string, ReadonlyMap<number, LagInfo>>

interface Changelog {
  readonly store: string
  readonly topic: string
  readonly partition: number
  /** Undefined for a task that runs: what it has not written is in no changelog. */
  readonly position: number | undefined
}

/** Asks the cluster for the ends of the changelogs that belong to these tasks. */
export async function storePartitionLags(
  admin: Admin,
  definition: TopologyDefinition,
  tasks: readonly Task[],
): Promise<StorePartitionLags> {
  const changelogs = tasks.flatMap((task) => changelogsOf(definition, task))
  const ends = await admin.listOffsets(
    changelogs.map(({ topic, partition }) => ({ topic, partition, timestamp: 'latest' as const })),
  )
  const lags = new Map<string, Map<number, LagInfo>>()
  for (const { store, topic, partition, position } of changelogs) {
    const endOffsetPosition = ends.get(`${topic}-${partition}`)?.offset ?? 0
    const currentOffsetPosition = position ?? endOffsetPosition
    const offsetLag = Math.max(0, endOffsetPosition - currentOffsetPosition)
    const ofStore = lags.get(store) ?? new Map<number, LagInfo>()
    lags.set(store, ofStore.set(partition, { currentOffsetPosition, endOffsetPosition, offsetLag }))
  }
  return lags
}

function changelogsOf({ subtopologies }: TopologyDefinition, task: Task): Changelog[] {
  const { subtopology: id, partition } = task.taskId
  const subtopology = subtopologies.find((each) => each.id === id)
  if (subtopology === undefined) return []
  const topics = [
    ...[...subtopology.changelogTopics].map(([store, topic]) => [store, topic.name] as const),
    ...subtopology.sourceTopicStores,
  ]
  return topics.map(([store, topic]) => {
    const position = task.state === 'running' ? undefined : (task.engines.position(store) ?? 0)
    return { store, topic, partition, position }
  })
}
