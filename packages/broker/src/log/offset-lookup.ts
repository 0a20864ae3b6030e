import type { LeaderEpochs } from './leader-epochs.ts'
import type { OffsetAndTimestamp } from './log-types.ts'
import { SpecialTimestamp } from './log-types.ts'
import type { SegmentList } from './segment-list.ts'
import { findByTimestamp, findMaxTimestamp } from './time-lookup.ts'

/** What of a log can be looked up. */
interface LookupRange {
  readonly segments: SegmentList
  readonly epochs: LeaderEpochs
  readonly startOffset: number
  /** Records from here on are not shown: the high watermark, or the last stable offset. */
  readonly limit: number
}

/** The answer to ListOffsets: by {@link SpecialTimestamp}, or the first record at or after a time. `null`: there is none. */
export function lookupOffset(timestamp: number, range: LookupRange): OffsetAndTimestamp | null {
  const { segments, epochs, startOffset, limit } = range
  switch (timestamp) {
    case SpecialTimestamp.latest:
      return { offset: limit, timestamp: -1, leaderEpoch: epochs.latest }
    case SpecialTimestamp.earliest:
    case SpecialTimestamp.earliestLocal:
      return { offset: startOffset, timestamp: -1, leaderEpoch: epochs.epochOf(startOffset) }
    case SpecialTimestamp.latestTiered:
    case SpecialTimestamp.earliestPendingUpload:
      return null
  }
  const found =
    timestamp === SpecialTimestamp.maxTimestamp
      ? findMaxTimestamp(segments, startOffset)
      : findByTimestamp(segments, timestamp, startOffset)
  return found !== null && found.offset < limit ? found : null
}
