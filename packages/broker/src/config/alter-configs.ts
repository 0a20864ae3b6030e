import { AclOperation, ErrorCode } from '@streamwright/protocol'
import { topicConfigsRefusal } from '../metadata/topic-creation.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { RequestContext } from '../handlers/handler.ts'
import { configRefusal } from '../security/config-access.ts'
import type { BrokerServices } from '../services.ts'
import { brokerConfigs } from './broker-configs.ts'
import { whyInvalid } from './config-definition.ts'
import { ConfigResourceType, brokerNameProblem } from './config-resources.ts'

/** A resource whose configurations can be changed: what it has now, and how to give it others. */
export interface AlterableResource {
  readonly current: ReadonlyMap<string, string>
  refusalOf(configs: ReadonlyMap<string, string>): Refusal | undefined
  alter(configs: ReadonlyMap<string, string>): Promise<void>
}

/** What was done to one resource; `errorCode` 0: done. */
export interface Alteration {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resourceType: number
  readonly resourceName: string
}

interface Named {
  readonly resourceType: number
  readonly resourceName: string
}

/**
 * Alters resources one by one: `change` says what a resource's configurations become. A resource that is named twice
 * is not touched.
 */
export async function alterResources<Resource extends Named>(
  services: BrokerServices,
  context: RequestContext,
  resources: readonly Resource[],
  validateOnly: boolean,
  change: (resource: Resource, current: ReadonlyMap<string, string>) => ReadonlyMap<string, string> | Refusal,
): Promise<readonly Alteration[]> {
  const durable: Promise<void>[] = []
  const responses = resources.map((resource): Alteration => {
    const { resourceType, resourceName } = resource
    const isSame = (other: Named): boolean => other.resourceType === resourceType && other.resourceName === resourceName
    const done = (errorCode: number, errorMessage: string | null): Alteration => ({
      errorCode,
      errorMessage,
      resourceType,
      resourceName,
    })
    if (resources.filter(isSame).length > 1) {
      return done(ErrorCode.INVALID_REQUEST, 'Each resource must appear at most once.')
    }
    const forbidden = configRefusal(services, context, AclOperation.ALTER_CONFIGS, resource)
    if (forbidden !== undefined) return done(forbidden.errorCode, forbidden.errorMessage)
    const target = alterable(services, resource)
    if ('errorCode' in target) return done(target.errorCode, target.errorMessage)
    const changed = change(resource, target.current)
    if ('errorCode' in changed) return done(changed.errorCode, changed.errorMessage)
    const refusal = target.refusalOf(changed)
    if (refusal !== undefined) return done(refusal.errorCode, refusal.errorMessage)
    if (!validateOnly) durable.push(target.alter(changed))
    return done(ErrorCode.NONE, null)
  })
  await Promise.all(durable)
  return responses
}

function alterable(services: BrokerServices, { resourceType, resourceName }: Named): AlterableResource | Refusal {
  if (resourceType === ConfigResourceType.topic) {
    const topic = services.topics.get(resourceName)
    if (topic === undefined) {
      const errorMessage = `The topic '${resourceName}' does not exist.`
      return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage }
    }
    return {
      current: services.topics.configsOf(topic),
      refusalOf: topicConfigsRefusal,
      alter: (configs) => services.topics.configure(topic, configs),
    }
  }
  if (resourceType === ConfigResourceType.broker) return alterableBroker(services, resourceName)
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Unknown resource type ${resourceType}` }
}

function alterableBroker(services: BrokerServices, name: string): AlterableResource | Refusal {
  const problem = name === '' ? undefined : brokerNameProblem(name, services.nodeId, '')
  if (problem !== undefined) return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: problem }
  return {
    current: services.configs.dynamicBrokerConfigs(name),
    refusalOf: brokerConfigsRefusal,
    async alter(configs) {
      const durable = services.metadata.append({
        kind: 'configs',
        resource: 'broker',
        name,
        configs: Object.fromEntries(configs),
      })
      services.topics.updateAllSettings()
      await durable
    },
  }
}

function brokerConfigsRefusal(configs: ReadonlyMap<string, string>): Refusal | undefined {
  for (const [name, value] of configs) {
    const definition = brokerConfigs.get(name)
    // Kafka takes names that it does not know, for the sake of plug-ins.
    if (definition === undefined) continue
    if (!definition.isDynamic) {
      const errorMessage = `Cannot update these configs dynamically: [${name}]`
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
    }
    const problem = whyInvalid(definition, value)
    if (problem !== undefined) return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: problem }
  }
  return undefined
}
