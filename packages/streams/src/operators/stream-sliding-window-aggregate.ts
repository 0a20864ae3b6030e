import type { Aggregation } from './aggregation.ts'
import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import type { LiveWindows } from '../state/live-reads.ts'
import type { TimestampedWindowStore, ValueAndTimestamp } from '../state/store.ts'
import { StreamsError } from '../errors.ts'
import { Windowed } from '../state/store.ts'
import { operatorContext } from './operator-context.ts'
import { TupleForwarder } from './tuple-forwarder.ts'
import { WindowFinalEmission } from './window-final-emission.ts'

export interface SlidingWindowAggregateOptions<K, V, A> {
  readonly storeName: string
  readonly timeDifferenceMs: number
  readonly graceMs: number
  readonly aggregation: Aggregation<K, V, A>
  readonly emitFinal: boolean
  readonly sendOldValues: boolean
  readonly valuesAreImmutable: boolean
}

/** A window that is in the store already. */
interface StoredWindow<A> {
  readonly startMs: number
  readonly stored: ValueAndTimestamp<A>
}

/**
 * `count`, `reduce` and `aggregate` in sliding windows. There is a window for each different set of records of a key
 * that lie no further apart than the time difference: one that ends with each record (its *left* window), and one that
 * begins right behind each record (its *right* window) once a later record falls into it. The timestamp of a stored
 * window is that of its latest record, which tells how far it is filled.
 *
 * Records earlier than the time difference would have left windows that begin before 0: they share the window from 0.
 */
export class StreamSlidingWindowAggregate<K, V, A> implements Processor<K, V, Windowed<K>, Change<A>> {
  readonly #options: SlidingWindowAggregateOptions<K, V, A>
  readonly #aggregation: Aggregation<K, V, A>
  readonly #differenceMs: number
  #context!: OperatorContext<Windowed<K>, Change<A>>
  #store!: TimestampedWindowStore<K, A> & LiveWindows<K, ValueAndTimestamp<A>>
  #forwarder!: TupleForwarder<Windowed<K>, A>
  #emission: WindowFinalEmission | undefined
  #sendsOldValues = false
  #needsSnapshot = false
  #observedStreamTimeMs = -1
  /** Starts of the windows found around the current record. */
  readonly #starts = new Set<number>()

  constructor(options: SlidingWindowAggregateOptions<K, V, A>) {
    this.#options = options
    this.#aggregation = options.aggregation
    this.#differenceMs = options.timeDifferenceMs
  }

  init(context: ProcessorContext<Windowed<K>, Change<A>>): void {
    const { storeName, sendOldValues, valuesAreImmutable, emitFinal } = this.#options
    this.#context = operatorContext(context)
    this.#store = context.getStateStore(storeName)
    this.#forwarder = new TupleForwarder<Windowed<K>, A>(emitFinal ? undefined : this.#store, context, sendOldValues)
    this.#sendsOldValues = sendOldValues && !this.#forwarder.isCached
    this.#needsSnapshot = this.#sendsOldValues && !valuesAreImmutable
    if (emitFinal) this.#emission = new WindowFinalEmission(operatorContext(context), storeName)
  }

