import { close, fsync, open, readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '@streamwright/std'
import { assert } from '@streamwright/std'
import { StreamsError } from '../../../errors.ts'
import type { Epochs } from './epochs.ts'
import { commitBytesMax, frameBytesTarget, segmentBytesMax, segmentBytesMin } from './limits.ts'
import { FrameWriter, putHeadBytes } from './log-frame.ts'
import type { RowArena } from '../../rows/row-arena.ts'
import type { LogStore } from './log-store.ts'
import type { LogStores } from './log-stores.ts'
import { SegmentFile, segmentHeadBytes, segmentName, segmentNumber } from './segment-file.ts'

/**
 * The append-only file of a task's stores, in segments. Every segment begins with the names and positions of all
 * stores, so that those before it can go. A commit lies in one segment, and counts when its last frame is there.
 */
export class StateLog {
  readonly directory: string
  readonly #log: Log
  readonly #stores: LogStores
  readonly #epochs: Epochs
  readonly #writer = new FrameWriter()
  readonly #segments: SegmentFile[] = []
  readonly #byNumber = new Map<number, SegmentFile>()
  /** Where the commit that is being written began. */
  #begun = 0
  /** Oldest first, and deleted in this order: a deletion must not go before what it deletes. */
  readonly #retired: { readonly segment: SegmentFile; isUnneeded: boolean }[] = []
  #isClosed = false

  constructor(directory: string, stores: LogStores, epochs: Epochs, log: Log) {
    this.directory = directory
    this.#stores = stores
    this.#epochs = epochs
    this.#log = log
  }

  /** The numbers of the segments in a directory, oldest first. */
  static numbers(directory: string): number[] {
    return readdirSync(directory)
      .map(segmentNumber)
      .filter((number) => number !== undefined)
      .toSorted((left, right) => left - right)
  }

  get segments(): readonly SegmentFile[] {
    return this.#segments
  }

  get bytes(): number {
    let sum = 0
    for (const segment of this.#segments) sum += segment.length
    return sum
  }

  /** Takes up a segment that was found, after those before it. */
  adopt(segment: SegmentFile): void {
    this.#segments.push(segment)
    this.#byNumber.set(segment.number, segment)
  }

  has(segment: number): boolean {
    return this.#byNumber.has(segment)
  }

  /** Bytes of the value of a record; they belong to the caller. */
  readValue(segment: number, offset: number, keyLength: number, valueLength: number): Buffer {
    const file = this.#byNumber.get(segment)
    assert(file !== undefined, 'a record in a segment that is gone')
    const record = file.read(offset, putHeadBytes + keyLength + valueLength)
    const isWhole = record.length === putHeadBytes + keyLength + valueLength
    if (!isWhole || record.readUInt32LE(3) !== keyLength || record.readUInt32LE(7) !== valueLength) {
      throw new StreamsError(
        `${join(this.directory, segmentName(segment))} was changed by another program. Stop the application and delete the directory: the state is restored from its changelogs`,
        { code: 'STATE_CORRUPT' },
      )
    }
    return record.subarray(putHeadBytes + keyLength)
  }

  /** Starts a commit. */
  begin(): void {
    const last = this.#segments.at(-1)
    if (last === undefined || last.length >= this.#segmentBytes) this.#roll((last?.number ?? 0) + 1)
    this.#begun = this.#active.length
  }

  /** Where the record will lie: offset in the segment of this commit. */
  put(store: LogStore, key: Uint8Array, value: Uint8Array): number {
    this.#define(store)
    const offset = this.#active.length + this.#writer.length
    this.#writer.put(store.id, key, value)
    this.#flushIfFull()
    return offset
  }

  /** As {@link put}, of a row outside the heap. */
  putRow(store: LogStore, arena: RowArena, row: number): number {
    this.#define(store)
    const offset = this.#active.length + this.#writer.length
    this.#writer.putRow(store.id, arena, row)
    this.#flushIfFull()
    return offset
  }

  /** A record as it stands in another segment. */
  copy(record: Uint8Array): number {
    const offset = this.#active.length + this.#writer.length
    this.#writer.copy(record)
    this.#flushIfFull()
    return offset
  }

  delete(store: LogStore, key: Uint8Array): void {
    this.#define(store)
    this.#writer.delete(store.id, key)
    this.#flushIfFull()
  }

  wipe(store: LogStore): void {
    this.#define(store)
    this.#writer.wipe(store.id)
  }

  position(store: LogStore, position: number): void {
    this.#define(store)
    this.#writer.position(store.id, position)
  }

  inputPosition(store: LogStore, text: string): void {
    this.#define(store)
    this.#writer.input(store.id, text)
  }

  /** Ends the commit: now it counts. The number of its segment, and the bytes that it took. */
  end(): { readonly segment: number; readonly bytes: number } {
    this.#flush(true)
    for (const store of this.#newlyDefined) store.isDefined = true
    this.#newlyDefined.clear()
    return { segment: this.#active.number, bytes: this.#active.length - this.#begun }
  }

  /** Takes the oldest segment out: nothing in it is live. Its file goes when the disk has what was copied out of it. */
  retireOldest(): void {
    const segment = this.#segments.shift()
    assert(segment !== undefined && this.#segments.length > 0, 'the segment that is written to is not retired')
    segment.forgetAhead()
    const retired = { segment, isUnneeded: false }
    this.#retired.push(retired)
    let left = this.#segments.length + 1
    const synced = (error: Error | null): void => {
      if (error !== null && !this.#isClosed) {
        this.#log.warn('Cleaned state could not be brought to the disk; its old file stays until the next start', {
          directory: this.directory,
          error,
        })
      } else if (--left === 0) this.#epochs.retire(() => (retired.isUnneeded = true))
    }
    for (const kept of this.#segments) kept.sync(synced)
    syncDirectory(this.directory, synced)
  }

  /** Deletes what is not needed any more. */
  deleteRetired(): void {
    while (this.#retired[0]?.isUnneeded === true) {
      const segment = this.#retired.shift()?.segment
      if (segment === undefined) return
      this.#byNumber.delete(segment.number)
      segment.remove()
    }
  }

  close(): void {
    this.#isClosed = true
    this.deleteRetired()
    for (const segment of this.#byNumber.values()) segment.close()
    this.#byNumber.clear()
    this.#segments.length = 0
  }

  /** Cuts a segment off after its last whole commit, and takes out those that follow. */
  cut(segment: SegmentFile, length: number): void {
    const first = this.#segments.indexOf(segment) + (length > segmentHeadBytes ? 1 : 0)
    if (length > segmentHeadBytes) segment.truncate(length)
    for (const torn of this.#segments.splice(first)) {
      this.#byNumber.delete(torn.number)
      torn.remove()
    }
  }

  /** Deletes files of segments that do not belong to the log. */
  removeUnadopted(): void {
    for (const number of StateLog.numbers(this.directory)) {
      if (!this.has(number)) unlinkSync(join(this.directory, segmentName(number)))
    }
  }

  get #active(): SegmentFile {
    const last = this.#segments.at(-1)
    assert(last !== undefined, 'no segment was begun')
    return last
  }

  get #segmentBytes(): number {
    return Math.min(Math.max(this.#stores.liveBytes / 4, segmentBytesMin), segmentBytesMax)
  }

  readonly #newlyDefined = new Set<LogStore>()

  #define(store: LogStore): void {
    if (store.isDefined || this.#newlyDefined.has(store)) return
    this.#writer.define(store.id, store.name)
    this.#newlyDefined.add(store)
  }

  #flushIfFull(): void {
    if (this.#writer.length >= frameBytesTarget) this.#flush(false)
  }

  #flush(isEnd: boolean): void {
    const active = this.#active
    try {
      if (active.length - this.#begun + this.#writer.length > commitBytesMax) {
        throw new Error(`a commit has more than ${commitBytesMax} bytes; lower statestore.uncommitted.max.bytes`)
      }
      active.append(this.#writer.finish(isEnd))
    } catch (error) {
      this.#writer.reset()
      this.#newlyDefined.clear()
      active.truncate(this.#begun)
      throw this.#writeFailed(error)
    }
  }

  /** Begins a segment, with what is known of the stores. */
  #roll(number: number): void {
    let segment: SegmentFile | undefined
    try {
      segment = SegmentFile.create(this.directory, number)
      for (const store of this.#stores) {
        this.#writer.define(store.id, store.name)
        if (store.position !== undefined) this.#writer.position(store.id, store.position)
        if (store.inputPosition !== undefined) this.#writer.input(store.id, store.inputPosition)
      }
      segment.append(this.#writer.finish(true))
      for (const store of this.#stores) store.isDefined = true
    } catch (error) {
      this.#writer.reset()
      segment?.remove()
      throw this.#writeFailed(error)
    }
    this.#segments.at(-1)?.forgetAhead()
    this.adopt(segment)
    assert(segment.length > segmentHeadBytes, 'a segment begins with its stores')
  }

  #writeFailed(error: unknown): StreamsError {
    const reason = error instanceof Error ? error.message : String(error)
    return new StreamsError(
      `Local state in ${this.directory} cannot be written: ${reason}. Make room there, or set state.dir to another disk; what was committed before is kept`,
      { code: 'STATE_WRITE_FAILED', cause: error },
    )
  }
}

/** The names of files are on the disk when their directory is; Windows does without, and has no way to ask. */
function syncDirectory(directory: string, synced: (error: Error | null) => void): void {
  open(directory, 'r', (error, file) => {
    if (error !== null) {
      synced(process.platform === 'win32' ? null : error)
      return
    }
    fsync(file, (failure) => close(file, () => synced(process.platform === 'win32' ? null : failure)))
  })
}
