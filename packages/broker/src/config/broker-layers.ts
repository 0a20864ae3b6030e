import { brokerConfigs } from './broker-configs.ts'
import { brokerConfigSynonyms } from './broker-config-names.ts'
import type { ConfigValue } from './config-value.ts'
import { ConfigSource } from './config-value.ts'

type Texts = ReadonlyMap<string, string>

interface Layer {
  readonly texts: Texts
  readonly source: ConfigSource
}

/**
 * What a broker's configurations come from: what was set while running for this broker, then for all brokers, then what
 * it was started with, then Kafka's defaults.
 */
export class BrokerLayers {
  readonly #own: Texts
  readonly #all: Texts
  readonly #given: Texts
  readonly #layers: readonly Layer[]

  constructor(own: Texts, all: Texts, given: Texts) {
    this.#own = own
    this.#all = all
    this.#given = given
    this.#layers = [
      { texts: own, source: ConfigSource.dynamicBroker },
      { texts: all, source: ConfigSource.dynamicDefaultBroker },
      { texts: given, source: ConfigSource.staticBroker },
    ]
  }

  /** What was said under any of these names; a layer goes before a name. Defaults are not said. */
  said(names: readonly string[]): readonly ConfigValue[] {
    return this.#layers.flatMap(({ texts, source }) =>
      names.flatMap((name) => {
        const value = texts.get(name)
        return value === undefined ? [] : [{ name, value, source }]
      }),
    )
  }

  /** The value in force. What is said while running of one of several synonyms takes the others out of force. */
  value(name: string): string | null {
    const changed = this.#own.get(name) ?? this.#all.get(name)
    if (changed !== undefined) return changed
    const isReplaced = brokerConfigSynonyms(name).some(
      (synonym) => synonym !== name && !name.startsWith('listener.') && this.#isChanged(synonym),
    )
    const given = isReplaced ? undefined : this.#given.get(name)
    return given ?? brokerConfigs.get(name)?.default ?? null
  }

  /** All that has a part in the value, as DescribeConfigs shows it. */
  synonyms(name: string): readonly ConfigValue[] {
    const names = brokerConfigSynonyms(name)
    const defaults = names.flatMap((synonym): ConfigValue[] => {
      const value = brokerConfigs.get(synonym)?.default ?? null
      return value === null ? [] : [{ name: synonym, value, source: ConfigSource.default }]
    })
    const all = [...this.said(names), ...defaults]
    const first = all.findIndex((each) => each.name === name)
    return first === -1 ? [] : all.slice(first)
  }

  /** What was said while running, in force or about listeners. */
  changed(): Readonly<Record<string, string>> {
    return { ...Object.fromEntries(this.#all), ...Object.fromEntries(this.#own) }
  }

  /** Every name that is not only a default, with the value in force. */
  texts(): Texts {
    const names = [...this.#given.keys(), ...this.#all.keys(), ...this.#own.keys()]
    return new Map(names.map((name) => [name, this.value(name) ?? '']))
  }

  #isChanged(name: string): boolean {
    return this.#own.has(name) || this.#all.has(name)
  }
}
