import type { KafkaError } from '@streamwright/protocol'
import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { alterReplicaLogDirs } from '@streamwright/protocol/messages/alter-replica-log-dirs'
import type { DescribeLogDirsResponse } from '@streamwright/protocol/messages/describe-log-dirs'
import { describeLogDirs } from '@streamwright/protocol/messages/describe-log-dirs'
import { present } from '@streamwright/std'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** A directory in which a broker keeps logs. */
export interface LogDirDescription {
  readonly logDir: string
  /** Why it cannot be used, such as `KAFKA_STORAGE_ERROR`. */
  readonly error: KafkaError | undefined
  readonly replicas: readonly ReplicaDescription[]
  /** Of the disk; −1 if the broker does not tell. */
  readonly totalBytes: number
  readonly usableBytes: number
  /** New logs are made elsewhere. */
  readonly isCordoned: boolean
}

/** A partition's log in a directory. */
export interface ReplicaDescription extends TopicPartition {
  readonly sizeInBytes: number
  /** How far it is behind. */
  readonly offsetLag: number
  /** It is being copied here, and will take the place of the one in another directory. */
  readonly isFuture: boolean
}

/** A partition's log at a broker. */
export interface Replica extends TopicPartition {
  readonly broker: number
}

/** Where a replica is to be. */
export interface ReplicaMove extends Replica {
  readonly logDir: string
}

/** Where a replica is, and where it will be. */
export interface ReplicaLogDirs {
  /** Null if the broker has no such replica. */
  readonly currentLogDir: string | null
  readonly currentOffsetLag: number
  readonly futureLogDir: string | null
  readonly futureOffsetLag: number
}

const nowhere: ReplicaLogDirs = { currentLogDir: null, currentOffsetLag: -1, futureLogDir: null, futureOffsetLag: -1 }

/** `orders-0-1`: partition 0 of `orders` at broker 1. */
function replicaKey({ topic, partition, broker }: Replica): string {
  return `${topic}-${partition}-${broker}`
}

export async function describeLogDirsOf(
  calls: AdminCalls,
  brokers: readonly number[],
  options: AdminOptions,
): Promise<Map<number, LogDirDescription[]>> {
  const described = await calls.each<LogDirDescription[]>(
    'Describing log directories',
    brokers.map(String),
    options,
    (ids, timeoutMs) =>
      atBrokers(ids.map(Number), async (broker) => {
        const response = await calls.cluster.send(broker, describeLogDirs, { topics: null }, { timeoutMs })
        return [[String(broker), logDirsOf(response)]]
      }),
  )
  return new Map([...described].map(([id, directories]) => [Number(id), directories]))
}

export function describeReplicas(
  calls: AdminCalls,
  replicas: readonly Replica[],
  options: AdminOptions,
): Promise<Map<string, ReplicaLogDirs>> {
  const byKey = new Map(replicas.map((replica) => [replicaKey(replica), replica]))
  return calls.each<ReplicaLogDirs>('Describing replicas', [...byKey.keys()], options, (keys, timeoutMs) =>
    atBrokers(brokersOf(keys, byKey), async (broker, own) => {
      const topics = byTopic(own).map(([topic, partitions]) => ({ topic, partitions }))
      const directories = logDirsOf(await calls.cluster.send(broker, describeLogDirs, { topics }, { timeoutMs }))
      return own.map((replica) => [replicaKey(replica), placesOf(replica, directories)])
    }),
  )
}

export async function moveReplicas(
  calls: AdminCalls,
  moves: readonly ReplicaMove[],
  options: AdminOptions,
): Promise<void> {
  const byKey = new Map(moves.map((move) => [replicaKey(move), move]))
  await calls.each<true>('Moving replicas', [...byKey.keys()], options, (keys, timeoutMs) =>
    atBrokers(brokersOf(keys, byKey), async (broker, own) => {
      const dirs = Array.from(
        Map.groupBy(own, ({ logDir }) => logDir),
        ([path, each]) => ({ path, topics: byTopic(each).map(([name, partitions]) => ({ name, partitions })) }),
      )
      const { results } = await calls.cluster.send(broker, alterReplicaLogDirs, { dirs }, { timeoutMs })
      return results.flatMap(({ topicName: topic, partitions }) =>
        partitions.map(({ partitionIndex: partition, errorCode }): [string, true | KafkaError] => {
          const key = replicaKey({ topic, partition, broker })
          return [key, outcome<true>(true, errorCode, key)]
        }),
      )
    }),
  )
}

function logDirsOf({ errorCode, results }: DescribeLogDirsResponse): LogDirDescription[] {
  if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, 'Describing log directories')
  return results.map((result) => ({
    logDir: result.logDir,
    error: result.errorCode === ErrorCode.NONE ? undefined : kafkaError(result.errorCode, result.logDir),
    replicas: result.topics.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
        topic,
        partition: partitionIndex,
        sizeInBytes: Number(partitionSize),
        offsetLag: Number(offsetLag),
        isFuture: isFutureKey,
      })),
    ),
    totalBytes: Number(result.totalBytes),
    usableBytes: Number(result.usableBytes),
    isCordoned: result.isCordoned,
  }))
}

function placesOf({ topic, partition }: Replica, directories: readonly LogDirDescription[]): ReplicaLogDirs {
  let places = nowhere
  for (const { logDir, replicas } of directories) {
    for (const replica of replicas) {
      if (replica.topic !== topic || replica.partition !== partition) continue
      const { offsetLag } = replica
      places = replica.isFuture
        ? { ...places, futureLogDir: logDir, futureOffsetLag: offsetLag }
        : { ...places, currentLogDir: logDir, currentOffsetLag: offsetLag }
    }
  }
  return places
}

function byTopic(replicas: readonly TopicPartition[]): [string, number[]][] {
  return Array.from(
    Map.groupBy(replicas, ({ topic }) => topic),
    ([topic, each]) => [topic, each.map(({ partition }) => partition)],
  )
}

function brokersOf<R extends Replica>(
  keys: readonly string[],
  byKey: ReadonlyMap<string, R>,
): ReadonlyMap<number, R[]> {
  return Map.groupBy(
    keys.map((key) => present(byKey.get(key), 'Keys come from the map')),
    ({ broker }) => broker,
  )
}

/** Asks each broker for its own, side by side. */
async function atBrokers<R, V>(
  brokers: readonly number[] | ReadonlyMap<number, readonly R[]>,
  ask: (broker: number, own: readonly R[]) => Promise<readonly (readonly [string, V | KafkaError])[]>,
): Promise<Outcomes<V>> {
  const parts = Array.isArray(brokers)
    ? brokers.map((broker: number) => ask(broker, []))
    : Array.from(brokers as ReadonlyMap<number, readonly R[]>, ([broker, own]) => ask(broker, own))
  return new Map((await Promise.all(parts)).flat())
}
