import type { Serialized } from '@streamwright/formats'
import { present } from '@streamwright/std'
import type { EngineWrite } from '../engine/engine.ts'
import type { KeyForm } from '../key-form.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import { overlayBytes } from './overlay-write.ts'
import type { TimelineEngine } from './timeline-engine.ts'
import type { TimelineEntry } from './timeline.ts'
import { Timeline } from './timeline.ts'

/**
 * The uncommitted part of a store whose entries are read by key and stretch of time, over what is committed. A key that
 * is written to has its {@link Timeline} here, which then answers for it alone: a session that grows by record after
 * record leaves no trace of its former ends.
 */
export class TimelineOverlay<K, V> {
  uncommittedBytes = 0
  readonly #engine: TimelineEngine
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  #timelines = new Map<string, Timeline<V>>()
  /** The timeline that was read last: most are written to next. */
  #recentKey: string | undefined
  #recent: Timeline<V> | undefined

  constructor(engine: TimelineEngine, keys: KeyForm<K>, values: ValueForm<V>) {
    this.#engine = engine
    this.#keys = keys
    this.#values = values
  }

  get(mapKey: string, timeMs: number, otherMs: number): TimelineEntry<V> | undefined {
    return this.#loaded(mapKey, timeMs).get(timeMs, otherMs)
  }

  /** Entries of a key from a time on, in order. Not a copy: ends where the caller stops reading. */
  from(mapKey: string, fromMs: number): { readonly entries: readonly TimelineEntry<V>[]; readonly index: number } {
    const timeline = this.#loaded(mapKey, fromMs)
    return { entries: timeline.entries, index: timeline.lowerBound(fromMs) }
  }

  put(mapKey: string, timeMs: number, otherMs: number, live: Stored<V>, serialized: Serialized): void {
    const timeline = this.#written(mapKey, timeMs)
    const replaced = timeline.set({ timeMs, otherMs, packed: undefined, live, serialized })
    this.#forgetBytes(mapKey, replaced)
    this.uncommittedBytes += overlayBytes(mapKey, serialized)
  }

  /** Sets an entry as it was committed once. */
  restore(mapKey: string, timeMs: number, otherMs: number, packed: Buffer): void {
    this.#written(mapKey, timeMs).set({ timeMs, otherMs, packed, live: undefined, serialized: undefined })
  }

  delete(mapKey: string, timeMs: number, otherMs: number): void {
    this.#forgetBytes(mapKey, this.#written(mapKey, timeMs).delete(timeMs, otherMs))
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
    for (const { key, timeMs, otherMs, packed } of this.#engine.scan(fromMs, toMs)) {
      const mapKey = this.#keys.mapKeyOfBytes(key)
      const timeline = this.#timelines.get(mapKey)
      if (timeline !== undefined && timeline.loadedFrom <= this.#engine.bucketOf(timeMs)) continue
      yield { mapKey, entry: { timeMs, otherMs, packed, live: undefined, serialized: undefined } }
    }
  }

  /** Hands over the rows that changed, without what is no longer live, and forgets everything. */
  takeWrites(observedMs: number): EngineWrite[] {
    const writes: EngineWrite[] = []
    for (const [mapKey, timeline] of this.#timelines) {
      const key = this.#keys.bytes(mapKey)
      for (const bucket of timeline.dirtyBuckets) writes.push(this.#row(key, bucket, timeline, observedMs))
    }
    this.discard()
    return writes
  }

  discard(): void {
    this.#timelines = new Map()
    this.#recentKey = undefined
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
    const entries = []
    for (const { timeMs, otherMs, packed, live, serialized } of timeline.entries) {
      if (this.#engine.bucketOf(timeMs) !== bucket || !this.#engine.isLive(timeMs, observedMs)) continue
      if (packed !== undefined) entries.push({ key, timeMs, otherMs, packed })
      else if (live !== undefined && serialized !== undefined) {
        entries.push({ key, timeMs, otherMs, packed: this.#values.pack(serialized, live.timestamp, live.headers) })
      }
    }
    return this.#engine.row(key, bucket, entries)
  }

  #written(mapKey: string, timeMs: number): Timeline<V> {
    const timeline = this.#loaded(mapKey, timeMs)
    if (this.#recentKey === mapKey) {
      this.#timelines.set(mapKey, timeline)
      this.#recentKey = undefined
      this.#recent = undefined
    }
    timeline.dirtyBuckets.add(this.#engine.bucketOf(timeMs))
    return timeline
  }

  /** The timeline of a key, complete from a time on. */
  #loaded(mapKey: string, fromMs: number): Timeline<V> {
    let timeline = this.#timelines.get(mapKey)
    if (timeline === undefined) {
      timeline = this.#recentKey === mapKey && this.#recent !== undefined ? this.#recent : new Timeline<V>()
      this.#recentKey = mapKey
      this.#recent = timeline
    }
    const bucket = this.#engine.bucketOf(fromMs)
    if (bucket < timeline.loadedFrom) {
      const older = this.#engine.load<V>(this.#keys.bytes(mapKey), bucket, timeline.loadedFrom)
      if (older.length > 0) timeline.entries = [...older, ...timeline.entries]
      timeline.loadedFrom = bucket
    }
    return timeline
  }

  #forgetBytes(mapKey: string, entry: TimelineEntry<V> | undefined): void {
    if (entry?.serialized !== undefined) this.uncommittedBytes -= overlayBytes(mapKey, entry.serialized)
  }
}
