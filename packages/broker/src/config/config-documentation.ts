import { brokerSettingSpecs } from '../settings.ts'
import { topicConfigs } from './topic-configs.ts'

/** What DescribeConfigs tells of a configuration's meaning when it is asked for. */
// oxfmt-ignore
const ofTopics: Readonly<Record<string, string>> = {
  'cleanup.policy': 'What becomes of old segments: delete them, compact them (the last value of each key stays), or both. Empty: nothing.',
  'compression.gzip.level': 'Level of gzip when the broker compresses.',
  'compression.lz4.level': 'Level of lz4 when the broker compresses.',
  'compression.type': 'The codec in which records are kept; producer: as they come.',
  'compression.zstd.level': 'Level of zstd when the broker compresses.',
  'delete.retention.ms': 'How long a tombstone stays after it was compacted, so that readers from the start see it.',
  'file.delete.delay.ms': 'How long a file stays after it was taken out of the log.',
  'flush.messages': 'Force data to the disk after so many records.',
  'flush.ms': 'Force data to the disk when it is so old.',
  'follower.replication.throttled.replicas': 'Replicas whose copying is throttled at the follower. Kept; one broker copies nothing.',
  'index.interval.bytes': 'Bytes of log between two entries of its index.',
  'leader.replication.throttled.replicas': 'Replicas whose copying is throttled at the leader. Kept; one broker copies nothing.',
  'local.retention.bytes': 'Kept; there is no tiered storage.',
  'local.retention.ms': 'Kept; there is no tiered storage.',
  'max.compaction.lag.ms': 'A record is looked at by compaction after this time at the latest.',
  'max.message.bytes': 'Largest batch of records, after compression.',
  'message.timestamp.after.max.ms': 'How far a timestamp may lie after the time of the broker.',
  'message.timestamp.before.max.ms': 'How far a timestamp may lie before the time of the broker.',
  'message.timestamp.type': 'Whether a timestamp is when the record was made (CreateTime) or appended (LogAppendTime).',
  'min.cleanable.dirty.ratio': 'The part of a log that was not compacted yet, from which on it is worth it.',
  'min.compaction.lag.ms': 'A record is left alone by compaction for this time.',
  'min.insync.replicas': 'Replicas that must have a record before a producer with acks=all is told. One broker has one.',
  'preallocate': 'Give a new segment its whole size on the disk at once.',
  'remote.log.copy.disable': 'Kept; there is no tiered storage.',
  'remote.log.delete.on.disable': 'Kept; there is no tiered storage.',
  'remote.storage.enable': 'Tiered storage: cannot be switched on here.',
  'retention.bytes': 'Segments are deleted when a partition is larger than this. -1: never for their size.',
  'retention.ms': 'Segments are deleted when their newest record is older than this. -1: never for their age.',
  'segment.bytes': 'Size of a segment, from which on the next is begun.',
  'segment.index.bytes': 'Size that an index may grow to.',
  'segment.jitter.ms': 'Most time by which a segment is begun earlier, so that not all logs begin one at once.',
  'segment.ms': 'A segment is ended when it is this old.',
  'unclean.leader.election.enable': 'Whether a replica that lags may lead. One broker has no other.',
}

// oxfmt-ignore
const ofGroups: Readonly<Record<string, string>> = {
  'assignment.interval.ms': 'Least time between two assignments of the group.',
  'heartbeat.interval.ms': 'How often members of the group say that they live.',
  'session.timeout.ms': 'A member that was silent for this long has left the group.',
  'auto.offset.reset': 'Where the group begins in a partition that it has never read.',
  'delivery.count.limit': 'How often a record is delivered before it is given up.',
  'isolation.level': 'Whether records of open and aborted transactions are seen.',
  'partition.max.record.locks': 'Records of a partition that may be with members at a time.',
  'record.lock.duration.ms': 'How long a record is with a member before another gets it.',
  'renew.acknowledge.enable': 'Whether a member may keep a record for longer.',
  'initial.rebalance.delay.ms': 'How long an empty group waits for more members.',
  'num.standby.replicas': 'Copies of the state of each task.',
}

// oxfmt-ignore
const ofClientMetrics: Readonly<Record<string, string>> = {
  'interval.ms': 'How often clients send their metrics.',
  match: 'Which clients are meant: name=regular expression, separated by commas.',
  metrics: 'Prefixes of the names of metrics, separated by commas.',
}

/** For what is taken for the sake of files that were made for Apache Kafka. */
const withoutEffect = 'A setting of Apache Kafka that is accepted and has no effect here.'

/** Of a topic's configuration. */
export function topicConfigDocumentation(name: string): string {
  return ofTopics[name] ?? ''
}

/** Of a group's configuration: of all kinds of groups alike. */
export function groupConfigDocumentation(name: string): string {
  return ofGroups[name.replace(/^[a-z]+\./, '')] ?? ''
}

export function clientMetricsConfigDocumentation(name: string): string {
  return ofClientMetrics[name] ?? ''
}

/** Of a broker's configuration: what it does, what it is the default of, or that it does nothing here. */
export function brokerConfigDocumentation(name: string): string {
  const spec = Object.entries(brokerSettingSpecs).find(([key]) => key === name)?.[1]
  if (spec !== undefined) return spec.about
  const topicConfig = defaultOf.get(name)
  if (topicConfig !== undefined)
    return `Default of the topic configuration ${topicConfig}: ${topicConfigDocumentation(topicConfig)}`
  const ofGroup = groupConfigDocumentation(name.replace(/^group\.[a-z]+\.(?:min\.|max\.)?/, 'group.'))
  if (!name.startsWith('group.') || ofGroup === '') return withoutEffect
  if (/^group\.[a-z]+\.min\./.test(name)) return `Least that a group may have: ${ofGroup}`
  return `${/^group\.[a-z]+\.max\./.test(name) ? 'Most that a group may have' : 'Default of groups'}: ${ofGroup}`
}

const defaultOf: ReadonlyMap<string, string> = new Map(
  [...topicConfigs.values()].flatMap(({ name, synonyms }) => synonyms.map((synonym) => [synonym.name, name])),
)
