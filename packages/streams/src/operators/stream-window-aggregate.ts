import type { Aggregation } from './aggregation.ts'
import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import type { TimestampedWindowStore } from '../state/store.ts'
import { Windowed } from '../state/store.ts'
import { operatorContext } from './operator-context.ts'
import { TupleForwarder } from './tuple-forwarder.ts'
import { WindowFinalEmission } from './window-final-emission.ts'

export interface WindowAggregateOptions<K, V, A> {
  readonly storeName: string
  readonly windows: WindowGrid
  readonly aggregation: Aggregation<K, V, A>
  readonly emitFinal: boolean
  readonly sendOldValues: boolean
  readonly valuesAreImmutable: boolean
}

/** Where windows begin, as arithmetic: no list of windows is made per record. */
export interface WindowGrid {
  readonly sizeMs: number
  /** Distance between two starts; beyond every timestamp when there is only one window. */
  readonly advanceMs: number
  readonly graceMs: number
  /** Start of the first window; windows of `TimeWindows` begin at 0. */
  readonly originMs: number
}

/** The first window that holds a timestamp; at or after the timestamp's successor when none does. */
export function firstWindowStart(grid: WindowGrid, timestampMs: number): number {
  const { sizeMs, advanceMs, originMs } = grid
  if (timestampMs < originMs + sizeMs) return originMs
  return Math.floor((timestampMs - sizeMs + advanceMs) / advanceMs) * advanceMs
}

/** `count`, `reduce` and `aggregate` in tumbling, hopping and unlimited windows: one row per key and window. */
export class StreamWindowAggregate<K, V, A> implements Processor<K, V, Windowed<K>, Change<A>> {
  readonly #options: WindowAggregateOptions<K, V, A>
  readonly #grid: WindowGrid
  readonly #aggregation: Aggregation<K, V, A>
  #context!: OperatorContext<Windowed<K>, Change<A>>
  #store!: TimestampedWindowStore<K, A>
  #forwarder!: TupleForwarder<Windowed<K>, A>
  #emission: WindowFinalEmission | undefined
  #needsSnapshot = false
  #observedStreamTimeMs = -1

  constructor(options: WindowAggregateOptions<K, V, A>) {
    this.#options = options
    this.#grid = options.windows
    this.#aggregation = options.aggregation
  }

  init(context: ProcessorContext<Windowed<K>, Change<A>>): void {
    const { storeName, sendOldValues, valuesAreImmutable, emitFinal } = this.#options
    this.#context = operatorContext(context)
    this.#store = context.getStateStore(storeName)
    // Closed windows are emitted by this operator, whether the store has a record cache or not.
    this.#forwarder = new TupleForwarder<Windowed<K>, A>(emitFinal ? undefined : this.#store, context, sendOldValues)
    this.#needsSnapshot = sendOldValues && !this.#forwarder.isCached && !valuesAreImmutable
    if (emitFinal) this.#emission = new WindowFinalEmission(operatorContext(context), storeName)
  }

  process(record: Record<K, V>): void {
    const { key, timestamp } = record
    if (key === null) {
      this.#context.recordDropped('null key')
      return
    }
    if (timestamp > this.#observedStreamTimeMs) this.#observedStreamTimeMs = timestamp
    const { sizeMs, advanceMs, graceMs } = this.#grid
    const closeTimeMs = this.#observedStreamTimeMs - graceMs
    for (let start = firstWindowStart(this.#grid, timestamp); start <= timestamp; start += advanceMs) {
      if (start + sizeMs > closeTimeMs) this.#update(record, start, start + sizeMs)
      else this.#context.recordDropped('expired window')
    }
    if (this.#emission !== undefined) this.#emitClosed(record, closeTimeMs, this.#emission)
  }

  #update(record: Record<K, V>, startMs: number, endMs: number): void {
    const { key } = record
    const stored = this.#store.fetch(key, startMs)
    let timestamp = record.timestamp
    let aggregate: A | null
    let old: A | null
    if (stored === null) {
      aggregate = this.#aggregation.initializer()
      old = this.#needsSnapshot ? this.#aggregation.initializer() : aggregate
    } else {
      aggregate = stored.value
      old = this.#needsSnapshot ? (this.#store.snapshot(key, startMs)?.value ?? null) : aggregate
      if (stored.timestamp > timestamp) timestamp = stored.timestamp
    }
    const next = this.#aggregation.aggregator(key, record.value, aggregate)
    this.#store.put(key, next === null ? null : { value: next, timestamp }, startMs)
    if (this.#emission !== undefined || this.#forwarder.isCached) return
    this.#forwarder.forward(new Windowed(key, { startMs, endMs }), next, old, timestamp, record)
  }

  #emitClosed(record: Record<K, V>, closeTimeMs: number, emission: WindowFinalEmission): void {
    if (!emission.isDue(closeTimeMs)) return
    const last = emission.lastCloseTimeMs
    const { sizeMs } = this.#grid
    const fromMs = last === undefined ? 0 : Math.max(0, last - sizeMs) + 1
    const toMs = closeTimeMs - sizeMs
    if (last === undefined ? toMs < 0 : this.#hasSameWindows(fromMs - 1, toMs)) return
    for (const entry of this.#store.fetchAll(fromMs, toMs)) {
      this.#forwarder.forward(entry.key, entry.value.value, null, entry.value.timestamp, record)
    }
    emission.emitted(closeTimeMs)
  }

  // No window has closed in between when both times lie in exactly the same windows.
  #hasSameWindows(leftMs: number, rightMs: number): boolean {
    if (leftMs < 0 || rightMs < 0) return leftMs < 0 && rightMs < 0
    const { advanceMs } = this.#grid
    const sameFirst = firstWindowStart(this.#grid, leftMs) === firstWindowStart(this.#grid, rightMs)
    return sameFirst && Math.floor(leftMs / advanceMs) === Math.floor(rightMs / advanceMs)
  }
}
