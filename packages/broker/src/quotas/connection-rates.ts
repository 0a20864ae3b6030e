import type { Clock } from '@streamwright/std'
import { quotaSensorsMax } from '../limits.ts'
import type { MetadataState } from '../metadata/metadata-state.ts'
import { hostText } from '../security/acl-index.ts'
import type { QuotaWindows } from './windowed-rate.ts'
import { WindowedRate } from './windowed-rate.ts'

const quotaName = 'connection_creation_rate'

/** Holds addresses to the connections that they may open per second. */
export class ConnectionRates {
  readonly #state: MetadataState
  readonly windows: QuotaWindows
  readonly #clock: Clock
  readonly #rates = new Map<string, WindowedRate>()
  readonly #limits = new Map<string, number>()
  #defaultLimit = Infinity

  constructor(state: MetadataState, windows: QuotaWindows, clock: Clock) {
    this.#state = state
    this.windows = windows
    this.#clock = clock
    this.readLimits()
  }

  /** After quotas were changed. */
  readLimits(): void {
    this.#limits.clear()
    this.#defaultLimit = Infinity
    for (const { entity, values } of this.#state.clientQuotas.values()) {
      const limit = values.get(quotaName)
      if (entity.ip === undefined || limit === undefined) continue
      if (entity.ip === null) this.#defaultLimit = limit
      else this.#limits.set(hostText(entity.ip), limit)
    }
  }

  /** Counts a connection from a client (`/10.0.0.1`). Above 0, it is not to be served, and to be closed after that time. */
  connected(clientHost: string): number {
    const limit = this.#limits.get(clientHost) ?? this.#defaultLimit
    if (limit === Infinity) return 0
    const nowMs = this.#clock.monotonicMs()
    const rate = this.#rateOf(clientHost)
    rate.record(1, nowMs)
    const throttleMs = rate.excessMs(limit, nowMs)
    if (throttleMs > 0) rate.record(-1, nowMs)
    return Math.min(throttleMs, this.windows.sizeMs)
  }

  #rateOf(clientHost: string): WindowedRate {
    const known = this.#rates.get(clientHost)
    if (known !== undefined) return known
    if (this.#rates.size >= quotaSensorsMax) this.#rates.clear()
    const rate = new WindowedRate(this.windows)
    this.#rates.set(clientHost, rate)
    return rate
  }
}
