import { ErrorCode } from '@streamwright/protocol'
import { assert } from '@streamwright/std'
import type { ConfiguredResource } from '../metadata/metadata-record.ts'
import { topicConfigsRefusal } from '../metadata/topic-creation.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import { topicNameRefusal } from '../metadata/topic-names.ts'
import type { BrokerServices } from '../services.ts'
import { brokerConfigs } from './broker-configs.ts'
import { brokerConfigsRefusal } from './broker-config-changes.ts'
import { clientMetricsConfigs } from './client-metrics-configs.ts'
import { clientMetricsRefusal } from './client-metrics-refusal.ts'
import type { ConfigDefinition } from './config-definition.ts'
import { whyInvalid } from './config-definition.ts'
import { ConfigResourceType, brokerNameProblem } from './config-resources.ts'
import { groupConfigBounds, groupConfigs } from './group-configs.ts'
import { topicConfigs } from './topic-configs.ts'

/** A resource whose configurations can be changed: what it has now, and how to give it others. */
export interface AlterableResource {
  /** Set when there is no such resource. Kafka looks at values before it says so. */
  readonly missing?: Refusal
  readonly definitions: ReadonlyMap<string, ConfigDefinition>
  readonly current: ReadonlyMap<string, string>
  refusalOf(configs: ReadonlyMap<string, string>): Refusal | undefined
  alter(configs: ReadonlyMap<string, string>): Promise<void>
}

/** What has configurations, by the protocol's number and a name. */
export interface NamedResource {
  readonly resourceType: number
  readonly resourceName: string
}

const noConfigs: ReadonlyMap<string, string> = new Map()

/** The resource of that name, or why there is none. Loggers are none: they take no sets of configurations. */
export function alterableResource(
  services: BrokerServices,
  { resourceType, resourceName }: NamedResource,
): AlterableResource | Refusal {
  switch (resourceType) {
    case ConfigResourceType.topic:
      return alterableTopic(services, resourceName)
    case ConfigResourceType.broker:
      return alterableBroker(services, resourceName)
    case ConfigResourceType.group:
      if (resourceName === '') return refused('Default group resources are not allowed.')
      return {
        definitions: groupConfigs,
        current: services.metadata.state.groupConfigs.get(resourceName) ?? noConfigs,
        refusalOf: (configs) => groupConfigsRefusal(services, configs),
        alter: (configs) => record(services, 'group', resourceName, configs),
      }
    case ConfigResourceType.clientMetrics:
      if (resourceName === '') return refused("Subscription name can't be empty")
      return {
        definitions: clientMetricsConfigs,
        current: services.metadata.state.clientMetricsConfigs.get(resourceName) ?? noConfigs,
        refusalOf: clientMetricsRefusal,
        alter: (configs) => record(services, 'clientMetrics', resourceName, configs),
      }
    default:
      return refused(`Unknown resource type ${resourceType}`)
  }
}

function refused(errorMessage: string): Refusal {
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
}

function record(
  { metadata }: BrokerServices,
  resource: ConfiguredResource,
  name: string,
  configs: ReadonlyMap<string, string>,
): Promise<void> {
  return metadata.append({ kind: 'configs', resource, name, configs: Object.fromEntries(configs) })
}

function alterableTopic(services: BrokerServices, name: string): AlterableResource | Refusal {
  if (name === '') return refused('Default topic resources are not allowed.')
  const problem = topicNameRefusal(name)
  if (problem !== undefined) return { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, errorMessage: problem }
  const topic = services.topics.get(name)
  if (topic === undefined) return missingTopic(name)
  return {
    definitions: topicConfigs,
    current: services.topics.configsOf(topic),
    refusalOf: topicConfigsRefusal,
    alter: (configs) => services.topics.configure(topic, configs),
  }
}

function missingTopic(name: string): AlterableResource {
  const missing = {
    errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    errorMessage: `The topic '${name}' does not exist.`,
  }
  return {
    missing,
    definitions: topicConfigs,
    current: noConfigs,
    refusalOf: (configs) => topicConfigsRefusal(configs) ?? missing,
    alter() {
      assert(false, 'A topic that does not exist refuses every change')
    },
  }
}

function alterableBroker(services: BrokerServices, name: string): AlterableResource | Refusal {
  const problem = name === '' ? undefined : brokerNameProblem(name, services.nodeId, '')?.replace(/^Broker/, 'Node')
  if (problem !== undefined) return refused(problem)
  const current = services.configs.dynamicBrokerConfigs(name)
  return {
    definitions: brokerConfigs,
    current,
    refusalOf: (configs) => brokerConfigsRefusal(services, name, current, configs),
    async alter(configs) {
      const durable = record(services, 'broker', name, configs)
      services.dynamicConfigs.apply(name)
      await durable
    },
  }
}

/** Why a group cannot have these configurations. */
function groupConfigsRefusal(services: BrokerServices, configs: ReadonlyMap<string, string>): Refusal | undefined {
  for (const [name, value] of configs) {
    const definition = groupConfigs.get(name)
    const problem =
      definition === undefined
        ? `Unknown group config name: ${name}`
        : (whyInvalid(definition, value) ?? outOfBounds(services, name, Number(value)))
    if (problem !== undefined) return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage: problem }
  }
  return undefined
}

function outOfBounds({ configs }: BrokerServices, name: string, value: number): string | undefined {
  const { low, high } = groupConfigBounds.get(name) ?? {}
  if (low !== undefined && value < Number(configs.brokerValue(low)))
    return `${name} must be greater than or equal to ${low}`
  if (high !== undefined && value > Number(configs.brokerValue(high)))
    return `${name} must be less than or equal to ${high}`
  return undefined
}
