import type { ReusableMemory } from '@streamwright/std'
import { assert, present } from '@streamwright/std'
import { batchHeaderBytes, baseOffsetOf, lastOffsetOf, maxTimestampOf, sizeInBytesOf } from './batch-header.ts'
import { BatchScanner } from './batch-scanner.ts'
import { logCorrupt } from './log-errors.ts'
import { lookupWindowBytes, readMemoryLimits, relativeOffsetMax, scanWindowBytes } from './limits.ts'
import type { OpenSegments, Releasable } from './open-segments.ts'
import type { IndexPaths, SegmentIndexes } from './segment-indexes.ts'
import {
  emptyIndexes,
  indexesSizeInBytes,
  indexKinds,
  loadIndexes,
  loadTransactionIndex,
  writeIndexes,
} from './segment-indexes.ts'
import type { SegmentFileKind } from './segment-names.ts'
import { deletedSuffix, segmentFileName } from './segment-names.ts'
import type { Storage, StorageFile } from './storage.ts'
import { isMissing } from './storage.ts'
import type { TimestampOffset } from './time-index.ts'
import type { AbortedTransactionEntry } from './transaction-index.ts'
import { TransactionIndex } from './transaction-index.ts'
import { endOfWholeBatches } from './whole-batches.ts'

/** What all segments of a data directory share. */
export interface SegmentContext {
  readonly storage: Storage
  readonly openSegments: OpenSegments
  /** What is read to be sent; who has sent it gives it back. */
  readonly readMemory: ReusableMemory
}

/** What the indexes have to know of a batch that was written. */
export interface WrittenBatch {
  readonly lastOffset: number
  readonly maxTimestamp: number
  readonly sizeInBytes: number
}

/** Where a batch stands in its segment. */
export interface BatchPlace {
  readonly position: number
  readonly sizeInBytes: number
}

/** Whole batches out of a segment. */
export interface SegmentRead {
  readonly records: Buffer
  /** Of the record after the last one read. */
  readonly nextOffset: number
  readonly nextPosition: number
}

const lookupWindow = Buffer.allocUnsafeSlow(lookupWindowBytes)

/**
 * One segment: a run of batches in a file, and its indexes. File and indexes are opened when they are needed and
 * released when {@link OpenSegments} says so. While a segment is written to, its indexes live in memory and are written
 * out by {@link Segment.saveIndexes}; after a crash they are rebuilt from the log, as Kafka does it.
 */
export class Segment implements Releasable {
  readonly baseOffset: number
  readonly directory: string
  /** What the names of its files end with while it is not part of the log yet. */
  #suffix: string
  lastUse = 0
  readonly #context: SegmentContext
  #sizeInBytes: number
  #file: StorageFile | undefined
  #indexes: SegmentIndexes | undefined
  #accountedIndexBytes = 0
  /** The indexes in memory are newer than their files. */
  #hasUnsavedIndexes = false
  #bytesSinceIndexEntry = 0
  #largest: TimestampOffset | undefined
  #firstTimestamp: number | undefined
  /** Spares the indexes of all segments from being loaded by each reader of committed records. */
  #hasAborted: boolean | undefined
  #pins = 0
  #closesWhenUnpinned = false

  /** For files that exist (see {@link Segment.create}). `sizeInBytes` is the length of the log file that counts. */
  constructor(context: SegmentContext, directory: string, baseOffset: number, sizeInBytes: number, suffix = '') {
    this.#context = context
    this.#suffix = suffix
    this.directory = directory
    this.baseOffset = baseOffset
    this.#sizeInBytes = sizeInBytes
  }

  /** Makes the files of an empty segment. Whatever stood under their names is gone. */
  static create(context: SegmentContext, directory: string, baseOffset: number, suffix = ''): Segment {
    const segment = new Segment(context, directory, baseOffset, 0, suffix)
    try {
      context.storage.removeFile(segment.path('txnindex'))
      context.storage.writeFile(segment.path('index'), '')
      context.storage.writeFile(segment.path('timeindex'), '')
      context.storage.writeFile(segment.path('log'), '')
    } catch (error) {
      for (const kind of ['log', ...indexKinds] as const) context.storage.removeFile(segment.path(kind))
      throw error
    }
    segment.#useIndexes(emptyIndexes(baseOffset))
    return segment
  }

  path(kind: SegmentFileKind): string {
    return `${this.directory}/${segmentFileName(this.baseOffset, kind)}${this.#suffix}`
  }

