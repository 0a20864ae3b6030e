import { RecordBatch } from '@streamwright/protocol'
import { StreamwrightError } from '@streamwright/std'
import { lastOffsetOf, maxTimestampOf } from './batch-header.ts'
import type { BatchScanner } from './batch-scanner.ts'
import { logCorrupt } from './log-errors.ts'
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
    const found = findInBatch(
      segment.path('log'),
      scanner,
      (each, offset) => each >= timestamp && offset >= startOffset,
    )
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

function findInBatch(
  path: string,
  scanner: BatchScanner,
  matches: (timestamp: number, offset: number) => boolean,
): OffsetAndTimestamp | null {
  const batch = new RecordBatch(scanner.buffer, scanner.at, scanner.sizeInBytes)
  try {
    const cursor = batch.records()
    while (cursor.next()) {
      const { timestamp, offset } = cursor
      if (matches(timestamp, offset)) return { timestamp, offset, leaderEpoch: batch.partitionLeaderEpoch }
    }
  } catch (error) {
    if (error instanceof StreamwrightError) throw logCorrupt(path, error)
    throw error
  }
  return null
}
