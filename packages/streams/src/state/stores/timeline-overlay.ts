import type { Serialized } from '@streamwright/formats'
import { present } from '@streamwright/std'
import type { EngineWrite } from '../engine/engine.ts'
import type { KeyForm } from '../key-form.ts'
import { residentTimelineBytes } from '../limits.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import { overlayBytes } from './overlay-write.ts'
import type { CommittedEntry, TimelineEngine } from './timeline-engine.ts'
import type { TimelineEntry } from './timeline.ts'
import { Timeline } from './timeline.ts'

/** What is known of a bucket whose entries are all here. */
interface ResidentBucket {
  /** Keys that were written there, some more than once. */
  readonly mapKeys: string[]
  /** Of all that was ever written there, so never too few. */
  bytes: number
}

const nothing = { entries: [], index: 0 } as const

/**
 * The latest entries of a store that is read by key and stretch of time, over what is committed: those that are not
 * committed yet, and of those that are, the latest buckets as long as a limit allows it. From the bucket `#residentFrom`
 * on, nothing has to be looked for in the engine: a join with a window of 10 s looked into eleven rows for each record,
 * of which ten did not exist, and took 14 us a record where it takes 8 now.
 *
 * A key that is written to has its {@link Timeline} here, which then answers for it alone: a session that grows by record
 * after record leaves no trace of its former ends.
 */
export class TimelineOverlay<K, V> {
  uncommittedBytes = 0
  readonly #engine: TimelineEngine
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  #timelines = new Map<string, Timeline<V>>()
  #residentFrom: number
  #residentBytes = 0
  #buckets = new Map<number, ResidentBucket>()
  /** Timelines with rows that changed, and those that were read further back than what is resident. */
  #dirty: Timeline<V>[] = []
  #extended: Timeline<V>[] = []
  /** The timeline that was read last: most are written to next. */
  #recent: Timeline<V> | undefined
  #alone: readonly number[] = []

  constructor(engine: TimelineEngine, keys: KeyForm<K>, values: ValueForm<V>) {
    this.#engine = engine
    this.#keys = keys
    this.#values = values
    this.#residentFrom = engine.emptyFrom
  }

  get(mapKey: string, timeMs: number, otherMs: number): TimelineEntry<V> | undefined {
    return this.#known(mapKey, timeMs)?.get(timeMs, otherMs)
  }

  /** Entries of a key from a time on, in order. Not a copy: ends where the caller stops reading. */
  from(mapKey: string, fromMs: number): { readonly entries: readonly TimelineEntry<V>[]; readonly index: number } {
    const timeline = this.#known(mapKey, fromMs)
    return timeline === undefined ? nothing : { entries: timeline.entries, index: timeline.lowerBound(fromMs) }
  }

  put(mapKey: string, timeMs: number, otherMs: number, live: Stored<V>, serialized: Serialized): void {
    const bytes = overlayBytes(mapKey, serialized)
    const timeline = this.#written(mapKey, timeMs, bytes)
    const replaced = timeline.set({ timeMs, otherMs, packed: undefined, live, serialized })
    this.#forgetBytes(mapKey, replaced)
    this.uncommittedBytes += bytes
  }

  /** Sets an entry as it was committed once. */
  restore(mapKey: string, timeMs: number, otherMs: number, packed: Buffer): void {
    const timeline = this.#written(mapKey, timeMs, overlayBytes(mapKey, packed))
    timeline.set({ timeMs, otherMs, packed, live: undefined, serialized: undefined })
  }

  delete(mapKey: string, timeMs: number, otherMs: number): void {
    this.#forgetBytes(mapKey, this.#written(mapKey, timeMs, 0).delete(timeMs, otherMs))
  }