  get #indexPaths(): IndexPaths {
    return { index: this.path('index'), timeindex: this.path('timeindex'), txnindex: this.path('txnindex') }
  }

  get sizeInBytes(): number {
    return this.#sizeInBytes
  }

  /** The largest timestamp in the segment and the last offset of its batch; timestamp −1 when there is none. */
  get largest(): TimestampOffset {
    return (this.#largest ??= this.#loaded().times.last)
  }

  /** Largest timestamp of the first batch, which starts the clock of `segment.ms`. `undefined` in an empty segment. */
  get firstTimestamp(): number | undefined {
    if (this.#firstTimestamp === undefined && this.#sizeInBytes > 0) {
      const scanner = this.#scanner(0, lookupWindow)
      if (scanner.next(false)) this.#firstTimestamp = maxTimestampOf(scanner.buffer, scanner.at)
    }
    return this.#firstTimestamp
  }

  /** Last change of the log file, for segments whose records have no timestamps. */
  get modifiedMs(): number {
    return this.#context.storage.status(this.path('log'))?.modifiedMs ?? 0
  }

  /** Adds an aborted transaction whose marker was written. */
  noteAborted(entry: AbortedTransactionEntry): void {
    this.#loaded().transactions.append(entry)
    this.#hasAborted = true
    this.#hasUnsavedIndexes = true
  }

  /** Aborted transactions with their marker in this segment, in the order of the markers. */
  *aborted(): Generator<AbortedTransactionEntry> {
    this.#hasAborted ??= this.#indexes === undefined ? this.#context.storage.exists(this.path('txnindex')) : true
    if (!this.#hasAborted) return
    const { transactions } = this.#loaded()
    for (let index = 0; index < transactions.count; index++) yield transactions.entryAt(index)
  }

  /** A record at `offset` can be named in the indexes, and these have room for `more` entries and one. */
  takes(offset: number, indexBytesMax: number, more: number): boolean {
    if (offset - this.baseOffset > relativeOffsetMax) return false
    const { offsets, times } = this.#loaded()
    return !offsets.isFull(indexBytesMax, more) && !times.isFull(indexBytesMax, more)
  }

  /** Writes at the end. After an error nothing counts as written, but the file may hold part of it: truncate it. */
  write(chunks: readonly Uint8Array[]): void {
    this.#opened().write(chunks, this.#sizeInBytes)
  }

  /** Takes what {@link Segment.write} wrote into account, batch by batch. */
  wrote(batches: readonly WrittenBatch[], indexIntervalBytes: number): void {
    for (const batch of batches) {
      this.#noteBatch(this.#loaded(), batch, indexIntervalBytes)
      this.#sizeInBytes += batch.sizeInBytes
    }
    this.#hasUnsavedIndexes = true
  }

  #noteBatch(indexes: SegmentIndexes, batch: WrittenBatch, indexIntervalBytes: number): void {
    if (this.#firstTimestamp === undefined && this.#sizeInBytes === 0) this.#firstTimestamp = batch.maxTimestamp
    let largest = this.largest
    if (batch.maxTimestamp > largest.timestamp) {
      this.#largest = largest = { timestamp: batch.maxTimestamp, offset: batch.lastOffset }
    }
    if (this.#bytesSinceIndexEntry > indexIntervalBytes) {
      indexes.offsets.append(batch.lastOffset, this.#sizeInBytes)
      indexes.times.append(largest.timestamp, largest.offset)
      this.#bytesSinceIndexEntry = 0
    }
    this.#bytesSinceIndexEntry += batch.sizeInBytes
  }

  /** Cuts the file back to what counts. */
  dropUncountedBytes(): void {
    this.#opened().truncate(this.#sizeInBytes)
  }

  /** Reads raw bytes; fewer than asked for only at the end of the file. */
  readAt(target: Buffer, length: number, position: number): number {
    return this.#opened().read(target, 0, length, position)
  }

  /** The first batch that holds `offset` or lies behind it; `undefined` when the segment ends before. */
  placeOf(offset: number): BatchPlace | undefined {
    const start = this.#loaded().offsets.positionBefore(offset)
    const found = this.#placeFrom(start, offset)
    if (found !== 'damaged') return found
    if (start === 0) throw logCorrupt(this.path('log'))
    // The index has led astray: it is not worth more than the log, from which it is made anew.
    this.rebuildIndexes(0)
    const again = this.#placeFrom(this.#loaded().offsets.positionBefore(offset), offset)
    if (again === 'damaged') throw logCorrupt(this.path('log'))
    return again
  }

  #placeFrom(start: number, offset: number): BatchPlace | undefined | 'damaged' {
    const scanner = this.#scanner(start, lookupWindow)
    let isFirst = true
    while (scanner.next(false)) {
      const { buffer, at } = scanner
      const lastOffset = lastOffsetOf(buffer, at)
      if (baseOffsetOf(buffer, at) < this.baseOffset || lastOffset - this.baseOffset > relativeOffsetMax)
        return 'damaged'
      if (lastOffset >= offset) {
        // The index leads to a batch at or before the one that is looked for, never behind it.
        if (isFirst && start > 0 && baseOffsetOf(buffer, at) > offset) return 'damaged'
        return { position: scanner.position, sizeInBytes: scanner.sizeInBytes }
      }
      isFirst = false
    }
    return scanner.position === this.#sizeInBytes ? undefined : 'damaged'
  }

  /**
   * Whole batches from `position` on (where a batch starts), `maxBytes` at most but for the first one when `atLeastOne`,
   * up to the first batch that starts at `limitOffset` or behind it.
   */
  read(position: number, maxBytes: number, atLeastOne: boolean, limitOffset: number): SegmentRead {
    const available = this.#sizeInBytes - position
    let length = Math.min(available, atLeastOne ? Math.max(maxBytes, batchHeaderBytes) : maxBytes)
    if (length < batchHeaderBytes) return { records: noRecords, nextOffset: -1, nextPosition: position }
    let buffer = this.#readWhole(position, length)
    const firstBytes = sizeInBytesOf(buffer, 0)
    if (firstBytes < batchHeaderBytes || firstBytes > available) throw logCorrupt(this.path('log'))
    if (firstBytes > length) {
      if (!atLeastOne) return { records: noRecords, nextOffset: -1, nextPosition: position }
      length = firstBytes
      buffer = this.#readWhole(position, length)
    }
    const end = endOfWholeBatches(
      buffer,
      0,
      length,
      atLeastOne ? Math.max(maxBytes, firstBytes) : maxBytes,
      limitOffset,
    )
    return { records: buffer.subarray(0, end.at), nextOffset: end.nextOffset, nextPosition: position + end.at }
  }

  #readWhole(position: number, length: number): Buffer {
    const { readMemory } = this.#context
    const buffer = length < readMemoryLimits.pieceBytesMin ? Buffer.allocUnsafe(length) : readMemory.allocate(length)
    if (this.readAt(buffer, length, position) < length) throw logCorrupt(this.path('log'))
    return buffer
  }

  /** Walks over the batches from one that may hold a record as late as `timestamp` on. */
  scannerFromTimestamp(timestamp: number): BatchScanner {
    const { times, offsets } = this.#loaded()
    return this.#scanner(offsets.positionBefore(times.offsetBefore(timestamp)), this.#scanWindow())
  }

  /** Walks over all batches from `position` on. */
  scanner(position: number): BatchScanner {
    return this.#scanner(position, this.#scanWindow())
  }

  #scanWindow(): Buffer {
    return Buffer.allocUnsafe(Math.max(batchHeaderBytes, Math.min(scanWindowBytes, this.#sizeInBytes)))
  }

  #scanner(position: number, window: Buffer): BatchScanner {
    return new BatchScanner(this.#opened(), position, this.#sizeInBytes, window)
  }

  /** The offset after the last record, read from the log. `undefined`: the end of the log is damaged. */
  readNextOffset(): number | undefined {
    const scanner = this.#scanner(this.#loaded().offsets.lastPosition, lookupWindow)
    let next = this.baseOffset
    while (scanner.next(false)) next = lastOffsetOf(scanner.buffer, scanner.at) + 1
    return scanner.position === this.#sizeInBytes && next >= this.baseOffset ? next : undefined
  }

  /**
   * Forgets the indexes and makes them anew by walking over the log. `check` sees each whole batch and says whether it
   * is sound; the segment then counts only up to the first that is not, and {@link Segment.dropUncountedBytes} cuts the
   * file, too; the transaction index starts empty. Without `check`, headers are trusted. Returns the bytes that count.
   */
  rebuildIndexes(indexIntervalBytes: number, check?: (buffer: Buffer, at: number) => boolean): number {
    const transactions =
      check === undefined
        ? (this.#indexes?.transactions ?? loadTransactionIndex(this.#context.storage, this.path('txnindex')))
        : new TransactionIndex()
    const fullBytes = this.#sizeInBytes
    const scanner = new BatchScanner(this.#opened(), 0, fullBytes, this.#scanWindow())
    const indexes = { ...emptyIndexes(this.baseOffset), transactions }
    this.#useIndexes(indexes)
    this.#largest = { timestamp: -1, offset: this.baseOffset }
    this.#firstTimestamp = undefined
    this.#bytesSinceIndexEntry = 0
    this.#hasAborted = transactions.count > 0
    this.#sizeInBytes = 0
    while (scanner.next(check !== undefined)) {
      const { buffer, at } = scanner
      if (check !== undefined && !check(buffer, at)) break
      const batch = {
        lastOffset: lastOffsetOf(buffer, at),
        maxTimestamp: maxTimestampOf(buffer, at),
        sizeInBytes: scanner.sizeInBytes,
      }
      this.#noteBatch(indexes, batch, indexIntervalBytes)
      this.#sizeInBytes += batch.sizeInBytes
    }
    this.#hasUnsavedIndexes = true
    // Without a check nothing is cut off: what follows a damaged place may be read by offset all the same.
    if (check === undefined) this.#sizeInBytes = fullBytes
    return this.#sizeInBytes
  }

  /** Adds the last entry of the time index, which a closed segment must have, and writes the indexes out. False: they are. */
  saveIndexes(): boolean {
    if (!this.#hasUnsavedIndexes) return false
    const indexes = present(this.#indexes, 'Unsaved indexes are in memory')
    indexes.times.append(this.largest.timestamp, this.largest.offset)
    writeIndexes(this.#context.storage, this.#indexPaths, indexes)
    this.#hasUnsavedIndexes = false
    this.#account()
    return true
  }

  /** The log's bytes, and the indexes as far as they were saved, are on the disk when it resolves. */
  async sync(withIndexes: boolean): Promise<void> {
    const unpin = this.pin()
    try {
      await this.#opened().sync()
      if (withIndexes) await Promise.all(indexKinds.map((kind) => this.#context.storage.sync(this.path(kind))))
    } finally {
      unpin()
    }
  }

  /** Of all its indexes. */
  get indexSizeInBytes(): number {
    return indexesSizeInBytes(this.#loaded())
  }

  /** The file stays open, also if it is renamed, until the returned function is called. */
  pin(): () => void {
    this.#pins++
    return () => {
      this.#pins--
      if (this.#pins === 0 && this.#closesWhenUnpinned) this.close()
    }
  }

  setModifiedMs(modifiedMs: number): void {
    this.#context.storage.setModifiedMs(this.path('log'), modifiedMs)
  }

  /** Gives its files another suffix; none: it is part of the log. */
  renameFiles(suffix: string): void {
    this.release()
    const { storage } = this.#context
    // The log comes last: without it, the others are nothing.
    for (const kind of [...indexKinds, 'log'] as const) {
      const path = this.path(kind)
      if (storage.exists(path)) storage.rename(path, `${path.slice(0, path.length - this.#suffix.length)}${suffix}`)
    }
    this.#suffix = suffix
  }

  /** Its files are of no use. */
  removeFiles(): void {
    this.close()
    for (const kind of ['log', ...indexKinds] as const) this.#context.storage.removeFile(this.path(kind))
  }

  /** Takes the segment's files out of the log by renaming them. Returns the new paths, to be removed later. */
  markDeleted(): readonly string[] {
    this.close()
    const renamed: string[] = []
    for (const kind of ['log', ...indexKinds] as const) {
      const path = this.path(kind)
      try {
        this.#context.storage.rename(path, path + deletedSuffix)
        renamed.push(path + deletedSuffix)
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    }
    return renamed
  }

  get releasableBytes(): number {
    return this.#accountedIndexBytes
  }

  get isPinned(): boolean {
    return this.#pins > 0
  }

  release(): void {
    assert(this.#pins === 0, 'A segment in use is not released')
    this.#file?.close()
    this.#file = undefined
    if (!this.#hasUnsavedIndexes) this.#indexes = undefined
    this.#context.openSegments.closed(this, this.#accountedIndexBytes)
    this.#accountedIndexBytes = 0
  }

  /** Lets go of everything, once no sync needs it; unsaved indexes are lost. */
  close(): void {
    this.#closesWhenUnpinned = this.#pins > 0
    if (this.#closesWhenUnpinned) return
    this.#hasUnsavedIndexes = false
    this.release()
  }

  #opened(): StorageFile {
    if (this.#file === undefined) {
      this.#file = this.#context.storage.open(this.path('log'), 'update')
      this.#context.openSegments.opened(this, 0)
    } else this.#context.openSegments.used(this)
    return this.#file
  }

  #loaded(): SegmentIndexes {
    if (this.#indexes !== undefined) {
      this.#context.openSegments.used(this)
      return this.#indexes
    }
    const loaded = loadIndexes(this.#context.storage, this.#indexPaths, this.baseOffset, this.#sizeInBytes)
    if (loaded !== undefined) return this.#useIndexes(loaded)
    return this.#rebuilt()
  }

  #rebuilt(): SegmentIndexes {
    this.rebuildIndexes(0)
    return present(this.#indexes, 'Indexes were rebuilt')
  }

  #useIndexes(indexes: SegmentIndexes): SegmentIndexes {
    this.#indexes = indexes
    this.#account()
    return indexes
  }

  /** Only saved indexes count: the others cannot be given back. */
  #account(): void {
    const bytes = this.#hasUnsavedIndexes || this.#indexes === undefined ? 0 : indexesSizeInBytes(this.#indexes)
    const { openSegments } = this.#context
    openSegments.closed(this, this.#accountedIndexBytes)
    this.#accountedIndexBytes = bytes
    openSegments.opened(this, bytes)
  }
}

const noRecords = Buffer.alloc(0)
