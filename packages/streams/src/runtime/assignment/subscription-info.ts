import { Reader, Writer } from '@streamwright/protocol'
import { subscriptionInfoData } from '@streamwright/protocol/messages/subscription-info-data'
import type { TaskId } from '../../processor/task-id.ts'
import { assignmentInfoVersion } from './assignment-info.ts'

/** Offset sum of a task that ran here until now. */
const runningSum = -2n

/** What one member tells the leader of itself. */
export interface SubscriptionInfo {
  /** 22 characters of base64, as ids stand in messages. */
  readonly processId: string
  /** `application.server` of the member; empty when it has none. */
  readonly userEndPoint: string
  /** Tasks with state here, and how far that reaches: −2 for one that was running. */
  readonly taskOffsetSums: readonly { readonly task: TaskId; readonly sum: bigint }[]
}

export function encodeSubscriptionInfo(
  processId: string,
  running: readonly TaskId[],
  resting: readonly TaskId[],
  counter: number,
  userEndPoint = '',
): Buffer {
  const writer = new Writer()
  const sums = [...running.map((task) => ({ task, sum: runningSum })), ...resting.map((task) => ({ task, sum: 0n }))]
  subscriptionInfoData.encode(writer, assignmentInfoVersion, {
    version: assignmentInfoVersion,
    latestSupportedVersion: assignmentInfoVersion,
    processId: Buffer.from(processId.replaceAll('-', ''), 'hex').toString('base64url'),
    userEndPoint: Buffer.from(userEndPoint),
    taskOffsetSums: sums.map(({ task, sum }) => ({
      topicGroupId: task.subtopology,
      partition: task.partition,
      offsetSum: sum,
      namedTopology: null,
    })),
    // Differs from the last time, so that the broker takes a rejoin for news.
    uniqueField: counter & 0x7f,
  })
  return writer.toBuffer()
}

/** Undefined for a version that this leader does not read; such a member counts as one without state. */
export function decodeSubscriptionInfo(bytes: Buffer): SubscriptionInfo | undefined {
  const version = bytes.length >= 4 ? bytes.readInt32BE(0) : 0
  if (version < 10 || version > assignmentInfoVersion) return undefined
  const data = subscriptionInfoData.decode(new Reader(bytes), version)
  return {
    processId: data.processId,
    userEndPoint: data.userEndPoint.toString('utf8'),
    taskOffsetSums: data.taskOffsetSums.map((sum) => ({
      task: { subtopology: sum.topicGroupId, partition: sum.partition },
      sum: sum.offsetSum,
    })),
  }
}
