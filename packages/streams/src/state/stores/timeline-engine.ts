import type { Engine, EngineWrite } from '../engine/engine.ts'
import { readTime, writeTime } from './time-bytes.ts'
import type { TimelineEntry } from './timeline.ts'
import { segmentIntervalMs } from './window-keys.ts'

/** Buckets that the retention is divided into: fewer make rows longer, more make a late record look into more rows. */
const bucketsPerRetention = 64
const bucketMsMin = 1000
/** So many buckets are dropped at once: looking for their keys makes the memory engine sort. */
const bucketsPerExpiry = 8

const longBytes = 8
const headBytes = 20
const signBit = 1n << 63n
/** No bucket is as high. What a store keeps beside its buckets begins with it. */
const bucketsEnd = Buffer.from([0xff])

/** A committed entry of any key. */
export interface CommittedEntry {
  readonly key: Buffer
  readonly timeMs: number
  readonly otherMs: number
  readonly packed: Buffer
}

/**
 * The committed part of a store whose entries are read by key and stretch of time: sessions by their end, windows by
 * their start. A row holds the entries of one key in one *bucket* of time: `bucket | key` -> `(int64 time | int64 other |
 * int32 length | value)*` in order. What lies around a record of a key is thus one or two point reads, in every engine,
 * and never a search in an order that has to be kept.
 */
export class TimelineEngine {
  readonly #engine: Engine
  readonly #retentionMs: number
  readonly #bucketMs: number
  readonly #segmentMs: number
  readonly #persistent: boolean
  /** Buckets that may hold rows, ascending. */
  #buckets: number[]

  constructor(engine: Engine, retentionMs: number, persistent: boolean) {
    this.#engine = engine
    this.#retentionMs = retentionMs
    this.#bucketMs = Math.max(Math.ceil(retentionMs / bucketsPerRetention), bucketMsMin)
    this.#segmentMs = segmentIntervalMs(retentionMs)
    this.#persistent = persistent
    this.#buckets = [...this.#findBuckets()]
  }

