/** What has quotas: a user, a client, both together, or an address. Null is the default of its kind. */
export type QuotaEntity = Readonly<Partial<Record<QuotaEntityType, string | null>>>

export type QuotaEntityType = 'user' | 'client-id' | 'ip'

/** The quotas of one entity by name. */
export interface EntityQuotas {
  readonly entity: QuotaEntity
  readonly values: ReadonlyMap<string, number>
}

export function isEntityType(text: string): text is QuotaEntityType {
  return text === 'user' || text === 'client-id' || text === 'ip'
}

/** The same for equal entities, and for no others. */
export function entityKey({ user, 'client-id': clientId, ip }: QuotaEntity): string {
  // Null is not nothing: it is the default.
  return JSON.stringify([user, clientId, ip].map((name) => (name === undefined ? 0 : name)))
}

/** The entity of these parts, or why there is none, in Kafka's words. */
export function entityOf(
  parts: readonly { readonly entityType: string; readonly entityName: string | null }[],
): QuotaEntity | string {
  if (parts.length === 0) return 'Invalid empty client quota entity'
  const entity: Partial<Record<QuotaEntityType, string | null>> = {}
  for (const { entityType, entityName } of parts) {
    if (!isEntityType(entityType)) return `Unhandled client quota entity type: ${entityType}`
    if (entity[entityType] !== undefined) {
      return `Invalid client quota entity, duplicate entity entry ${entityType}`
    }
    if (entityName === '') return `Empty ${entityType} not supported`
    entity[entityType] = entityName
  }
  if (entity.ip !== undefined && parts.length > 1) {
    return 'Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId'
  }
  return entity
}

/** The parts of an entity as Kafka tells them, however they were asked for: the client before the user. */
export function inKafkasOrder<Part extends { readonly entityType: string }>(parts: readonly Part[]): Part[] {
  return parts.toSorted((left, right) => (left.entityType < right.entityType ? -1 : 1))
}
