import type { Serde } from '@streamwright/formats'
import { toBytes } from '@streamwright/formats'
import { latin1Slice } from '@streamwright/std'
import { Record } from '../../processor/record.ts'
import type { Engine, EngineWrite } from '../engine/engine.ts'
import { KeyForm } from '../key-form.ts'
import type { JoinBufferDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import type { StateStore } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import { TimeOrderedQueue } from '../time-ordered-queue.ts'
import { ValueForm } from '../value-form.ts'
import { decodeVersion3, encodeBufferedChange } from './buffered-change.ts'

/** `0x00 | int64 timestamp | key | int32 sequence`, in the changelog and in the engine. */
const recordTag = 0
const timeOffset = 1
const keyOffset = 9
const sequenceBytes = 4
const sequenceMax = 0x7fff_ffff
/** In the engine, behind all records: the latest timestamp that was put. */
const observedKey = Buffer.from([1])

/** Where a record waits. Its value is read when its time has come. */
interface Waiting {
  readonly timeMs: number
  /** The bytes of its key as Latin-1: the order of equal times. */
  readonly order: string
}

/**
 * The records of a stream that wait for late updates of a versioned table before they are joined. Logs each put, and a
 * tombstone when a record goes on. Keeps the keys in memory, the values in its engine. Java:
 * `RocksDBTimeOrderedKeyValueBuffer`.
 */
export class JoinBuffer<K, V> implements TaskStore, StateStore {
  readonly name: string
  readonly persistent: boolean
  isOpen = true
  readonly #host: StoreHost
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  readonly #engine: Engine
  readonly #changelog: ChangelogWriter | undefined
  readonly #graceMs: number
  readonly #queue = new TimeOrderedQueue<Waiting>()
  /** Null: gone on. */
  #overlay = new Map<string, Buffer | null>()
  #uncommittedBytes = 0
  #observedMs = -1
  #committedObservedMs = -1
  #sequence = 0

  constructor(definition: JoinBufferDefinition, host: StoreHost) {
    const topic = host.changelogTopic(definition.name)
    this.name = definition.name
    this.persistent = isPersistent(definition.engine)
    this.#host = host
    this.#graceMs = definition.graceMs
    this.#keys = new KeyForm(definition.key as Serde<K>, topic)
    this.#values = new ValueForm(definition.value as Serde<V>, topic, false)
    this.#engine = host.engines.open(definition.name)
    this.#changelog = host.changelog(definition.name)
    this.#load()
  }

  /** False for a record that is later than the grace: it is to be joined at once. */
  put(key: K, value: V, timestamp: number): boolean {
    if (timestamp < this.#observedMs - this.#graceMs) return false
    if (timestamp > this.#observedMs) this.#observedMs = timestamp
    this.#sequence = this.#sequence === sequenceMax ? 0 : this.#sequence + 1
    const storeKey = recordKey(timestamp, this.#keys.bytes(this.#keys.mapKey(key)), this.#sequence)
    const bytes = Buffer.from(toBytes(this.#values.serialize(value)))
    const context = this.#host.context.capture()
    const packed = encodeBufferedChange({ prior: null, old: null, new: bytes, context }, 0)
    this.#set(storeKey, packed)
    this.#queue.add({ timeMs: timestamp, order: latin1Slice(storeKey, 0, storeKey.length) })
    this.#changelog?.append(this.#host.currentSystemTimeMs, storeKey, packed)
    return true
  }

  /** Gives out the records whose grace is over, the oldest first, each in the context in which it came. */
  evict(emit: (record: Record<K, V>) => void): void {
    const dueMs = this.#observedMs - this.#graceMs
    for (let oldest = this.#queue.peek(); oldest !== undefined && oldest.timeMs <= dueMs; oldest = this.#queue.peek()) {
      this.#queue.poll()
      const storeKey = Buffer.from(oldest.order, 'latin1')
      const packed = this.#valueOf(storeKey, oldest.order)
      // A restored tombstone has deleted it already.
      if (packed === null) continue
      this.#emit(storeKey, packed, emit)
      this.#set(storeKey, null)
      this.#changelog?.append(this.#host.currentSystemTimeMs, storeKey, null)
    }
  }

  // ---- what the task asks ----

  flushCache(): void {}

  get uncommittedBytes(): number {
    return this.#uncommittedBytes
  }

  takeWrites(): EngineWrite[] {
    const writes: EngineWrite[] = []
    for (const [order, value] of this.#overlay) writes.push({ key: Buffer.from(order, 'latin1'), value })
    if (this.#observedMs > this.#committedObservedMs) writes.push({ key: observedKey, value: int64(this.#observedMs) })
    this.#committedObservedMs = this.#observedMs
    this.#overlay = new Map()
    this.#uncommittedBytes = 0
    return writes
  }

  discard(): void {
    this.#load()
  }

  restoreWrite(record: RestoredRecord): EngineWrite | undefined {
    return this.restoreWrites([record])[0]
  }

  restoreWrites(records: Iterable<RestoredRecord>): EngineWrite[] {
    for (const { key, value } of records) {
      if (key.length < keyOffset + sequenceBytes) continue
      const storeKey = Buffer.from(key)
      const timeMs = Number(storeKey.readBigInt64BE(timeOffset))
      if (timeMs > this.#observedMs) this.#observedMs = timeMs
      this.#sequence = Math.max(this.#sequence, storeKey.readInt32BE(storeKey.length - sequenceBytes))
      this.#set(storeKey, value === null ? null : Buffer.from(value))
      if (value !== null) this.#queue.add({ timeMs, order: latin1Slice(storeKey, 0, storeKey.length) })
    }
    return this.takeWrites()
  }

  close(): void {
    this.isOpen = false
    this.#queue.clear()
    this.#overlay = new Map()
  }

  // ---- the buffer ----

  #set(storeKey: Buffer, value: Buffer | null): void {
    this.#overlay.set(latin1Slice(storeKey, 0, storeKey.length), value)
    this.#uncommittedBytes += storeKey.length + (value?.length ?? 0)
  }

  #valueOf(storeKey: Buffer, order: string): Buffer | null {
    const pending = this.#overlay.get(order)
    return pending === undefined ? (this.#engine.get(storeKey) ?? null) : pending
  }

  #emit(storeKey: Buffer, packed: Buffer, emit: (record: Record<K, V>) => void): void {
    const { context, new: bytes } = decodeVersion3(packed).change
    if (bytes === null) return
    const key = this.#keys.fromBytes(storeKey.subarray(keyOffset, storeKey.length - sequenceBytes))
    const current = this.#host.context.capture()
    this.#host.context.restore(context)
    try {
      emit(new Record(key, this.#values.deserialize(bytes), context.timestamp, context.headers?.copy()))
    } finally {
      this.#host.context.restore(current)
    }
  }

  #load(): void {
    this.#queue.clear()
    this.#overlay = new Map()
    this.#uncommittedBytes = 0
    const observed = this.#engine.get(observedKey)
    this.#observedMs = observed === undefined ? -1 : Number(observed.readBigInt64BE(0))
    this.#committedObservedMs = this.#observedMs
    this.#sequence = 0
    for (const { key } of this.#engine.range(undefined, observedKey, false)) {
      this.#sequence = Math.max(this.#sequence, key.readInt32BE(key.length - sequenceBytes))
      this.#queue.add({ timeMs: Number(key.readBigInt64BE(timeOffset)), order: latin1Slice(key, 0, key.length) })
    }
  }
}

function recordKey(timestamp: number, key: Buffer, sequence: number): Buffer {
  const bytes = Buffer.allocUnsafe(keyOffset + key.length + sequenceBytes)
  bytes[0] = recordTag
  bytes.writeBigInt64BE(BigInt(timestamp), timeOffset)
  key.copy(bytes, keyOffset)
  bytes.writeInt32BE(sequence, keyOffset + key.length)
  return bytes
}

function int64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(BigInt(value), 0)
  return bytes
}
