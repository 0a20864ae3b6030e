import { ErrorCode } from '@streamwright/protocol'
import type { Clock } from '@streamwright/std'
import type { QuotaSensor } from './quota-sensors.ts'

/** What a request is answered that would make or delete too many partitions, in Kafka's words. */
export const mutationRefusal: { readonly errorCode: number; readonly errorMessage: string } = {
  errorCode: ErrorCode.THROTTLING_QUOTA_EXCEEDED,
  errorMessage: 'The throttling quota has been exceeded.',
}

/** The quota of changes for one request. */
export class MutationQuota {
  readonly #sensor: QuotaSensor | undefined
  readonly #isStrict: boolean
  readonly #clock: Clock
  #throttleMs = 0

  constructor(sensor: QuotaSensor | undefined, isStrict: boolean, clock: Clock) {
    this.#sensor = sensor
    this.#isStrict = isStrict
    this.#clock = clock
  }

  /** For how long the client is to be silent. */
  get throttleMs(): number {
    return this.#throttleMs
  }

  /** Whether so many partitions may be made or deleted; then they count. */
  take(partitions: number): boolean {
    const sensor = this.#sensor
    if (sensor === undefined) return true
    const nowMs = this.#clock.monotonicMs()
    if (this.#isStrict) {
      const owedMs = sensor.tokens.owedMs(sensor.limit, nowMs)
      if (owedMs > 0) {
        this.#throttleMs = owedMs
        return false
      }
      sensor.tokens.take(partitions, sensor.limit, nowMs)
      return true
    }
    sensor.tokens.take(partitions, sensor.limit, nowMs)
    this.#throttleMs = sensor.tokens.owedMs(sensor.limit, nowMs)
    return true
  }
}
