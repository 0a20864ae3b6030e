import type { Serde } from '@streamwright/formats'
import { toBytes } from '@streamwright/formats'
import { change } from '../../processor/change.ts'
import type { Change } from '../../processor/change.ts'
import { Record } from '../../processor/record.ts'
import type { Engine, EngineWrite } from '../engine/engine.ts'
import { KeyForm } from '../key-form.ts'
import type { SuppressBufferDefinition } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import type { StateStore } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import { TimeOrderedQueue } from '../time-ordered-queue.ts'
import { ValueForm } from '../value-form.ts'
import type { BufferedChange, TimedChange } from './buffered-change.ts'
import {
  bufferedChangeBytes,
  bufferedChangeHeaders,
  decodeBufferedChange,
  decodeVersion3,
  encodeBufferedChange,
} from './buffered-change.ts'

/** One key that waits. Later changes of the key take its place in time. */
interface Waiting {
  readonly timeMs: number
  readonly order: string
  readonly mapKey: string
  change: BufferedChange
  bytes: number
  /** Deleted by a restored tombstone; the queue still has it. */
  isGone: boolean
}

const timeBytes = 8

/**
 * The changes that `suppress` holds back, by the time from which they wait. It lives in memory and logs what has
 * changed at each commit, once per key. Java: `InMemoryTimeOrderedKeyValueChangeBuffer`.
 */
export class SuppressBuffer<K, V> implements TaskStore, StateStore {
  readonly name: string
  readonly persistent = false
  isOpen = true
  /** Java's estimate of what all waiting changes take. */
  bufferSize = 0
  readonly #host: StoreHost
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  readonly #engine: Engine
  readonly #changelog: ChangelogWriter | undefined
  readonly #queue = new TimeOrderedQueue<Waiting>()
  readonly #waiting = new Map<string, Waiting>()
  /** Keys that have changed since the last commit. */
  readonly #dirty = new Set<string>()
  /** What the changelog was told of them; null: gone. */
  #logged = new Map<string, Buffer | null>()
  #uncommittedBytes = 0

  constructor(definition: SuppressBufferDefinition, host: StoreHost) {
    const topic = host.changelogTopic(definition.name)
    this.name = definition.name
    this.#host = host
    this.#keys = new KeyForm(definition.key as Serde<K>, topic)
    this.#values = new ValueForm(definition.value as Serde<V>, topic, false)
    this.#engine = host.engines.open(definition.name)
    this.#changelog = host.changelog(definition.name)
    this.#load()
  }

  get numRecords(): number {
    return this.#waiting.size
  }

  /** The time from which the oldest change waits; `Infinity` when none does. */
  get minTimestamp(): number {
    return this.#oldest()?.timeMs ?? Infinity
  }

  /** Holds a change back. A key that waits already keeps its place and its prior value. */
  put(timeMs: number, key: K, value: Change<V>): void {
    const mapKey = this.#keys.mapKey(key)
    const old = this.#serialize(value.oldValue)
    const existing = this.#waiting.get(mapKey)
    const prior = existing === undefined ? old : existing.change.prior
    const context = this.#host.context.capture()
    this.#set(mapKey, timeMs, { prior, old, new: this.#serialize(value.newValue), context })
    this.#dirty.add(mapKey)
  }

  /** Gives out the oldest changes for as long as the condition holds, each in the context of its own record. */
  evictWhile(condition: () => boolean, emit: (record: Record<K, Change<V>>) => void): void {
    for (let oldest = this.#oldest(); oldest !== undefined && condition(); oldest = this.#oldest()) {
      this.#emit(oldest, emit)
      this.#queue.poll()
      this.#forget(oldest)
      this.#dirty.add(oldest.mapKey)
    }
  }

  /** What is known downstream of a key that waits: null for no row. Undefined when it does not wait. */
  priorValueForBuffered(key: K): V | null | undefined {
    const waiting = this.#waiting.get(this.#keys.mapKey(key))
    return waiting === undefined ? undefined : this.#deserialize(waiting.change.prior)
  }

  // ---- what the task asks ----

