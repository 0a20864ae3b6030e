import type { Serde } from '@streamwright/formats'
import { Headers, SerdeError, toBytes } from '@streamwright/formats'
import type { EngineWrite } from '../engine/engine.ts'
import type { Engine } from '../engine/engine.ts'
import { KeyForm } from '../key-form.ts'
import { isPersistent } from '../store-definition.ts'
import type { UnjoinedStoreDefinition } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import type { StateStore } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import { decodeValueList, encodeValueList } from './value-list.ts'

export type JoinSide = 'left' | 'right'

/** Records of one time, side and key that have found no match so far, in the order in which they came. */
export interface Unjoined {
  readonly timestamp: number
  readonly side: JoinSide
  readonly mapKey: string
  readonly values: Buffer[]
}

const headBytes = 9
const sideByte = { right: 0, left: 1 } as const
const noHeaders = new Headers()

/** Rough cost of one waiting record beside its bytes. */
const entryOverheadBytes = 200

/**
 * The records of an outer join of two streams that wait for a match until their window closes: by time, then those of
 * the right side before those of the left, then by key. Changelog and engine have them as
 * `int64 timestamp | byte side | key` -> list of values, as Java's.
 *
 * What waits is in memory, since it is walked in order of time at each emission; a window's worth of records.
 */
export class UnjoinedStore<K> implements TaskStore, StateStore {
  readonly name: string
  readonly persistent: boolean
  isOpen = true
  /** The latest time seen on either side. */
  streamTimeMs = -1
  /** No waiting record is older; `Infinity` when none waits. */
  minTimeMs: number = Infinity
  /** Wall-clock time before which nothing is emitted. */
  nextEmitMs = 0
  readonly #host: StoreHost
  readonly #keys: KeyForm<K>
  readonly #serdes: { readonly left: Serde<unknown>; readonly right: Serde<unknown> }
  readonly #engine: Engine
  readonly #changelog: ChangelogWriter | undefined
  readonly #topic: string
  readonly #byTime = new Map<number, Map<string, Unjoined>>()
  /** The times in `#byTime`, ascending. */
  readonly #times: number[] = []
  #written = new Map<Unjoined, boolean>()
  #uncommittedBytes = 0

  constructor(definition: UnjoinedStoreDefinition, host: StoreHost) {
    const { name, engine, key, left, right } = definition
    this.name = name
    this.persistent = isPersistent(engine)
    this.#host = host
    this.#topic = host.changelogTopic(name)
    this.#keys = new KeyForm(key as Serde<K>, this.#topic)
    this.#serdes = { left, right }
    this.#engine = host.engines.open(name)
    this.#changelog = host.changelog(name)
    this.#load()
  }

