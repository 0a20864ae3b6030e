import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { TxnOffsetCommitRequest, TxnOffsetCommitResponse } from '@streamwright/protocol/messages/txn-offset-commit'
import { txnOffsetCommit } from '@streamwright/protocol/messages/txn-offset-commit'
import { asError } from '@streamwright/std'
import type { GroupCoordinator } from '../groups/group-coordinator.ts'
import type { OffsetToCommit } from '../groups/group-offsets.ts'
import { offsetsTopicName } from '../metadata/topic-creation.ts'
import { isAuthorized } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import { admitWrites } from '../transactions/admission.ts'
import { errorAfterGroup, offsetCommitError, offsetToCommit, withPartitions } from './08-offset-commit.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/**
 * TxnOffsetCommit v0–v5. v3: flexible, and the member that commits. v4: TRANSACTION_ABORTABLE. v5: no AddOffsetsToTxn
 * goes before it.
 */
export const txnOffsetCommitHandler: AnyHandler = handler<TxnOffsetCommitRequest, TxnOffsetCommitResponse>({
  api: txnOffsetCommit,

  async handle(services, request, context) {
    const { transactionalId, groupId } = request
    if (!isAuthorized(services, context, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, transactionalId)) {
      return responseOf(request, () => ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
    }
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, groupId)) {
      return responseOf(request, () => ErrorCode.GROUP_AUTHORIZATION_FAILED)
    }
    const groups = await services.groups()
    const accepted: OffsetToCommit[] = []
    const errors = errorsOf(services, context, request, accepted)
    let errorCode: number = ErrorCode.NONE
    const isForGroup = accepted.length > 0 || [...errors.values()].includes(ErrorCode.OFFSET_METADATA_TOO_LARGE)
    if (isForGroup) errorCode = await commit(services, groups, request, accepted, context.apiVersion)
    const once = { ...request, topics: withPartitions(services, request.topics) }
    return responseOf(once, (name, index) =>
      errorAfterGroup(errors.get(`${name}-${index}`) ?? ErrorCode.NONE, errorCode),
    )
  },

  refuse: (request, errorCode) => responseOf(request, () => errorCode),
})

function responseOf(
  request: TxnOffsetCommitRequest,
  errorOf: (name: string, index: number) => number,
): Init<TxnOffsetCommitResponse> {
  return {
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errorOf(name, partitionIndex),
      })),
    })),
  }
}

/** What is wrong with single offsets. The others go to `accepted`. */
function errorsOf(
  services: BrokerServices,
  context: RequestContext,
  request: TxnOffsetCommitRequest,
  accepted: OffsetToCommit[],
): ReadonlyMap<string, number> {
  const errors = new Map<string, number>()
  for (const { name, partitions } of request.topics) {
    const topic = services.topics.get(name)
    const mayRead = isAuthorized(services, context, AclOperation.READ, ResourceType.TOPIC, name)
    for (const partition of partitions) {
      const place = `${name}-${partition.partitionIndex}`
      if (!mayRead) {
        errors.set(place, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
        continue
      }
      if (topic === undefined) {
        errors.set(place, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        continue
      }
      const errorCode = offsetCommitError(services, topic, partition)
      if (errorCode !== ErrorCode.NONE) errors.set(place, errorCode)
      else accepted.push(offsetToCommit(services, topic, partition))
    }
  }
  return errors
}

/** The retriable errors of the coordinator that clients expect where the coordinator of groups answers. */
const retriable: ReadonlySet<number> = new Set([ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.NOT_COORDINATOR])

async function commit(
  services: BrokerServices,
  groups: GroupCoordinator,
  request: TxnOffsetCommitRequest,
  offsets: readonly OffsetToCommit[],
  apiVersion: number,
): Promise<number> {
  const { groupId, transactionalId, memberId, groupInstanceId: instanceId, generationId } = request
  if (groupId === '') return ErrorCode.INVALID_GROUP_ID
  const producer = { producerId: Number(request.producerId), producerEpoch: request.producerEpoch }
  const partition = groups.partitionOf(groupId)
  await services.transactions()
  const admission = admitWrites(
    services,
    transactionalId,
    producer,
    new Map([[offsetsTopicName, new Set([partition])]]),
    {
      addsPartitions: apiVersion >= 5,
      knowsAbortable: apiVersion >= 4,
    },
  )
  if (admission.errorCode !== ErrorCode.NONE) {
    return retriable.has(admission.errorCode) ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : admission.errorCode
  }
  const committer = { memberId, instanceId, generationId }
  const places = offsets.map((each) => ({ topicId: each.offset.topicId, partition: each.partition }))
  const errorCode = groups.transactionalCommitError(groupId, committer, places)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (offsets.length === 0) return ErrorCode.NONE
  try {
    await Promise.all([admission.written, groups.commitInTransaction(groupId, committer, producer, offsets)])
    return ErrorCode.NONE
  } catch (error) {
    services.environment.log.warn('Offsets could not be written', { group: groupId, error: asError(error) })
    return ErrorCode.NOT_COORDINATOR
  }
}
