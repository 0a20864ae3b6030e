import { ErrorCode, IsolationLevel, KafkaError, kafkaError, zeroUuid } from '@streamwright/protocol'
import type { ReadResult } from '../log/log-types.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { Partition, Topics } from '../metadata/topics.ts'
import type { FetchPosition } from './fetch-sessions.ts'

/** What a fetch may take in all. */
export interface FetchBounds {
  /** Whether topics are named by their ids, so that the zero one is that of none. */
  readonly usesTopicIds: boolean
  readonly maxBytes: number
  readonly isolation: 'read_uncommitted' | 'read_committed'
  /** Whether a topic may be read; `undefined`: all may. */
  readonly mayRead?: ((topic: string) => boolean) | undefined
}

/** What a fetch got of one partition. */
export type PartitionRead = {
  readonly position: FetchPosition
} & (
  | { readonly kind: 'data'; readonly log: PartitionLog; readonly result: ReadResult }
  | { readonly kind: 'diverging'; readonly log: PartitionLog; readonly epoch: number; readonly endOffset: number }
  | { readonly kind: 'error'; readonly errorCode: number; readonly isUnknown: boolean; readonly leaderEpoch: number }
)

/** All partitions in order, as far as the bytes go: the first batch is given whole even when it is larger. */
export function readPartitions(
  positions: Iterable<FetchPosition>,
  bounds: FetchBounds,
  topics: Topics,
): { readonly reads: readonly PartitionRead[]; readonly bytes: number } {
  const reads: PartitionRead[] = []
  let bytes = 0
  for (const position of positions) {
    const read = readPartition(
      position,
      bounds.maxBytes < 0 ? bounds.maxBytes : Math.max(0, bounds.maxBytes - bytes),
      bytes === 0,
      bounds,
      topics,
    )
    if (read.kind === 'data') bytes += read.result.records.length
    reads.push(read)
  }
  return { reads, bytes }
}

function readPartition(
  position: FetchPosition,
  bytesLeft: number,
  atLeastOne: boolean,
  { isolation, mayRead, usesTopicIds }: FetchBounds,
  topics: Topics,
): PartitionRead {
  if (mayRead !== undefined && isForbidden(position, mayRead, topics)) {
    const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED
    return { kind: 'error', position, errorCode, isUnknown: true, leaderEpoch: -1 }
  }
  const isNone = usesTopicIds && position.topicId === zeroUuid
  const found = isNone
    ? ErrorCode.UNKNOWN_TOPIC_ID
    : findPartition(topics, position.topic, position.topicId, position.partition)
  if (typeof found === 'number') return { kind: 'error', position, errorCode: found, isUnknown: true, leaderEpoch: -1 }
  const log = found.log
  const epochError = leaderEpochError(log, Math.max(-1, position.currentLeaderEpoch))
  if (epochError !== 0) {
    return { kind: 'error', position, errorCode: epochError, isUnknown: false, leaderEpoch: log.leaderEpoch }
  }
  try {
    if (position.lastFetchedEpoch >= 0) {
      const diverging = divergence(log, position)
      if (diverging !== undefined) return { kind: 'diverging', position, log, ...diverging }
    }
    const maxBytes = Math.min(position.maxBytes, bytesLeft)
    if (maxBytes < 0 && position.fetchOffset >= log.startOffset && position.fetchOffset < log.highWatermark) {
      return { kind: 'error', position, errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, isUnknown: false, leaderEpoch: -1 }
    }
    return { kind: 'data', position, log, result: log.read(position.fetchOffset, { maxBytes, atLeastOne, isolation }) }
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error
    return { kind: 'error', position, errorCode: error.errorCode, isUnknown: false, leaderEpoch: -1 }
  }
}

/** A name says nothing about whether there is such a topic; an id that nobody knows belongs to no topic. */
function isForbidden(position: FetchPosition, mayRead: (topic: string) => boolean, topics: Topics): boolean {
  const name = position.topicId === zeroUuid ? position.topic : topics.getById(position.topicId)?.name
  return name !== undefined && !mayRead(name)
}

/** By id when there is one, else by name. A number is the error to answer. */
export function findPartition(topics: Topics, name: string, id: string, index: number): Partition | number {
  if (id !== zeroUuid) {
    const topic = topics.getById(id)
    if (topic === undefined) return ErrorCode.UNKNOWN_TOPIC_ID
    return topic.partition(index) ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  }
  return topics.get(name)?.partition(index) ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
}

/** Kafka fails on any other. */
export function isIsolationLevel(level: number): boolean {
  return level === IsolationLevel.READ_UNCOMMITTED || level === IsolationLevel.READ_COMMITTED
}

/** A client that knows another epoch than this log's has stale metadata, or newer metadata than this broker. */
export function leaderEpochError(log: PartitionLog, currentLeaderEpoch: number): number {
  if (currentLeaderEpoch === -1 || currentLeaderEpoch === log.leaderEpoch) return ErrorCode.NONE
  return currentLeaderEpoch < log.leaderEpoch ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH
}

/** Where the log that the client read, and this one, went different ways: after a crash lost what was not on the disk. */
function divergence(log: PartitionLog, position: FetchPosition): { epoch: number; endOffset: number } | undefined {
  const { leaderEpoch, endOffset } = log.offsetForLeaderEpoch(position.lastFetchedEpoch)
  if (endOffset < 0) throw kafkaError(ErrorCode.OFFSET_OUT_OF_RANGE)
  if (leaderEpoch >= position.lastFetchedEpoch && endOffset >= position.fetchOffset) return undefined
  return { epoch: leaderEpoch, endOffset }
}
