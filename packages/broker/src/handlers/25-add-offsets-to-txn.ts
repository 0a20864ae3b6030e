import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
} from '@streamwright/protocol/messages/add-offsets-to-txn'
import { addOffsetsToTxn } from '@streamwright/protocol/messages/add-offsets-to-txn'
import { offsetsTopicName } from '../metadata/topic-creation.ts'
import { isAuthorized } from '../security/access.ts'
import { fencingErrorFor } from '../transactions/fencing-error.ts'
import { TransactionVersion } from '../transactions/transaction-metadata.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** AddOffsetsToTxn v0–v4. v2: PRODUCER_FENCED. v3: flexible. The group's partition becomes part of the transaction. */
export const addOffsetsToTxnHandler: AnyHandler = handler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>({
  api: addOffsetsToTxn,

  async handle(services, request, context) {
    const { transactionalId, groupId } = request
    if (!isAuthorized(services, context, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId)) {
      return { errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED }
    }
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, groupId)) {
      return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
    }
    const [transactions, groups] = await Promise.all([services.transactions(), services.groups()])
    const producer = { producerId: Number(request.producerId), producerEpoch: request.producerEpoch }
    const partitions = new Map([[offsetsTopicName, new Set([groups.partitionOf(groupId)])]])
    const errorCode = await transactions.addPartitionsDurably(
      transactionalId,
      producer,
      partitions,
      TransactionVersion.classic,
    )
    return { errorCode: fencingErrorFor(errorCode, context.apiVersion >= 2) }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
