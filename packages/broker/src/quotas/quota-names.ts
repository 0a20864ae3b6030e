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

/** What clients and users have up to three of is told in this order by Kafka, which keeps them in a hash map of four. */
const orderOfThree = ['consumer_byte_rate', 'controller_mutation_rate', 'request_percentage', 'producer_byte_rate']
/** All four need one of eight. */
const orderOfFour = ['producer_byte_rate', 'consumer_byte_rate', 'controller_mutation_rate', 'request_percentage']

/** The quotas of an entity in the order in which Kafka tells them when they were set together. */
export function quotasInKafkasOrder(values: ReadonlyMap<string, number>): (readonly [name: string, value: number])[] {
  const order = values.size > 3 ? orderOfFour : orderOfThree
  return [...values].toSorted(([left], [right]) => order.indexOf(left) - order.indexOf(right))
}

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
