import type { Admin, ClientQuotaEntity, ClientQuotas } from '@streamwright/client'
import { javaStringHash } from '@streamwright/protocol'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { javaDouble } from '../console/java-numbers.ts'
import { checkAddresses, quotaEntityOf, quotaFilterOf, quotaPartsOf } from './quota-entities.ts'

const clientQuotas = ['producer_byte_rate', 'consumer_byte_rate', 'request_percentage', 'controller_mutation_rate']
const addressQuotas = ['connection_creation_rate']

/** What a command line wants of an entity's quotas. */
export interface QuotaChanges {
  readonly set: Readonly<Record<string, string>>
  readonly delete: readonly string[]
}

/** Changes the quotas of a user, a client, both together, or an address, and leaves the others as they are. */
export async function alterQuotas(
  admin: Admin,
  options: ParsedOptions,
  changes: QuotaChanges,
  terminal: Terminal,
): Promise<void> {
  const given = quotaPartsOf(options)
  await checkAddresses(given)
  const types = given.map(({ type }) => type)
  refuseStrangeNames(types, 'added', Object.keys(changes.set))
  refuseStrangeNames(types, 'deleted', changes.delete)
  const entity = quotaEntityOf(given)
  const [known] = await admin.describeClientQuotas(quotaFilterOf(given))
  const missing = changes.delete.filter((name) => known?.quotas[name] === undefined)
  if (missing.length > 0) throw new ArgumentError(`Invalid config(s): ${missing.join(',')}`)
  const set = Object.fromEntries(Object.entries(changes.set).map(([name, text]) => [name, numberOf(name, text)]))
  await admin.alterClientQuotas([{ entity, set, delete: changes.delete }])
  const [{ type, name } = { type: 'users', name: '' }] = given
  terminal.out(
    name === '' || name === undefined
      ? `Completed updating default config for ${type} in the cluster.\n`
      : `Completed updating config for ${type.slice(0, -1)} ${name}.\n`,
  )
}

function refuseStrangeNames(types: readonly string[], verb: 'added' | 'deleted', names: readonly string[]): void {
  const possible = types.includes('ips') ? addressQuotas : clientQuotas
  const strange = names.filter((name) => !possible.includes(name))
  if (strange.length === 0) return
  const tail = (list: string): string => `using --bootstrap-server. Unexpected config names: ${list}`
  if (types.includes('ips'))
    throw new ArgumentError(`Only connection quota configs can be ${verb} for 'ips' ${tail(strange.join(','))}`)
  const kinds = types.includes('clients')
    ? `quota configs can be ${verb} for 'clients'`
    : `quota and SCRAM credential configs can be ${verb} for 'users'`
  throw new ArgumentError(`Only ${kinds} ${tail(`Set(${strange.join(', ')})`)}`)
}

function numberOf(name: string, text: string): number {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/.test(text)) return Number.parseFloat(text)
  throw new ArgumentError(`Cannot parse quota configuration value for ${name}: ${text}`)
}

/** The quotas of what a command line names; all of a kind where it names none. */
export async function findQuotas(admin: Admin, options: ParsedOptions): Promise<ClientQuotas[]> {
  const given = quotaPartsOf(options)
  await checkAddresses(given)
  return admin.describeClientQuotas(quotaFilterOf(given))
}

/** A line for each entity. */
export function quotasText(found: readonly ClientQuotas[]): string {
  return found
    .map(({ entity, quotas }) => {
      const values = inJavaOrder(Object.keys(quotas)).map((name) => `${name}=${javaDouble(quotas[name] ?? 0)}`)
      return `Quota configs for ${entityText(entity)} are ${values.join(', ')}\n`
    })
    .join('')
}

function entityText({ user, clientId, ip }: ClientQuotaEntity): string {
  const named = { 'user-principal': user, 'client-id': clientId, ip }
  return Object.entries(named)
    .filter(([, name]) => name !== undefined)
    .map(([type, name]) => (name === null ? `the default ${type}` : `${type} '${name}'`))
    .join(', ')
}

/** As Java's hash map has them, which was made for so many: scripts compare lines. */
function inJavaOrder(names: readonly string[]): string[] {
  let capacity = 1
  while (capacity < names.length) capacity *= 2
  while (Math.floor(capacity * 0.75) < names.length) capacity *= 2
  const bucketOf = (name: string): number => {
    const hash = javaStringHash(name)
    return (hash ^ (hash >>> 16)) & (capacity - 1)
  }
  return names.toSorted((left, right) => bucketOf(left) - bucketOf(right))
}
