import { assert } from '@streamwright/std'

/** A new segment begins when the last has a quarter of what is live, within these bounds: little state, little files. */
export const segmentBytesMin: number = 4 * 1024 * 1024
export const segmentBytesMax: number = 64 * 1024 * 1024

/** A larger commit goes into several frames, so that recovery need not hold it whole. */
export const frameBytesTarget: number = 1024 * 1024

/** Offsets within a segment have 32 bits, and a commit stays within one segment. */
export const commitBytesMax: number = 2 ** 31

/**
 * Cleaning begins when less than half of the log is live, and a commit cleans a multiple of what it wrote: three bytes
 * gone through, at least half of them garbage, give back more than the one that was added.
 */
export const liveShareMin = 0.5
export const cleanedPerWritten = 3
export const cleanedAtLeastBytes: number = 64 * 1024

/**
 * Values up to this length stand in the index too: a look-up takes 1.9 µs, with a read of the file 3.0 (keys at random
 * among a million, making them included). Counts with their timestamps are of this length; a key then takes 70 bytes of
 * memory instead of 46.
 */
export const inlineValueBytesMax = 16

/** Stores are called by 16 bits in entries. */
export const storesMax = 65_535

assert(segmentBytesMin <= segmentBytesMax, 'segments between their bounds')
assert(segmentBytesMax + commitBytesMax < 2 ** 32, 'offsets within a segment have 32 bits')
assert(frameBytesTarget <= segmentBytesMin, 'a segment has room for a frame')
assert(cleanedPerWritten * (1 - liveShareMin) > 1, 'cleaning keeps up with writing')
