import type { Environment } from '@streamwright/std'
import type { LogDirectory } from '../log/log-directory.ts'
import type { Storage } from '../log/storage.ts'
import { firstRecords } from './first-start.ts'
import type { MetadataLog } from './metadata-log.ts'
import type { MetadataRecord } from './metadata-record.ts'
import { offsetsTopicName } from './topic-creation.ts'

/**
 * Brings metadata and directories into agreement at start. A directory without a topic is what a deletion left when
 * the process was killed: it goes. But when there is no metadata at all, the directories are the truth (they came from
 * an Apache Kafka broker, say) and topics are made from them.
 */
export async function reconcile(
  metadata: MetadataLog,
  logs: LogDirectory,
  storage: Storage,
  environment: Environment,
): Promise<void> {
  if (!metadata.hadRecords) {
    const first = await firstRecords(storage, logs.path, environment)
    if (first.length > 0) await metadata.append(...first)
    const adopted = topicsOf(logs)
    if (adopted.length === 0) return
    environment.log.warn(
      'The data directory has logs and no metadata: topics are made from the logs, with default configurations',
      {
        topics: adopted.length,
      },
    )
    return metadata.append(...adopted)
  }
  for (const log of logs.all()) {
    const topic = metadata.state.topics.get(log.topic)
    if (topic?.id === log.topicId && log.partition < topic.partitions) continue
    environment.log.info('A partition of a deleted topic is removed', { topic: log.topic, partition: log.partition })
    logs.delete(log.topic, log.partition)
  }
}

function topicsOf(logs: LogDirectory): readonly MetadataRecord[] {
  const topics = new Map<string, { id: string; partitions: number }>()
  for (const log of logs.all()) {
    const known = topics.get(log.topic)
    topics.set(log.topic, {
      id: known?.id ?? log.topicId,
      partitions: Math.max(known?.partitions ?? 0, log.partition + 1),
    })
  }
  return [...topics].map(([name, { id, partitions }]) => ({
    kind: 'topic',
    name,
    id,
    partitions,
    configs: name === offsetsTopicName ? { 'cleanup.policy': 'compact' } : {},
  }))
}
