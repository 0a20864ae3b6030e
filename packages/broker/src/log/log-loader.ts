import { crc32c } from '@streamwright/protocol'
import {
  attributesAt,
  baseOffsetOf,
  crcAt,
  lastOffsetOf,
  leaderEpochOf,
  magicOf,
  producerIdOf,
  recordCountOf,
  sizeInBytesOf,
} from './batch-header.ts'
import type { LogContext } from './log-context.ts'
import { LeaderEpochs } from './leader-epochs.ts'
import { relativeOffsetMax } from './limits.ts'
import { settleLeftovers } from './log-leftovers.ts'
import { loadProducers, removeSnapshotsAfter } from './producer-recovery.ts'
import type { ProducerState } from './producer-state.ts'
import { Segment } from './segment.ts'
import { SegmentList } from './segment-list.ts'
import { leaderEpochFile, parseSegmentFileName } from './segment-names.ts'

export interface LoadRequest {
  readonly directory: string
  /** The last shutdown was in order: what the files say counts. */
  readonly isClean: boolean
  /** Below it everything was on the disk. */
  readonly recoveryPoint: number
  /** As checkpointed; 0 when it was not. */
  readonly startOffset: number
  readonly indexIntervalBytes: number
}

/** A log as found in its files, repaired where needed. */
export interface LoadedLog {
  readonly segments: SegmentList
  readonly producers: ProducerState
  readonly epochs: LeaderEpochs
  readonly startOffset: number
  readonly endOffset: number
  readonly recoveryPoint: number
  /** Of the newest producer snapshot that was found sound; −1: none. */
  readonly snapshotOffset: number
  readonly unsyncedSegments: readonly Segment[]
  readonly unsyncedPaths: readonly string[]
}

/** What scanning segments after a crash found out. */
interface Recovery {
  readonly segments: readonly Segment[]
  /** Those that were scanned. */
  readonly scanned: readonly Segment[]
  readonly endOffset: number
  readonly hasProducers: boolean
}

/** The files of a log that has nothing in it. They are not synced yet. */
export function createLog(context: LogContext, directory: string, producers: ProducerState): LoadedLog {
  const segment = Segment.create(context, directory, 0)
  const epochs = new LeaderEpochs([{ epoch: 0, startOffset: 0 }])
  const epochPath = `${directory}/${leaderEpochFile}`
  context.storage.writeFile(epochPath, epochs.toText())
  return {
    segments: new SegmentList([segment]),
    producers,
    epochs,
    startOffset: 0,
    endOffset: 0,
    recoveryPoint: 0,
    snapshotOffset: -1,
    unsyncedSegments: [segment],
    unsyncedPaths: [epochPath, directory],
  }
}

/**
 * Opens the log in a directory. After a crash every segment from the recovery point on is read and checked, the log is
 * cut at the first byte that is wrong, and indexes, leader epochs and producers are made anew from what remains.
 */
export function loadLog(context: LogContext, request: LoadRequest): LoadedLog {
  const { directory } = request
  settleLeftovers(context.storage, directory, context.environment.log)
  const found = findSegments(context, directory)
  const recovery = request.isClean
    ? trust(context, request, found)
    : recover(context, request, found, indexOfRecoveryPoint(found, request.recoveryPoint))
  const { segments, endOffset } = startBehind(context, directory, request.startOffset, recovery)
  const startOffset = Math.max(request.startOffset, segments.first.baseOffset)
  removeSnapshotsAfter(context, directory, segments, endOffset)
  const { producers, snapshotOffset } = loadProducers(context, directory, segments, {
    endOffset,
    rebuilt: recovery.scanned,
    mayBeEmpty: !recovery.hasProducers,
  })
  for (const segment of recovery.scanned) if (segment !== segments.active) segment.saveIndexes()
  const epochs = loadEpochs(context, directory, segments, recovery.scanned)
  const text = epochs.toText()
  epochs.truncateFromEnd(endOffset)
  epochs.truncateFromStart(startOffset)
  if (!request.isClean || epochs.latest < 0) epochs.assign(epochs.next, endOffset)
  const epochPath = `${directory}/${leaderEpochFile}`
  if (epochs.toText() !== text) {
    // A kill must not leave half of it: epochs would begin anew, below those that readers know.
    context.storage.writeFile(`${epochPath}.tmp`, epochs.toText())
    context.storage.rename(`${epochPath}.tmp`, epochPath)
  }
  return {
    segments,
    producers,
    epochs,
    startOffset,
    endOffset,
    recoveryPoint: request.isClean ? endOffset : Math.min(request.recoveryPoint, endOffset),
    snapshotOffset,
    unsyncedSegments: [...recovery.scanned].filter((segment) => [...segments].includes(segment)),
    unsyncedPaths: request.isClean && epochs.toText() === text ? [] : [epochPath, directory],
  }
}

