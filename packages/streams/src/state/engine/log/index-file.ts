import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '@streamwright/std'
import { bootId } from '../state-mark.ts'
import { FrameFile } from './frame-file.ts'
import { TreeCursor } from './key-tree.ts'
import { frameBytesTarget, inlineValueBytesMax } from './limits.ts'
import type { EntryHandler } from './log-frame.ts'
import { FrameWriter, putHeadBytes, readEntries } from './log-frame.ts'
import type { LogStore } from './log-store.ts'
import type { LogStores } from './log-stores.ts'
import type { PageSlab } from './page-slab.ts'
import { segmentName } from './segment-file.ts'
import { StateLog } from './state-log.ts'

const fileName = 'state.index'
const formatVersion = 1

/** The head is a line of JSON, filled up with spaces. */
const headBytes = 512

/** Of what a put says in this file in place of a value: valueLength u32 · segment u32 · offset u32, and a short value. */
const placeBytes = 12

/** The end of a record or frame in the log. */
export interface LogPlace {
  readonly segment: number
  readonly offset: number
}

interface Head {
  readonly version: number
  readonly boot: string
  readonly endSegment: number
  readonly endOffset: number
}

/**
 * Writes down where each record lies, so that the next start need not read the whole log: at a close, in the order of
 * the keys. Only believed in the boot that wrote it, since nothing waits for the disk.
 */
export function writeIndexFile(stateLog: StateLog, stores: LogStores, slab: PageSlab, log: Log): void {
  const last = stateLog.segments.at(-1)
  if (last === undefined) return
  const path = join(stateLog.directory, fileName)
  const temporary = `${path}.tmp`
  const head: Head = {
    version: formatVersion,
    boot: bootId(),
    endSegment: last.number,
    endOffset: last.length,
  }
  try {
    const file = new FrameFile(temporary, 'w+')
    try {
      file.append(Buffer.from(JSON.stringify(head).padEnd(headBytes)))
      const writer = new FrameWriter()
      for (const store of stores) writeStore(file, writer, store, slab)
      file.append(writer.finish(true))
    } finally {
      file.close()
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    log.warn('The index of local state cannot be written; the next start reads all of it', { path, error })
  }
}

/**
 * Fills the stores from the index file, if there is one and the log goes on from its end: up to where it tells. Records
 * that it names in files that have gone since were copied or deleted since: what follows says so. An index file that
 * does not fit is deleted.
 */
export function readIndexFile(stateLog: StateLog, stores: LogStores): LogPlace | undefined {
  const path = join(stateLog.directory, fileName)
  const head = readHead(path)
  const end = head && stateLog.segments.find(({ number }) => number === head.endSegment)
  if (head === undefined || end === undefined || end.length < head.endOffset || !readStores(path, stores)) {
    for (const store of stores) store.wipe()
    rmSync(path, { force: true })
    return undefined
  }
  return { segment: head.endSegment, offset: head.endOffset }
}

/** Whether the file is whole: its last frame is there. */
function readStores(path: string, stores: LogStores): boolean {
  const file = new FrameFile(path, 'r+')
  try {
    let offset = headBytes
    for (;;) {
      const frame = file.frameAt(offset)
      if (frame === undefined) return false
      readEntries(frame.bytes, placeReader(stores, frame.bytes))
      if (frame.isEnd) return true
      offset += frame.bytes.length
    }
  } finally {
    file.close()
  }
}

function placeReader(stores: LogStores, frame: Buffer): EntryHandler {
  return {
    put(store, key, _valueLength, at) {
      const place = at + putHeadBytes + key.length
      const [valueLength, segment, offset] = [
        frame.readUInt32LE(place),
        frame.readUInt32LE(place + 4),
        frame.readUInt32LE(place + 8),
      ]
      stores.called(store).put(key, segment, offset, valueLength, frame, place + placeBytes)
    },
    delete() {},
    wipe() {},
    define: (id, name) => stores.define(id, name),
    position: (store, position) => {
      stores.called(store).position = position
    },
    input: (store, text) => {
      stores.called(store).inputPosition = text
    },
  }
}

function writeStore(file: FrameFile, writer: FrameWriter, store: LogStore, slab: PageSlab): void {
  writer.define(store.id, store.name)
  if (store.position !== undefined) writer.position(store.id, store.position)
  if (store.inputPosition !== undefined) writer.input(store.id, store.inputPosition)
  const place = Buffer.allocUnsafe(placeBytes + inlineValueBytesMax)
  const cursor = new TreeCursor(slab, store.tree.root, undefined, false)
  for (let page = cursor.page; page !== undefined; page = cursor.page) {
    const { slot } = cursor
    const start = page.keyStart(slot)
    place.writeUInt32LE(page.valueLength(slot), 0)
    place.writeUInt32LE(page.segment(slot), 4)
    place.writeUInt32LE(page.offset(slot), 8)
    const value = page.inlineValue(slot)
    if (value !== undefined) place.set(value, placeBytes)
    const length = placeBytes + (value?.length ?? 0)
    writer.put(store.id, page.bytes.subarray(start, start + page.keyLength(slot)), place.subarray(0, length))
    if (writer.length >= frameBytesTarget) file.append(writer.finish(false))
    cursor.advance()
  }
}

function readHead(path: string): Head | undefined {
  try {
    const file = new FrameFile(path, 'r+')
    const text = file.read(0, headBytes).toString()
    file.close()
    const head = JSON.parse(text) as Head
    return head.version === formatVersion && head.boot === bootId() && head.boot !== 'unknown' ? head : undefined
  } catch {
    return undefined
  }
}

/** Deletes what a log keeps in a directory, its index file too. */
export function removeLogFiles(directory: string): void {
  if (!existsSync(directory)) return
  for (const number of StateLog.numbers(directory)) rmSync(join(directory, segmentName(number)))
  rmSync(join(directory, fileName), { force: true })
}
