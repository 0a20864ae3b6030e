import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, KafkaError, ResourceType } from '@streamwright/protocol'
import type { DeleteRecordsRequest, DeleteRecordsResponse } from '@streamwright/protocol/messages/delete-records'
import { deleteRecords } from '@streamwright/protocol/messages/delete-records'
import { isAuthorized } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import { eachPartitionOnce } from './each-partition-once.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type PartitionInit = NonNullable<
  NonNullable<NonNullable<Init<DeleteRecordsResponse>['topics']>[number]>['partitions']
>[number]

/** DeleteRecords v0–v2. v2: flexible. Not for topics that are only compacted: what is current there is not old. */
export const deleteRecordsHandler: AnyHandler = handler<DeleteRecordsRequest, DeleteRecordsResponse>({
  api: deleteRecords,

  handle(services, request, context) {
    const topics = eachPartitionOnce(request.topics, ({ name }) => name, 'partitionIndex')
    return {
      topics: topics.map(({ name, partitions }) => {
        const mayDelete = isAuthorized(services, context, AclOperation.DELETE, ResourceType.TOPIC, name)
        return {
          name,
          partitions: partitions.map(({ partitionIndex, offset }) =>
            mayDelete
              ? deleteBefore(services, name, partitionIndex, Number(offset))
              : failed(partitionIndex, ErrorCode.TOPIC_AUTHORIZATION_FAILED),
          ),
        }
      }),
    }
  },

  refuse(request, errorCode) {
    return {
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => failed(partitionIndex, errorCode)),
      })),
    }
  },
})

function deleteBefore(services: BrokerServices, name: string, partitionIndex: number, offset: number): PartitionInit {
  const topic = services.topics.get(name)
  const partition = topic?.partition(partitionIndex)
  if (topic?.isInternal === true) return failed(partitionIndex, ErrorCode.INVALID_TOPIC_EXCEPTION)
  if (partition === undefined) return failed(partitionIndex, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const log = partition.log
  if (!log.settings.cleanupPolicy.includes('delete')) return failed(partitionIndex, ErrorCode.POLICY_VIOLATION)
  if (offset < -1) return failed(partitionIndex, ErrorCode.OFFSET_OUT_OF_RANGE)
  try {
    return { partitionIndex, lowWatermark: BigInt(log.deleteRecordsBefore(offset)) }
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error
    return failed(partitionIndex, error.errorCode)
  }
}

function failed(partitionIndex: number, errorCode: number): PartitionInit {
  return { partitionIndex, lowWatermark: -1n, errorCode }
}
