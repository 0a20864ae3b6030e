import { isControl, lastOffsetOf, producerIdOf } from './batch-header.ts'
import type { LogContext } from './log-context.ts'
import { producedBatchAt, transactionMarkerAt } from './produced-batch.ts'
import { decodeProducerSnapshot } from './producer-snapshot.ts'
import { ProducerState } from './producer-state.ts'
import type { Segment } from './segment.ts'
import type { SegmentList } from './segment-list.ts'
import { parseSegmentFileName, segmentFileName } from './segment-names.ts'

export interface ProducerRecoveryRequest {
  readonly endOffset: number
  /** Segments whose transaction index is empty and has to be filled again. */
  readonly rebuilt: readonly Segment[]
  /** No batch that was looked at has a producer. */
  readonly mayBeEmpty: boolean
}

/** Producers as of the end of a log, and the offset of the snapshot they come from (−1: none). */
export interface RecoveredProducers {
  readonly producers: ProducerState
  readonly snapshotOffset: number
}

/** From the newest usable snapshot, and the batches behind it. Snapshots that are damaged are removed. */
export function loadProducers(
  context: LogContext,
  directory: string,
  segments: SegmentList,
  request: ProducerRecoveryRequest,
): RecoveredProducers {
  const nowMs = context.environment.clock.wallMs()
  // The transaction indexes of scanned segments are filled while batches are replayed: none of them may be skipped.
  const newestUsable = Math.min(request.endOffset, request.rebuilt[0]?.baseOffset ?? Infinity)
  const offsets = snapshotOffsets(context, directory)
  for (const offset of offsets.toReversed()) {
    if (offset > newestUsable) continue
    const path = `${directory}/${segmentFileName(offset, 'snapshot')}`
    const entries = decodeProducerSnapshot(context.storage.readFile(path), nowMs)
    if (entries === undefined) {
      context.environment.log.warn('A damaged producer snapshot was removed', { path })
      context.storage.removeFile(path)
      continue
    }
    const producers = new ProducerState(entries)
    if (entries.length > 0 || !request.mayBeEmpty) replay(segments, producers, offset, request.rebuilt, nowMs)
    return { producers, snapshotOffset: offset }
  }
  const producers = new ProducerState()
  if (!request.mayBeEmpty) replay(segments, producers, segments.first.baseOffset, request.rebuilt, nowMs)
  return { producers, snapshotOffset: -1 }
}

/** Snapshots behind the end are wrong; of those inside, only the ones at a segment's start and the newest are of use. */
export function removeSnapshotsAfter(
  context: LogContext,
  directory: string,
  segments: SegmentList,
  endOffset: number,
): void {
  const bases = new Set([...segments].map((segment) => segment.baseOffset))
  const inside = snapshotOffsets(context, directory).filter((offset) => offset <= endOffset)
  for (const offset of snapshotOffsets(context, directory)) {
    if (offset <= endOffset && (bases.has(offset) || offset === inside.at(-1))) continue
    context.storage.removeFile(`${directory}/${segmentFileName(offset, 'snapshot')}`)
  }
}

/** Ascending. */
function snapshotOffsets(context: LogContext, directory: string): readonly number[] {
  return context.storage
    .list(directory)
    .flatMap((name) => {
      const file = parseSegmentFileName(name)
      return file?.kind === 'snapshot' && file.suffix === '' ? [file.offset] : []
    })
    .toSorted((left, right) => left - right)
}

function replay(
  segments: SegmentList,
  producers: ProducerState,
  fromOffset: number,
  rebuilt: readonly Segment[],
  nowMs: number,
): void {
  for (let index = segments.floorIndex(fromOffset); index < segments.count; index++) {
    const segment = segments.at(index)
    if (segment === undefined || segment.sizeInBytes === 0) continue
    const isRebuilt = rebuilt.includes(segment)
    const position = segment.baseOffset >= fromOffset ? 0 : segment.placeOf(fromOffset)?.position
    if (position === undefined) continue
    const scanner = segment.scanner(position)
    while (scanner.next(true)) {
      const { buffer, at } = scanner
      if (producerIdOf(buffer, at) < 0 || lastOffsetOf(buffer, at) < fromOffset) continue
      if (!isControl(buffer, at)) {
        producers.append(producedBatchAt(buffer, at), nowMs)
        continue
      }
      const marker = transactionMarkerAt(buffer, at, scanner.sizeInBytes)
      const aborted = marker === undefined ? undefined : producers.appendMarker(marker, nowMs)
      if (aborted !== undefined && isRebuilt) segment.noteAborted(aborted)
    }
  }
  producers.commit()
}
