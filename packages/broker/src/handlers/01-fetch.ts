import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, zeroUuid } from '@streamwright/protocol'
import type { FetchRequest, FetchRequestTopic, FetchResponse } from '@streamwright/protocol/messages/fetch'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { emptyBytes } from '@streamwright/std'
import type { FetchPosition, FetchSession, SessionDecision } from '../fetch/fetch-sessions.ts'
import type { FetchBounds, PartitionRead } from '../fetch/read-partitions.ts'
import { isIsolationLevel, readPartitions } from '../fetch/read-partitions.ts'
import { clusterName } from '../security/acl.ts'
import { isAuthorized } from '../security/access.ts'
import type { TopicMetrics } from '../metrics/topic-metrics.ts'
import type { BrokerServices } from '../services.ts'
import { eachPartitionOnce } from './each-partition-once.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

type TopicInit = NonNullable<Init<FetchResponse>['responses']>[number]
type PartitionInit = NonNullable<TopicInit['partitions']>[number]

/**
 * Fetch v4–v18. v7: sessions. v9: leader epochs. v12: flexible, diverging epochs. v13: topic ids. v15: replica id as a
 * tagged field. Waits until `minBytes` are there or `maxWaitMs` have passed.
 */
export const fetchHandler: AnyHandler = handler<FetchRequest, FetchResponse>({
  api: fetch,

  handle(services, received, context) {
    if (!isIsolationLevel(received.isolationLevel)) return refuse(received, ErrorCode.UNKNOWN_SERVER_ERROR)
    const topics = eachPartitionOnce(received.topics, nameOf, 'partition')
    const request = topics === received.topics ? received : { ...received, topics }
    const usesTopicIds = context.apiVersion >= 13
    if (request.replicaId >= 0 || request.replicaState.replicaId >= 0) {
      // There are no followers: whoever says to be one has taken this broker for another.
      const { CLUSTER_ACTION } = AclOperation
      const isFollower = isAuthorized(services, context, CLUSTER_ACTION, ResourceType.CLUSTER, clusterName)
      const { NOT_LEADER_OR_FOLLOWER, TOPIC_AUTHORIZATION_FAILED } = ErrorCode
      const errorCode = isFollower ? NOT_LEADER_OR_FOLLOWER : TOPIC_AUTHORIZATION_FAILED
      return { responses: failedTopics(request, errorCode, null) }
    }
    const decision = decideSession(services, request, usesTopicIds)
    if (decision.kind === 'refused') return { errorCode: decision.errorCode }
    const positions = (): Iterable<FetchPosition> =>
      decision.kind === 'none' ? positionsOf(request) : sessionPositions(decision.session)
    const { quotas } = services
    const mayFetchBytes = quotas.isActive ? quotas.fetchBytesMax(context) : Infinity
    const bounds: FetchBounds = {
      usesTopicIds,
      maxBytes: Math.min(request.maxBytes, services.settings.fetchMaxBytes, mayFetchBytes),
      isolation: request.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted',
      mayRead:
        services.authorizer &&
        ((topic) => isAuthorized(services, context, AclOperation.READ, ResourceType.TOPIC, topic)),
    }
    const read = readPartitions(positions(), bounds, services.topics)
    const isDone =
      request.maxWaitMs <= 0 || read.bytes >= Math.min(request.minBytes, bounds.maxBytes) || read.reads.every(isSettled)
    if (isDone || read.reads.some(isSettled)) return respond(services, decision, read.reads)
    const readAgain = (): Init<FetchResponse> =>
      respond(services, decision, readPartitions(positions(), bounds, services.topics).reads)
    return waitForBytes(services, request, context, read).then(() => context.counted(readAgain))
  },

  refuse,

  countsFetchedBytes: {
    /** A session that this request has opened is none; in another one, what was not told is told later. */
    emptied(services, { sessionEpoch }, response) {
      const { fetchSessions } = services
      if (services.metrics !== undefined) keepBack(services, services.metrics.topics, response)
      const sessionId = response.sessionId ?? 0
      if (sessionEpoch === 0) {
        fetchSessions.forget(sessionId)
        return { sessionId: 0, responses: [] }
      }
      fetchSessions.tellAgain(sessionId)
      return { sessionId, responses: [], ...(response.errorCode !== undefined && { errorCode: response.errorCode }) }
    },
  },
})

