import { camelCase, readSetting } from '@streamwright/std'
import type { BrokerSettings } from '../settings.ts'
import { brokerSettingSpecs } from '../settings.ts'
import { invalidUpdate } from './broker-config-checks.ts'
import { brokerConfigs } from './broker-configs.ts'
import type { BrokerLayers } from './broker-layers.ts'
import type { ConfigStore } from './config-store.ts'
import { ConfigSource } from './config-value.ts'

/** Somebody for whom it is not enough that {@link BrokerSettings} change: who has made something of them. */
export interface Reconfigurable {
  /** Why it could not go on with these configurations, in Kafka's words. */
  problemOf?(next: BrokerLayers): string | undefined
  /** Goes on with those in force. `isForThisBroker`: what was altered are this broker's, and files may be other ones. */
  reconfigure(now: BrokerLayers, isForThisBroker: boolean): void
}

type Writable<Settings> = { -readonly [Name in keyof Settings]: Settings[Name] }

/** The settings that this broker acts upon and that may change while it runs. */
const dynamicNames: readonly (keyof typeof brokerSettingSpecs)[] = Object.keys(brokerSettingSpecs).filter(
  (name): name is keyof typeof brokerSettingSpecs => brokerConfigs.get(name)?.isDynamic === true,
)

/** Where a change of a broker's configurations takes effect: here, at once, and nowhere else. */
export class DynamicBrokerConfigs {
  /** Whoever reads one of these when it is needed has what is in force. */
  readonly settings: BrokerSettings
  readonly #settings: Writable<BrokerSettings>
  readonly #given: BrokerSettings
  readonly #configs: ConfigStore
  readonly #reconfigurables: Reconfigurable[] = []
  #listenerNames: readonly string[] = []

  /** `given`: what the broker was started with. What was changed in a former life of it holds at once. */
  constructor(given: BrokerSettings, configs: ConfigStore) {
    this.#given = given
    this.#settings = { ...given }
    this.settings = this.#settings
    this.#configs = configs
    this.#readSettings(configs.brokerLayers)
  }

  /** The listeners that may have configurations of their own, in lower case. */
  get listenerNames(): readonly string[] {
    return this.#listenerNames
  }

  set listenerNames(names: readonly string[]) {
    this.#listenerNames = names.map((name) => name.toLowerCase())
  }

  add(reconfigurable: Reconfigurable): void {
    this.#reconfigurables.push(reconfigurable)
  }

  /** Why somebody could not go on with these configurations, in Kafka's words. */
  problemOf(next: BrokerLayers): string | undefined {
    for (const reconfigurable of this.#reconfigurables) {
      const problem = reconfigurable.problemOf?.(next)
      if (problem !== undefined) return invalidUpdate(problem)
    }
    return undefined
  }

  /** After a change of the configurations of this broker, or of those of all brokers (no name). */
  apply(name: string): void {
    const now = this.#configs.brokerLayers
    this.#readSettings(now)
    for (const reconfigurable of this.#reconfigurables) reconfigurable.reconfigure(now, name !== '')
  }

  #readSettings(layers: BrokerLayers): void {
    const values: Record<string, unknown> = {}
    for (const name of dynamicNames) {
      const said = layers.said([name])[0]
      const property = camelCase(name) as keyof BrokerSettings
      const isChanged = said !== undefined && said.source !== ConfigSource.staticBroker
      values[property] = isChanged ? readSetting(name, brokerSettingSpecs[name], said.value) : this.#given[property]
    }
    Object.assign(this.#settings, values)
  }
}
