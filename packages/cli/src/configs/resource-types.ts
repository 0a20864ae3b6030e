import type { ConfigResourceType, ConfigSource } from '@streamwright/client'
import { ArgumentError } from '../command-line/usage-error.ts'
import type { EntityType } from './entity.ts'

/** What holds settings by the protocol's name, and where those come from that were set while running. */
export interface ResourceKind {
  readonly type: ConfigResourceType
  readonly source: ConfigSource
}

const kinds: Partial<Record<EntityType, ResourceKind>> = {
  topics: { type: 'topic', source: 'DYNAMIC_TOPIC_CONFIG' },
  brokers: { type: 'broker', source: 'DYNAMIC_BROKER_CONFIG' },
  'broker-loggers': { type: 'brokerLogger', source: 'DYNAMIC_BROKER_LOGGER_CONFIG' },
  'client-metrics': { type: 'clientMetrics', source: 'DYNAMIC_CLIENT_METRICS_CONFIG' },
  groups: { type: 'group', source: 'DYNAMIC_GROUP_CONFIG' },
}

/** Of what has configurations. Users, clients and addresses have quotas instead, and throw. */
export function kindOf(type: EntityType): ResourceKind {
  const kind = kinds[type]
  if (kind === undefined) throw new ArgumentError(`There are no configurations of ${type}, but quotas and credentials`)
  return kind
}
