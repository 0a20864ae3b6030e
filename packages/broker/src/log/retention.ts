import type { LogSettings } from './log-settings.ts'
import type { Segment } from './segment.ts'
import type { SegmentList } from './segment-list.ts'

/**
 * How many of the oldest segments are past `retention.ms`, or would leave at least `retention.bytes` when they go. All
 * of them, the one that is written to included, can be past the time; an empty one never is.
 */
export function expiredSegments(segments: SegmentList, settings: LogSettings, nowMs: number): number {
  if (!settings.cleanupPolicy.includes('delete')) return 0
  return Math.max(expiredByTime(segments, settings.retentionMs, nowMs), excessBySize(segments, settings.retentionBytes))
}

function expiredByTime(segments: SegmentList, retentionMs: number, nowMs: number): number {
  if (retentionMs < 0) return 0
  let count = 0
  for (const segment of segments) {
    const isNew = segment === segments.active && segment.sizeInBytes === 0
    if (isNew || nowMs - newestMs(segment) <= retentionMs) return count
    count++
  }
  return count
}

/** Records without timestamps are as old as their file. */
export function newestMs(segment: Segment): number {
  const { timestamp } = segment.largest
  return timestamp >= 0 ? timestamp : segment.modifiedMs
}

function excessBySize(segments: SegmentList, retentionBytes: number): number {
  if (retentionBytes < 0) return 0
  let excess = segments.sizeInBytes - retentionBytes
  let count = 0
  for (const segment of segments) {
    excess -= segment.sizeInBytes
    if (excess < 0 || segment === segments.active) return count
    count++
  }
  return count
}