function refuse(request: FetchRequest, errorCode: number): Init<FetchResponse> {
  return { errorCode, responses: failedTopics(request, errorCode, []) }
}

function nameOf({ topic, topicId }: FetchRequestTopic): string {
  return topic === '' ? topicId : topic
}

function keepBack({ topics }: BrokerServices, metrics: TopicMetrics, response: Init<FetchResponse>): void {
  for (const { topic = '', topicId = zeroUuid, partitions = [] } of response.responses ?? []) {
    const name = topic === '' ? topics.getById(topicId)?.name : topic
    if (name === undefined) continue
    for (const { records } of partitions) if (records) metrics.keptBack(name, records.length)
  }
}

function failedTopics(request: FetchRequest, errorCode: number, aborted: readonly [] | null): TopicInit[] {
  return request.topics.map(({ topic, topicId, partitions }) => ({
    topic,
    topicId,
    partitions: partitions.map(({ partition }) => failedPartition(partition, errorCode, aborted)),
  }))
}

function decideSession(services: BrokerServices, request: FetchRequest, usesTopicIds: boolean): SessionDecision {
  let partitionCount = 0
  for (const topic of request.topics) partitionCount += topic.partitions.length
  const sessions = services.fetchSessions
  const decision = sessions.decide(request.sessionId, request.sessionEpoch, usesTopicIds, partitionCount)
  if (decision.kind === 'full') for (const position of positionsOf(request)) decision.session.update(position)
  if (decision.kind === 'incremental') {
    for (const position of positionsOf(request)) decision.session.update(position)
    for (const { topic, topicId, partitions } of request.forgottenTopicsData) {
      for (const partition of partitions) decision.session.forget(topic, topicId, partition)
    }
    if (decision.session.partitions.size === 0) {
      sessions.close(decision.session)
      return { kind: 'none' }
    }
  }
  return decision
}

function* positionsOf(request: FetchRequest): Generator<FetchPosition> {
  for (const { topic, topicId, partitions } of request.topics) {
    for (const partition of partitions) {
      yield {
        topic,
        topicId: topic === '' ? topicId : zeroUuid,
        partition: partition.partition,
        currentLeaderEpoch: partition.currentLeaderEpoch,
        lastFetchedEpoch: partition.lastFetchedEpoch,
        fetchOffset: Number(partition.fetchOffset),
        maxBytes: partition.partitionMaxBytes,
      }
    }
  }
}

function* sessionPositions(session: FetchSession): Generator<FetchPosition> {
  for (const { position } of session.partitions.values()) yield position
}

/** Nothing to wait for: an error is told at once. */
function isSettled(read: PartitionRead): boolean {
  return read.kind !== 'data'
}

/** Resolves when enough has been appended, the time is up, or nobody waits any more. */
function waitForBytes(
  services: BrokerServices,
  request: FetchRequest,
  context: RequestContext,
  read: { readonly reads: readonly PartitionRead[]; readonly bytes: number },
): Promise<void> {
  return new Promise((resolve) => {
    let bytes = read.bytes
    const undo: (() => void)[] = []
    const done = (): void => {
      for (const step of undo) step()
      resolve()
    }
    for (const partition of read.reads) {
      if (partition.kind !== 'data') continue
      const readsCommitted = request.isolationLevel === 1
      let sizeInBytes = partition.log.sizeInBytes
      let stableOffset = partition.log.lastStableOffset
      let wasStable = stableOffset === partition.log.highWatermark
      const advanced = (): void => {
        // What is in an open transaction is not for those who read what is committed; its end is worth an answer.
        const isStuck = readsCommitted && !wasStable
        if (readsCommitted && partition.log.lastStableOffset === stableOffset) return
        bytes += Math.max(0, partition.log.sizeInBytes - sizeInBytes)
        sizeInBytes = partition.log.sizeInBytes
        stableOffset = partition.log.lastStableOffset
        wasStable = stableOffset === partition.log.highWatermark
        if (isStuck || bytes >= request.minBytes) done()
      }
      undo.push(partition.log.onAdvance(advanced))
    }
    const timer = services.environment.timers.after(request.maxWaitMs, done)
    undo.push(() => timer.cancel(), services.parkedRequests.add(done), context.onDisconnect(done))
    if (read.reads.length > 0) undo.push(services.topics.onDeletion(done))
  })
}