  /** Entries of all keys in a stretch of time, both ends inclusive, in no order. */
  *scan(fromMs: number, toMs: number): Generator<{ readonly mapKey: string; readonly entry: TimelineEntry<V> }> {
    for (const [mapKey, timeline] of this.#timelines) {
      for (let index = timeline.lowerBound(fromMs); index < timeline.entries.length; index++) {
        const entry = timeline.entries[index]
        if (entry === undefined || entry.timeMs > toMs) break
        yield { mapKey, entry }
      }
    }
    if (this.#engine.bucketOf(fromMs) >= this.#residentFrom) return
    for (const { key, timeMs, otherMs, packed } of this.#engine.scan(fromMs, toMs)) {
      const bucket = this.#engine.bucketOf(timeMs)
      if (bucket >= this.#residentFrom) continue
      const mapKey = this.#keys.mapKeyOfBytes(key)
      const timeline = this.#timelines.get(mapKey)
      if (timeline !== undefined && timeline.loadedFrom <= bucket) continue
      yield { mapKey, entry: { timeMs, otherMs, packed, live: undefined, serialized: undefined } }
    }
  }

  /**
   * Hands over the rows that changed, without what is no longer live. What nobody may read any more, and what is too
   * much, is forgotten: it is in the engine.
   */
  takeWrites(observedMs: number, visibleFromMs: number): EngineWrite[] {
    const writes: EngineWrite[] = []
    for (const timeline of this.#dirty) {
      const key = this.#keys.bytes(timeline.mapKey)
      for (const bucket of timeline.dirtyBuckets) writes.push(this.#row(key, bucket, timeline, observedMs))
      timeline.dirtyBuckets = nothing.entries
      this.#settle(timeline)
    }
    for (const timeline of this.#extended) this.#trim(timeline, this.#residentFrom)
    this.#dirty = []
    this.#extended = []
    this.#recent = undefined
    this.uncommittedBytes = 0
    this.#forgetOldest(this.#engine.bucketOf(visibleFromMs))
    return writes
  }

  /** Goes back to what the engine has. */
  discard(): void {
    this.#timelines = new Map()
    this.#buckets = new Map()
    this.#residentBytes = 0
    this.#residentFrom = this.#engine.emptyFrom
    this.#dirty = []
    this.#extended = []
    this.#recent = undefined
    this.uncommittedBytes = 0
  }

  /** The value of an entry, which an aggregator may change only if it puts it back. */
  read({ live, packed }: TimelineEntry<V>): Stored<V> {
    return live ?? this.#values.unpack(present(packed, 'an entry is live or packed'))
  }

  /** The value of an entry, safe from later changes in place. */
  snapshot(entry: TimelineEntry<V>): Stored<V> {
    const { live, serialized } = entry
    if (live === undefined || serialized === undefined || this.#values.immutable) return this.read(entry)
    return { ...live, value: this.#values.deserialize(serialized) }
  }

  #row(key: Buffer, bucket: number, timeline: Timeline<V>, observedMs: number): EngineWrite {
    const entries: CommittedEntry[] = []
    for (const entry of timeline.entries) {
      const { timeMs, otherMs } = entry
      if (this.#engine.bucketOf(timeMs) !== bucket || !this.#engine.isLive(timeMs, observedMs)) continue
      entries.push({ key, timeMs, otherMs, packed: this.#packed(entry) })
    }
    return this.#engine.row(key, bucket, entries)
  }

  #packed({ packed, live, serialized }: TimelineEntry<V>): Buffer {
    if (packed !== undefined) return packed
    const { value, timestamp, headers } = present(live, 'an entry is live or packed')
    return this.#values.pack(serialized ?? this.#values.serialize(value), timestamp, headers)
  }

  /** The entries of a timeline are committed: from now on they are read as the engine would give them. */
  #settle({ entries }: Timeline<V>): void {
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index]
      if (entry === undefined || entry.serialized === undefined) continue
      const { timeMs, otherMs } = entry
      if (this.#values.immutable) entry.serialized = undefined
      // Another object, since iterators may still read the old one.
      else entries[index] = { timeMs, otherMs, packed: this.#packed(entry), live: undefined, serialized: undefined }
    }
  }

  /** Buckets before one, and beyond the limit the oldest of the others: keys have to be looked for in the engine then. */
  #forgetOldest(visibleFrom: number): void {
    const oldestFirst = [...this.#buckets.keys()].toSorted((left, right) => left - right)
    for (const bucket of oldestFirst) {
      if (bucket >= visibleFrom && this.#residentBytes <= residentTimelineBytes) return
      const { mapKeys, bytes } = present(this.#buckets.get(bucket), 'A bucket that is listed is there')
      this.#buckets.delete(bucket)
      this.#residentBytes -= bytes
      this.#residentFrom = Math.max(this.#residentFrom, bucket + 1)
      for (const mapKey of mapKeys) {
        const timeline = this.#timelines.get(mapKey)
        if (timeline !== undefined) this.#trim(timeline, this.#residentFrom)
      }
    }
  }

  /** Forgets entries before a bucket; a timeline without any goes. */
  #trim(timeline: Timeline<V>, fromBucket: number): void {
    const { entries } = timeline
    let count = 0
    while (count < entries.length && this.#engine.bucketOf(entries[count]?.timeMs ?? 0) < fromBucket) count++
    if (count > 0) timeline.entries = entries.slice(count)
    timeline.loadedFrom = fromBucket
    if (timeline.entries.length > 0) return
    this.#timelines.delete(timeline.mapKey)
    timeline.isKept = false
  }

  #written(mapKey: string, timeMs: number, bytes: number): Timeline<V> {
    const timeline = this.#known(mapKey, timeMs) ?? new Timeline<V>(mapKey, this.#residentFrom)
    if (!timeline.isKept) {
      timeline.isKept = true
      this.#timelines.set(mapKey, timeline)
      this.#recent = undefined
      if (timeline.loadedFrom < this.#residentFrom) this.#extended.push(timeline)
    }
    const bucket = this.#engine.bucketOf(timeMs)
    const { dirtyBuckets } = timeline
    if (dirtyBuckets.length === 0) this.#dirty.push(timeline)
    const resident = this.#bucket(bucket)
    if (!dirtyBuckets.includes(bucket)) {
      timeline.dirtyBuckets = dirtyBuckets.length === 0 ? this.#latestAlone(bucket) : [...dirtyBuckets, bucket]
      resident.mapKeys.push(mapKey)
    }
    resident.bytes += bytes
    this.#residentBytes += bytes
    return timeline
  }

  /** The list of one bucket alone, which most timelines that are written at a time share. */
  #latestAlone(bucket: number): readonly number[] {
    if (this.#alone[0] !== bucket) this.#alone = [bucket]
    return this.#alone
  }

  #bucket(number: number): ResidentBucket {
    let bucket = this.#buckets.get(number)
    if (bucket === undefined) {
      bucket = { mapKeys: [], bytes: 0 }
      this.#buckets.set(number, bucket)
    }
    return bucket
  }

  /** The timeline of a key, complete from a time on; undefined when it has no entries. */
  #known(mapKey: string, fromMs: number): Timeline<V> | undefined {
    const bucket = this.#engine.bucketOf(fromMs)
    const here = this.#timelines.get(mapKey)
    if (bucket >= (here?.loadedFrom ?? this.#residentFrom)) return here
    let timeline = here
    if (timeline === undefined) {
      timeline = this.#recent?.mapKey === mapKey ? this.#recent : new Timeline<V>(mapKey, this.#residentFrom)
      this.#recent = timeline
      if (bucket >= timeline.loadedFrom) return timeline
    } else this.#extended.push(timeline)
    const older = this.#engine.load<V>(this.#keys.bytes(mapKey), bucket, timeline.loadedFrom)
    if (older.length > 0) timeline.entries = [...older, ...timeline.entries]
    timeline.loadedFrom = bucket
    return timeline
  }

  #forgetBytes(mapKey: string, entry: TimelineEntry<V> | undefined): void {
    if (entry?.serialized !== undefined) this.uncommittedBytes -= overlayBytes(mapKey, entry.serialized)
  }
}
