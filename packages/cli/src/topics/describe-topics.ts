import type { Admin, TopicDescription } from '@streamwright/client'
import { StreamwrightError } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { selectExistingTopics, selectTopics } from './topic-selection.ts'

/** One line for each topic, one for each of its partitions, as Kafka prints them. */
export async function describeTopics(
  admin: Admin,
  options: ParsedOptions,
  print: (line: string) => void,
): Promise<void> {
  const descriptions = await selectDescriptions(admin, options)
  if (descriptions.length === 0) return
  const configs = await admin.describeConfigs(descriptions.map(({ name }) => ({ type: 'topic', name })))
  const headerWanted = replicationReports.every((name) => !options.has(name))
  for (const description of descriptions) {
    const inForce = configs.get(`topic:${description.name}`) ?? []
    const own = inForce.filter(({ source }) => source !== 'DEFAULT_CONFIG')
    const overrides = own.filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG')
    if (options.has('topics-with-overrides') && overrides.length === 0) continue
    if (headerWanted) {
      const replicas = description.partitions[0]?.replicas.length ?? 0
      const shown = own.map(({ name, value }) => `${name}=${value ?? ''}`).join(',')
      print(
        `Topic: ${description.name}\tTopicId: ${description.topicId}\tPartitionCount: ${description.partitions.length}\tReplicationFactor: ${replicas}\tConfigs: ${shown}`,
      )
    }
    if (options.has('topics-with-overrides')) continue
    const minIsr = Number(inForce.find(({ name }) => name === 'min.insync.replicas')?.value ?? 1)
    for (const partition of description.partitions) {
      if (!headerWanted && !isReported(partition, minIsr, options)) continue
      const { eligibleLeaderReplicas: elr, lastKnownEligibleLeaderReplicas: lastKnown } = partition
      const leader = partition.leader === null || partition.leader < 0 ? 'none' : String(partition.leader)
      print(
        `\tTopic: ${description.name}\tPartition: ${partition.partition}\tLeader: ${leader}\tReplicas: ${partition.replicas.join(',')}\tIsr: ${partition.isr.join(',')}\tElr: ${elr?.join(',') ?? 'N/A'}\tLastKnownElr: ${lastKnown?.join(',') ?? 'N/A'}`,
      )
    }
  }
}

type Partition = TopicDescription['partitions'][number]

/** Each asks for partitions in some trouble, and for those alone. */
const replicationReports = [
  'under-replicated-partitions',
  'unavailable-partitions',
  'under-min-isr-partitions',
  'at-min-isr-partitions',
] as const

function isReported({ leader, isr, replicas }: Partition, minIsr: number, options: ParsedOptions): boolean {
  const hasLeader = leader !== null && leader >= 0
  const is: Readonly<Record<(typeof replicationReports)[number], boolean>> = {
    'under-replicated-partitions': isr.length < replicas.length,
    'unavailable-partitions': !hasLeader,
    'under-min-isr-partitions': !hasLeader || isr.length < minIsr,
    'at-min-isr-partitions': isr.length === minIsr,
  }
  return replicationReports.some((name) => options.has(name) && is[name])
}

async function selectDescriptions(admin: Admin, options: ParsedOptions): Promise<TopicDescription[]> {
  const id = options.value('topic-id')
  if (id === undefined) {
    const names = await selectExistingTopics(admin, options)
    const described = await admin.describeTopics(names, { includeEligibleLeaders: true })
    return names.flatMap((name) => described.get(name) ?? [])
  }
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.length !== 16) {
    throw new StreamwrightError(
      `Input string \`${id}\` decoded as ${bytes.length} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`,
      { code: 'INVALID_ARGUMENT' },
    )
  }
  const described = await admin.describeTopics(await selectTopics(admin, options))
  const found = [...described.values()].filter((description) => description.topicId === id)
  if (found.length === 0 && !options.has('if-exists')) {
    throw new StreamwrightError(`TopicId '${id}' does not exist as expected`, { code: 'UNKNOWN_TOPIC_ID' })
  }
  return found
}
