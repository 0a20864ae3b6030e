import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@streamwright/protocol/messages/describe-producers'
import { describeProducers } from '@streamwright/protocol/messages/describe-producers'
import { topicNameRefusal } from '../metadata/topic-names.ts'
import type { Partition } from '../metadata/topics.ts'
import { isAuthorized, topicRefusal } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<DescribeProducersResponse>['topics']>[number]>['partitions']
>[number]

/** DescribeProducers v0: who wrote to a partition lately, and where the open transactions begin. */
export const describeProducersHandler: AnyHandler = handler<DescribeProducersRequest, DescribeProducersResponse>({
  api: describeProducers,

  handle(services, request, context) {
    return {
      topics: request.topics.map(({ name, partitionIndexes }) => {
        const problem = topicNameRefusal(name)
        if (problem !== undefined) {
          return {
            name,
            partitions: failed(partitionIndexes, {
              errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION,
              errorMessage: problem,
            }),
          }
        }
        if (!isAuthorized(services, context, AclOperation.READ, ResourceType.TOPIC, name)) {
          return { name, partitions: failed(partitionIndexes, topicRefusal) }
        }
        const topic = services.topics.get(name)
        if (topic === undefined) return { name, partitions: failed(partitionIndexes, unknownTopic) }
        return { name, partitions: partitionIndexes.map((index) => describe(index, topic.partition(index))) }
      }),
    }
  },

  refuse: (request, errorCode) => ({
    topics: request.topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, errorCode })),
    })),
  }),
})

const unknownTopic = {
  errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorMessage: 'This server does not host this topic-partition.',
}

function failed(
  partitionIndexes: readonly number[],
  refusal: { readonly errorCode: number; readonly errorMessage: string },
): PartitionInit[] {
  return partitionIndexes.map((partitionIndex) => ({ partitionIndex, ...refusal }))
}

function describe(partitionIndex: number, partition: Partition | undefined): PartitionInit {
  if (partition === undefined) return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }
  const producers = partition.existingLog?.activeProducers() ?? []
  return {
    partitionIndex,
    activeProducers: producers.map((producer) => ({
      producerId: BigInt(producer.producerId),
      producerEpoch: producer.producerEpoch,
      lastSequence: producer.lastSequence,
      lastTimestamp: BigInt(producer.lastTimestamp),
      coordinatorEpoch: producer.coordinatorEpoch,
      currentTxnStartOffset: BigInt(producer.currentTransactionStartOffset),
    })),
  }
}