  bucketOf(timeMs: number): number {
    return Math.floor(timeMs / this.#bucketMs)
  }

  /**
   * Whether an entry is kept at all. In memory this is the retention; persistent stores keep what shares a segment of
   * Java's with something live.
   */
  isLive(timeMs: number, observedMs: number): boolean {
    const earliestMs = observedMs - this.#retentionMs
    if (!this.#persistent) return timeMs > earliestMs
    return this.#segment(timeMs) >= this.#segment(Math.max(earliestMs, 0))
  }

  /** The entries of a key in the buckets from one on, up to but not including another, in order. */
  load<V>(key: Buffer, fromBucket: number, beforeBucket: number): TimelineEntry<V>[] {
    const entries: TimelineEntry<V>[] = []
    for (let index = firstAt(this.#buckets, fromBucket); index < this.#buckets.length; index++) {
      const bucket = this.#buckets[index] ?? Infinity
      if (bucket >= beforeBucket) break
      const row = this.#engine.get(rowKey(bucket, key))
      if (row === undefined) continue
      for (const { timeMs, otherMs, packed } of parseRow(Buffer.from(row))) {
        entries.push({ timeMs, otherMs, packed, live: undefined, serialized: undefined })
      }
    }
    return entries
  }

  /** Buckets from this one on hold nothing. */
  get emptyFrom(): number {
    const last = this.#buckets.at(-1)
    return last === undefined ? -Infinity : last + 1
  }

  /** The row of a key in a bucket; without entries it goes. */
  row(key: Buffer, bucket: number, entries: readonly CommittedEntry[]): EngineWrite {
    if (entries.length === 0) return { key: rowKey(bucket, key), value: null }
    const index = firstAt(this.#buckets, bucket)
    if (this.#buckets[index] !== bucket) this.#buckets.splice(index, 0, bucket)
    return { key: rowKey(bucket, key), value: encodeRow(entries) }
  }

  /** Every committed entry in a stretch of time, both ends inclusive, in no order. */
  *scan(fromMs: number, toMs: number): Generator<CommittedEntry> {
    const from = this.bucketOf(fromMs)
    const to = this.bucketOf(toMs)
    for (const bucket of this.#buckets.slice()) {
      if (bucket < from || bucket > to) continue
      for (const { key, value } of this.#engine.range(bucketPrefix(bucket), bucketPrefix(bucket + 1), false)) {
        const rowOf = Buffer.from(key.subarray(longBytes))
        for (const entry of parseRow(Buffer.from(value))) {
          if (entry.timeMs >= fromMs && entry.timeMs <= toMs) yield { key: rowOf, ...entry }
        }
      }
    }
  }

  /** The latest time that is committed, or -1: what the store had observed when it was closed. */
  latestMs(): number {
    const last = this.#buckets.at(-1)
    if (last === undefined) return -1
    let latest = -1
    for (const { timeMs } of this.scan(last * this.#bucketMs, Number.MAX_SAFE_INTEGER))
      latest = Math.max(latest, timeMs)
    return latest
  }

  /** Deletes of the rows in buckets that hold nothing live any more, several buckets at a time. */
  *expired(observedMs: number): Generator<EngineWrite> {
    let count = 0
    while (count < this.#buckets.length && !this.isLive(this.#lastMsOf(this.#buckets[count] ?? 0), observedMs)) count++
    if (count < bucketsPerExpiry) return
    for (const bucket of this.#buckets.splice(0, count)) {
      for (const { key } of this.#engine.range(bucketPrefix(bucket), bucketPrefix(bucket + 1), false)) {
        yield { key: Buffer.from(key), value: null }
      }
    }
  }

  /** The engine may have been emptied or gone back to its last commit: looks again what there is. */
  reload(): void {
    this.#buckets = [...this.#findBuckets()]
  }

  /** Jumps from bucket to bucket. Leaving each range closes it: in LMDB it holds a reader. */
  *#findBuckets(): Generator<number> {
    let from: Buffer | undefined
    for (;;) {
      const bucket = this.#firstBucketFrom(from)
      if (bucket === undefined) return
      yield bucket
      from = bucketPrefix(bucket + 1)
    }
  }

  #firstBucketFrom(from: Buffer | undefined): number | undefined {
    for (const { key } of this.#engine.range(from, bucketsEnd, false)) return bucketOfRow(key)
    return undefined
  }

  #lastMsOf(bucket: number): number {
    return (bucket + 1) * this.#bucketMs - 1
  }

  #segment(timeMs: number): number {
    return Math.floor(timeMs / this.#segmentMs)
  }
}

/** Index of the first bucket at or after one. */
function firstAt(buckets: readonly number[], bucket: number): number {
  let index = buckets.length
  // What is asked for is nearly always among the last ones.
  while (index > 0 && (buckets[index - 1] ?? 0) >= bucket) index--
  return index
}

function bucketPrefix(bucket: number): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes)
  writeBucket(bytes, bucket)
  return bytes
}

/** The sign is turned, so that the order of the bytes is that of the numbers also below zero. */
function writeBucket(bytes: Buffer, bucket: number): void {
  writeTime(bytes, bucket, 0)
  bytes.writeUInt8(bytes.readUInt8(0) ^ 0x80, 0)
}

function bucketOfRow(row: Buffer): number {
  return Number(BigInt.asIntN(64, row.readBigUInt64BE(0) ^ signBit))
}

function rowKey(bucket: number, key: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes + key.length)
  writeBucket(bytes, bucket)
  bytes.set(key, longBytes)
  return bytes
}

function encodeRow(entries: readonly CommittedEntry[]): Buffer {
  let length = 0
  for (const { packed } of entries) length += headBytes + packed.length
  const row = Buffer.allocUnsafe(length)
  let offset = 0
  for (const { timeMs, otherMs, packed } of entries) {
    writeTime(row, timeMs, offset)
    writeTime(row, otherMs, offset + longBytes)
    row.writeInt32BE(packed.length, offset + 2 * longBytes)
    packed.copy(row, offset + headBytes)
    offset += headBytes + packed.length
  }
  return row
}

function* parseRow(row: Buffer): Generator<{ timeMs: number; otherMs: number; packed: Buffer }> {
  let offset = 0
  while (offset < row.length) {
    const end = offset + headBytes + row.readInt32BE(offset + 2 * longBytes)
    yield {
      timeMs: readTime(row, offset),
      otherMs: readTime(row, offset + longBytes),
      packed: row.subarray(offset + headBytes, end),
    }
    offset = end
  }
}