  flushCache(): void {
    for (const mapKey of this.#dirty) {
      const waiting = this.#waiting.get(mapKey)
      const bytes = waiting === undefined ? null : encodeBufferedChange(waiting.change, waiting.timeMs)
      this.#logged.set(mapKey, bytes)
      const headers = bytes === null ? undefined : bufferedChangeHeaders
      // The record has no time of its own: it gets the one at which it is sent.
      this.#changelog?.append(this.#host.currentSystemTimeMs, this.#keys.serialized(mapKey), bytes, headers)
    }
    this.#dirty.clear()
  }

  get uncommittedBytes(): number {
    return this.#uncommittedBytes
  }

  takeWrites(): EngineWrite[] {
    const writes = [...this.#logged].map(([mapKey, value]) => ({ key: this.#keys.bytes(mapKey), value }))
    this.#logged = new Map()
    this.#uncommittedBytes = 0
    return writes
  }

  discard(): void {
    this.#clear()
    this.#load()
  }

  restoreWrite(record: RestoredRecord): EngineWrite {
    const { key, value, timestamp, headers } = record
    const mapKey = this.#keys.mapKeyOfBytes(key)
    const existing = this.#waiting.get(mapKey)
    if (value === null) {
      if (existing !== undefined) this.#forget(existing)
      return { key: Buffer.from(key), value: null }
    }
    const logged = { value: Buffer.from(value), timestamp, headers }
    const { timeMs, change: restored } = decodeBufferedChange(logged, existing?.change.prior ?? null)
    // The key may have gone on and come back between two commits: what is logged is its time too.
    if (existing !== undefined) this.#forget(existing)
    this.#set(mapKey, timeMs, restored)
    return { key: Buffer.from(key), value: encodeBufferedChange(restored, timeMs) }
  }

  close(): void {
    this.isOpen = false
    this.#clear()
  }

  // ---- the buffer ----

  #set(mapKey: string, timeMs: number, next: BufferedChange): void {
    let waiting = this.#waiting.get(mapKey)
    if (waiting === undefined) {
      waiting = { timeMs, order: this.#keys.orderKey(mapKey), mapKey, change: next, bytes: 0, isGone: false }
      this.#waiting.set(mapKey, waiting)
      this.#queue.add(waiting)
    }
    const bytes = timeBytes + this.#keys.byteLength(mapKey) + bufferedChangeBytes(next)
    this.bufferSize += bytes - waiting.bytes
    this.#uncommittedBytes += bytes
    waiting.change = next
    waiting.bytes = bytes
  }

  #forget(waiting: Waiting): void {
    waiting.isGone = true
    this.#waiting.delete(waiting.mapKey)
    this.bufferSize -= waiting.bytes
  }

  #oldest(): Waiting | undefined {
    let oldest = this.#queue.peek()
    while (oldest?.isGone === true) {
      this.#queue.poll()
      oldest = this.#queue.peek()
    }
    return oldest
  }

  #emit({ mapKey, change: held }: Waiting, emit: (record: Record<K, Change<V>>) => void): void {
    const { timestamp, headers } = held.context
    const value = change(this.#deserialize(held.new), this.#deserialize(held.old))
    const current = this.#host.context.capture()
    this.#host.context.restore(held.context)
    try {
      emit(new Record(this.#keys.key(mapKey), value, timestamp, headers?.copy()))
    } finally {
      this.#host.context.restore(current)
    }
  }

  #load(): void {
    for (const { key, value } of this.#engine.range(undefined, undefined, false)) {
      const { timeMs, change: held }: TimedChange = decodeVersion3(Buffer.from(value))
      this.#set(this.#keys.mapKeyOfBytes(key), timeMs, held)
    }
    this.#uncommittedBytes = 0
  }

  #clear(): void {
    this.#queue.clear()
    this.#waiting.clear()
    this.#dirty.clear()
    this.#logged = new Map()
    this.bufferSize = 0
    this.#uncommittedBytes = 0
  }

  #serialize(value: V | null): Buffer | null {
    // A copy: a serializer may reuse what it returns.
    return value === null ? null : Buffer.from(toBytes(this.#values.serialize(value)))
  }

  #deserialize(bytes: Buffer | null): V | null {
    return bytes === null ? null : this.#values.deserialize(bytes)
  }
}
