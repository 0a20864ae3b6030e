import { ApiKey, zeroUuid } from '@streamwright/protocol'
import type { Area, Ask, Choice, Step } from './ask.ts'
import { produced } from './batches.ts'
import { Reference } from './reference.ts'

const strangeId = 'AQIDBAUGBwgJCgsMDQ4PEA'
const topics = ['records-plain', 'records-compacted', 'records-stamped', 'records-small', 'records-zstd']
const settings: Readonly<Record<string, readonly { readonly name: string; readonly value: string }[]>> = {
  'records-compacted': [{ name: 'cleanup.policy', value: 'compact' }],
  'records-stamped': [{ name: 'message.timestamp.type', value: 'LogAppendTime' }],
  'records-small': [
    { name: 'max.message.bytes', value: '200' },
    { name: 'message.timestamp.after.max.ms', value: '1000' },
  ],
  'records-zstd': [{ name: 'compression.type', value: 'zstd' }],
}
const producers = ['records-1', 'records-2']

function topicName(choice: Choice): string {
  return choice.mostly(choice.of(topics), ['records-none', '', 'bad name!'], 15)
}

function idOf(choice: Choice, name: string): unknown {
  return choice.mostly(new Reference(`topic ${name}`, strangeId), [strangeId, zeroUuid], 15)
}

function partition(choice: Choice): number {
  return choice.mostly(0, [1, 1, 1, 2, -1, 2_147_483_647], 3)
}

function produce(choice: Choice): Ask {
  const version = choice.between(3, 13)
  const acks = choice.mostly(-1, [1, 1, 0, 2, -2], 4)
  const names = choice.mostly([topicName(choice)], [[], [topicName(choice), topicName(choice)]], 8)
  const topicData = names.map((name) => ({
    name,
    topicId: idOf(choice, name),
    partitionData: Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => ({
      index: partition(choice),
      records: choice.once(3)
        ? produced(choice, {
            producer: choice.of(producers),
            epochChange: choice.mostly(0, [-1, 1], 6),
            sequence: choice.mostly(choice.between(0, 12), [-1, 2_147_483_647, 2_147_483_646], 8),
            transactional: choice.once(10),
          })
        : produced(choice),
    })),
  }))
  const body = { transactionalId: choice.mostly(null, ['nobody', ''], 20), acks, timeoutMs: 5000, topicData }
  return { api: ApiKey.Produce, version, body, ...(acks === 0 && { isSilent: true }) }
}

function initProducer(choice: Choice): Ask {
  const producer = choice.of(producers)
  return {
    api: ApiKey.InitProducerId,
    version: choice.between(0, 5),
    body: { transactionalId: null, transactionTimeoutMs: choice.mostly(1000, [-1, 0, 2_147_483_647]) },
    learn: { producer: `producer ${producer}` },
  }
}

function fetch(choice: Choice): Ask {
  const version = choice.between(4, 18)
  const names = Array.from({ length: choice.mostly(1, [0, 2, 3], 3) }, () => topicName(choice))
  return {
    api: ApiKey.Fetch,
    version,
    body: {
      replicaId: choice.mostly(-1, [-2, 5], 30),
      maxWaitMs: 0,
      minBytes: choice.mostly(1, [0, -1, 100_000]),
      maxBytes: choice.mostly(1_000_000, [0, -1, 1, 150]),
      isolationLevel: choice.mostly(0, [1, 1, 1, 2, -1]),
      sessionId: 0,
      sessionEpoch: choice.mostly(-1, [-1], 5),
      topics: names.map((name) => ({
        topic: name,
        topicId: idOf(choice, name),
        partitions: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
          partition: partition(choice),
          currentLeaderEpoch: choice.mostly(-1, [0, 1, 5, -2], 6),
          fetchOffset: BigInt(choice.mostly(choice.between(0, 10), [-1, -2, 1000, 2 ** 40], 6)),
          lastFetchedEpoch: choice.mostly(-1, [0, 1, 5], 8),
          logStartOffset: -1n,
          partitionMaxBytes: choice.mostly(100_000, [0, 1, -1, 90]),
        })),
      })),
      forgottenTopicsData: [],
      rackId: choice.mostly('', ['r']),
    },
  }
}

const sessions = ['s1', 's2']