  process(record: Record<K, V>): void {
    const { key, value, timestamp } = record
    if (key === null || value === null) {
      this.#context.recordDropped('null key or value')
      return
    }
    if (timestamp > this.#observedStreamTimeMs) this.#observedStreamTimeMs = timestamp
    const closeTimeMs = this.#observedStreamTimeMs - this.#options.graceMs
    if (timestamp + this.#differenceMs < closeTimeMs) {
      this.#context.recordDropped('expired window')
      return
    }
    this.#starts.clear()
    if (timestamp < this.#differenceMs) {
      this.#processEarly(record, closeTimeMs)
      return
    }
    this.#processLater(record, closeTimeMs)
    if (this.#emission !== undefined) this.#emitClosed(record, closeTimeMs, this.#emission)
  }

  #processLater(record: Record<K, V>, closeTimeMs: number): void {
    const { key, timestamp } = record
    const differenceMs = this.#differenceMs
    let right: ValueAndTimestamp<A> | undefined
    let left: StoredWindow<A> | undefined
    let hasLeft = false
    let hasRight = false
    let previousMs: number | undefined
    // From the latest start down: one beyond the record, to see its right window without a lookup of its own.
    const fromMs = Math.max(0, timestamp - 2 * differenceMs)
    for (const [startMs, stored] of this.#store.liveWindows(key, fromMs, timestamp + 1, 'descending')) {
      this.#starts.add(startMs)
      const endMs = startMs + differenceMs
      if (startMs === timestamp + 1) {
        hasRight = true
      } else if (endMs > timestamp) {
        right ??= hasRight ? stored : this.#rightCopy(key, startMs, stored, timestamp)
        this.#updateStored(record, { startMs, stored }, closeTimeMs)
      } else if (endMs === timestamp) {
        hasLeft = true
        // Read before the update, which may be in place.
        const latestMs = stored.timestamp
        this.#updateStored(record, { startMs, stored }, closeTimeMs)
        // Another record has the same timestamp: all windows that hold it exist.
        if (latestMs >= timestamp) return
        previousMs = latestMs
      } else {
        left = { startMs, stored }
        previousMs = stored.timestamp
        break
      }
    }
    if (previousMs !== undefined && !this.#starts.has(previousMs + 1) && previousMs + 1 + differenceMs >= timestamp) {
      this.#updateNew(record, previousMs + 1, closeTimeMs)
    }
    if (!hasLeft) this.#createLeft(record, left, closeTimeMs)
    if (!hasRight) this.#createRight(record, right)
  }

  #processEarly(record: Record<K, V>, closeTimeMs: number): void {
    const { key, timestamp } = record
    let combined: StoredWindow<A> | undefined
    let right: ValueAndTimestamp<A> | undefined
    let hasRight = false
    let previousMs: number | undefined
    for (const [startMs, stored] of this.#store.liveWindows(key, 0, timestamp + 1, 'ascending')) {
      this.#starts.add(startMs)
      if (startMs === 0) {
        combined = { startMs, stored }
        // A later record would have made the right window of the previous one already.
        if (stored.timestamp < timestamp) previousMs = stored.timestamp
      } else if (startMs <= timestamp) {
        right = this.#rightCopy(key, startMs, stored, timestamp)
        this.#updateStored(record, { startMs, stored }, closeTimeMs)
      } else {
        hasRight = true
      }
    }
    // Without a window in between, what the combined one holds is all later than the record, or all earlier.
    if (right === undefined && combined !== undefined) right = this.#rightCopy(key, 0, combined.stored, timestamp)
    if (!hasRight) this.#createRight(record, right)
    if (previousMs !== undefined && !this.#starts.has(previousMs + 1)) {
      this.#updateNew(record, previousMs + 1, closeTimeMs)
    }
    if (combined === undefined) this.#updateNew(record, 0, closeTimeMs)
    else this.#updateStored(record, combined, closeTimeMs)
  }

  /** What a window held before this record, if that will begin the record's right window: then safe from updates. */
  #rightCopy(key: K, startMs: number, stored: ValueAndTimestamp<A>, timestamp: number): ValueAndTimestamp<A> {
    if (stored.timestamp <= timestamp || this.#options.valuesAreImmutable) return stored
    return this.#store.snapshot(key, startMs) ?? stored
  }

