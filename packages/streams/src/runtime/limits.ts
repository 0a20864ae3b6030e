import { consumerSettingSpecs } from '@streamwright/client'
import { assert } from '@streamwright/std'

/** A stream thread hands the event loop back at least this often, so that heartbeats survive any load. */
export const processingSliceMs = 10

/**
 * How long a stream thread waits for room in its producer before it looks at everything else again: fetched records,
 * punctuations, commits, whether it shall stop.
 */
export const fullProducerWaitMs = 10

/** Records that a task processes before the clock is read again. */
export const recordsPerClockRead = 256

/** Records that wait until the number of partitions of their topic is known, before no new record is taken. */
export const heldBackRecordsMax = 10_000

/** Fetched batches that one poll of the restore consumer applies before the event loop gets its turn. */
export const restoreSliceMs = 50

/**
 * Rows that wait in memory, of all stores that are restored at once, before they go to their engine: in the order of their
 * keys and each only once, so the more the better; but heartbeats wait for a commit, which takes half a second for half a
 * million rows.
 */
export const restoreRowBytesMax: number = 32 * 1024 * 1024

/**
 * What the restore consumer fetches at once and gives in one poll, unless it is configured. Stores whose records do not
 * wait as rows commit each poll, and a commit of LMDB writes each page that it touches: with a fetch of 1 MiB and polls
 * of 1000 records restoring takes twice as long.
 */
export const restoreFetchBytes: number = 4 * 1024 * 1024
export const restorePollRecords = 100_000

/** How long `close` lets a commit, the group and the clients take in all, unless told otherwise. */
export const closeTimeoutMs = 30_000

/**
 * Internal topics are looked for, and created again, this often at most: first after a moment, since that is all it takes
 * (a start in 0.4 instead of 0.9 s), then less and less often.
 */
export const internalTopicAttempts = 36
export const internalTopicFirstRetryMs = 10
export const internalTopicRetryMs = 500

assert(processingSliceMs < restoreSliceMs, 'Processing hands over more often than restoring, which nobody waits for')

/** How long asynchronous operators may take to end when partitions go: the group must not give up this member. */
export function settleTimeoutMs(
  maxPollIntervalMs: unknown = consumerSettingSpecs['max.poll.interval.ms'].default,
): number {
  return Number(maxPollIntervalMs) / 2
}
