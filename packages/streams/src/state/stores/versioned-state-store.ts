import type { Serde, Serialized } from '@streamwright/formats'
import { toBytes } from '@streamwright/formats'
import type { EngineRange, EngineWrite } from '../engine/engine.ts'
import { KeyForm } from '../key-form.ts'
import type { VersionedKeyValueStoreDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import { StorePosition } from '../store-position.ts'
import type { KeyValue, StoreIterator, VersionedKeyValueStore, VersionedPutResult, VersionedRecord } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import { ValueForm } from '../value-form.ts'
import { overlayBytes } from './overlay-write.ts'
import { mergeLayers, storeIterator } from './store-iterator.ts'
import type { PendingLatest, PendingVersion } from './version-overlay.ts'
import { KeyVersions } from './version-overlay.ts'
import { VersionedEngine } from './versioned-engine.ts'

/**
 * A versioned key-value store of one task: an overlay of uncommitted versions over an engine. It has no record cache.
 * Deletions are versions too, until they lie behind the history retention.
 */
export class VersionedStateStore<K, V> implements TaskStore, VersionedKeyValueStore<K, V> {
  readonly name: string
  readonly persistent: boolean
  readonly position: StorePosition
  isOpen = true
  readonly #host: StoreHost
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  readonly #engine: VersionedEngine
  readonly #changelog: ChangelogWriter | undefined
  readonly #retentionMs: number
  #overlay = new Map<string, KeyVersions<V>>()
  #uncommittedBytes = 0
  #observedMs: number
  #committedObservedMs: number

  constructor(definition: VersionedKeyValueStoreDefinition, host: StoreHost) {
    const { name, engine, historyRetentionMs, segmentIntervalMs } = definition
    const topic = host.changelogTopic(name)
    this.name = name
    this.persistent = isPersistent(engine)
    this.#host = host
    this.#keys = new KeyForm(definition.key as Serde<K>, topic)
    this.#values = new ValueForm(definition.value as Serde<V>, topic, false)
    this.#engine = new VersionedEngine(host.engines.open(name), historyRetentionMs, segmentIntervalMs)
    this.#changelog = host.changelog(name)
    this.#retentionMs = historyRetentionMs
    this.position = new StorePosition(host.engines.inputPosition(name))
    this.#observedMs = this.#engine.observedMs()
    this.#committedObservedMs = this.#observedMs
  }

  put(key: K, value: V | null, timestamp: number): VersionedPutResult {
    // What is refused moves the position too, as in Java.
    this.position.observe(this.#host.context)
    return this.#put(key, value, timestamp)
  }

  #put(key: K, value: V | null, timestamp: number): VersionedPutResult {
    const mapKey = this.#keys.mapKey(key)
    const serialized = value === null ? null : this.#values.serialize(value)
    const result = this.#isBehindRetention(timestamp) ? 'notPut' : this.#insert(mapKey, value, serialized, timestamp)
    if (result === 'notPut') this.#host.recordDropped('expired version')
    // Also what was refused: Java logs it, and a restore refuses it again.
    this.#changelog?.append(timestamp, this.#keys.serialized(mapKey), serialized)
    return result
  }

  delete(key: K, timestamp: number): VersionedRecord<V> | null {
    const isRefused = this.#isBehindRetention(timestamp)
    const existing = isRefused ? null : this.#asOf(this.#keys.mapKey(key), timestamp, true)
    if (!isRefused) this.position.observe(this.#host.context)
    this.#put(key, null, timestamp)
    return existing
  }

  get(key: K, asOfTimestamp?: number): VersionedRecord<V> | null {
    const mapKey = this.#keys.mapKey(key)
    return asOfTimestamp === undefined ? this.#current(mapKey, false) : this.#asOf(mapKey, asOfTimestamp, false)
  }

  /** The latest version, safe from later changes in place; `get` hands out the live value. */
  snapshot(key: K): VersionedRecord<V> | null {
    return this.#current(this.#keys.mapKey(key), true)
  }

  /** The version that was valid at a time, safe from later changes in place. */
  snapshotAsOf(key: K, timestamp: number): VersionedRecord<V> | null {
    return this.#asOf(this.#keys.mapKey(key), timestamp, true)
  }

  versions(
    key: K,
    fromMs: number,
    toMs: number,
    order: 'ascending' | 'descending' = 'ascending',
  ): StoreIterator<VersionedRecord<V>> {
    const mapKey = this.#keys.mapKey(key)
    const found: VersionedRecord<V>[] = []
    // Behind the retention only the latest version is for sure, so no other is told.
    const afterMs = toMs < this.#observedMs - this.#retentionMs ? Number.MAX_SAFE_INTEGER : fromMs
    for (const { validFrom, validTo, serialized } of this.#history(mapKey, Math.max(afterMs, -1))) {
      if (validFrom > toMs) break
      if (serialized === null) continue
      found.push({ value: this.#values.deserialize(serialized), timestamp: validFrom, validTo })
    }
    const current = this.#current(mapKey, true)
    if (current !== null && current.timestamp <= toMs) found.push(current)
    return storeIterator(order === 'ascending' ? found : found.toReversed())
  }

  all(): StoreIterator<KeyValue<K, VersionedRecord<V>>> {
    const upper: { readonly order: string; readonly entry: (() => KeyValue<K, VersionedRecord<V>>) | null }[] = []
    for (const [mapKey, { latest }] of this.#overlay) {
      if (latest === undefined) continue
      const { serialized, validFrom } = latest
      const entry =
        serialized === null
          ? null
          : () => ({ key: this.#keys.key(mapKey), value: this.#record(serialized, validFrom, null) })
      upper.push({ order: this.#keys.orderKey(mapKey), entry })
    }
    upper.sort((left, right) => (left.order < right.order ? -1 : 1))
    const committed = this.#engine.allLatest()
    return storeIterator(mergeLayers(upper, this.#committedLatest(committed), false), () => committed.return())
  }

  // ---- what the task asks ----

  flushCache(): void {}

  get uncommittedBytes(): number {
    return this.#uncommittedBytes
  }

  takeWrites(): EngineWrite[] {
    const writes: EngineWrite[] = []
    for (const [mapKey, versions] of this.#overlay) this.#takeKey(this.#keys.bytes(mapKey), versions, writes)
    if (this.#observedMs > this.#committedObservedMs) writes.push(this.#engine.observedWrite(this.#observedMs))
    this.#committedObservedMs = this.#observedMs
    this.#overlay = new Map()
    this.#uncommittedBytes = 0
    return [...writes, ...this.#engine.expired(this.#observedMs)]
  }

  discard(): void {
    this.#overlay = new Map()
    this.#uncommittedBytes = 0
    this.#engine.forgetExpired()
    this.#observedMs = this.#engine.observedMs()
    this.#committedObservedMs = this.#observedMs
  }

  restoreWrite(record: RestoredRecord): EngineWrite | undefined {
    return this.restoreWrites([record])[0]
  }

  /** A version tells when the one before it ended, so records are put one by one, and taken as if by a commit. */
  restoreWrites(records: Iterable<RestoredRecord>): EngineWrite[] {
    for (const { key, value, timestamp } of records) {
      if (this.#isBehindRetention(timestamp)) continue
      const live = value === null ? null : this.#values.deserialize(value)
      this.#insert(this.#keys.mapKeyOfBytes(key), live, value === null ? null : Buffer.from(value), timestamp)
    }
    return this.takeWrites()
  }

  close(): void {
    this.isOpen = false
    this.discard()
  }

  // ---- reading ----

  #isBehindRetention(timestamp: number): boolean {
    return timestamp < this.#observedMs - this.#retentionMs
  }

  #current(mapKey: string, isSnapshot: boolean): VersionedRecord<V> | null {
    const pending = this.#overlay.get(mapKey)?.latest
    if (pending === undefined) {
      const latest = this.#engine.latest(this.#keys.bytes(mapKey))
      return latest === undefined ? null : this.#record(latest.value, latest.validFrom, null)
    }
    if (pending.serialized === null) return null
    if (isSnapshot && !this.#values.immutable) return this.#record(pending.serialized, pending.validFrom, null)
    return fromPending(pending)
  }

  #asOf(mapKey: string, timestamp: number, isSnapshot: boolean): VersionedRecord<V> | null {
    const current = this.#current(mapKey, isSnapshot)
    if (current !== null && current.timestamp <= timestamp) return current
    if (this.#isBehindRetention(timestamp)) return null
    const version = this.#firstAfter(mapKey, timestamp)
    if (version === undefined || version.validFrom > timestamp || version.serialized === null) return null
    return this.#record(version.serialized, version.validFrom, version.validTo)
  }

  #record(serialized: Serialized, validFrom: number, validTo: number | null): VersionedRecord<V> {
    return { value: this.#values.deserialize(serialized), timestamp: validFrom, validTo }
  }

  #firstAfter(mapKey: string, afterMs: number): PendingVersion | undefined {
    for (const version of this.#history(mapKey, afterMs)) return version
    return undefined
  }

  /** Versions that ended after a time, uncommitted over committed, by the time at which they ended. */
  *#history(mapKey: string, afterMs: number): Generator<PendingVersion> {
    if (afterMs >= Number.MAX_SAFE_INTEGER) return
    const pending = this.#overlay.get(mapKey)
    let next = pending?.indexAfter(afterMs) ?? 0
    for (const { validFrom, validTo, value } of this.#engine.history(this.#keys.bytes(mapKey), afterMs)) {
      for (
        let top = pending?.history[next];
        top !== undefined && top.validTo < validTo;
        top = pending?.history[++next]
      ) {
        yield top
      }
      const top = pending?.history[next]
      if (top !== undefined && top.validTo === validTo) {
        next += 1
        yield top
      } else yield { validFrom, validTo, serialized: value }
    }
    for (let top = pending?.history[next]; top !== undefined; top = pending?.history[++next]) yield top
  }

  *#committedLatest(range: EngineRange): Generator<{ order: string; entry: () => KeyValue<K, VersionedRecord<V>> }> {
    for (const found of range) {
      const { key, value, validFrom } = this.#engine.latestOf(found)
      const entry = (): KeyValue<K, VersionedRecord<V>> => ({
        key: this.#keys.fromBytes(key),
        value: this.#record(value, validFrom, null),
      })
      yield { order: key.toString('latin1'), entry }
    }
  }

  // ---- writing ----

  #insert(mapKey: string, value: V | null, serialized: Serialized | null, timestamp: number): 'latest' | number {
    if (timestamp > this.#observedMs) this.#observedMs = timestamp
    const latest = this.#latestBytes(mapKey)
    if (latest !== undefined && timestamp >= latest.validFrom) {
      if (timestamp > latest.validFrom) this.#setHistory(mapKey, { ...latest, validTo: timestamp })
      this.#setLatest(mapKey, { validFrom: timestamp, live: value, serialized })
      return 'latest'
    }
    const next = this.#firstAfter(mapKey, timestamp)
    if (next === undefined)
      return this.#insertAtEnd(mapKey, latest?.validFrom, { validFrom: timestamp, live: value, serialized })
    const { validFrom, validTo } = next
    if (validFrom > timestamp) {
      this.#setHistory(mapKey, { validFrom: timestamp, validTo: validFrom, serialized })
      return validFrom
    }
    if (validFrom < timestamp)
      this.#setHistory(mapKey, { validFrom, validTo: timestamp, serialized: owned(next.serialized) })
    this.#setHistory(mapKey, { validFrom: timestamp, validTo, serialized })
    return validTo
  }

  /** No version ended after this one begins: it ends where the latest begins, or is the latest itself. */
  #insertAtEnd(mapKey: string, latestFrom: number | undefined, version: PendingLatest<V>): 'latest' | number {
    const { validFrom, serialized } = version
    if (latestFrom !== undefined) {
      this.#setHistory(mapKey, { validFrom, validTo: latestFrom, serialized })
      return latestFrom
    }
    if (serialized !== null) this.#setLatest(mapKey, version)
    // When a key was deleted is known by the version that ended there; where there is none, one without length tells it.
    else if (!this.#hasEndedAt(mapKey, validFrom)) {
      this.#setHistory(mapKey, { validFrom, validTo: validFrom, serialized: null })
    }
    return 'latest'
  }

  #latestBytes(mapKey: string): { readonly validFrom: number; readonly serialized: Serialized } | undefined {
    const pending = this.#overlay.get(mapKey)?.latest
    if (pending !== undefined) {
      return pending.serialized === null ? undefined : { validFrom: pending.validFrom, serialized: pending.serialized }
    }
    const latest = this.#engine.latest(this.#keys.bytes(mapKey))
    return latest === undefined ? undefined : { validFrom: latest.validFrom, serialized: Buffer.from(latest.value) }
  }

  #hasEndedAt(mapKey: string, timestamp: number): boolean {
    const pending = this.#overlay.get(mapKey)
    if (pending?.history[pending.indexAfter(timestamp - 1)]?.validTo === timestamp) return true
    return this.#engine.endedAt(this.#keys.bytes(mapKey), timestamp) !== undefined
  }

  #versionsOf(mapKey: string): KeyVersions<V> {
    let versions = this.#overlay.get(mapKey)
    if (versions === undefined) {
      versions = new KeyVersions()
      this.#overlay.set(mapKey, versions)
    }
    return versions
  }

  #setLatest(mapKey: string, latest: PendingLatest<V>): void {
    const versions = this.#versionsOf(mapKey)
    if (versions.latest !== undefined) this.#uncommittedBytes -= overlayBytes(mapKey, versions.latest.serialized)
    this.#uncommittedBytes += overlayBytes(mapKey, latest.serialized)
    versions.latest = latest
  }

  #setHistory(mapKey: string, version: PendingVersion): void {
    const replaced = this.#versionsOf(mapKey).set(version)
    if (replaced !== undefined) this.#uncommittedBytes -= overlayBytes(mapKey, replaced.serialized)
    this.#uncommittedBytes += overlayBytes(mapKey, version.serialized)
  }

  #takeKey(key: Buffer, { latest, history }: KeyVersions<V>, writes: EngineWrite[]): void {
    if (latest !== undefined) {
      const { validFrom, serialized } = latest
      writes.push(this.#engine.latestWrite(key, serialized === null ? null : { validFrom, value: toBytes(serialized) }))
    }
    for (const { validFrom, validTo, serialized } of history) {
      if (this.#engine.isExpired(validTo, this.#observedMs)) continue
      const value = serialized === null ? null : toBytes(serialized)
      writes.push(this.#engine.historyWrite(key, { validFrom, validTo, value }))
    }
  }
}

function fromPending<V>({ live, validFrom }: PendingLatest<V>): VersionedRecord<V> | null {
  return live === null ? null : { value: live, timestamp: validFrom, validTo: null }
}

/** Bytes of an engine are views that the next call may change. */
function owned(serialized: Serialized | null): Serialized | null {
  return serialized === null || typeof serialized === 'string' ? serialized : Buffer.from(serialized)
}
