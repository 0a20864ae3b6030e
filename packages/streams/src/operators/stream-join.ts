import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import type { JoinWindowStore } from '../state/stores/duplicates-window-store.ts'
import type { JoinSide, Unjoined, UnjoinedStore } from '../state/stores/unjoined-store.ts'
import { operatorContext } from './operator-context.ts'

const emitIntervalSetting = '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__'
const emitIntervalMsDefault = 1000

/** How far apart two records may be: `right - left` lies between `-beforeMs` and `afterMs`. */
export interface JoinSpan {
  readonly beforeMs: number
  readonly afterMs: number
  readonly graceMs: number
}

/** Keeps the records of one side for those that come later on the other. Java: `KStreamJoinWindow`. */
export class StreamJoinWindow<K, V> implements Processor<K, V, K, V> {
  readonly #storeName: string
  #context!: ProcessorContext<K, V>
  #store!: JoinWindowStore<K, V>

  constructor(storeName: string) {
    this.#storeName = storeName
  }

  init(context: ProcessorContext<K, V>): void {
    this.#context = context
    this.#store = context.getStateStore(this.#storeName)
  }

  process(record: Record<K, V>): void {
    // First the join, so that a record never meets itself.
    this.#context.forward(record)
    const { key, value, timestamp } = record
    if (key === null) return
    if (value === null) this.#store.putNull(key, timestamp)
    else this.#store.putValue(key, value, timestamp, record.headersIfPresent?.copy(), timestamp)
  }
}

export interface StreamJoinSideOptions<K, Own, Other, Result> {
  readonly side: JoinSide
  readonly otherStoreName: string
  readonly span: JoinSpan
  /** One of the two is missing in results without a match. */
  readonly joiner: (key: K, own: Own | null, other: Other | null) => Result
  /** A record of this side has a result although nothing matches it. */
  readonly resultsAlone: boolean
  /** Where records wait for a match; undefined in inner joins, and where results without a match come at once. */
  readonly unjoinedStoreName: string | undefined
}

/**
 * One side of a join of two streams: each record meets those of the other side within its window. Records of outer
 * joins without a match wait until their window has closed. Java: `KStreamKStreamJoin`.
 */
export class StreamJoinSide<K, Own, Other, Result> implements Processor<K, Own, K, Result> {
  readonly #options: StreamJoinSideOptions<K, Own, Other, Result>
  readonly #beforeMs: number
  readonly #afterMs: number
  #context!: OperatorContext<K, Result>
  #other!: JoinWindowStore<K, Other>
  #unjoined: UnjoinedStore<K> | undefined
  #emitIntervalMs = emitIntervalMsDefault

  constructor(options: StreamJoinSideOptions<K, Own, Other, Result>) {
    const { side, span } = options
    this.#options = options
    this.#beforeMs = side === 'left' ? span.beforeMs : span.afterMs
    this.#afterMs = side === 'left' ? span.afterMs : span.beforeMs
  }

  init(context: ProcessorContext<K, Result>): void {
    const { otherStoreName, unjoinedStoreName } = this.#options
    this.#context = operatorContext(context)
    this.#other = context.getStateStore(otherStoreName)
    if (unjoinedStoreName !== undefined) this.#unjoined = context.getStateStore(unjoinedStoreName)
    const interval = this.#context.config[emitIntervalSetting]
    if (interval !== undefined) this.#emitIntervalMs = Number(interval)
  }

  process(record: Record<K, Own>): void {
    const { key, value, timestamp } = record
    const unjoined = this.#unjoined
    if (unjoined !== undefined && timestamp > unjoined.streamTimeMs) unjoined.streamTimeMs = timestamp
    const { resultsAlone, joiner } = this.#options
    if (value === null || (key === null && !resultsAlone)) {
      return this.#context.recordDropped('null key or value')
    }
    // Without a key there is nothing to wait for.
    if (key === null) return this.#context.forward(record.withValue(joiner(key, value, null)))
    if (unjoined !== undefined && timestamp === unjoined.streamTimeMs) this.#emitClosed(unjoined, record)
    const toMs = Math.max(0, timestamp + this.#afterMs)
    if (this.#joinMatches(record, Math.max(0, timestamp - this.#beforeMs), toMs) || !resultsAlone) return
    if (unjoined === undefined || toMs < unjoined.streamTimeMs) {
      this.#context.forward(record.withValue(joiner(key, value, null)))
    } else unjoined.add(this.#options.side, key, timestamp, value)
  }

  /** False when nothing matches. */
  #joinMatches(record: Record<K, Own>, fromMs: number, toMs: number): boolean {
    const { key, value, timestamp } = record
    const { joiner, side } = this.#options
    const matches = this.#other.matches(key, fromMs, toMs)
    const otherSide = side === 'left' ? 'right' : 'left'
    for (let index = 0; index < matches.length; index++) {
      const match = matches[index]
      if (match === undefined) break
      this.#unjoined?.matched(otherSide, key, match.timeMs)
      const joined = record.withValue(joiner(key, value, match.value))
      this.#context.forward(match.timeMs > timestamp ? joined.withTimestamp(match.timeMs) : joined)
    }
    return matches.length > 0
  }

  /** Gives out what has waited in vain, at most once per interval of wall-clock time. */
  #emitClosed(unjoined: UnjoinedStore<K>, record: Record<K, Own>): void {
    const { graceMs, beforeMs, afterMs } = this.#options.span
    if (unjoined.minTimeMs + this.#afterMs + graceMs >= unjoined.streamTimeMs) return
    const nowMs = this.#context.currentSystemTimeMs
    if (nowMs < unjoined.nextEmitMs) return
    unjoined.nextEmitMs = nowMs + this.#emitIntervalMs
    unjoined.minTimeMs = Infinity
    const isOpen = { left: false, right: false }
    let last: Unjoined | undefined
    for (const entry of unjoined.all()) {
      unjoined.minTimeMs = entry.timestamp
      if (isOpen.left && isOpen.right) break
      const waitMs = entry.side === 'left' ? afterMs : beforeMs
      if (entry.timestamp + waitMs + graceMs >= unjoined.streamTimeMs) {
        // What comes later on this side is open, too; the other side may have another window.
        isOpen[entry.side] = true
        continue
      }
      this.#emit(unjoined, entry, record)
      // Removed only when all its values have been given out: a crash repeats some, and loses none.
      if (last !== undefined) unjoined.remove(last)
      last = entry
    }
    if (last !== undefined) unjoined.remove(last)
  }

  #emit(unjoined: UnjoinedStore<K>, entry: Unjoined, record: Record<K, Own>): void {
    const { side, joiner } = this.#options
    const key = unjoined.keyOf(entry)
    for (const value of unjoined.valuesOf(entry)) {
      // The store has values of both sides; which they are, the side of the entry says.
      const result = entry.side === side ? joiner(key, value as Own, null) : joiner(key, null, value as Other)
      this.#context.forward(record.withKey(key).withValue(result).withTimestamp(entry.timestamp))
    }
  }
}
