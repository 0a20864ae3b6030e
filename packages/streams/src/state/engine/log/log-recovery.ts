import type { Log } from '@streamwright/std'
import { readIndexFile } from './index-file.ts'
import type { Frame } from './frame-file.ts'
import type { LogPlace } from './index-file.ts'
import type { EntryHandler } from './log-frame.ts'
import { putHeadBytes, readEntries } from './log-frame.ts'
import type { LogStores } from './log-stores.ts'
import { SegmentFile, segmentHeadBytes, segmentName } from './segment-file.ts'
import { StateLog } from './state-log.ts'

/**
 * Opens the log of a directory as its last whole commit left it: takes up the segments, reads the index file if it fits
 * them, goes through what was written after it, and cuts off what a crash has left unfinished or a power failure torn.
 */
export function recoverLog(stateLog: StateLog, stores: LogStores, log: Log): void {
  openSegments(stateLog, log)
  const oldest = stateLog.segments[0]?.number
  if (oldest === undefined) return
  const indexed = readIndexFile(stateLog, stores)
  replay(stateLog, stores, indexed ?? { segment: oldest, offset: segmentHeadBytes }, log)
}

/** Takes up the segments that follow each other without a gap. */
function openSegments(stateLog: StateLog, log: Log): void {
  const { directory } = stateLog
  for (const number of StateLog.numbers(directory)) {
    const last = stateLog.segments.at(-1)?.number
    const segment = last === undefined || last + 1 === number ? SegmentFile.open(directory, number) : undefined
    if (segment === undefined) {
      log.warn('Local state is of another version, or has lost a file; what cannot be used is restored anew', {
        directory,
        file: segmentName(number),
      })
      break
    }
    stateLog.adopt(segment)
  }
  stateLog.removeUnadopted()
}

/** Applies all whole commits from a place on, and cuts off what follows the last. */
function replay(stateLog: StateLog, stores: LogStores, from: LogPlace, log: Log): void {
  for (const segment of stateLog.segments) {
    if (segment.number < from.segment) continue
    const start = segment.number === from.segment ? from.offset : segmentHeadBytes
    const end = replaySegment(segment, start, stores)
    segment.forgetAhead()
    if (end === segment.length && end > segmentHeadBytes) continue
    log.warn('Local state ends in the middle of a write; it goes on from the last commit before', {
      directory: stateLog.directory,
      file: segmentName(segment.number),
      offset: end,
    })
    stateLog.cut(segment, end)
    return
  }
}

/** The offset after the last whole commit. */
function replaySegment(segment: SegmentFile, start: number, stores: LogStores): number {
  let end = start
  let at = start
  const pending: number[] = []
  for (;;) {
    const frame = segment.frameAt(at)
    if (frame === undefined) return end
    pending.push(at)
    at += frame.bytes.length
    if (!frame.isEnd) continue
    for (const offset of pending) {
      const applied = pending.length === 1 ? frame : segment.frameAt(offset)
      if (applied === undefined) return end
      readEntries(applied.bytes, applier(stores, segment.number, applied))
    }
    pending.length = 0
    end = at
  }
}

function applier(stores: LogStores, segment: number, frame: Frame): EntryHandler {
  return {
    put(store, key, valueLength, at) {
      const valueAt = at + putHeadBytes + key.length
      stores.called(store).put(key, segment, frame.offset + at, valueLength, frame.bytes, valueAt)
    },
    delete: (store, key) => stores.called(store).delete(key),
    wipe: (store) => stores.called(store).wipe(),
    define: (id, name) => stores.define(id, name),
    position: (store, position) => {
      stores.called(store).position = position
    },
    input: (store, text) => {
      stores.called(store).inputPosition = text
    },
  }
}