function respond(
  services: BrokerServices,
  decision: SessionDecision,
  reads: readonly PartitionRead[],
): Init<FetchResponse> {
  const topics = new Map<string, { topic: string; topicId: string; partitions: PartitionInit[] }>()
  const session = decision.kind === 'full' || decision.kind === 'incremental' ? decision.session : undefined
  for (const read of reads) {
    if (services.metrics !== undefined) count(services, services.metrics.topics, read)
    if (session !== undefined && !tell(session, read, decision.kind === 'full')) continue
    const { topic, topicId } = read.position
    const key = topic === '' ? topicId : topic
    let response = topics.get(key)
    if (response === undefined) topics.set(key, (response = { topic, topicId, partitions: [] }))
    response.partitions.push(partitionResponse(read))
  }
  return { sessionId: session?.id ?? 0, responses: [...topics.values()] }
}

function count({ topics }: BrokerServices, metrics: TopicMetrics, read: PartitionRead): void {
  const { topic, topicId } = read.position
  if (read.kind === 'data') metrics.fetched(read.log.topic, read.result.records.length)
  else if (read.kind === 'diverging') metrics.fetched(read.log.topic, 0)
  else metrics.fetchFailed((topicId === zeroUuid ? topics.get(topic) : topics.getById(topicId))?.name)
}

/** In a session, only what is new is told. */
function tell(session: FetchSession, read: PartitionRead, isFull: boolean): boolean {
  const known = session.partitions.get(`${read.position.topic}/${read.position.topicId}/${read.position.partition}`)
  if (known === undefined) return false
  if (read.kind !== 'data') {
    known.toldHighWatermark = -1
    return true
  }
  const { records, highWatermark, logStartOffset } = read.result
  const isNews =
    isFull ||
    records.length > 0 ||
    highWatermark !== known.toldHighWatermark ||
    logStartOffset !== known.toldLogStartOffset
  known.toldHighWatermark = highWatermark
  known.toldLogStartOffset = logStartOffset
  if (records.length > 0) session.moveToEnd(read.position)
  return isNews
}

function partitionResponse(read: PartitionRead): PartitionInit {
  const partitionIndex = read.position.partition
  switch (read.kind) {
    case 'error': {
      const failed = failedPartition(partitionIndex, read.errorCode, read.isUnknown ? [] : null)
      return failed
    }
    case 'diverging':
      return {
        partitionIndex,
        highWatermark: BigInt(read.log.highWatermark),
        lastStableOffset: BigInt(read.log.lastStableOffset),
        logStartOffset: BigInt(read.log.startOffset),
        divergingEpoch: { epoch: read.epoch, endOffset: BigInt(read.endOffset) },
        abortedTransactions: null,
        records: emptyBytes,
      }
    case 'data': {
      const { records, highWatermark, lastStableOffset, logStartOffset, abortedTransactions } = read.result
      return {
        partitionIndex,
        highWatermark: BigInt(highWatermark),
        lastStableOffset: BigInt(lastStableOffset),
        logStartOffset: BigInt(logStartOffset),
        abortedTransactions:
          abortedTransactions?.map(({ producerId, firstOffset }) => ({
            producerId: BigInt(producerId),
            firstOffset: BigInt(firstOffset),
          })) ?? null,
        records,
      }
    }
  }
}

function failedPartition(
  partitionIndex: number,
  errorCode: number,
  abortedTransactions: readonly [] | null,
): PartitionInit {
  return {
    partitionIndex,
    errorCode,
    highWatermark: -1n,
    lastStableOffset: -1n,
    logStartOffset: -1n,
    abortedTransactions,
    records: emptyBytes,
  }
}
