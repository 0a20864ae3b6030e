import type { Admin, GroupDescription, GroupOffset, TopicPartition } from '@streamwright/client'

/** Where a group is in a partition, and who reads it. Null: not known, or nobody. */
export interface PartitionRow extends TopicPartition {
  readonly leaderEpoch: number | null
  readonly offset: number | null
  readonly endOffset: number | null
  readonly lag: number | null
  readonly memberId: string | null
  readonly host: string | null
  readonly clientId: string | null
}

type Options = { readonly timeoutMs: number }

/** Rows by group: first what members read, those with most partitions first; then what only has an offset. */
export async function groupOffsets(
  admin: Admin,
  groups: readonly GroupDescription[],
  options: Options,
): Promise<Map<string, PartitionRow[]>> {
  const committed = new Map<string, Map<string, GroupOffset>>()
  for (const { groupId } of groups) committed.set(groupId, await admin.listGroupOffsets(groupId, options))
  const partitions = groups.flatMap((group) => [
    ...group.members.flatMap(({ assignment }) => assignment),
    ...(committed.get(group.groupId)?.values() ?? []),
  ])
  const ends = await endOffsets(admin, partitions, options)
  return new Map(groups.map((group) => [group.groupId, rowsOf(group, committed.get(group.groupId) ?? new Map(), ends)]))
}

async function endOffsets(
  admin: Admin,
  partitions: readonly TopicPartition[],
  options: Options,
): Promise<ReadonlyMap<string, number>> {
  if (partitions.length === 0) return new Map()
  const topics = await admin.describeTopics([...new Set(partitions.map(({ topic }) => topic))], options)
  const led = partitions.filter(
    ({ topic, partition }) => (topics.get(topic)?.partitions[partition]?.leader ?? null) !== null,
  )
  const found = await admin.listOffsets(
    led.map(({ topic, partition }) => ({ topic, partition, timestamp: 'latest' })),
    options,
  )
  return new Map([...found].map(([key, { offset }]) => [key, offset]))
}

function rowsOf(
  group: GroupDescription,
  committed: ReadonlyMap<string, GroupOffset>,
  ends: ReadonlyMap<string, number>,
): PartitionRow[] {
  const row = (place: TopicPartition, member: GroupDescription['members'][number] | null): PartitionRow => {
    const key = `${place.topic}-${place.partition}`
    const own = committed.get(key)
    const offset = own?.offset ?? null
    const endOffset = ends.get(key) ?? null
    return {
      topic: place.topic,
      partition: place.partition,
      leaderEpoch: own === undefined || own.leaderEpoch < 0 ? null : own.leaderEpoch,
      offset,
      endOffset,
      lag: offset === null || endOffset === null ? null : endOffset - offset,
      memberId: member?.memberId ?? null,
      host: member?.clientHost ?? null,
      clientId: member?.clientId ?? null,
    }
  }
  const assigned = new Set<string>()
  const busiest = group.members.toSorted((left, right) => right.assignment.length - left.assignment.length)
  const read = busiest.flatMap((member) =>
    inOrder(member.assignment).map((place) => {
      assigned.add(`${place.topic}-${place.partition}`)
      return row(place, member)
    }),
  )
  const rest = [...committed].filter(([key]) => !assigned.has(key)).map(([, offset]) => offset)
  return [...read, ...inOrder(rest).map((place) => row(place, null))]
}

function inOrder<P extends TopicPartition>(partitions: readonly P[]): P[] {
  return partitions.toSorted((left, right) =>
    left.topic === right.topic ? left.partition - right.partition : left.topic < right.topic ? -1 : 1,
  )
}
