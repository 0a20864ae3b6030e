import { ApiKey } from '@streamwright/protocol'
import type { Area, Ask, Choice } from './ask.ts'
import { produced } from './batches.ts'
import { Reference } from './reference.ts'

const topic = 'transactions-topic'
const ids = ['transactions-1', 'transactions-2']

function transactionalId(choice: Choice): string {
  return choice.mostly(choice.of(ids), ['transactions-none', ''], 15)
}

interface Producer {
  readonly id: bigint
  readonly epoch: number
}

function producerOf(choice: Choice, id: string): { readonly producerId: unknown; readonly producerEpoch: unknown } {
  const change = choice.mostly(0, [-1, 1], 8)
  const nobody: Producer = { id: 4243n, epoch: 0 }
  return {
    producerId: choice.once(15)
      ? choice.of([-1n, 0n, 999_999n])
      : new Reference(`producer ${id}`, nobody, (value) => (value as Producer).id),
    producerEpoch: new Reference(`producer ${id}`, nobody, (value) => (value as Producer).epoch + change),
  }
}

function initProducerId(choice: Choice): Ask {
  const id = transactionalId(choice)
  const isKnown = choice.once(3)
  return {
    api: ApiKey.InitProducerId,
    version: choice.between(0, 5),
    body: {
      transactionalId: id,
      transactionTimeoutMs: choice.mostly(600_000, [0, -1, 900_001, 1], 8),
      ...(isKnown ? producerOf(choice, id) : { producerId: -1n, producerEpoch: -1 }),
    },
    learn: { producer: `producer ${id}` },
  }
}

function topicsOf(choice: Choice): object[] {
  return Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => ({
    name: choice.mostly(topic, ['transactions-nowhere', '', '__consumer_offsets'], 10),
    partitions: Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => choice.mostly(0, [1, 1, 7, -1])),
  }))
}

function addPartitions(choice: Choice): Ask {
  const id = transactionalId(choice)
  const { producerId, producerEpoch } = producerOf(choice, id)
  const topics = topicsOf(choice)
  return {
    api: ApiKey.AddPartitionsToTxn,
    version: choice.between(0, 5),
    body: {
      v3AndBelowTransactionalId: id,
      v3AndBelowProducerId: producerId,
      v3AndBelowProducerEpoch: producerEpoch,
      v3AndBelowTopics: topics,
      transactions: [{ transactionalId: id, producerId, producerEpoch, verifyOnly: choice.once(3), topics }],
    },
  }
}

function addOffsets(choice: Choice): Ask {
  const id = transactionalId(choice)
  const groupId = choice.mostly('transactions-group', ['', 'other'], 8)
  return {
    api: ApiKey.AddOffsetsToTxn,
    version: choice.between(0, 4),
    body: { transactionalId: id, ...producerOf(choice, id), groupId },
  }
}

function commitOffsets(choice: Choice): Ask {
  const id = transactionalId(choice)
  return {
    api: ApiKey.TxnOffsetCommit,
    version: choice.between(0, 5),
    body: {
      transactionalId: id,
      groupId: choice.mostly('transactions-group', ['', 'other'], 8),
      ...producerOf(choice, id),
      generationId: choice.mostly(-1, [0, 5], 8),
      memberId: choice.mostly('', ['somebody'], 8),
      groupInstanceId: choice.mostly(null, ['instance', ''], 10),
      topics: Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => ({
        name: choice.mostly(topic, ['transactions-nowhere', ''], 8),
        partitions: Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => ({
          partitionIndex: choice.mostly(0, [1, 7, -1]),
          committedOffset: BigInt(choice.mostly(choice.between(0, 9), [-1, -5])),
          committedLeaderEpoch: choice.mostly(-1, [0, 5]),
          committedMetadata: choice.mostly('m', ['', null, 'x'.repeat(5000)]),
        })),
      })),
    },
  }
}

