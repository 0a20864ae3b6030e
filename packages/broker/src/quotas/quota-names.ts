import { int64Max } from '@streamwright/std'
import type { QuotaEntity } from './quota-entity.ts'

/** Quotas that users and clients have, with whether they may have a fraction. */
const clientQuotas: ReadonlyMap<string, boolean> = new Map([
  ['producer_byte_rate', false],
  ['consumer_byte_rate', false],
  ['request_percentage', true],
  ['controller_mutation_rate', true],
])
/** Those of addresses. */
const addressQuotas: ReadonlyMap<string, boolean> = new Map([['connection_creation_rate', false]])
const int32Max = 2_147_483_647

/** Why an entity cannot have this quota, in Kafka's words; `undefined` when it can. */
export function quotaProblem(entity: QuotaEntity, name: string, value: number): string | undefined {
  const mayBeFraction = (entity.ip === undefined ? clientQuotas : addressQuotas).get(name)
  if (mayBeFraction === undefined) return `Invalid configuration key ${name}`
  if (!(value > 0)) return `Quota ${name} must be greater than 0`
  if (mayBeFraction) return undefined
  if (entity.ip !== undefined && value > int32Max) return `Proposed value for ${name} is too large for an INT.`
  if (value > Number(int64Max)) return `Proposed value for ${name} is too large for a LONG.`
  return value % 1 > 1e-6 ? `${name} cannot be a fractional value.` : undefined
}
