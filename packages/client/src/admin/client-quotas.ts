import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { alterClientQuotas } from '@streamwright/protocol/messages/alter-client-quotas'
import { describeClientQuotas } from '@streamwright/protocol/messages/describe-client-quotas'
import { present } from '@streamwright/std'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'
import type { ValidateOptions } from './topics.ts'

/** What has quotas: a user, a client id, both together, or an address. Null stands for the default of its kind. */
export interface ClientQuotaEntity {
  readonly user?: string | null
  readonly clientId?: string | null
  readonly ip?: string | null
}

type EntityPart = keyof ClientQuotaEntity

/** The quotas of one entity, such as `{ producer_byte_rate: 1048576 }`. */
export interface ClientQuotas {
  readonly entity: ClientQuotaEntity
  readonly quotas: Readonly<Record<string, number>>
}

/** Which entities are meant: those that have all of this. */
export interface ClientQuotaFilter extends ClientQuotaEntity {
  /** Parts that an entity must have, whatever their name. */
  readonly specified?: readonly EntityPart[]
  /** Only entities that have no other parts. Default false. */
  readonly strict?: boolean
}

/** Changes of an entity's quotas; those that are not named stay as they are. */
export interface ClientQuotaAlteration {
  readonly entity: ClientQuotaEntity
  readonly set?: Readonly<Record<string, number>>
  readonly delete?: readonly string[]
}

const entityTypes: Readonly<Record<EntityPart, string>> = { user: 'user', clientId: 'client-id', ip: 'ip' }
const parts: readonly EntityPart[] = ['user', 'clientId', 'ip']
const matchTypes = { exact: 0, default: 1, specified: 2 } as const

export function describeMatchingQuotas(
  calls: AdminCalls,
  filter: ClientQuotaFilter,
  options: AdminOptions,
): Promise<ClientQuotas[]> {
  return calls.whole('Describing client quotas', options, async (timeoutMs) => {
    const request = { components: componentsOf(filter), strict: filter.strict ?? false }
    const response = await calls.cluster.send('any', describeClientQuotas, request, { timeoutMs })
    const { errorCode, errorMessage, entries } = response
    if (errorCode !== ErrorCode.NONE) {
      throw errorMessage === null ? kafkaError(errorCode) : new KafkaError(errorCode, errorMessage)
    }
    return (entries ?? []).map(({ entity, values }) => ({
      entity: entityOf(entity),
      quotas: Object.fromEntries(values.map(({ key, value }) => [key, value])),
    }))
  })
}

export async function alterQuotas(
  calls: AdminCalls,
  alterations: readonly ClientQuotaAlteration[],
  options: ValidateOptions,
): Promise<void> {
  const byText = new Map(alterations.map((alteration) => [textOf(alteration.entity), alteration]))
  await calls.each<true>('Altering client quotas', [...byText.keys()], options, async (texts, timeoutMs) => {
    const entries = texts.map((text) => entryOf(present(byText.get(text), 'Keys come from the map')))
    const request = { entries, validateOnly: options.validateOnly ?? false }
    const response = await calls.cluster.send('controller', alterClientQuotas, request, { timeoutMs })
    return new Map(
      response.entries.map(({ entity, errorCode, errorMessage }) => {
        const text = textOf(entityOf(entity))
        return [text, outcome(true as const, errorCode, text, errorMessage)]
      }),
    )
  })
}

/** `user=alice, client-id=(default)`: the key of an entity in errors. */
function textOf(entity: ClientQuotaEntity): string {
  return parts
    .filter((part) => entity[part] !== undefined)
    .map((part) => `${entityTypes[part]}=${entity[part] ?? '(default)'}`)
    .join(', ')
}

interface FilterComponent {
  readonly entityType: string
  readonly matchType: number
  readonly match: string | null
}

function componentsOf(filter: ClientQuotaFilter): FilterComponent[] {
  return parts.flatMap((part): FilterComponent[] => {
    const name = filter[part]
    const entityType = entityTypes[part]
    if (name !== undefined) {
      return [{ entityType, matchType: name === null ? matchTypes.default : matchTypes.exact, match: name }]
    }
    const isSpecified = filter.specified?.includes(part) === true
    return isSpecified ? [{ entityType, matchType: matchTypes.specified, match: null }] : []
  })
}

function entryOf({ entity, set = {}, delete: removed = [] }: ClientQuotaAlteration): {
  readonly entity: readonly { readonly entityType: string; readonly entityName: string | null }[]
  readonly ops: readonly { readonly key: string; readonly value: number; readonly remove: boolean }[]
} {
  return {
    entity: parts.flatMap((part) => {
      const entityName = entity[part]
      return entityName === undefined ? [] : [{ entityType: entityTypes[part], entityName }]
    }),
    ops: [
      ...Object.entries(set).map(([key, value]) => ({ key, value, remove: false })),
      ...removed.map((key) => ({ key, value: 0, remove: true })),
    ],
  }
}

function entityOf(
  entity: readonly { readonly entityType: string; readonly entityName: string | null }[],
): ClientQuotaEntity {
  const found: { -readonly [Part in EntityPart]?: string | null } = {}
  for (const { entityType, entityName } of entity) {
    const part = parts.find((each) => entityTypes[each] === entityType)
    if (part !== undefined) found[part] = entityName
  }
  return found
}
