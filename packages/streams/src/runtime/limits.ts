import { consumerSettingSpecs } from '@streamwright/client'
import { assert } from '@streamwright/std'

/** A stream thread hands the event loop back at least this often, so that heartbeats survive any load. */
export const processingSliceMs = 10

/** Records that a task processes before the clock is read again. */
export const recordsPerClockRead = 256

/** Fetched batches that one poll of the restore consumer applies before the event loop gets its turn. */
export const restoreSliceMs = 50

/** How long `close` lets a commit, the group and the clients take in all, unless told otherwise. */
export const closeTimeoutMs = 30_000

/** Internal topics are created again this often at most when the cluster says that it cannot. */
export const internalTopicAttempts = 30
export const internalTopicRetryMs = 500

assert(processingSliceMs < restoreSliceMs, 'Processing hands over more often than restoring, which nobody waits for')

/** How long asynchronous operators may take to end when partitions go: the group must not give up this member. */
export function settleTimeoutMs(
  maxPollIntervalMs: unknown = consumerSettingSpecs['max.poll.interval.ms'].default,
): number {
  return Number(maxPollIntervalMs) / 2
}
