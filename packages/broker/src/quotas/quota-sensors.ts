import type { Clock } from '@streamwright/std'
import { quotaSensorsMax } from '../limits.ts'
import type { MetadataState } from '../metadata/metadata-state.ts'
import { entityKey } from './quota-entity.ts'
import type { QuotaEntity } from './quota-entity.ts'
import { TokenBucket } from './token-bucket.ts'
import type { QuotaWindows } from './windowed-rate.ts'
import { WindowedRate } from './windowed-rate.ts'

/** The quotas that clients are held to, by Kafka's names. */
export type ClientQuotaName =
  | 'producer_byte_rate'
  | 'consumer_byte_rate'
  | 'request_percentage'
  | 'controller_mutation_rate'

/** What is measured for those who share a quota, with how much they may. */
export interface QuotaSensor {
  limit: number
  readonly rate: WindowedRate
  readonly tokens: TokenBucket
}

/** The sensors of one user with one client id; `undefined`: no quota holds for them. */
type ClientSensors = Map<ClientQuotaName, QuotaSensor | undefined>

/**
 * Finds what measures a client. Of the quotas that fit, the most specific one holds: those of a user go before those of
 * a client id, a name before the default. Who shares the quota shares its measure, so all clients of a user that has one
 * count together.
 */
export class QuotaSensors {
  readonly #state: MetadataState
  readonly #windows: QuotaWindows
  readonly #mutationWindows: QuotaWindows
  readonly #clock: Clock
  readonly #sensors = new Map<string, QuotaSensor>()
  #byUser = new Map<string, Map<string, ClientSensors>>()
  #clientCount = 0

  constructor(state: MetadataState, windows: QuotaWindows, mutationWindows: QuotaWindows, clock: Clock) {
    this.#state = state
    this.#windows = windows
    this.#mutationWindows = mutationWindows
    this.#clock = clock
  }

  /** After quotas were changed: who is held to which is looked up anew; what was measured stays. */
  forgetLimits(): void {
    this.#byUser = new Map()
    this.#clientCount = 0
  }

  of(name: ClientQuotaName, user: string, clientId: string): QuotaSensor | undefined {
    const sensors = this.#ofClient(user, clientId)
    if (sensors.has(name)) return sensors.get(name)
    const sensor = this.#find(name, user, clientId)
    sensors.set(name, sensor)
    return sensor
  }

  #ofClient(user: string, clientId: string): ClientSensors {
    const known = this.#byUser.get(user)?.get(clientId)
    if (known !== undefined) return known
    // Client ids are the clients' to choose.
    if (this.#clientCount >= quotaSensorsMax) this.forgetLimits()
    const ofUser = this.#byUser.get(user) ?? new Map<string, ClientSensors>()
    this.#byUser.set(user, ofUser)
    const sensors: ClientSensors = new Map()
    ofUser.set(clientId, sensors)
    this.#clientCount += 1
    return sensors
  }

  #find(name: ClientQuotaName, user: string, clientId: string): QuotaSensor | undefined {
    for (const [entity, sharers] of levels(user, clientId)) {
      const limit = this.#state.clientQuotas.get(entityKey(entity))?.values.get(name)
      if (limit !== undefined) return this.#sensor(JSON.stringify([name, ...sharers]), name, limit)
    }
    return undefined
  }

  #sensor(key: string, name: ClientQuotaName, limit: number): QuotaSensor {
    const known = this.#sensors.get(key)
    if (known !== undefined) {
      known.limit = limit
      return known
    }
    if (this.#sensors.size >= quotaSensorsMax) this.#sensors.clear()
    const windows = name === 'controller_mutation_rate' ? this.#mutationWindows : this.#windows
    const tokens = new TokenBucket(windows, this.#clock.monotonicMs())
    const sensor = { limit, rate: new WindowedRate(windows), tokens }
    this.#sensors.set(key, sensor)
    return sensor
  }
}

/** The entities whose quotas fit, the most specific first, each with what those have in common who share it. */
function levels(user: string, clientId: string): readonly (readonly [QuotaEntity, readonly (string | null)[]])[] {
  return [
    [{ user, 'client-id': clientId }, [user, clientId]],
    [{ user, 'client-id': null }, [user, clientId]],
    [{ user }, [user, null]],
    [{ user: null, 'client-id': clientId }, [user, clientId]],
    [{ user: null, 'client-id': null }, [user, clientId]],
    [{ user: null }, [user, null]],
    [{ 'client-id': clientId }, [null, clientId]],
    [{ 'client-id': null }, [null, clientId]],
  ]
}
