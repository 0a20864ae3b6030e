import type { ReusableMemoryLimits } from '@streamwright/std'
import { assert } from '@streamwright/std'

/**
 * Every bound of the log in one place. Kafka's own settings (segment and index sizes, retention) are per topic and not
 * repeated here.
 */

/** Segments, of all partitions, that keep their file open. The one used longest ago is closed first. */
export const openSegmentsMax = 512

/** Index bytes of closed segments kept in memory, for all partitions. An index is read again when it is needed again. */
export const loadedIndexBytesMax: number = 64 * 1024 * 1024

/**
 * What one partition may hold back for the write at the end of the event-loop turn. More is written at once: a
 * synchronous write into the page cache costs least up to about this size, and memory stays bounded.
 */
export const pendingBytesMax: number = 1024 * 1024

/** Batches smaller than this are copied together before they are written: cheaper than one more piece in a `writev`. */
export const mergedBatchBytesMax: number = 16 * 1024

/** Size of such a copy at most. */
export const mergedChunkBytesMax: number = 256 * 1024

/** Recently written bytes that one partition keeps for its readers. */
export const tailBytesPerPartitionMax: number = 1024 * 1024

/** The same for all partitions together. */
export const tailBytesMax: number = 32 * 1024 * 1024

/** Places in the log at which the last readers stopped, per partition: their next fetch needs no index. */
export const readHintsMax = 8

/** Bytes read at once while looking for a batch from an index entry on. */
export const lookupWindowBytes: number = 8 * 1024

/** Bytes read at once while scanning a segment. It grows to hold a larger batch. */
export const scanWindowBytes: number = 1024 * 1024

/** Batches per producer against which a repeated one is recognised; a producer has at most five requests in flight. */
export const duplicateWindowBatches = 5

/** Producers remembered per partition. Beyond it those without an open transaction are forgotten, oldest first. */
export const producersPerPartitionMax = 100_000

/** Segments that one slice of a retention pass may remove before other work gets its turn. */
export const segmentsPerRetentionSlice = 16

/** Partitions that one slice of a retention pass looks at. */
export const logsPerRetentionSlice = 64

/** Logs of a coordinator's topic that are made in one turn of the event loop: about 4 ms of it. */
export const logsPerCreationSlice = 4

/** Background file removals and syncs that run at the same time: as many as Node has threads for files. */
export const backgroundJobsMax = 4

/** How long after a change of a start offset or recovery point the checkpoint files follow. */
export const checkpointDelayMs = 1000

/** Memory that batches are read to for sending, to be used again: some responses of the default size. */
export const readMemoryLimits: ReusableMemoryLimits = {
  pieceBytesMin: 16 * 1024,
  pieceBytesMax: 16 * 1024 * 1024,
  keptBytesMax: 32 * 1024 * 1024,
}

/** How long compaction may keep everything else from its turn, and the bytes that it looks at meanwhile at most. */
export const cleaningSliceMs = 3
export const cleaningSliceBytes: number = 4 * 1024 * 1024

/** How long compaction waits at a time while it is held to a rate. */
export const cleaningRestMs = 100

/** Compacted batches are gathered for one write. */
export const cleanedChunkBytesMax: number = 256 * 1024

/** A relative offset in an index is a signed 32-bit number. */
export const relativeOffsetMax = 0x7fff_ffff

assert(
  mergedBatchBytesMax <= mergedChunkBytesMax && mergedChunkBytesMax <= pendingBytesMax,
  'A merged write holds several small batches and fits into what a turn may hold back',
)
assert(
  tailBytesPerPartitionMax >= pendingBytesMax && tailBytesMax >= 16 * tailBytesPerPartitionMax,
  'What one turn wrote can be read from memory, for several busy partitions at a time',
)
assert(lookupWindowBytes >= 4096, 'A lookup window covers the default distance between two index entries')
