import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { DescribeLogDirsRequest, DescribeLogDirsResponse } from '@streamwright/protocol/messages/describe-log-dirs'
import { describeLogDirs } from '@streamwright/protocol/messages/describe-log-dirs'
import { listOf } from '../config/config-definition.ts'
import type { Topic } from '../metadata/topics.ts'
import type { BrokerServices } from '../services.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** What is said of the size of a disk that cannot tell it. */
const unknownBytes = -1n

/** DescribeLogDirs v1–v5. v3: an error of the whole. v4: the size of the disk. v5: whether new logs are kept away. */
export const describeLogDirsHandler: AnyHandler = handler<DescribeLogDirsRequest, DescribeLogDirsResponse>({
  api: describeLogDirs,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.DESCRIBE)
    const { logs } = services
    const space = context.apiVersion >= 4 ? logs.space() : undefined
    const directory = {
      errorCode: ErrorCode.NONE,
      logDir: logs.path,
      topics: describedTopics(services, request),
      totalBytes: space === undefined ? unknownBytes : BigInt(space.totalBytes),
      usableBytes: space === undefined ? unknownBytes : BigInt(space.usableBytes),
    }
    if (context.apiVersion < 5) return { results: [directory] }
    const cordoned = listOf(services.configs.brokerValue('cordoned.log.dirs') ?? '')
    return { results: [{ ...directory, isCordoned: cordoned.includes('*') || cordoned.includes(logs.path) }] }
  },

  // Below version 3 there is no place for an error of the whole, and Kafka says nothing then.
  refuse: (_request, errorCode, context) => ({
    ...(context.apiVersion >= 3 && { errorCode }),
    results: context.apiVersion >= 3 ? [] : [{ errorCode, logDir: '', topics: [] }],
  }),
})

interface DescribedTopic {
  readonly name: string
  readonly partitions: readonly {
    readonly partitionIndex: number
    readonly partitionSize: bigint
    readonly offsetLag: bigint
  }[]
}

/** Null stands for all topics; topics and partitions that do not exist are left out. */
function describedTopics(services: BrokerServices, { topics }: DescribeLogDirsRequest): readonly DescribedTopic[] {
  if (topics === null) return [...services.topics.all()].map((topic) => described(topic, () => true))
  return topics.flatMap(({ topic: name, partitions }) => {
    const topic = services.topics.get(name)
    if (topic === undefined) return []
    const wanted = new Set(partitions)
    const found = described(topic, (partition) => wanted.has(partition))
    return found.partitions.length === 0 ? [] : [found]
  })
}

function described(topic: Topic, isWanted: (partition: number) => boolean): DescribedTopic {
  return {
    name: topic.name,
    partitions: topic.partitions
      .filter(({ index }) => isWanted(index))
      .map(({ index, existingLog }) => ({
        partitionIndex: index,
        partitionSize: BigInt(existingLog?.sizeInBytes ?? 0),
        offsetLag: 0n,
      })),
  }
}
