import { ApiKey } from '@streamwright/protocol'
import type { Area, Ask, Choice } from './ask.ts'

const topics = ['configs-a', 'configs-b']

interface Resource {
  readonly resourceType: number
  readonly resourceName: string
}

function resource(choice: Choice): Resource {
  return choice.of<() => Resource>([
    () => ({ resourceType: 2, resourceName: choice.of(topics) }),
    () => ({ resourceType: 2, resourceName: choice.of(topics) }),
    () => ({ resourceType: 2, resourceName: choice.of(topics) }),
    () => ({ resourceType: 2, resourceName: choice.of(['', 'none', 'bad name!']) }),
    () => ({ resourceType: 4, resourceName: choice.of(['', '1', '2', 'x', '-1']) }),
    () => ({ resourceType: 32, resourceName: choice.of(['configs-group', 'other', '']) }),
    () => ({ resourceType: 16, resourceName: choice.of(['configs-metrics', '']) }),
    () => ({ resourceType: choice.of([0, 1, 3, 64, -1]), resourceName: 'x' }),
  ])()
}

const topicSettings: readonly (readonly [string, readonly (string | null)[]])[] = [
  ['retention.ms', ['1000000', 'soon', '-2', '-1', null, ' 5000000 ']],
  ['cleanup.policy', ['compact', 'delete', 'compact,delete', 'none', '', null]],
  ['min.insync.replicas', ['1', '0', '2']],
  ['compression.type', ['zstd', 'zip', 'producer']],
  ['leader.replication.throttled.replicas', ['0:1', '*', 'x', '0:1,1:1', '']],
  ['no.such.config', ['1', null]],
  ['', ['1']],
  ['max.compaction.lag.ms', ['1', '100000']],
  ['min.compaction.lag.ms', ['0', '50000']],
  ['preallocate', ['true', 'FALSE', 'maybe']],
  ['segment.bytes', ['1048576', '1']],
]
const brokerSettings: readonly (readonly [string, readonly (string | null)[]])[] = [
  ['log.retention.ms', ['1000000', 'soon', '-1', null]],
  ['log.cleaner.threads', ['1', '0', '2', 'x']],
  ['node.id', ['1', '2']],
  ['no.such.config', ['1']],
  ['log.cleanup.policy', ['compact', 'delete', 'x', 'compact,delete']],
  ['max.connections', ['1000', '-1']],
  ['num.partitions', ['3']],
  ['message.max.bytes', ['1000000', '-1', '1.5']],
]
const groupSettings: readonly (readonly [string, readonly (string | null)[]])[] = [
  ['consumer.session.timeout.ms', ['50000', '1', 'x', null]],
  ['consumer.heartbeat.interval.ms', ['6000', '1', '70000']],
  ['no.such.config', ['1']],
]
const metricsSettings: readonly (readonly [string, readonly (string | null)[]])[] = [
  ['interval.ms', ['1000', '1', '100', 'x']],
  ['metrics', ['a,b', '*', '']],
  ['match', ['client_id=a', 'x=y', 'client_id=(']],
  ['no.such.config', ['1']],
]

function setting(choice: Choice, type: number): { readonly name: string; readonly value: string | null } {
  const byType = { 4: brokerSettings, 32: groupSettings, 16: metricsSettings } as const
  const [name, values] = choice.of(byType[type as 4 | 16 | 32] ?? topicSettings)
  return { name, value: choice.of(values) }
}

function alterConfigs(choice: Choice): Ask {
  // Kafka never answers an AlterConfigs in which a resource of some types is there twice.
  const resources = Array.from({ length: choice.mostly(1, [0]) }, () => resource(choice))
  return {
    api: ApiKey.AlterConfigs,
    version: choice.between(0, 2),
    body: {
      resources: resources.map((each) => ({
        ...each,
        configs: Array.from({ length: choice.between(0, 3) }, () => setting(choice, each.resourceType)),
      })),
      validateOnly: choice.once(3),
    },
  }
}

function incrementalAlterConfigs(choice: Choice): Ask {
  const resources = Array.from({ length: choice.mostly(1, [0, 2]) }, () => resource(choice))
  return {
    api: ApiKey.IncrementalAlterConfigs,
    version: choice.between(0, 1),
    body: {
      resources: resources.map((each) => ({
        ...each,
        configs: Array.from({ length: choice.between(0, 3) }, () => ({
          ...setting(choice, each.resourceType),
          configOperation: choice.mostly(0, [1, 2, 3, 4, -1]),
        })),
      })),
      validateOnly: choice.once(3),
    },
  }
}

const names = ['retention.ms', 'cleanup.policy', 'log.retention.ms', 'no.such.config', 'interval.ms', 'segment.bytes']

function describeConfigs(choice: Choice): Ask {
  return {
    api: ApiKey.DescribeConfigs,
    version: choice.between(1, 4),
    body: {
      resources: Array.from({ length: choice.mostly(1, [0, 2]) }, () => {
        const each = resource(choice)
        // Brokers tell all of their own settings, which are not those of the other.
        const isAll = each.resourceType !== 4 && choice.once(3)
        return { ...each, configurationKeys: isAll ? null : [choice.of(names), ...choice.some(names, 2)] }
      }),
      includeSynonyms: choice.once(2),
      includeDocumentation: false,
    },
  }
}

function listConfigResources(choice: Choice): Ask {
  return {
    api: ApiKey.ListConfigResources,
    version: choice.between(0, 1),
    body: { resourceTypes: choice.some([2, 4, 8, 16, 32, 0, 1, 64, -1], 3) },
  }
}

/** Configurations of all kinds of resources. */
export const configsArea: Area = {
  name: 'configs',
  prepare: () =>
    topics.map((name) => ({
      api: ApiKey.CreateTopics,
      version: 7,
      body: { topics: [{ name, numPartitions: 1, replicationFactor: 1 }], timeoutMs: 30_000 },
    })),
  next: (choice) =>
    choice.step([
      ...[() => alterConfigs(choice), () => incrementalAlterConfigs(choice), () => incrementalAlterConfigs(choice)],
      ...[() => describeConfigs(choice), () => describeConfigs(choice), () => listConfigResources(choice)],
    ]),
}
