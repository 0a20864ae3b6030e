import { relativeOffsetMax } from '../limits.ts'
import type { LogSettings } from '../log-settings.ts'
import { newestMs } from '../retention.ts'
import type { Segment } from '../segment.ts'
import type { SegmentList } from '../segment-list.ts'

/** What of a log could be compacted now. */
export interface Cleanable {
  /** From the log's start up to where compaction has to stop; never the one that is written to. */
  readonly segments: readonly Segment[]
  /** What comes before was compacted already. */
  readonly firstDirtyOffset: number
  /** Where the last of the segments ends. */
  readonly endOffset: number
  readonly dirtyBytes: number
  /** The dirty part of all. */
  readonly dirtyRatio: number
  /** The oldest of the dirty records is past `max.compaction.lag.ms`. */
  readonly isOverdue: boolean
}

/** A log, as far as the question goes. */
export interface DirtyLog {
  readonly settings: LogSettings
  readonly startOffset: number
  readonly lastStableOffset: number
  readonly segments: SegmentList
}

/** `undefined`: nothing is dirty. `checkpoint`: where the last compaction ended; −1: there was none. */
export function findCleanable(log: DirtyLog, checkpoint: number, nowMs: number): Cleanable | undefined {
  const { settings, segments: all } = log
  const limit = Math.min(log.lastStableOffset, all.active.baseOffset)
  const isUsable = checkpoint >= log.startOffset && checkpoint <= limit
  const firstDirtyOffset = isUsable ? checkpoint : Math.max(log.startOffset, all.first.baseOffset)
  const segments: Segment[] = []
  let endOffset = all.first.baseOffset
  let cleanBytes = 0
  let dirtyBytes = 0
  let oldestMs = Infinity
  for (let index = 0; index < all.count - 1; index++) {
    const segment = all.at(index)
    const end = all.at(index + 1)?.baseOffset ?? Infinity
    if (segment === undefined || end > limit) break
    const isDirty = end > firstDirtyOffset
    const isYoung = settings.minCompactionLagMs > 0 && newestMs(segment) > nowMs - settings.minCompactionLagMs
    if (isDirty && isYoung) break
    segments.push(segment)
    endOffset = end
    if (isDirty) dirtyBytes += segment.sizeInBytes
    else cleanBytes += segment.sizeInBytes
    if (isDirty && settings.maxCompactionLagMs < Number.MAX_SAFE_INTEGER) {
      const firstMs = segment.firstTimestamp ?? -1
      oldestMs = Math.min(oldestMs, firstMs >= 0 ? firstMs : segment.modifiedMs)
    }
  }
  if (dirtyBytes === 0) return undefined
  return {
    segments,
    firstDirtyOffset,
    endOffset,
    dirtyBytes,
    dirtyRatio: dirtyBytes / (cleanBytes + dirtyBytes),
    isOverdue: nowMs - oldestMs > settings.maxCompactionLagMs,
  }
}

/** Neighbours that go into one segment: small ones are joined, as far as its size and its indexes allow. */
export function groupSegments(
  segments: readonly Segment[],
  endOffset: number,
  settings: LogSettings,
): readonly (readonly Segment[])[] {
  const groups: Segment[][] = []
  let sizeInBytes = 0
  let indexBytes = 0
  for (const [index, segment] of segments.entries()) {
    const group = groups.at(-1)
    const end = segments[index + 1]?.baseOffset ?? endOffset
    const bytes = segment.indexSizeInBytes
    const fits =
      group?.[0] !== undefined &&
      sizeInBytes + segment.sizeInBytes <= settings.segmentBytes &&
      indexBytes + bytes <= settings.segmentIndexBytes &&
      end - 1 - group[0].baseOffset <= relativeOffsetMax
    if (fits) group.push(segment)
    else groups.push([segment])
    sizeInBytes = segment.sizeInBytes + (fits ? sizeInBytes : 0)
    indexBytes = bytes + (fits ? indexBytes : 0)
  }
  return groups
}