  /** The left window begins with what the previous record's one holds, if that record is near enough. */
  #createLeft(record: Record<K, V>, left: StoredWindow<A> | undefined, closeTimeMs: number): void {
    const { key, timestamp } = record
    const startMs = timestamp - this.#differenceMs
    if (left === undefined || left.stored.timestamp < startMs) {
      this.#updateNew(record, startMs, closeTimeMs)
      return
    }
    // A window that was never told has no old value. Java gives that of the other window, which what is grouped anew
    // downstream would take away without ever having had it.
    this.#update(record, startMs, this.#copy(key, left), timestamp, null, closeTimeMs)
  }

  /** The right window of a record exists as soon as there is a later record in it. */
  #createRight(record: Record<K, V>, right: ValueAndTimestamp<A> | undefined): void {
    const { key, timestamp } = record
    if (right === undefined || right.timestamp <= timestamp) return
    const startMs = timestamp + 1
    this.#store.put(key, right, startMs)
    this.#forward(record, startMs, right.value, null, right.timestamp)
  }

  #copy(key: K, { startMs, stored }: StoredWindow<A>): A {
    if (this.#options.valuesAreImmutable) return stored.value
    return this.#store.snapshot(key, startMs)?.value ?? stored.value
  }

  #updateNew(record: Record<K, V>, startMs: number, closeTimeMs: number): void {
    // The right window of the previous record may be the left one of this: it is made twice, as in Java, where the
    // second time has no old value, so that what is grouped anew downstream would have it twice.
    const told = this.#sendsOldValues ? this.#store.snapshot(record.key, startMs) : null
    this.#update(
      record,
      startMs,
      this.#aggregation.initializer(),
      record.timestamp,
      told === null ? this.#initialOld() : told.value,
      closeTimeMs,
    )
  }

  /** Java hands on what the initializer made as the first old value; an aggregator may change it in place. */
  #initialOld(): A | null {
    return this.#sendsOldValues ? this.#aggregation.initializer() : null
  }

  #updateStored(record: Record<K, V>, window: StoredWindow<A>, closeTimeMs: number): void {
    const { startMs, stored } = window
    const old = this.#needsSnapshot ? this.#copy(record.key, window) : stored.value
    this.#update(record, startMs, stored.value, stored.timestamp, old, closeTimeMs)
  }

  #update(
    record: Record<K, V>,
    startMs: number,
    before: A | null,
    beforeMs: number,
    old: A | null,
    closeTimeMs: number,
  ): void {
    if (this.#differenceMs === 0) throw needsDifference(startMs)
    if (startMs + this.#differenceMs < closeTimeMs) {
      this.#context.recordDropped('expired window')
      return
    }
    const { key, value, timestamp: recordMs } = record
    const next = this.#aggregation.aggregator(key, value, before)
    const timestamp = before === null ? recordMs : Math.max(recordMs, beforeMs)
    this.#store.put(key, next === null ? null : { value: next, timestamp }, startMs)
    this.#forward(record, startMs, next, old, timestamp)
  }

  #forward(record: Record<K, V>, startMs: number, next: A | null, old: A | null, timestamp: number): void {
    if (this.#emission !== undefined || this.#forwarder.isCached) return
    const windowed = new Windowed(record.key, { startMs, endMs: startMs + this.#differenceMs })
    this.#forwarder.forward(windowed, next, old, timestamp, record)
  }

  #emitClosed(record: Record<K, V>, closeTimeMs: number, emission: WindowFinalEmission): void {
    if (!emission.isDue(closeTimeMs)) return
    const last = emission.lastCloseTimeMs
    const fromMs = last === undefined ? 0 : Math.max(0, last - this.#differenceMs)
    // The end belongs to the window, which is closed only beyond it.
    const toMs = closeTimeMs - this.#differenceMs - 1
    if (toMs < 0) return
    for (const { key, value } of this.#store.fetchAll(fromMs, toMs)) {
      this.#forwarder.forward(key, value.value, null, value.timestamp, record)
    }
    emission.emitted(closeTimeMs)
  }
}

function needsDifference(startMs: number): StreamsError {
  return new StreamsError(
    `Sliding windows with a time difference of 0 have no length: a window from ${startMs} to ${startMs}. Use a time difference of at least 1 ms`,
    { code: 'INVALID_ARGUMENT' },
  )
}
