import type { Init } from '@streamwright/protocol'
import { ErrorCode } from '@streamwright/protocol'
import type {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@streamwright/protocol/messages/describe-producers'
import { describeProducers } from '@streamwright/protocol/messages/describe-producers'
import type { Partition } from '../metadata/topics.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<DescribeProducersResponse>['topics']>[number]>['partitions']
>[number]

/** DescribeProducers v0: who wrote to a partition lately, and where the open transactions begin. */
export const describeProducersHandler: AnyHandler = handler<DescribeProducersRequest, DescribeProducersResponse>({
  api: describeProducers,

  handle(services, request) {
    return {
      topics: request.topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((index) => describe(index, services.topics.get(name)?.partition(index))),
      })),
    }
  },

  refuse: (request, errorCode) => ({
    topics: request.topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, errorCode })),
    })),
  }),
})

function describe(partitionIndex: number, partition: Partition | undefined): PartitionInit {
  if (partition === undefined) {
    const errorMessage = 'This server does not host this topic-partition.'
    return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage }
  }
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
