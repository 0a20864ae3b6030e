import { ApiKey, zeroUuid } from '@streamwright/protocol'
import type { Area, Ask, Choice } from './ask.ts'
import { Reference } from './reference.ts'

const names = ['topics-a', 'topics-b', 'topics-c', 'topics.c', 'topics_c', 'topics-d']
const oddNames = ['', '.', '..', 'bad name!', 'x'.repeat(249), 'x'.repeat(250), 'ünïcode', '__consumer_offsets', 'a/b']
const strangeId = 'AQIDBAUGBwgJCgsMDQ4PEA'

const configs = [
  { name: 'retention.ms', value: '100000' },
  { name: 'retention.ms', value: 'soon' },
  { name: 'retention.ms', value: '-2' },
  { name: 'retention.ms', value: null },
  { name: 'cleanup.policy', value: 'compact' },
  { name: 'cleanup.policy', value: 'compact,delete' },
  { name: 'cleanup.policy', value: 'compact,compact' },
  { name: 'cleanup.policy', value: 'none' },
  { name: 'cleanup.policy', value: '' },
  { name: 'min.insync.replicas', value: '0' },
  { name: 'min.insync.replicas', value: '2' },
  { name: 'compression.type', value: 'zstd' },
  { name: 'compression.type', value: 'zip' },
  { name: 'segment.bytes', value: '1' },
  { name: 'segment.bytes', value: '1048576' },
  { name: 'no.such.config', value: '1' },
  { name: '', value: '' },
  { name: 'preallocate', value: 'TRUE' },
  { name: 'preallocate', value: 'yes' },
  { name: 'min.cleanable.dirty.ratio', value: '0.7' },
  { name: 'min.cleanable.dirty.ratio', value: '1.1' },
  { name: 'remote.storage.enable', value: 'true' },
  { name: 'local.retention.ms', value: '5' },
  { name: 'retention.bytes', value: ' 17 ' },
  { name: 'max.message.bytes', value: '2147483648' },
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
  { name: 'follower.replication.throttled.replicas', value: '0:1' },
  { name: 'follower.replication.throttled.replicas', value: 'x' },
  { name: 'message.format.version', value: '3.0' },
  { name: 'index.interval.bytes', value: '-1' },
  { name: 'max.compaction.lag.ms', value: '1' },
]

function anyName(choice: Choice): string {
  return choice.mostly(choice.of(names), oddNames, 6)
}

function topicToCreate(choice: Choice): object {
  const isAssigned = choice.once(5)
  return {
    name: anyName(choice),
    numPartitions: isAssigned ? choice.mostly(-1, [1, 2]) : choice.mostly(choice.between(1, 3), [-2, -1, 0, 10_001], 6),
    replicationFactor: isAssigned ? choice.mostly(-1, [1, 2]) : choice.mostly(1, [-2, -1, 0, 2, 3, 32_767], 6),
    assignments: isAssigned
      ? Array.from({ length: choice.between(0, 2) }, (_, index) => ({
          partitionIndex: choice.mostly(index, [-1, 0, 1, 5]),
          brokerIds: choice.mostly([1], [[], [1, 1], [2], [1, 2], [-1]], 5),
        }))
      : [],
    configs: choice.once(3) ? choice.some(configs, 3) : [],
  }
}

function createTopics(choice: Choice): Ask {
  return {
    api: ApiKey.CreateTopics,
    version: choice.between(2, 7),
    body: {
      topics: Array.from({ length: choice.mostly(1, [0, 2, 3]) }, () => topicToCreate(choice)),
      timeoutMs: 30_000,
      validateOnly: choice.once(4),
    },
  }
}

function topicId(choice: Choice): unknown {
  return choice.mostly(new Reference(`topic ${choice.of(names)}`, strangeId), [strangeId, zeroUuid])
}

function deleteTopics(choice: Choice): Ask {
  const topics = Array.from({ length: choice.mostly(1, [0, 2, 3]) }, () =>
    choice.of([
      () => ({ name: anyName(choice) }),
      () => ({ name: null, topicId: topicId(choice) }),
      () => ({ name: null }),
      () => ({ name: anyName(choice), topicId: topicId(choice) }),
    ])(),
  )
  return {
    api: ApiKey.DeleteTopics,
    version: choice.between(1, 6),
    body: {
      topics,
      topicNames: Array.from({ length: choice.mostly(1, [0, 2, 3]) }, () => anyName(choice)),
      timeoutMs: 30_000,
    },
  }
}

function createPartitions(choice: Choice): Ask {
  return {
    api: ApiKey.CreatePartitions,
    version: choice.between(0, 3),
    body: {
      topics: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
        name: anyName(choice),
        count: choice.mostly(choice.between(1, 6), [-1, 0, 1]),
        assignments: choice.once(3)
          ? Array.from({ length: choice.between(0, 2) }, () => ({ brokerIds: choice.of([[1], [2], [], [1, 1]]) }))
          : null,
      })),
      timeoutMs: 30_000,
      validateOnly: choice.once(4),
    },
  }
}

function metadata(choice: Choice): Ask {
  const version = choice.between(0, 13)
  const named = Array.from({ length: choice.between(0, 3) }, () => ({ name: anyName(choice) }))
  const byId = Array.from({ length: choice.between(1, 2) }, () =>
    choice.once(4)
      ? { name: choice.of([null, anyName(choice)]), topicId: topicId(choice) }
      : { name: null, topicId: topicId(choice) },
  )
  return {
    api: ApiKey.Metadata,
    version,
    body: {
      topics: version >= 10 && choice.once(2) ? byId : choice.mostly(named, [null]),
      allowAutoTopicCreation: choice.once(4),
      includeClusterAuthorizedOperations: choice.once(3),
      includeTopicAuthorizedOperations: choice.once(3),
    },
  }
}

function describeTopicPartitions(choice: Choice): Ask {
  return {
    api: ApiKey.DescribeTopicPartitions,
    version: 0,
    body: {
      topics: Array.from({ length: choice.between(0, 4) }, () => ({ name: anyName(choice) })),
      responsePartitionLimit: choice.mostly(2000, [-1, 0, 1, 2, 3]),
      cursor: choice.once(2) ? null : { topicName: anyName(choice), partitionIndex: choice.mostly(0, [-1, 1, 2, 9]) },
    },
  }
}

/** Topics and partitions, made and deleted and told of. */
export const topicsArea: Area = {
  name: 'topics',
  prepare: () => [],
  next: (choice) =>
    choice.step([
      ...[() => createTopics(choice), () => createTopics(choice), () => createTopics(choice)],
      ...[() => deleteTopics(choice), () => createPartitions(choice), () => metadata(choice), () => metadata(choice)],
      () => describeTopicPartitions(choice),
    ]),
}
