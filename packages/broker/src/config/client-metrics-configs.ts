import type { ConfigDefinition, ConfigType } from './config-definition.ts'

// Apache Kafka 4.3's configurations of a subscription to the metrics of clients.
const rows: readonly (readonly [string, ConfigType, string])[] = [
  ['interval.ms', 'int', '300000'],
  ['match', 'list', ''],
  ['metrics', 'list', ''],
]

export const clientMetricsConfigs: ReadonlyMap<string, ConfigDefinition> = new Map(
  rows.map(([name, type, value]) => [
    name,
    {
      name,
      type,
      default: value,
      limits: '',
      isDynamic: true,
      isSensitive: false,
      isHidden: false,
      synonyms: [],
    },
  ]),
)
