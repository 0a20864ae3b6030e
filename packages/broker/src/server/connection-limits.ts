import type { Clock } from '@streamwright/std'
import { int32Max } from '@streamwright/std'
import type { BrokerLayers } from '../config/broker-layers.ts'
import type { ConnectionOverrides } from '../config/connection-overrides.ts'
import { connectionOverrides } from '../config/connection-overrides.ts'
import type { QuotaWindows } from '../quotas/windowed-rate.ts'
import { WindowedRate } from '../quotas/windowed-rate.ts'

/** How many connections a listener may have, and get in a second. */
interface ListenerLimits {
  readonly connectionsMax: number
  readonly perSecondMax: number
}

const unlimited: ListenerLimits = { connectionsMax: int32Max, perSecondMax: int32Max }

/** How many connections there may be: of all, of a listener, of an address; and how many new ones in a second. */
export class ConnectionLimits {
  readonly #windows: QuotaWindows
  readonly #clock: Clock
  readonly #rates = new Map<string, WindowedRate>()
  readonly #counts = new Map<string, number>()
  #broker: ListenerLimits = unlimited
  #listeners: ReadonlyMap<string, ListenerLimits> = new Map()
  #perHostMax: number = int32Max
  #overrides: ConnectionOverrides = new Map()

  constructor(windows: QuotaWindows, clock: Clock) {
    this.#windows = windows
    this.#clock = clock
  }

  /** Those that are there stay when they are too many now. */
  reconfigure(values: BrokerLayers, listeners: readonly string[]): void {
    const limit = (name: string): number => Number(values.value(name) ?? int32Max)
    const of = (prefix: string): ListenerLimits => ({
      connectionsMax: limit(`${prefix}max.connections`),
      perSecondMax: limit(`${prefix}max.connection.creation.rate`),
    })
    this.#broker = of('')
    this.#listeners = new Map(listeners.map((name) => [name, of(`listener.name.${name}.`)]))
    this.#perHostMax = limit('max.connections.per.ip')
    this.#overrides = connectionOverrides(values.value('max.connections.per.ip.overrides') ?? '')
  }

  /** Whether a listener (in lower case; none: inside the process) may have one more, and an address (`/10.0.0.1`). */
  hasRoom(listener: string, clientHost: string, all: number): boolean {
    return (
      all < this.#broker.connectionsMax &&
      this.#count(listener) < (this.#listeners.get(listener) ?? unlimited).connectionsMax &&
      this.#count(clientHost) < (this.#overrides.get(clientHost) ?? this.#perHostMax)
    )
  }

  /** One more of a listener and of an address, or (−1) one less. */
  add(listener: string, clientHost: string, difference: 1 | -1): void {
    for (const name of [listener, clientHost]) {
      const count = this.#count(name) + difference
      if (count === 0) this.#counts.delete(name)
      else this.#counts.set(name, count)
    }
  }

  /** Counts a new connection of a listener. Above 0: it is to wait so long, that the rates are kept to. */
  waitMs(listener: string): number {
    const ofListener = this.#listeners.get(listener) ?? unlimited
    return Math.max(this.#waitMs('', this.#broker.perSecondMax), this.#waitMs(listener, ofListener.perSecondMax))
  }

  #waitMs(name: string, perSecondMax: number): number {
    if (perSecondMax >= int32Max) return 0
    const nowMs = this.#clock.monotonicMs()
    const rate = this.#rates.get(name) ?? new WindowedRate(this.#windows)
    this.#rates.set(name, rate)
    rate.record(1, nowMs)
    return rate.excessMs(perSecondMax, nowMs)
  }

  #count(name: string): number {
    return this.#counts.get(name) ?? 0
  }
}
