import type { Clock } from '@streamwright/std'
import type { MetadataLog } from '../metadata/metadata-log.ts'
import type { BrokerSettings } from '../settings.ts'
import { MutationQuota } from './mutation-quota.ts'
import type { EntityQuotas } from './quota-entity.ts'
import { entityKey } from './quota-entity.ts'
import { QuotaSensors } from './quota-sensors.ts'
import type { QuotaWindows } from './windowed-rate.ts'

/** Who asks, as far as quotas are concerned. */
export interface QuotaClient {
  readonly principal: { readonly name: string }
  readonly clientId: string | null
}

/**
 * Holds clients to their quotas: what they send, are sent, and take of the broker's time is measured, and whoever is
 * above is told for how long to be silent. The quotas are in the metadata log.
 */
export class ClientQuotas {
  readonly #metadata: MetadataLog
  readonly #clock: Clock
  /** Over how long rates are measured. */
  readonly windows: QuotaWindows
  readonly #sensors: QuotaSensors
  readonly #changeListeners: (() => void)[] = []
  #isActive = false

  constructor(metadata: MetadataLog, settings: BrokerSettings, clock: Clock) {
    this.#metadata = metadata
    this.#clock = clock
    this.windows = { count: settings.quotaWindowNum, sizeMs: settings.quotaWindowSizeSeconds * 1000 }
    const mutationWindows = {
      count: settings.controllerQuotaWindowNum,
      sizeMs: settings.controllerQuotaWindowSizeSeconds * 1000,
    }
    this.#sensors = new QuotaSensors(metadata.state, this.windows, mutationWindows, clock)
    this.#noteChange()
  }

  /** Whether any user or client has a quota: where there are none, nothing is measured. */
  get isActive(): boolean {
    return this.#isActive
  }

  all(): Iterable<EntityQuotas> {
    return this.#metadata.state.clientQuotas.values()
  }

  /** In force at once, durable when the promise resolves. Without values: the entity has no quotas any more. */
  async alter(changes: readonly EntityQuotas[]): Promise<void> {
    if (changes.length === 0) return
    const durable = this.#metadata.append(
      ...changes.map(
        ({ entity, values }) => ({ kind: 'clientQuota', entity, values: Object.fromEntries(values) }) as const,
      ),
    )
    this.#noteChange()
    await durable
  }

  /** The quotas of just this entity. */
  valuesOf(entity: EntityQuotas['entity']): ReadonlyMap<string, number> | undefined {
    return this.#metadata.state.clientQuotas.get(entityKey(entity))?.values
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): void {
    this.#changeListeners.push(listener)
  }

  /** Counts bytes that a client has produced. Returns the milliseconds for which it is to be silent. */
  produced(client: QuotaClient, bytes: number): number {
    const sensor = this.#sensors.of('producer_byte_rate', client.principal.name, client.clientId ?? '')
    if (sensor === undefined) return 0
    const nowMs = this.#clock.monotonicMs()
    sensor.rate.record(bytes, nowMs)
    return sensor.rate.excessMs(sensor.limit, nowMs)
  }

  /** Counts bytes that a client is about to be sent. Above 0, it is not sent them, and they do not count. */
  fetched(client: QuotaClient, bytes: number, isThrottled: boolean): number {
    const sensor = this.#sensors.of('consumer_byte_rate', client.principal.name, client.clientId ?? '')
    if (sensor === undefined) return 0
    const nowMs = this.#clock.monotonicMs()
    sensor.rate.record(bytes, nowMs)
    const throttleMs = sensor.rate.excessMs(sensor.limit, nowMs)
    if (throttleMs > 0 || isThrottled) sensor.rate.record(-bytes, nowMs)
    return throttleMs
  }

  /** The bytes above which a client would be throttled for sure, even if it had fetched nothing before. */
  fetchBytesMax(client: QuotaClient): number {
    const sensor = this.#sensors.of('consumer_byte_rate', client.principal.name, client.clientId ?? '')
    if (sensor === undefined) return Infinity
    return (sensor.limit * (this.windows.count - 1) * this.windows.sizeMs) / 1000
  }

  /** Counts time that a request has taken, in milliseconds; 1% is 10 ms a second. Never more than a window. */
  worked(client: QuotaClient, durationMs: number): number {
    const sensor = this.#sensors.of('request_percentage', client.principal.name, client.clientId ?? '')
    if (sensor === undefined) return 0
    const nowMs = this.#clock.monotonicMs()
    sensor.rate.record(durationMs / 10, nowMs)
    return Math.min(sensor.rate.excessMs(sensor.limit, nowMs), this.windows.sizeMs)
  }

  /** How many partitions the client may still make and delete. `isStrict`: none, once it owes some. */
  mutations(client: QuotaClient, isStrict: boolean): MutationQuota {
    const sensor = this.#isActive
      ? this.#sensors.of('controller_mutation_rate', client.principal.name, client.clientId ?? '')
      : undefined
    return new MutationQuota(sensor, isStrict, this.#clock)
  }

  #noteChange(): void {
    this.#sensors.forgetLimits()
    this.#isActive = [...this.all()].some(({ entity }) => entity.ip === undefined)
    for (const listener of this.#changeListeners) listener()
  }
}