function findSegments(context: LogContext, directory: string): readonly Segment[] {
  const segments: Segment[] = []
  for (const name of context.storage.list(directory)) {
    const file = parseSegmentFileName(name)
    if (file?.kind !== 'log' || file.suffix !== '') continue
    const sizeInBytes = context.storage.status(`${directory}/${name}`)?.sizeInBytes ?? 0
    segments.push(new Segment(context, directory, file.offset, sizeInBytes))
  }
  return segments.toSorted((left, right) => left.baseOffset - right.baseOffset)
}

function indexOfRecoveryPoint(segments: readonly Segment[], recoveryPoint: number): number {
  return Math.max(
    0,
    segments.findLastIndex((segment) => segment.baseOffset <= recoveryPoint),
  )
}

/** After a shutdown in order only the end of the last segment is looked at; recovery begins there if it is wrong. */
function trust(context: LogContext, request: LoadRequest, found: readonly Segment[]): Recovery {
  const last = found.at(-1)
  if (last === undefined) return { segments: [], scanned: [], endOffset: 0, hasProducers: false }
  const endOffset = last.readNextOffset()
  if (endOffset !== undefined) return { segments: found, scanned: [], endOffset, hasProducers: true }
  context.environment.log.warn('A log is damaged at its end although the last shutdown was in order', {
    directory: request.directory,
  })
  return recover(context, request, found, found.length - 1)
}

function recover(context: LogContext, request: LoadRequest, found: readonly Segment[], from: number): Recovery {
  const segments = found.slice(0, from)
  const scanned: Segment[] = []
  let endOffset = 0
  let hasProducers = segments.length > 0
  for (const [index, segment] of found.entries()) {
    if (index < from) continue
    const fullBytes = segment.sizeInBytes
    let next = segment.baseOffset
    const validBytes = segment.rebuildIndexes(request.indexIntervalBytes, (buffer, at) => {
      if (!isSound(buffer, at, segment.baseOffset, next, request.recoveryPoint)) return false
      next = lastOffsetOf(buffer, at) + 1
      hasProducers ||= producerIdOf(buffer, at) >= 0
      return true
    })
    segments.push(segment)
    scanned.push(segment)
    endOffset = next
    const following = found[index + 1]
    const isWhole = validBytes === fullBytes
    if (isWhole && (following === undefined || following.baseOffset >= next)) continue
    if (!isWhole) segment.dropUncountedBytes()
    context.environment.log.warn('A log was cut at the first place that a crash left unfinished', {
      directory: request.directory,
      endOffset,
      droppedBytes: fullBytes - validBytes,
      droppedSegments: found.length - index - 1,
    })
    for (const dropped of found.slice(index + 1)) removeNow(context, dropped)
    break
  }
  return { segments, scanned, endOffset, hasProducers }
}

/**
 * Whether a whole batch is one that this log can hold here. `nextOffset`: where the batch before it ended. The checksums
 * of what was on the disk before are not computed again.
 */
function isSound(buffer: Buffer, at: number, segmentBase: number, nextOffset: number, recoveryPoint: number): boolean {
  if (magicOf(buffer, at) !== 2) return false
  const baseOffset = baseOffsetOf(buffer, at)
  const lastOffset = lastOffsetOf(buffer, at)
  if (baseOffset < nextOffset || lastOffset < baseOffset || lastOffset - segmentBase > relativeOffsetMax) return false
  if (recordCountOf(buffer, at) < 0) return false
  if (lastOffset < recoveryPoint) return true
  return crc32c(buffer, at + attributesAt, at + sizeInBytesOf(buffer, at)) === buffer.readUInt32BE(at + crcAt)
}

/** A log whose records all lie below its start offset begins anew there. */
function startBehind(
  context: LogContext,
  directory: string,
  startOffset: number,
  { segments, endOffset }: Recovery,
): { readonly segments: SegmentList; readonly endOffset: number } {
  if (segments.length > 0 && endOffset >= startOffset) return { segments: new SegmentList(segments), endOffset }
  for (const segment of segments) removeNow(context, segment)
  return { segments: new SegmentList([Segment.create(context, directory, startOffset)]), endOffset: startOffset }
}

function removeNow(context: LogContext, segment: Segment): void {
  for (const path of segment.markDeleted()) context.storage.removeFile(path)
}

function loadEpochs(
  context: LogContext,
  directory: string,
  segments: SegmentList,
  scanned: readonly Segment[],
): LeaderEpochs {
  const path = `${directory}/${leaderEpochFile}`
  const known = context.storage.exists(path)
    ? LeaderEpochs.parse(context.storage.readFile(path).toString('utf8'))
    : undefined
  const epochs = known ?? new LeaderEpochs()
  // What the file lacks, the batches know.
  for (const segment of known === undefined ? segments : scanned) {
    const scanner = segment.scanner(0)
    while (scanner.next(false)) {
      const epoch = leaderEpochOf(scanner.buffer, scanner.at)
      if (epoch > epochs.latest) epochs.assign(epoch, baseOffsetOf(scanner.buffer, scanner.at))
    }
  }
  return epochs
}
