import type { Serialized } from '@streamwright/formats'
import type { Engine, EngineWrite } from '../engine/engine.ts'
import { residentTimelineBytes } from '../limits.ts'
import type { CommittedEntry } from './timeline-engine.ts'
import { TimelineEngine } from './timeline-engine.ts'
import type { WindowRow } from './window-rows.ts'
import { WindowRows, rowsOfChunk } from './window-rows.ts'

/** No bucket of the rows that were moved out begins with it. The version of the form of chunks follows. */
const chunkMark = 0xff
const chunkVersion = 1
const chunkKeyBytes = 8
const chunkNumberBytes = 6

/** A row with its value. */
export interface PlacedRow extends WindowRow {
  readonly value: Buffer
}

/** A row in the engine that takes up what is moved out of memory. */
interface MovedRow {
  readonly key: string
  readonly bucket: number
  readonly rows: WindowRow[]
}

/**
 * The rows of a window store that retains duplicates, in memory and in its engine. A commit writes what was appended as it
 * is, in chunks of up to a block: `0xff | version | int48 number` -> rows. So a row costs the engine a copy of its bytes
 * instead of a put (LMDB took 2 us for each), and what has expired before its commit nothing. Opening reads the chunks
 * back. Beyond `residentTimelineBytes` the oldest rows are moved to where they are found by key in the engine
 * ({@link TimelineEngine}).
 */
export class WindowRowsEngine {
  readonly #engine: Engine
  readonly #moved: TimelineEngine
  #rows = new WindowRows()
  #nextChunk = 0
  /** Of the rows here; -1 before the first. */
  #latestMs = -1
  /** Chunks that hold nothing any more. */
  #expiredChunks: number[] = []
  readonly #residentBytesMax: number

  constructor(
    engine: Engine,
    retentionMs: number,
    persistent: boolean,
    residentBytesMax: number = residentTimelineBytes,
  ) {
    this.#engine = engine
    this.#residentBytesMax = residentBytesMax
    this.#moved = new TimelineEngine(engine, retentionMs, persistent)
    this.#readChunks()
  }

  /** Rows in memory: all that are visible, unless {@link hasMoved} says that there are more. */
  get rows(): WindowRows {
    return this.#rows
  }

