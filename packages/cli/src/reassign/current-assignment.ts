import type { Admin } from '@streamwright/client'
import type { PlannedPartition } from './reassignment-file.ts'

/** Where the partitions of topics are now, with their directories where `brokers` of them tell; in order. */
export async function currentAssignment(
  admin: Admin,
  topics: readonly string[],
  tellsDirectories: boolean,
): Promise<readonly PlannedPartition[]> {
  const described = await admin.describeTopics(topics)
  const partitions = [...described].flatMap(([topic, description]) =>
    description.partitions.map(({ partition, replicas }) => ({ topic, partition, replicas })),
  )
  const asked = partitions.flatMap(({ topic, partition, replicas }) =>
    replicas.map((broker) => ({ topic, partition, broker })),
  )
  const places = tellsDirectories ? await admin.describeReplicaLogDirs(asked) : new Map()
  return partitions
    .map(({ topic, partition, replicas }) => ({
      topic,
      partition,
      replicas,
      logDirs: replicas.map((broker) => String(places.get(`${topic}-${partition}-${broker}`)?.currentLogDir ?? 'any')),
    }))
    .toSorted((left, right) => compare(left, right))
}

/** By topic, then by number. */
export function compare(left: PlannedPartition, right: PlannedPartition): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1
  return left.partition - right.partition
}

/** `t-0,t-1`. */
export function namesOf(partitions: readonly PlannedPartition[]): string {
  return partitions
    .toSorted(compare)
    .map(({ topic, partition }) => `${topic}-${partition}`)
    .join(',')
}

/** The ids of all brokers that there are. */
export async function brokerIds(admin: Admin): Promise<number[]> {
  const { brokers } = await admin.describeCluster()
  return brokers.map(({ id }) => id).toSorted((left, right) => left - right)
}
