/** Where a value comes from, as DescribeConfigs numbers it. */
export const ConfigSource = {
  topic: 1,
  dynamicBroker: 2,
  dynamicDefaultBroker: 3,
  staticBroker: 4,
  default: 5,
  dynamicBrokerLogger: 6,
  clientMetrics: 7,
  group: 8,
} as const
export type ConfigSource = (typeof ConfigSource)[keyof typeof ConfigSource]

/** A value with its origin. */
export interface ConfigValue {
  readonly name: string
  readonly value: string | null
  readonly source: ConfigSource
}

/** The value in force, where it comes from, and what has a part in it: as DescribeConfigs tells it. */
export interface DescribedValue {
  readonly value: string | null
  readonly source: ConfigSource
  readonly synonyms: readonly ConfigValue[]
}
