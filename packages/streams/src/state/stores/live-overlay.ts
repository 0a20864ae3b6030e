import type { Serialized } from '@streamwright/formats'
import type { EngineWrites } from '../engine/engine.ts'
import type { KeyForm } from '../key-form.ts'
import { deletedLength } from '../rows/row-arena.ts'
import { RowRun } from '../rows/row-run.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import type { KeyValueOverlay, OverlayEntry } from './key-value-overlay.ts'
import { OrderedKeys } from './ordered-keys.ts'
import { overlayBytes } from './overlay-write.ts'

/** An uncommitted write: the live value for reads, and the bytes that go to the engine, unless they are made then. */
interface PendingWrite<T> {
  live: T | null
  serialized: Serialized | null
  /** What it counts for. */
  bytes: number
}

/** Uncommitted writes with their live values, which an aggregator may change in place. */
export class LiveOverlay<K, V> implements KeyValueOverlay<V> {
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  #writes = new Map<string, PendingWrite<Stored<V>>>()
  /** In order; undefined until somebody asks for a range. */
  #ordered: OrderedKeys | undefined
  /** The key that was looked up last, and what was found: nearly always the next one to be put. */
  #recentKey: string | undefined
  #recent: PendingWrite<Stored<V>> | undefined
  bytes = 0

  constructor(keys: KeyForm<K>, values: ValueForm<V>) {
    this.#keys = keys
    this.#values = values
  }

  get size(): number {
    return this.#writes.size
  }

  get(mapKey: string): Stored<V> | null | undefined {
    const write = this.#writes.get(mapKey)
    this.#recentKey = mapKey
    this.#recent = write
    return write === undefined ? undefined : write.live
  }

  snapshot(mapKey: string): Stored<V> | null | undefined {
    const write = this.#writes.get(mapKey)
    if (write === undefined) return undefined
    if (write.live === null || write.serialized === null || this.#values.immutable) return write.live
    return { ...write.live, value: this.#values.deserialize(write.serialized) }
  }

  valueBytes(): number {
    const { live = null, serialized = null } = this.#recent ?? {}
    if (live === null) return 0
    return this.#values.byteLength(serialized ?? this.#values.serialize(live.value), live.headers)
  }

  put(mapKey: string, live: Stored<V> | null, serialized: Serialized | null): void {
    const bytes = overlayBytes(mapKey, serialized)
    // Text costs nothing beside the value; other bytes are made again at the commit where the value stays what it is.
    const kept = this.#values.immutable && typeof serialized !== 'string' ? null : serialized
    const there = this.#recentKey === mapKey ? this.#recent : this.#writes.get(mapKey)
    this.#forgetRecent()
    this.bytes += bytes - (there?.bytes ?? 0)
    if (there === undefined) {
      this.#writes.set(mapKey, { live, serialized: kept, bytes })
      this.#ordered?.add(this.#keys.latin1(mapKey))
      return
    }
    there.live = live
    there.serialized = kept
    there.bytes = bytes
  }

  *range(first: string | undefined, end: string | undefined): Generator<OverlayEntry<V>> {
    this.#ordered ??= new OrderedKeys(this.#writes.keys().map((mapKey) => this.#keys.latin1(mapKey)))
    for (const order of this.#ordered.range(first, end)) {
      const mapKey = this.#keys.mapKeyOfLatin1(order)
      const write = this.#writes.get(mapKey)
      if (write !== undefined) yield { mapKey, copy: this.#values.copyOf(write.live, write.serialized) }
    }
  }

  take(): EngineWrites {
    const run = new RowRun()
    for (const [mapKey, { live, serialized }] of this.#writes) {
      const packed = live === null ? null : this.#packed(live, serialized)
      const row = run.appendText(this.#keys.latin1(mapKey), packed?.length ?? deletedLength)
      packed?.copy(run.rows.memory(row), run.rows.valueStart(row))
    }
    this.clear()
    return run
  }

  clear(): void {
    this.#writes = new Map()
    this.#ordered = undefined
    this.#forgetRecent()
    this.bytes = 0
  }

  #packed(live: Stored<V>, serialized: Serialized | null): Buffer {
    return this.#values.pack(serialized ?? this.#values.serialize(live.value), live.timestamp, live.headers)
  }

  #forgetRecent(): void {
    this.#recentKey = undefined
    this.#recent = undefined
  }
}
