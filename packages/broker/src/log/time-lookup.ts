import { lastOffsetOf, leaderEpochOf, maxTimestampOf } from './batch-header.ts'
import type { OffsetAndTimestamp } from './log-types.ts'
import type { Segment } from './segment.ts'
import type { SegmentList } from './segment-list.ts'

/** The first record with at least this timestamp, at or behind `startOffset`. Timestamps need not ascend. */
export function findByTimestamp(
  segments: SegmentList,
  timestamp: number,
  startOffset: number,
): OffsetAndTimestamp | null {
  for (const segment of segments) {
    if (segment.sizeInBytes === 0 || segment.largest.timestamp < timestamp) continue
    const found = findInSegment(segment, timestamp, startOffset)
    if (found !== null) return found
  }
  return null
}

function findInSegment(segment: Segment, timestamp: number, startOffset: number): OffsetAndTimestamp | null {
  const scanner = segment.scannerFromTimestamp(timestamp)
  while (scanner.next(true)) {
    const { buffer, at } = scanner
    if (lastOffsetOf(buffer, at) < startOffset || maxTimestampOf(buffer, at) < timestamp) continue
    const found = findInBatch(buffer, at, (each, offset) => each >= timestamp && offset >= startOffset)
    if (found !== null) return found
  }
  return null
}

/** The first record that has the largest timestamp of the log. */
export function findMaxTimestamp(segments: SegmentList, startOffset: number): OffsetAndTimestamp | null {
  let latest: Segment | undefined
  for (const segment of segments) {
    if (segment.sizeInBytes > 0 && segment.largest.timestamp > (latest?.largest.timestamp ?? -1)) latest = segment
  }
  if (latest === undefined) return null
  const { timestamp } = latest.largest
  return findInSegment(latest, timestamp, startOffset)
}

// Until the protocol package reads records: the batch as a whole.
function findInBatch(
  buffer: Buffer,
  at: number,
  matches: (timestamp: number, offset: number) => boolean,
): OffsetAndTimestamp | null {
  const timestamp = maxTimestampOf(buffer, at)
  const offset = lastOffsetOf(buffer, at)
  return matches(timestamp, offset) ? { timestamp, offset, leaderEpoch: leaderEpochOf(buffer, at) } : null
}