/** Requests in sessions, opened and gone on with and closed. */
function sessionFetch(choice: Choice): Ask {
  const session = choice.of(sessions)
  const name = choice.of(topics)
  const isOpening = choice.once(4)
  const epoch = new Reference(`epoch of ${session}`, 1)
  return {
    api: ApiKey.Fetch,
    version: choice.between(7, 18),
    body: {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 100_000,
      isolationLevel: 0,
      sessionId: isOpening ? choice.mostly(0, [1234]) : new Reference(`session ${session}`, 77),
      sessionEpoch: isOpening ? 0 : choice.mostly(1, [-1, 0, 2, 3, epoch]),
      topics: choice.once(3)
        ? []
        : [
            {
              topic: name,
              topicId: new Reference(`topic ${name}`, strangeId),
              partitions: [
                {
                  partition: partition(choice),
                  currentLeaderEpoch: -1,
                  fetchOffset: BigInt(choice.between(0, 5)),
                  lastFetchedEpoch: -1,
                  logStartOffset: -1n,
                  partitionMaxBytes: 10_000,
                },
              ],
            },
          ],
      forgottenTopicsData: choice.once(4)
        ? [{ topic: name, topicId: new Reference(`topic ${name}`, strangeId), partitions: [partition(choice)] }]
        : [],
    },
    isOnce: true,
    learn: isOpening ? { sessionId: `session ${session}` } : {},
  }
}

function listOffsets(choice: Choice): Ask {
  return {
    api: ApiKey.ListOffsets,
    version: choice.between(1, 11),
    body: {
      replicaId: choice.mostly(-1, [-2, 5], 20),
      isolationLevel: choice.mostly(0, [1, 1, 2, -1]),
      timeoutMs: 1000,
      topics: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
        name: topicName(choice),
        partitions: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
          partitionIndex: partition(choice),
          currentLeaderEpoch: choice.mostly(-1, [0, 1, 5, -2], 6),
          timestamp: BigInt(
            choice.of([-1, -2, -3, -4, -5, -6, -7, 0, 1_700_000_000_000, 1_700_000_002_000, 1_800_000_000_000_000]),
          ),
        })),
      })),
    },
  }
}

function offsetForLeaderEpoch(choice: Choice): Ask {
  return {
    api: ApiKey.OffsetForLeaderEpoch,
    version: choice.between(2, 4),
    body: {
      replicaId: choice.mostly(-2, [-1, 5]),
      topics: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
        topic: topicName(choice),
        partitions: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
          partition: partition(choice),
          currentLeaderEpoch: choice.mostly(-1, [0, 1, 5, -2], 6),
          leaderEpoch: choice.mostly(0, [-1, 1, 5, -2]),
        })),
      })),
    },
  }
}

function deleteRecords(choice: Choice): Ask {
  return {
    api: ApiKey.DeleteRecords,
    version: choice.between(0, 2),
    body: {
      timeoutMs: 5000,
      topics: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
        name: topicName(choice),
        partitions: Array.from({ length: choice.mostly(1, [0, 2]) }, () => ({
          partitionIndex: partition(choice),
          offset: BigInt(choice.mostly(choice.between(0, 3), [-1, -2, 1000, 2 ** 40])),
        })),
      })),
    },
  }
}

function describeProducers(choice: Choice): Ask {
  return {
    api: ApiKey.DescribeProducers,
    version: 0,
    body: { topics: [{ name: topicName(choice), partitionIndexes: [partition(choice)] }] },
  }
}

function create(): Step[] {
  return topics.map((name) => ({
    api: ApiKey.CreateTopics,
    version: 7,
    body: {
      topics: [{ name, numPartitions: 2, replicationFactor: 1, configs: settings[name] ?? [] }],
      timeoutMs: 30_000,
    },
  }))
}

/** What is written to partitions, and read from them. */
export const recordsArea: Area = {
  name: 'records',
  prepare: () => [
    ...create(),
    ...producers.map((producer) => ({
      api: ApiKey.InitProducerId,
      version: 4,
      body: { transactionalId: null, transactionTimeoutMs: 1000 },
      learn: { producer: `producer ${producer}` },
    })),
  ],
  next: (choice) =>
    choice.step([
      ...[() => produce(choice), () => produce(choice), () => produce(choice), () => produce(choice)],
      ...[() => fetch(choice), () => fetch(choice), () => sessionFetch(choice), () => sessionFetch(choice)],
      ...[() => listOffsets(choice), () => offsetForLeaderEpoch(choice), () => deleteRecords(choice)],
      ...[() => describeProducers(choice), () => initProducer(choice)],
    ]),
}
