import { RecordBatch } from '@streamwright/protocol'
import { assert } from '@streamwright/std'
import {
  baseOffsetOf,
  batchHeaderBytes,
  isControl,
  lastOffsetOf,
  maxTimestampOf,
  producerEpochOf,
  producerIdOf,
} from '../batch-header.ts'
import { cleanedChunkBytesMax } from '../limits.ts'
import type { LogContext } from '../log-context.ts'
import type { LastOfProducer } from '../producer-entry.ts'
import { Segment } from '../segment.ts'
import type { WrittenBatch } from '../segment.ts'
import { cleanedSuffix, swapSuffix } from '../segment-names.ts'
import type { AbortedTransactionEntry } from '../transaction-index.ts'
import { filterBatch } from './batch-filter.ts'
import type { Cleanable, DirtyLog } from './cleanable.ts'
import { groupSegments } from './cleanable.ts'
import { CleanedTransactions } from './cleaned-transactions.ts'
import { OffsetMap } from './offset-map.ts'
import type { Slices } from './slices.ts'
import { CleaningAbandoned } from './slices.ts'

/** A log that is compacted. */
export interface CleanedLog extends DirtyLog {
  readonly context: LogContext
  /** Deleted or closed: nothing more is to be done. */
  isGone(): boolean
  lastOfProducer(producerId: number): LastOfProducer | undefined
  /** Puts `cleaned`, whose files still have the suffix for it, in the place of `old`. False: they are not there. */
  replaceSegments(old: readonly Segment[], cleaned: Segment): boolean
}

/**
 * Compacts a log: of each key the last record stays, and what is not known to be outdated. In slices, between which
 * everything else has its turn. Resolves with the offset up to which the log is clean now.
 */
export async function cleanLog(
  log: CleanedLog,
  cleanable: Cleanable,
  mapBytesMax: number,
  slices: Slices,
): Promise<number> {
  const cleaning = new Cleaning(log, cleanable, slices)
  await cleaning.mapOffsets(mapBytesMax)
  if (cleaning.endOffset === cleanable.firstDirtyOffset) {
    throw new Error(`A batch has more keys than log.cleaner.dedupe.buffer.size (${mapBytesMax}) has room for: raise it`)
  }
  await cleaning.rewrite()
  return cleaning.endOffset
}

class Cleaning {
  readonly #log: CleanedLog
  readonly #cleanable: Cleanable
  readonly #slices: Slices
  readonly #nowMs: number
  readonly #aborted: readonly AbortedTransactionEntry[]
  #map = new OffsetMap(0, 0)

