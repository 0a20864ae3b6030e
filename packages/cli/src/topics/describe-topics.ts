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
  const byId = options.has('topic-id')
  const configs = await admin.describeConfigs(descriptions.map(({ name }) => ({ type: 'topic', name })))
  const partitionFilter = filterOf(options)
  const headerWanted = partitionFilter === undefined
  for (const description of descriptions) {
    const own = (configs.get(`topic:${description.name}`) ?? []).filter(({ source }) => source !== 'DEFAULT_CONFIG')
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
    for (const partition of description.partitions) {
      if (partitionFilter !== undefined && !partitionFilter(partition)) continue
      const elr = byId ? 'N/A' : ''
      const leader = partition.leader === null || partition.leader < 0 ? 'none' : String(partition.leader)
      print(
        `\tTopic: ${description.name}\tPartition: ${partition.partition}\tLeader: ${leader}\tReplicas: ${partition.replicas.join(',')}\tIsr: ${partition.isr.join(',')}\tElr: ${elr}\tLastKnownElr: ${elr}`,
      )
    }
  }
}

type Partition = TopicDescription['partitions'][number]

function filterOf(options: ParsedOptions): ((partition: Partition) => boolean) | undefined {
  const filters: ((partition: Partition) => boolean)[] = []
  if (options.has('under-replicated-partitions'))
    filters.push((partition) => partition.isr.length < partition.replicas.length)
  if (options.has('unavailable-partitions'))
    filters.push((partition) => partition.leader === null || partition.leader < 0)
  if (options.has('under-min-isr-partitions')) filters.push((partition) => partition.isr.length < 1)
  if (options.has('at-min-isr-partitions'))
    filters.push((partition) => partition.isr.length === 1 && partition.replicas.length > 1)
  return filters.length === 0 ? undefined : (partition) => filters.some((filter) => filter(partition))
}

async function selectDescriptions(admin: Admin, options: ParsedOptions): Promise<TopicDescription[]> {
  const id = options.value('topic-id')
  if (id === undefined) {
    const names = await selectExistingTopics(admin, options)
    const described = await admin.describeTopics(names)
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
