import type { OperatorContext } from '../processor/processor-context.ts'

const intervalSetting = '__emit.interval.ms.kstreams.windowed.aggregation__'
const intervalMsDefault = 1000

/**
 * When windows that have closed are due to be emitted: at most once per interval of wall-clock time, and only after
 * the time at which windows close has moved. How far it came is kept in the committed metadata of the task, so that
 * a restart does not emit a window again.
 */
export class WindowFinalEmission {
  readonly #context: OperatorContext<never, never>
  readonly #storeName: string
  readonly #intervalMs: number
  #nextAttemptMs = 0
  #lastCloseTimeMs: number | undefined

  constructor(context: OperatorContext<never, never>, storeName: string) {
    this.#context = context
    this.#storeName = storeName
    const interval = context.config[intervalSetting]
    this.#intervalMs = interval === undefined ? intervalMsDefault : Number(interval)
    this.#lastCloseTimeMs = context.processorMetadata(storeName)
  }

  /** The close time of the last emission; undefined before the first. */
  get lastCloseTimeMs(): number | undefined {
    return this.#lastCloseTimeMs
  }

  isDue(closeTimeMs: number): boolean {
    const nowMs = this.#context.currentSystemTimeMs
    if (nowMs < this.#nextAttemptMs) return false
    this.#nextAttemptMs = nowMs + this.#intervalMs
    return this.#lastCloseTimeMs === undefined || this.#lastCloseTimeMs < closeTimeMs
  }

  emitted(closeTimeMs: number): void {
    this.#lastCloseTimeMs = closeTimeMs
    this.#context.setProcessorMetadata(this.#storeName, closeTimeMs)
  }
}