  /** A record has found no match. */
  add(side: JoinSide, key: K, timestamp: number, value: unknown): void {
    const entry = this.#entry(timestamp, side, this.#keys.mapKey(key))
    const bytes = toBytes(this.#serdes[side].serialize(value, this.#topic, noHeaders))
    // Serializers may use their memory again.
    entry.values.push(Buffer.from(bytes))
    if (timestamp < this.minTimeMs) this.minTimeMs = timestamp
    this.#changed(entry, encodeElements(entry))
  }

  /** The records of a time, side and key have found a match. */
  matched(side: JoinSide, key: K, timestamp: number): void {
    const entry = this.#byTime.get(timestamp)?.get(sideKey(side, this.#keys.mapKey(key)))
    if (entry !== undefined) this.remove(entry)
  }

  remove(entry: Unjoined): void {
    this.#forget(entry)
    this.#changed(entry, null)
  }

  /** All that waits, in order, as it is now. */
  *all(): Generator<Unjoined> {
    // Times may go while they are walked.
    for (const time of [...this.#times]) {
      const entries = [...(this.#byTime.get(time)?.values() ?? [])]
      yield* entries.length === 1 ? entries : entries.toSorted((left, right) => this.#compare(left, right))
    }
  }

  keyOf({ mapKey }: Unjoined): K {
    return this.#keys.key(mapKey)
  }

  valuesOf({ side, values }: Unjoined): unknown[] {
    return values.map((bytes) => this.#deserialize(side, bytes))
  }

  // ---- what the task asks ----

  flushCache(): void {}

  get uncommittedBytes(): number {
    return this.#uncommittedBytes
  }

  takeWrites(): EngineWrite[] {
    const writes = [...this.#written].map(([entry, isThere]) => ({
      key: this.#logKey(entry),
      value: isThere ? encodeElements(entry) : null,
    }))
    this.#written = new Map()
    this.#uncommittedBytes = 0
    return writes
  }

  discard(): void {
    this.#clear()
    this.#load()
  }

  restoreWrite({ key, value }: RestoredRecord): EngineWrite | undefined {
    if (key.length < headBytes) return undefined
    const { timestamp, side, mapKey } = this.#parseKey(key)
    const existing = this.#byTime.get(timestamp)?.get(sideKey(side, mapKey))
    if (existing !== undefined) this.#forget(existing)
    if (value !== null) this.#restore(timestamp, side, mapKey, value)
    return { key: Buffer.from(key), value: value === null ? null : Buffer.from(value) }
  }

  close(): void {
    this.isOpen = false
    this.#clear()
  }

  // ---- entries ----

  #load(): void {
    for (const { key, value } of this.#engine.range(undefined, undefined, false)) {
      const { timestamp, side, mapKey } = this.#parseKey(key)
      this.#restore(timestamp, side, mapKey, value)
    }
  }

  #restore(timestamp: number, side: JoinSide, mapKey: string, list: Buffer): void {
    const elements = decodeValueList(list, this.#topic)
    // Each element says its side again, which the key has said.
    this.#entry(timestamp, side, mapKey).values.push(...elements.map((element) => Buffer.from(element.subarray(1))))
    if (timestamp < this.minTimeMs) this.minTimeMs = timestamp
  }

  #entry(timestamp: number, side: JoinSide, mapKey: string): Unjoined {
    let entries = this.#byTime.get(timestamp)
    if (entries === undefined) {
      entries = new Map()
      this.#byTime.set(timestamp, entries)
      this.#times.splice(lowerBound(this.#times, timestamp), 0, timestamp)
    }
    const name = sideKey(side, mapKey)
    let entry = entries.get(name)
    if (entry === undefined) {
      entry = { timestamp, side, mapKey, values: [] }
      entries.set(name, entry)
    }
    return entry
  }

  #forget({ timestamp, side, mapKey }: Unjoined): void {
    const entries = this.#byTime.get(timestamp)
    if (entries === undefined || !entries.delete(sideKey(side, mapKey)) || entries.size > 0) return
    this.#byTime.delete(timestamp)
    this.#times.splice(lowerBound(this.#times, timestamp), 1)
  }

  #changed(entry: Unjoined, list: Buffer | null): void {
    const key = this.#logKey(entry)
    this.#written.set(entry, list !== null)
    this.#uncommittedBytes += entryOverheadBytes + key.length + (list?.length ?? 0)
    this.#changelog?.append(this.#host.context.timestamp, key, list)
  }

  #logKey({ timestamp, side, mapKey }: Unjoined): Buffer {
    const key = this.#keys.bytes(mapKey)
    const bytes = Buffer.allocUnsafe(headBytes + key.length)
    bytes.writeBigInt64BE(BigInt(timestamp), 0)
    bytes[headBytes - 1] = sideByte[side]
    key.copy(bytes, headBytes)
    return bytes
  }

  #parseKey(bytes: Buffer): Pick<Unjoined, 'timestamp' | 'side' | 'mapKey'> {
    return {
      timestamp: Number(bytes.readBigInt64BE(0)),
      side: bytes[headBytes - 1] === sideByte.left ? 'left' : 'right',
      mapKey: this.#keys.mapKeyOfBytes(bytes.subarray(headBytes)),
    }
  }

  #deserialize(side: JoinSide, bytes: Buffer): unknown {
    try {
      return this.#serdes[side].deserialize(bytes, this.#topic, noHeaders)
    } catch (cause) {
      throw new SerdeError(`A value of the store behind ${this.#topic} cannot be read`, cause)
    }
  }

  #compare(left: Unjoined, right: Unjoined): number {
    const bySide = sideByte[left.side] - sideByte[right.side]
    if (bySide !== 0) return bySide
    return this.#keys.orderKey(left.mapKey) < this.#keys.orderKey(right.mapKey) ? -1 : 1
  }

  #clear(): void {
    this.#byTime.clear()
    this.#times.length = 0
    this.#written = new Map()
    this.#uncommittedBytes = 0
    this.minTimeMs = Infinity
  }
}

function sideKey(side: JoinSide, mapKey: string): string {
  return side === 'left' ? `l${mapKey}` : `r${mapKey}`
}

function encodeElements({ side, values }: Unjoined): Buffer {
  return encodeValueList(values.map((value) => Buffer.concat([Buffer.of(sideByte[side]), value])))
}

/** Records come mostly in order of time: the place is mostly the end. */
function lowerBound(times: readonly number[], time: number): number {
  const last = times.at(-1)
  if (last === undefined || last < time) return times.length
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Infinity) < time) low = middle + 1
    else high = middle
  }
  return low
}
