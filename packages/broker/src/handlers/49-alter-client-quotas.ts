import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  AlterClientQuotasRequest,
  AlterClientQuotasRequestEntryData,
  AlterClientQuotasResponse,
} from '@streamwright/protocol/messages/alter-client-quotas'
import { alterClientQuotas } from '@streamwright/protocol/messages/alter-client-quotas'
import { entityOf, inKafkasOrder } from '../quotas/quota-entity.ts'
import type { EntityQuotas } from '../quotas/quota-entity.ts'
import { quotaProblem } from '../quotas/quota-names.ts'
import { isResolvable } from '../quotas/resolvable-host.ts'
import { clusterRefusal, isAuthorized } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type EntryInit = NonNullable<Init<AlterClientQuotasResponse>['entries']>[number]

/** AlterClientQuotas v0–v1. v1: flexible. Entities are altered one by one, whatever is wrong with others. */
export const alterClientQuotasHandler: AnyHandler = handler<AlterClientQuotasRequest, AlterClientQuotasResponse>({
  api: alterClientQuotas,

  async handle(services, request, context) {
    if (!isAuthorized(services, context, AclOperation.ALTER_CONFIGS, ResourceType.CLUSTER, clusterName)) {
      return { entries: request.entries.map(({ entity }) => ({ entity: inKafkasOrder(entity), ...clusterRefusal })) }
    }
    const strangeHosts = await unresolvable(request)
    const changes: EntityQuotas[] = []
    const entries = new Map<string, EntryInit>()
    for (const entry of request.entries) {
      const key = textOf(entry)
      const errorMessage = entries.has(key)
        ? `Ignoring duplicate entity ClientQuotaEntity(entries={${key}})`
        : alter(services, entry, strangeHosts, changes)
      const errorCode = errorMessage === undefined ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST
      entries.set(key, { entity: inKafkasOrder(entry.entity), errorCode, errorMessage: errorMessage ?? null })
    }
    if (!request.validateOnly) await services.quotas.alter(changes)
    return { entries: [...entries.values()] }
  },

  refuse: (request, errorCode) => ({
    entries: request.entries.map(({ entity }) => ({ entity, errorCode, errorMessage: null })),
  }),
})

/** Adds what becomes of the entity's quotas to `changes`, or says why nothing does. */
function alter(
  { quotas }: BrokerServices,
  { entity: parts, ops }: AlterClientQuotasRequestEntryData,
  strangeHosts: ReadonlySet<string>,
  changes: EntityQuotas[],
): string | undefined {
  const entity = entityOf(parts)
  if (typeof entity === 'string') return entity
  if (typeof entity.ip === 'string' && strangeHosts.has(entity.ip)) {
    return `${entity.ip} is not a valid IP or resolvable host.`
  }
  const values = new Map(quotas.valuesOf(entity))
  const names = new Set<string>()
  for (const { key, value, remove } of ops) {
    if (names.has(key)) return `Duplicate quota key ${key} not updating quota for this entity`
    names.add(key)
    const problem = remove ? undefined : quotaProblem(entity, key, value)
    if (problem !== undefined) return problem
    if (remove) values.delete(key)
    else values.set(key, value)
  }
  changes.push({ entity, values })
  return undefined
}

function textOf({ entity }: AlterClientQuotasRequestEntryData): string {
  return inKafkasOrder(entity)
    .map(({ entityType, entityName }) => `${entityType}=${entityName}`)
    .join(', ')
}

async function unresolvable({ entries }: AlterClientQuotasRequest): Promise<ReadonlySet<string>> {
  const hosts = entries.flatMap(({ entity }) =>
    entity.flatMap(({ entityType, entityName }) => (entityType === 'ip' && entityName ? [entityName] : [])),
  )
  const strange = await Promise.all(hosts.map(async (host) => ((await isResolvable(host)) ? [] : [host])))
  return new Set(strange.flat())
}