function produce(choice: Choice): Ask {
  const id = transactionalId(choice)
  return {
    api: ApiKey.Produce,
    version: choice.between(3, 13),
    body: {
      transactionalId: choice.mostly(id, [null, choice.of(ids)], 12),
      acks: -1,
      timeoutMs: 5000,
      topicData: [
        {
          name: topic,
          topicId: new Reference(`topic ${topic}`, 'AQIDBAUGBwgJCgsMDQ4PEA'),
          partitionData: [
            {
              index: choice.mostly(0, [1], 3),
              records: produced(choice, {
                producer: id,
                epochChange: choice.mostly(0, [-1, 1], 8),
                sequence: choice.mostly(0, [1, 2, 3, 5, 7]),
                transactional: !choice.once(8),
              }),
            },
          ],
        },
      ],
    },
  }
}

function endTransaction(choice: Choice): Ask {
  const id = transactionalId(choice)
  return {
    api: ApiKey.EndTxn,
    version: choice.between(0, 5),
    body: { transactionalId: id, ...producerOf(choice, id), committed: choice.once(2) },
    learn: { producer: `producer ${id}` },
  }
}

function describe(choice: Choice): Ask {
  const transactionalIds = Array.from({ length: choice.between(0, 3) }, () => transactionalId(choice))
  return { api: ApiKey.DescribeTransactions, version: 0, body: { transactionalIds } }
}

function list(choice: Choice): Ask {
  return {
    api: ApiKey.ListTransactions,
    version: choice.between(0, 2),
    body: {
      stateFilters: choice.some(['Ongoing', 'Empty', 'CompleteCommit', 'CompleteAbort', 'x', ''], 2),
      producerIdFilters: choice.once(4)
        ? [new Reference(`id of producer ${choice.of(ids)}`, 77n), ...choice.some([-1n, 5n], 1)]
        : [],
      durationFilter: BigInt(choice.mostly(-1, [0, 1_000_000_000, -5])),
      transactionalIdPattern: choice.mostly(null, ['', 'transactions-.*', 'x', '[', '(a+)+$'], 2),
    },
  }
}

function read(choice: Choice): Ask {
  return choice.of<() => Ask>([
    () => ({
      api: ApiKey.Fetch,
      version: 12,
      body: {
        maxWaitMs: 0,
        isolationLevel: choice.of([0, 1]),
        sessionEpoch: -1,
        topics: [
          {
            topic,
            partitions: [
              {
                partition: choice.of([0, 1]),
                fetchOffset: BigInt(choice.between(0, 20)),
                partitionMaxBytes: 1_000_000,
              },
            ],
          },
        ],
      },
    }),
    () => ({
      api: ApiKey.ListOffsets,
      version: 6,
      body: {
        replicaId: -1,
        isolationLevel: choice.of([0, 1]),
        topics: [{ name: topic, partitions: [{ partitionIndex: choice.of([0, 1]), timestamp: -1n }] }],
      },
    }),
    () => ({
      api: ApiKey.DescribeProducers,
      version: 0,
      body: { topics: [{ name: topic, partitionIndexes: [0, 1] }] },
    }),
    () => ({
      api: ApiKey.OffsetFetch,
      version: choice.between(7, 9),
      body: {
        groupId: 'transactions-group',
        topics: null,
        groups: [{ groupId: 'transactions-group', topics: null }],
        requireStable: choice.once(4),
      },
    }),
  ])()
}

/** Transactions by both protocols, in any order. */
export const transactionsArea: Area = {
  name: 'transactions',
  prepare: () => [
    ...[0, 1].map((keyType) => ({
      api: ApiKey.FindCoordinator,
      version: 4,
      body: { keyType, coordinatorKeys: ['transactions-1'] },
    })),
    {
      api: ApiKey.CreateTopics,
      version: 7,
      body: { topics: [{ name: topic, numPartitions: 2, replicationFactor: 1 }], timeoutMs: 30_000 },
    },
    ...ids.map((id) => ({
      api: ApiKey.InitProducerId,
      version: 4,
      body: { transactionalId: id, transactionTimeoutMs: 600_000, producerId: -1n, producerEpoch: -1 },
      learn: { producer: `producer ${id}` },
    })),
  ],
  next: (choice) =>
    choice.step([
      ...[() => initProducerId(choice), () => addPartitions(choice), () => addPartitions(choice)],
      ...[() => produce(choice), () => produce(choice), () => produce(choice), () => endTransaction(choice)],
      ...[() => addOffsets(choice), () => commitOffsets(choice), () => commitOffsets(choice)],
      ...[() => describe(choice), () => list(choice), () => read(choice), () => read(choice)],
    ]),
}
