import type { OnAcknowledged, Producer } from '@streamwright/client'
import { deferred, delay } from '@streamwright/std'
import type { Environment } from '@streamwright/std'
import { LatencyStats } from './latency-stats.ts'
import type { IntervalReport } from './latency-stats.ts'
import type { Payloads } from './payloads.ts'

/** After so many bytes the event loop has its turn: batches have to go out, and acknowledgements to come in. */
const bytesPerTurn = 65_536
/** A throttled writer does not rest for less: timers are not that exact. Java's neither. */
const restMinMs = 2

/** What is to be written, and how fast. */
export interface WritingPlan {
  readonly topic: string
  readonly records: number
  /** The first of them, which are not part of the steady state. */
  readonly warmupRecords: number
  readonly payloads: Payloads
  /** Records a second: all that are possible below 0, none at 0, after those of the first millisecond. */
  readonly throughput: number
  /** Transactions are committed when they are that old. Undefined: there are none. */
  readonly transactionMs: number | undefined
  readonly reportingIntervalMs: number
}

/** What happens on the way. */
export interface WritingEvents {
  interval(report: IntervalReport): void
  steadyState(): void
  failed(error: Error): void
}

/** Writes records one after the other, and measures how long each takes from here to its acknowledgement. */
export class PerfWriter {
  readonly #producer: Producer
  readonly #plan: WritingPlan
  readonly #events: WritingEvents
  readonly #environment: Environment
  readonly #interrupted: AbortSignal
  readonly stats: LatencyStats
  #steadyState: LatencyStats | undefined
  #shared: OnAcknowledged | undefined
  #sharedStartMs = -1
  #sharedBytes = -1
  #ackedAtMs = 0
  #wake: (() => void) | undefined

  constructor(
    producer: Producer,
    plan: WritingPlan,
    events: WritingEvents,
    { environment, interrupted }: { readonly environment: Environment; readonly interrupted: AbortSignal },
  ) {
    this.#producer = producer
    this.#plan = plan
    this.#events = events
    this.#environment = environment
    this.#interrupted = interrupted
    this.stats = new LatencyStats(environment.clock, plan.records, plan.reportingIntervalMs, (report) => {
      // From the first record of the steady state on, the intervals are those of the steady state.
      if (this.#steadyState === undefined) events.interval(report)
    })
  }

  /** Of the records after those for warming up; undefined until then, and where there are none. */
  get steadyState(): LatencyStats | undefined {
    return this.#steadyState
  }

  /** Resolves when all records were given to the producer, or the user wants an end. Rejects when a transaction fails. */
  async run(): Promise<void> {
    const stop = (): void => this.#wake?.()
    this.#interrupted.addEventListener('abort', stop, { once: true })
    try {
      await this.#write()
    } finally {
      this.#interrupted.removeEventListener('abort', stop)
    }
  }

  /** 0.35 µs a record of 100 bytes, with its payload and the producer's part. */
  async #write(): Promise<void> {
    const producer = this.#producer
    const { clock } = this.#environment
    const { topic, records, warmupRecords, payloads, throughput, transactionMs } = this.#plan
    const startMs = clock.wallMs()
    let transactionStartMs: number | undefined
    let bytesInTurn = 0
    for (let index = 0; index < records && !this.#interrupted.aborted; index++) {
      const value = payloads(index)
      if (transactionMs !== undefined && transactionStartMs === undefined) {
        producer.beginTransaction()
        transactionStartMs = clock.wallMs()
      }
      const sentAtMs = clock.wallMs()
      if (warmupRecords > 0 && index === warmupRecords) this.#beginSteadyState()
      if (producer.isFull) await this.#unlessInterrupted(producer.drained())
      const acknowledged = this.#acknowledgement(sentAtMs, value.length)
      producer.append(topic, undefined, sentAtMs, null, value, undefined, acknowledged)
      if (transactionStartMs !== undefined && sentAtMs - transactionStartMs >= (transactionMs ?? 0)) {
        await producer.commitTransaction()
        transactionStartMs = undefined
      }
      if (throughput >= 0) await this.#rest(startMs, index, sentAtMs)
      bytesInTurn += value.length
      if (bytesInTurn >= bytesPerTurn) {
        bytesInTurn = 0
        const turn = deferred()
        this.#environment.timers.afterIo(() => turn.resolve())
        await turn.promise
      }
    }
    if (transactionStartMs !== undefined && !this.#interrupted.aborted) await producer.commitTransaction()
  }

  #beginSteadyState(): void {
    const { records, warmupRecords, reportingIntervalMs } = this.#plan
    this.#steadyState = new LatencyStats(
      this.#environment.clock,
      records - warmupRecords,
      reportingIntervalMs,
      (report, isFirst) => {
        if (isFirst) this.#events.steadyState()
        this.#events.interval(report)
      },
    )
    this.#sharedStartMs = -1
  }

  /** One for all records of equal length in a millisecond, which is what latencies are measured in. */
  #acknowledgement(startMs: number, bytes: number): OnAcknowledged {
    if (this.#shared !== undefined && startMs === this.#sharedStartMs && bytes === this.#sharedBytes)
      return this.#shared
    const { stats } = this
    const steadyState = this.#steadyState
    this.#sharedStartMs = startMs
    this.#sharedBytes = bytes
    this.#shared = (error, _partition, _baseOffset, indexInBatch) => {
      if (error !== null) return this.#events.failed(error)
      // The records of a batch are acknowledged at once, the first of them first.
      if (indexInBatch === 0) this.#ackedAtMs = this.#environment.clock.wallMs()
      const nowMs = this.#ackedAtMs
      stats.record(nowMs - startMs, bytes, nowMs)
      steadyState?.record(nowMs - startMs, bytes, nowMs)
    }
    return this.#shared
  }

  /** Waits while more was written than the throughput allows for the time that it took; for ever if it allows nothing. */
  async #rest(startMs: number, index: number, nowMs: number): Promise<void> {
    const { throughput } = this.#plan
    if (throughput === 0) return index > 0 && nowMs > startMs ? this.#unlessInterrupted(deferred().promise) : undefined
    const restMs = startMs + (index * 1000) / throughput - nowMs
    if (restMs >= restMinMs) await delay(this.#environment.timers, restMs, this.#interrupted).catch(() => undefined)
  }

  /** Resolves with `promise`, or when the user wants an end; leaves nothing behind at the signal. */
  #unlessInterrupted(promise: Promise<void>): Promise<void> {
    if (this.#interrupted.aborted) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#wake = resolve
      promise.then(resolve, reject)
    })
  }
}
