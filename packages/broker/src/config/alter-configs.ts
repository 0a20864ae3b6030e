import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { RequestContext } from '../handlers/handler.ts'
import { configRefusal } from '../security/config-access.ts'
import type { BrokerServices } from '../services.ts'
import type { AlterableResource, NamedResource } from './alterable-resources.ts'
import { alterableResource } from './alterable-resources.ts'

/** What was done to one resource; `errorCode` 0: done. */
export interface Alteration {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resourceType: number
  readonly resourceName: string
}

/** How the resources of a request are changed. */
export interface Change<Resource> {
  /** What is wrong with the request for a resource, whatever it has now. */
  refusalOf(resource: Resource): Refusal | undefined
  /** Does all there is to do for resources that are not configurations, and says what came of it. */
  special?(resource: Resource): Refusal | 'done' | undefined
  /** What the resource's configurations become. */
  of(resource: Resource, target: AlterableResource): ReadonlyMap<string, string> | Refusal
}

/** Alters resources one by one. A resource that is named twice is not touched. */
export async function alterResources<Resource extends NamedResource>(
  services: BrokerServices,
  context: RequestContext,
  resources: readonly Resource[],
  validateOnly: boolean,
  change: Change<Resource>,
): Promise<readonly Alteration[]> {
  const durable: Promise<void>[] = []
  const alter = (resource: Resource): Refusal | undefined => {
    const isSame = (other: NamedResource): boolean =>
      other.resourceType === resource.resourceType && other.resourceName === resource.resourceName
    if (resources.filter(isSame).length > 1) {
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Each resource must appear at most once.' }
    }
    const forbidden = configRefusal(services, context, AclOperation.ALTER_CONFIGS, resource)
    if (forbidden !== undefined) return forbidden
    const malformed = change.refusalOf(resource)
    if (malformed !== undefined) return malformed
    const special = change.special?.(resource)
    if (special !== undefined) return special === 'done' ? undefined : special
    const target = alterableResource(services, resource)
    if ('errorCode' in target) return target
    const changed = change.of(resource, target)
    if ('errorCode' in changed) return changed
    const refusal = target.refusalOf(changed)
    if (refusal === undefined && !validateOnly) durable.push(target.alter(changed))
    return refusal
  }
  const responses = resources.map((resource): Alteration => {
    const { errorCode, errorMessage } = alter(resource) ?? { errorCode: ErrorCode.NONE, errorMessage: null }
    return { errorCode, errorMessage, resourceType: resource.resourceType, resourceName: resource.resourceName }
  })
  await Promise.all(durable)
  return responses
}
