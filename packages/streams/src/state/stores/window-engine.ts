import type { Engine, EngineWrite } from '../engine/engine.ts'
import { engineWindowKey, parseEngineWindowKey, segmentIntervalMs, segmentOf, segmentPrefix } from './window-keys.ts'

export interface WindowEngineEntry {
  readonly key: Buffer
  readonly startMs: number
  readonly value: Buffer
}

/** The committed windows of a store, by segment of time, then key, then start. */
export class WindowEngine {
  readonly #engine: Engine
  readonly #intervalMs: number
  readonly #retentionMs: number
  /** Segments below this one are known to hold nothing. */
  #emptyBelow = 0

  constructor(engine: Engine, retentionMs: number) {
    this.#engine = engine
    this.#retentionMs = retentionMs
    this.#intervalMs = segmentIntervalMs(retentionMs)
  }

  key(key: Buffer, startMs: number): Buffer {
    return engineWindowKey(this.#segment(startMs), key, startMs, 0)
  }

  get(key: Buffer, startMs: number): Buffer | undefined {
    return this.#engine.get(this.key(key, startMs))
  }

  /** The latest window start that is committed, or −1: what the store had observed when it was closed. */
  latestStartMs(): number {
    for (const { key } of this.#engine.range(undefined, undefined, true)) {
      const segment = segmentOf(key)
      let latest = -1
      for (const entry of this.#engine.range(segmentPrefix(segment), undefined, false)) {
        latest = Math.max(latest, parseEngineWindowKey(entry.key).startMs)
      }
      return latest
    }
    return -1
  }

  /** Windows that start within the bounds, both inclusive; of one key, or of all. */
  *range(key: Buffer | undefined, fromMs: number, toMs: number): Generator<WindowEngineEntry> {
    if (key === undefined) {
      const end = toMs >= Number.MAX_SAFE_INTEGER ? undefined : segmentPrefix(this.#segment(toMs) + 1)
      yield* this.#within(this.#engine.range(segmentPrefix(this.#segment(fromMs)), end, false), fromMs, toMs)
      return
    }
    for (const segment of this.#segments(fromMs, toMs)) {
      const from = engineWindowKey(segment, key, fromMs, 0)
      const to = engineWindowKey(segment, key, Math.min(toMs, Number.MAX_SAFE_INTEGER - 1) + 1, 0)
      for (const entry of this.#within(this.#engine.range(from, to, false), fromMs, toMs)) {
        // A longer key may sort between the windows of this one.
        if (entry.key.length === key.length && entry.key.equals(key)) yield entry
      }
    }
  }

  /** Whether the whole segment of a window lies behind the retention. */
  isSegmentExpired(startMs: number, observedMs: number): boolean {
    return this.#segment(startMs) < this.#segment(Math.max(observedMs - this.#retentionMs, 0))
  }

  /** The store may take windows again that it had refused: what was known of empty segments is void. */
  forgetExpired(): void {
    this.#emptyBelow = 0
  }

  /**
   * Deletes of whole segments that lie behind the retention. Looks only when another segment has expired: a range makes
   * the memory engine sort, which took 160-300 ms of each commit with 500 k windows.
   */
  *expired(observedMs: number): Generator<EngineWrite> {
    const oldestLive = this.#segment(Math.max(observedMs - this.#retentionMs, 0))
    if (oldestLive <= this.#emptyBelow) return
    this.#emptyBelow = oldestLive
    for (const { key } of this.#engine.range(undefined, segmentPrefix(oldestLive), false)) {
      yield { key: Buffer.from(key), value: null }
    }
  }

  *#within(entries: ReturnType<Engine['range']>, fromMs: number, toMs: number): Generator<WindowEngineEntry> {
    for (const { key, value } of entries) {
      const parts = parseEngineWindowKey(key)
      if (parts.startMs >= fromMs && parts.startMs <= toMs) yield { key: parts.key, startMs: parts.startMs, value }
    }
  }

  /** Segments that exist between the bounds: jumps over stretches of time without windows. */
  *#segments(fromMs: number, toMs: number): Generator<number> {
    const last = this.#segment(Math.min(toMs, Number.MAX_SAFE_INTEGER))
    let segment = this.#segment(fromMs)
    while (segment <= last) {
      const found = this.#segmentFrom(segment)
      if (found === undefined || found > last) return
      yield found
      segment = found + 1
    }
  }

  /** The first segment from this one on that exists. Leaving the loop closes the range: in LMDB it holds a reader. */
  #segmentFrom(segment: number): number | undefined {
    for (const { key } of this.#engine.range(segmentPrefix(segment), undefined, false)) return segmentOf(key)
    return undefined
  }

  #segment(startMs: number): number {
    return Math.floor(startMs / this.#intervalMs)
  }
}
