import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { WriteTxnMarkersRequest, WriteTxnMarkersResponse } from '@streamwright/protocol/messages/write-txn-markers'
import { writeTxnMarkers } from '@streamwright/protocol/messages/write-txn-markers'
import { authorizeCluster, isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import { writeMarker } from '../transactions/transaction-markers.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/**
 * WriteTxnMarkers v1–v2. v2: which rule holds for the epoch. Among several brokers the coordinator sends it; to this
 * one, only those who abort a transaction that no coordinator knows of.
 */
export const writeTxnMarkersHandler: AnyHandler = handler<WriteTxnMarkersRequest, WriteTxnMarkersResponse>({
  api: writeTxnMarkers,

  async handle(services, request, context) {
    if (!isVisible(services, context, AclOperation.ALTER, ResourceType.CLUSTER, clusterName)) {
      authorizeCluster(services, context, AclOperation.CLUSTER_ACTION)
    }
    const markers = request.markers.map(async ({ producerId, topics, transactionResult, ...rest }) => {
      const outcome = transactionResult ? 'commit' : 'abort'
      const marker = { ...rest, producerId: Number(producerId), outcome } as const
      const written = topics.map(async ({ name, partitionIndexes }) => ({
        name,
        partitions: await Promise.all(
          partitionIndexes.map(async (partitionIndex) => ({
            partitionIndex,
            errorCode: isProducerId(producerId)
              ? await writeMarker(services, marker, name, partitionIndex)
              : ErrorCode.INVALID_PRODUCER_ID_MAPPING,
          })),
        ),
      }))
      return { producerId, topics: await Promise.all(written) }
    })
    return { markers: await Promise.all(markers) }
  },

  refuse: (request, errorCode) => ({
    markers: request.markers.map(({ producerId, topics }) => ({
      producerId,
      topics: topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, errorCode })),
      })),
    })),
  }),
})

/** Ids are numbers here; those that a broker gives away count from 0. */
function isProducerId(id: bigint): boolean {
  return id >= 0n && id <= Number.MAX_SAFE_INTEGER
}