  constructor(log: CleanedLog, cleanable: Cleanable, slices: Slices) {
    this.#log = log
    this.#cleanable = cleanable
    this.#slices = slices
    this.#nowMs = log.context.environment.clock.wallMs()
    // Also of transactions whose marker comes later.
    const start = cleanable.segments[0]?.baseOffset ?? 0
    this.#aborted = [...log.segments].flatMap((segment) =>
      [...segment.aborted()].filter((entry) => entry.lastOffset >= start && entry.firstOffset < cleanable.endOffset),
    )
  }

  get endOffset(): number {
    return this.#map.latestOffset + 1
  }

  /** The last offset of each key in the dirty part, as far as there is room. */
  async mapOffsets(bytesMax: number): Promise<void> {
    const { segments, firstDirtyOffset, endOffset } = this.#cleanable
    this.#map = new OffsetMap(endOffset - firstDirtyOffset, bytesMax)
    this.#map.latestOffset = firstDirtyOffset - 1
    const transactions = new CleanedTransactions(this.#aborted)
    for (const [index, segment] of segments.entries()) {
      const end = segments[index + 1]?.baseOffset ?? endOffset
      if (end <= firstDirtyOffset) continue
      const isWhole = await this.#eachBatch(segment, (buffer, at, sizeInBytes) => {
        if (isControl(buffer, at)) transactions.endsNothing(buffer, at, sizeInBytes)
        else if (!transactions.isAborted(buffer, at) && !this.#mapBatch(buffer, at, sizeInBytes)) return false
        this.#map.latestOffset = Math.max(this.#map.latestOffset, lastOffsetOf(buffer, at))
        return true
      })
      if (!isWhole) return
    }
  }

  /** False: there is no room for it. */
  #mapBatch(buffer: Buffer, at: number, sizeInBytes: number): boolean {
    const cursor = new RecordBatch(buffer, at, sizeInBytes).records()
    while (cursor.next()) {
      const key = cursor.key()
      if (key === null || cursor.offset < this.#cleanable.firstDirtyOffset) continue
      if (this.#map.isFull) return false
      this.#map.put(key, cursor.offset)
    }
    return true
  }

  async rewrite(): Promise<void> {
    const segments = this.#cleanable.segments.filter(({ baseOffset }) => baseOffset < this.endOffset)
    const output: { current: Segment | undefined } = { current: undefined }
    const transactions = new CleanedTransactions(this.#aborted, (entry) => output.current?.noteAborted(entry))
    for (const group of groupSegments(segments, this.#cleanable.endOffset, this.#log.settings)) {
      const [first] = group
      assert(first !== undefined, 'A group has a segment')
      const cleaned = Segment.create(this.#log.context, first.directory, first.baseOffset, cleanedSuffix)
      output.current = cleaned
      try {
        await this.#rewriteGroup(group, cleaned, transactions)
      } catch (error) {
        cleaned.removeFiles()
        throw error
      }
      // From here on it is the log's: should a renaming fail, the files under their present names are what counts.
      if (this.#log.replaceSegments(group, cleaned)) continue
      cleaned.removeFiles()
      throw new CleaningAbandoned('Segments were removed meanwhile')
    }
  }

  async #rewriteGroup(group: readonly Segment[], cleaned: Segment, transactions: CleanedTransactions): Promise<void> {
    const output = new SegmentOutput(cleaned, this.#log.settings.indexIntervalBytes)
    const last = group.at(-1)
    for (const segment of group) {
      await this.#eachBatch(segment, (buffer, at, sizeInBytes) => {
        const stays = this.#cleaned(buffer, at, sizeInBytes, transactions)
        output.write(stays)
        this.#slices.wrote(stays?.length ?? 0)
        output.noteSource(buffer, at)
        return true
      })
    }
    output.finish()
    if (last !== undefined) cleaned.setModifiedMs(last.modifiedMs)
    await cleaned.sync(true)
    await this.#slices.pause()
    cleaned.renameFiles(swapSuffix)
  }

  /** What of a batch stays; `undefined`: nothing. */
  #cleaned(buffer: Buffer, at: number, sizeInBytes: number, transactions: CleanedTransactions): Buffer | undefined {
    const batch = new RecordBatch(buffer, at, sizeInBytes)
    const map = this.#map
    const isMarker = batch.isControl
    const mayGo = isMarker ? transactions.endsNothing(buffer, at, sizeInBytes) : transactions.isAborted(buffer, at)
    const isPastHorizon = batch.hasDeleteHorizon && batch.baseTimestamp <= this.#nowMs
    return filterBatch(batch, {
      dropsRecords: mayGo && (!isMarker || isPastHorizon),
      keepsHeader: this.#isLastOfProducer(buffer, at) || batch.nextOffset === this.endOffset,
      isIdleMarker: mayGo && isMarker,
      horizonMs: this.#nowMs + this.#log.settings.deleteRetentionMs,
      keeps(record) {
        if (isMarker || record.offset > map.latestOffset) return true
        const key = record.key()
        if (key === null || record.offset < map.get(key)) return false
        return record.valueStart >= 0 || !isPastHorizon
      },
    })
  }

  #isLastOfProducer(buffer: Buffer, at: number): boolean {
    const producerId = producerIdOf(buffer, at)
    const last = producerId < 0 ? undefined : this.#log.lastOfProducer(producerId)
    if (last === undefined) return false
    if (last.lastDataOffset >= 0) return last.lastDataOffset === lastOffsetOf(buffer, at)
    return isControl(buffer, at) && producerEpochOf(buffer, at) === last.producerEpoch
  }

  /** False: `visit` has said that it is enough. */
  async #eachBatch(
    segment: Segment,
    visit: (buffer: Buffer, at: number, sizeInBytes: number) => boolean,
  ): Promise<boolean> {
    const unpin = segment.pin()
    try {
      const scanner = segment.scanner(0)
      while (scanner.next(true)) {
        if (!visit(scanner.buffer, scanner.at, scanner.sizeInBytes)) return false
        if (this.#slices.isOver(scanner.sizeInBytes)) await this.#slices.pause()
      }
      assert(scanner.position === segment.sizeInBytes, 'A closed segment holds whole batches')
      return true
    } finally {
      unpin()
    }
  }
}

/** Gathers batches and writes them into a segment, some at a time. */
class SegmentOutput {
  readonly #segment: Segment
  readonly #indexIntervalBytes: number
  #chunks: Buffer[] = []
  #batches: WrittenBatch[] = []
  #bytes = 0
  #isEmpty = true
  /** The last batch that was read, should none be left. */
  #last: RecordBatch | undefined

  constructor(segment: Segment, indexIntervalBytes: number) {
    this.#segment = segment
    this.#indexIntervalBytes = indexIntervalBytes
  }

  write(batch: Buffer | undefined): void {
    if (batch === undefined) return
    this.#isEmpty = false
    // The scanner's window moves on.
    this.#chunks.push(Buffer.from(batch))
    this.#batches.push({
      lastOffset: lastOffsetOf(batch, 0),
      maxTimestamp: maxTimestampOf(batch, 0),
      sizeInBytes: batch.length,
    })
    this.#bytes += batch.length
    if (this.#bytes >= cleanedChunkBytesMax) this.#flush()
  }

  noteSource(buffer: Buffer, at: number): void {
    if (!this.#isEmpty) {
      this.#last = undefined
      return
    }
    // Only the header will be wanted.
    const isNewer = this.#last === undefined || this.#last.baseOffset < baseOffsetOf(buffer, at)
    if (isNewer)
      this.#last = new RecordBatch(Buffer.from(buffer.subarray(at, at + batchHeaderBytes)), 0, batchHeaderBytes)
  }

  /** A segment is never empty: one that would be keeps the header of its last batch. */
  finish(): void {
    if (this.#isEmpty && this.#last !== undefined) {
      this.write(filterBatch(this.#last, { ...nothing, dropsRecords: true, keepsHeader: true }))
    }
    this.#flush()
    this.#segment.saveIndexes()
  }

  #flush(): void {
    if (this.#batches.length === 0) return
    this.#segment.write(this.#chunks)
    this.#segment.wrote(this.#batches, this.#indexIntervalBytes)
    this.#chunks = []
    this.#batches = []
    this.#bytes = 0
  }
}

const nothing = { isIdleMarker: false, horizonMs: 0, keeps: () => false } as const
