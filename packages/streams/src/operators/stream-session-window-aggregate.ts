import type { Change } from '../processor/change.ts'
import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'
import type { Processor } from '../processor/processor.ts'
import type { Record } from '../processor/record.ts'
import type { LiveSessions } from '../state/live-reads.ts'
import type { KeyValue, SessionStore } from '../state/store.ts'
import type { SessionAggregation } from './session-aggregation.ts'
import { Windowed } from '../state/store.ts'
import { operatorContext } from './operator-context.ts'
import { TupleForwarder } from './tuple-forwarder.ts'
import { WindowFinalEmission } from './window-final-emission.ts'

export interface SessionWindowAggregateOptions<K, V, A> {
  readonly storeName: string
  readonly inactivityGapMs: number
  readonly graceMs: number
  readonly aggregation: SessionAggregation<K, V, A>
  readonly emitFinal: boolean
  readonly sendOldValues: boolean
  readonly valuesAreImmutable: boolean
}

/**
 * `count`, `reduce` and `aggregate` in sessions. A record unites all sessions of its key that are no further away than
 * the gap, itself included: they are removed, and the united one is put under its new bounds.
 */
export class StreamSessionWindowAggregate<K, V, A> implements Processor<K, V, Windowed<K>, Change<A>> {
  readonly #options: SessionWindowAggregateOptions<K, V, A>
  readonly #aggregation: SessionAggregation<K, V, A>
  #context!: OperatorContext<Windowed<K>, Change<A>>
  #store!: SessionStore<K, unknown> & LiveSessions<K, A>
  #forwarder!: TupleForwarder<Windowed<K>, A>
  #emission: WindowFinalEmission | undefined
  #needsSnapshot = false
  #observedStreamTimeMs = -1

  constructor(options: SessionWindowAggregateOptions<K, V, A>) {
    this.#options = options
    this.#aggregation = options.aggregation
  }

  init(context: ProcessorContext<Windowed<K>, Change<A>>): void {
    const { storeName, sendOldValues, valuesAreImmutable, emitFinal } = this.#options
    this.#context = operatorContext(context)
    this.#store = context.getStateStore(storeName)
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
    const { inactivityGapMs, graceMs } = this.#options
    const closeTimeMs = this.#observedStreamTimeMs - graceMs - inactivityGapMs
    const sessions = this.#store.liveSessions(key, timestamp - inactivityGapMs, timestamp + inactivityGapMs)
    let startMs = timestamp
    let endMs = timestamp
    for (const { key: session } of sessions) {
      startMs = Math.min(startMs, session.window.startMs)
      endMs = Math.max(endMs, session.window.endMs)
    }
    if (endMs < closeTimeMs) this.#context.recordDropped('expired window')
    else this.#unite(record, sessions, startMs, endMs)
    if (this.#emission !== undefined) this.#emitClosed(record, closeTimeMs, this.#emission)
  }

  #unite(record: Record<K, V>, sessions: readonly KeyValue<Windowed<K>, A>[], startMs: number, endMs: number): void {
    const { key } = record
    // Before anything is merged, which may be in place.
    const olds = this.#needsSnapshot ? sessions.map((session) => this.#store.snapshotLive(session.key)) : undefined
    let aggregate = this.#aggregation.initializer()
    for (const { value } of sessions) aggregate = this.#aggregation.merger(key, aggregate, value)
    const oldOf = (index: number): A | null => (olds === undefined ? sessions[index]?.value : olds[index]) ?? null
    // One session of a single moment that stays as it is is overwritten.
    const isOverwritten = startMs === record.timestamp && endMs === record.timestamp
    if (!isOverwritten) {
      for (const [index, session] of sessions.entries()) {
        this.#store.remove(session.key)
        this.#forward(session.key, null, oldOf(index))
      }
    }
    const next = this.#aggregation.aggregator(key, record.value, aggregate)
    const united = new Windowed(key, { startMs, endMs })
    this.#store.putLive(united, next)
    // Java gives no old value here, so that what is grouped anew downstream would have the session twice.
    this.#forward(united, next, isOverwritten ? oldOf(0) : null)
  }

  #forward(session: Windowed<K>, next: A | null, old: A | null): void {
    if (this.#emission === undefined) this.#forwarder.forward(session, next, old, session.window.endMs, undefined)
  }

  #emitClosed(record: Record<K, V>, closeTimeMs: number, emission: WindowFinalEmission): void {
    if (!emission.isDue(closeTimeMs)) return
    const fromMs = Math.max(0, emission.lastCloseTimeMs ?? 0)
    // The end belongs to the session, which is closed only beyond it. A session may be a single moment.
    const toMs = closeTimeMs - 1
    if (toMs < fromMs) return
    for (const { key, value } of this.#store.closedSessions(fromMs, toMs)) {
      this.#forwarder.forward(key, value, null, key.window.endMs, record)
    }
    emission.emitted(closeTimeMs)
  }
}
