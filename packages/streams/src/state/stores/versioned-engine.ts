import type { Engine, EngineEntry, EngineRange, EngineWrite } from '../engine/engine.ts'
import {
  historyKey,
  historyStart,
  latestKey,
  latestRange,
  observedKey,
  packHistory,
  packLatest,
  packObserved,
  parseHistoryKey,
  unpackHistory,
  unpackLatest,
  unpackObserved,
} from './versioned-keys.ts'

/** The last value of a key, with the time from which it is valid. */
export interface LatestBytes {
  readonly validFrom: number
  readonly value: Buffer
}

/** A value that another has followed. Null: the key was deleted in that time. */
export interface HistoryBytes {
  readonly validFrom: number
  readonly validTo: number
  readonly value: Buffer | null
}

/**
 * The committed versions of a store: the last value of each key, and what it was before, by segments of the time at
 * which a version ended. A segment is dropped as a whole once it lies behind the history retention.
 */
export class VersionedEngine {
  readonly #engine: Engine
  readonly #intervalMs: number
  readonly #retentionMs: number
  /** Segments below this one are known to hold nothing. */
  #emptyBelow = 0

  constructor(engine: Engine, retentionMs: number, intervalMs: number) {
    this.#engine = engine
    this.#retentionMs = retentionMs
    this.#intervalMs = intervalMs
  }

  /** The latest timestamp that was put before the last commit, or −1. */
  observedMs(): number {
    const packed = this.#engine.get(observedKey)
    return packed === undefined ? -1 : unpackObserved(packed)
  }

  latest(key: Buffer): LatestBytes | undefined {
    const packed = this.#engine.get(latestKey(key))
    return packed === undefined ? undefined : unpackLatest(packed)
  }

  /** Of all keys, as they are now. */
  allLatest(): EngineRange {
    const [from, to] = latestRange
    return this.#engine.range(from, to, false)
  }

  latestOf({ key, value }: EngineEntry): LatestBytes & { readonly key: Buffer } {
    return { key: key.subarray(1), ...unpackLatest(value) }
  }

  /** Versions of a key that ended after `afterMs`, by the time at which they ended. */
  *history(key: Buffer, afterMs: number): Generator<HistoryBytes> {
    for (let segment = this.#segmentFrom(this.#segment(afterMs)); segment !== undefined;) {
      const from = historyKey(segment, key, afterMs + 1)
      const to = historyKey(segment, key, Number.MAX_SAFE_INTEGER)
      for (const entry of this.#engine.range(from, to, false)) {
        yield { validTo: parseHistoryKey(entry.key).validTo, ...unpackHistory(entry.value) }
      }
      segment = this.#segmentFrom(segment + 1)
    }
  }

  /** The version of a key that ended at this very time. */
  endedAt(key: Buffer, validTo: number): HistoryBytes | undefined {
    const packed = this.#engine.get(historyKey(this.#segment(validTo), key, validTo))
    return packed === undefined ? undefined : { validTo, ...unpackHistory(packed) }
  }

  latestWrite(key: Buffer, latest: LatestBytes | null): EngineWrite {
    return { key: latestKey(key), value: latest === null ? null : packLatest(latest.validFrom, latest.value) }
  }

  historyWrite(key: Buffer, version: HistoryBytes): EngineWrite {
    const { validFrom, validTo, value } = version
    return { key: historyKey(this.#segment(validTo), key, validTo), value: packHistory(validFrom, value) }
  }

  observedWrite(observedMs: number): EngineWrite {
    return { key: observedKey, value: packObserved(observedMs) }
  }

  /** Whether the segment in which a version ended lies behind the retention. */
  isExpired(validTo: number, observedMs: number): boolean {
    return this.#segment(validTo) < this.#oldestLive(observedMs)
  }

  /** Deletes of whole segments behind the retention. Looks only when another segment has expired. */
  *expired(observedMs: number): Generator<EngineWrite> {
    const oldestLive = this.#oldestLive(observedMs)
    if (oldestLive <= this.#emptyBelow) return
    this.#emptyBelow = oldestLive
    for (const { key } of this.#engine.range(historyStart(0), historyStart(oldestLive), false)) {
      yield { key: Buffer.from(key), value: null }
    }
  }

  /** What was known of empty segments is void: other data may have come. */
  forgetExpired(): void {
    this.#emptyBelow = 0
  }

  /** The first segment from this one on that exists. Leaving the loop closes the range. */
  #segmentFrom(segment: number): number | undefined {
    for (const { key } of this.#engine.range(historyStart(segment), undefined, false))
      return parseHistoryKey(key).segment
    return undefined
  }

  #oldestLive(observedMs: number): number {
    return this.#segment(Math.max(observedMs - this.#retentionMs, 0))
  }

  #segment(timeMs: number): number {
    return Math.floor(Math.max(timeMs, 0) / this.#intervalMs)
  }
}
