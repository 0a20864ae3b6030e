import { lastOffsetOf, sizeInBytesOf } from './batch-header.ts'
import { readHintsMax } from './limits.ts'
import type { Segment } from './segment.ts'
import type { SegmentList } from './segment-list.ts'
import type { TailCache } from './tail-cache.ts'

/** Whole batches, and the offset to go on with; the offset asked for when there is nothing. */
export interface LogRead {
  readonly records: Buffer
  readonly nextOffset: number
}

interface Hint {
  readonly offset: number
  readonly segment: Segment
  readonly position: number
}

const noRecords = Buffer.alloc(0)

/**
 * Reads batches by offset: from the tail in memory where it reaches, else from a segment, one per call. Remembers where
 * the last readers stopped, so that the next read of each needs no index.
 */
export class LogReader {
  readonly #segments: SegmentList
  readonly #tail: TailCache
  /** A ring. */
  readonly #hints: Hint[] = []
  #nextHint = 0

  constructor(segments: SegmentList, tail: TailCache) {
    this.#segments = segments
    this.#tail = tail
  }

  /** From the batch that holds `offset` on, up to the first one that starts at `limitOffset` or behind it. */
  read(offset: number, maxBytes: number, atLeastOne: boolean, limitOffset: number): LogRead {
    if (offset >= limitOffset || (maxBytes <= 0 && !atLeastOne)) return { records: noRecords, nextOffset: offset }
    const recent = this.#tail.read(offset, maxBytes, atLeastOne, limitOffset)
    if (recent !== undefined) return { records: recent, nextOffset: nextOffsetAfter(recent, offset) }
    for (let index = this.#segments.floorIndex(offset); ; index++) {
      const segment = this.#segments.at(index)
      if (segment === undefined) return { records: noRecords, nextOffset: offset }
      const position = this.#positionIn(segment, offset)
      // Compaction may have taken the last records of a segment.
      if (position === undefined) continue
      const read = segment.read(position, maxBytes, atLeastOne, limitOffset)
      if (read.records.length === 0) return { records: noRecords, nextOffset: offset }
      this.#remember({ offset: read.nextOffset, segment, position: read.nextPosition })
      return { records: read.records, nextOffset: read.nextOffset }
    }
  }

  #positionIn(segment: Segment, offset: number): number | undefined {
    for (const hint of this.#hints) {
      if (hint.offset !== offset || hint.segment !== segment || hint.position >= segment.sizeInBytes) continue
      return hint.position
    }
    return segment.placeOf(offset)?.position
  }

  #remember(hint: Hint): void {
    this.#hints[this.#nextHint] = hint
    this.#nextHint = (this.#nextHint + 1) % readHintsMax
  }
}

function nextOffsetAfter(records: Buffer, otherwise: number): number {
  let next = otherwise
  for (let at = 0; at < records.length; at += sizeInBytesOf(records, at)) next = lastOffsetOf(records, at) + 1
  return next
}
