import type { AbortedTransaction } from './log-types.ts'
import type { SegmentList } from './segment-list.ts'

/** The aborted transactions with records from one offset up to another, as a reader of that stretch must know them. */
export function abortedBetween(segments: SegmentList, from: number, to: number): readonly AbortedTransaction[] {
  const found: AbortedTransaction[] = []
  if (to <= from) return found
  for (let index = segments.floorIndex(from); ; index++) {
    const segment = segments.at(index)
    if (segment === undefined) break
    let isLast = false
    for (const { producerId, firstOffset, lastOffset, lastStableOffset } of segment.aborted()) {
      if (lastOffset >= from && firstOffset < to) found.push({ producerId, firstOffset })
      // No transaction that ended later can have begun below this.
      isLast ||= lastStableOffset >= to
    }
    if (isLast) break
  }
  return found.toSorted((left, right) => left.firstOffset - right.firstOffset)
}