  /** The latest time that is known, or -1: what the store had observed when it was closed. */
  get latestMs(): number {
    return Math.max(this.#latestMs, this.#moved.latestMs())
  }

  /** See {@link TimelineEngine.isLive}. */
  isLive(timeMs: number, observedMs: number): boolean {
    return this.#moved.isLive(timeMs, observedMs)
  }

  /** Whether rows of a time or later may be in the engine alone. */
  hasMoved(fromMs: number): boolean {
    return this.#moved.emptyFrom > this.#moved.bucketOf(fromMs)
  }

  /** Appends a row, and forgets blocks that nobody may read any more. Returns its position. */
  append(key: string, timeMs: number, sequence: number, value: Serialized | undefined, visibleFromMs: number): number {
    const before = this.#rows.blockCount
    const position = this.#rows.append(key, timeMs, sequence, value)
    if (timeMs > this.#latestMs) this.#latestMs = timeMs
    if (this.#rows.blockCount > before) this.#dropExpired(visibleFromMs)
    return position
  }

  /** Sets or, without a value, deletes the row of a key, time and sequence, whether it is there or not. */
  replace({ key, timeMs, sequence, value }: WindowRow, visibleFromMs: number): void {
    let isKnown = this.hasMoved(timeMs)
    for (const position of this.#rows.find(key, timeMs, timeMs)) {
      if (this.#rows.sequenceOf(position) !== sequence) continue
      this.#rows.delete(position)
      isKnown = true
    }
    if (value !== undefined || isKnown) this.append(key, timeMs, sequence, value, visibleFromMs)
  }

  /** Rows of a key in a stretch of time, both ends inclusive, in order, those in the engine included. */
  find(key: string, fromMs: number, toMs: number): PlacedRow[] {
    const here = this.#rows.find(key, fromMs, toMs, true).map((position) => this.#rows.rowAt(position))
    if (!this.hasMoved(fromMs)) return merged(here)
    const bytes = Buffer.from(key, 'latin1')
    const there = this.#moved.load(bytes, this.#moved.bucketOf(fromMs), this.#moved.bucketOf(toMs) + 1)
    const rows = there.map(({ timeMs, otherMs, packed }) => ({ key, timeMs, sequence: otherMs, value: packed }))
    return merged([...rows, ...here]).filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
  }

  /** Rows of all keys in a stretch of time, both ends inclusive, by time, then key, then sequence. */
  scan(fromMs: number, toMs: number): PlacedRow[] {
    const rows: WindowRow[] = []
    if (this.hasMoved(fromMs)) {
      for (const { key, timeMs, otherMs, packed } of this.#moved.scan(fromMs, toMs)) {
        rows.push({ key: key.toString('latin1'), timeMs, sequence: otherMs, value: packed })
      }
    }
    for (const row of this.#rows.all()) if (row.timeMs >= fromMs && row.timeMs <= toMs) rows.push(row)
    return merged(rows)
  }

  /** What was appended since the last commit, for the engine. */
  takeWrites(observedMs: number, visibleFromMs: number): EngineWrite[] {
    this.#dropExpired(visibleFromMs)
    const writes: EngineWrite[] = []
    for (const { bytes, chunks } of this.#rows.takeRows()) {
      chunks.push(this.#nextChunk)
      writes.push({ key: chunkKey(this.#nextChunk), value: bytes })
      this.#nextChunk += 1
    }
    if (this.#rows.bytes > this.#residentBytesMax) this.#moveOldest(visibleFromMs, writes)
    for (const chunk of this.#expiredChunks) writes.push({ key: chunkKey(chunk), value: null })
    this.#expiredChunks = []
    for (const write of this.#moved.expired(observedMs)) writes.push(write)
    return writes
  }

  /** The engine may have been emptied, or what was appended since its last commit is void: reads it again. */
  reload(): void {
    this.#rows = new WindowRows()
    this.#nextChunk = 0
    this.#latestMs = -1
    this.#expiredChunks = []
    this.#moved.reload()
    this.#readChunks()
  }

  #readChunks(): void {
    for (const { key, value } of this.#engine.range(chunkKey(0), undefined, false)) {
      const number = key.readUIntBE(chunkKeyBytes - chunkNumberBytes, chunkNumberBytes)
      for (const row of rowsOfChunk(value)) this.replace(row, -Infinity)
      if (this.#rows.blockCount === 0) this.#expiredChunks.push(number)
      else this.#rows.markTaken(number)
      this.#nextChunk = number + 1
    }
  }

  #dropExpired(visibleFromMs: number): void {
    while ((this.#rows.oldestBlockLatestMs ?? Infinity) < visibleFromMs) {
      for (const chunk of this.#rows.dropOldest()) this.#expiredChunks.push(chunk)
    }
  }

  /** Moves the oldest blocks to rows of the engine that are found by their key. */
  #moveOldest(visibleFromMs: number, writes: EngineWrite[]): void {
    const moved = new Map<string, MovedRow>()
    while (this.#rows.bytes > this.#residentBytesMax && this.#rows.blockCount > 1) {
      for (const row of this.#rows.oldest()) {
        if (row.timeMs < visibleFromMs) continue
        const bucket = this.#moved.bucketOf(row.timeMs)
        const name = `${bucket} ${row.key}`
        const there = moved.get(name)
        if (there === undefined) moved.set(name, { key: row.key, bucket, rows: [row] })
        else there.rows.push(row)
      }
      for (const chunk of this.#rows.dropOldest()) this.#expiredChunks.push(chunk)
    }
    for (const row of moved.values()) writes.push(this.#movedRow(row))
  }

  #movedRow({ key, bucket, rows }: MovedRow): EngineWrite {
    const bytes = Buffer.from(key, 'latin1')
    const there = this.#moved.load(bytes, bucket, bucket + 1)
    const before = there.map(({ timeMs, otherMs, packed }) => ({ key, timeMs, sequence: otherMs, value: packed }))
    const entries = merged([...before, ...rows]).map(({ timeMs, sequence, value }): CommittedEntry => ({
      key: bytes,
      timeMs,
      otherMs: sequence,
      packed: value,
    }))
    return this.#moved.row(bytes, bucket, entries)
  }
}

/** The last row of each key, time and sequence, unless it is a deletion, in the order of time, key and sequence. */
function merged(rows: readonly WindowRow[]): PlacedRow[] {
  const ordered = rows.toSorted(
    (left, right) =>
      left.timeMs - right.timeMs ||
      (left.key === right.key ? left.sequence - right.sequence : left.key < right.key ? -1 : 1),
  )
  return ordered.filter((row, index): row is PlacedRow => {
    const next = ordered[index + 1]
    const isLast =
      next === undefined || next.timeMs !== row.timeMs || next.sequence !== row.sequence || next.key !== row.key
    return isLast && row.value !== undefined
  })
}

function chunkKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(chunkKeyBytes)
  key[0] = chunkMark
  key[1] = chunkVersion
  key.writeUIntBE(number, chunkKeyBytes - chunkNumberBytes, chunkNumberBytes)
  return key
}
