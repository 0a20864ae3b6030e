import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { ClientQuotaEntity, ClientQuotaFilter } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { namedEntities } from './entity.ts'
import type { EntityType } from './entity.ts'

/** What of an entity with quotas is called how. */
const parts = { users: 'user', clients: 'clientId', ips: 'ip' } as const
type QuotaType = keyof typeof parts

/** A user, a client or an address. The empty name is the default; none: all. */
interface QuotaPart {
  readonly type: QuotaType
  readonly name: string | undefined
}

export function hasQuotas(type: EntityType): type is QuotaType {
  return type in parts
}

/** The users, clients or addresses of a command line: kinds and names pair up in their order. */
export function quotaPartsOf(options: ParsedOptions): readonly QuotaPart[] {
  const given = Object.entries(namedEntities).filter(([name]) => options.has(name))
  const types = [...options.values('entity-type'), ...given.map(([, { type }]) => type)]
  const names = [
    ...pairedNames(options.argv),
    ...given.map(([name, { isDefault }]) => (isDefault ? '' : (options.value(name) ?? ''))),
  ]
  return types.flatMap((type, index) => (type in parts ? [{ type: type as QuotaType, name: names[index] }] : []))
}

/** What `--entity-name` and `--entity-default` say, in the order in which they were given. */
function pairedNames(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    const [, option, inline] = /^--?(entity-name|entity-default)(?:=(.*))?$/.exec(argument) ?? []
    if (option === undefined) return []
    return [option === 'entity-default' ? '' : (inline ?? argv[index + 1] ?? '')]
  })
}

export function quotaEntityOf(given: readonly QuotaPart[]): ClientQuotaEntity {
  return Object.fromEntries(given.map(({ type, name }) => [parts[type], name === '' ? null : (name ?? null)]))
}

/** Just these parts: by name, by default, or of whatever name. */
export function quotaFilterOf(given: readonly QuotaPart[]): ClientQuotaFilter {
  const named = given.filter(({ name }) => name !== undefined)
  const specified = given.filter(({ name }) => name === undefined).map(({ type }) => parts[type])
  return { ...quotaEntityOf(named), specified, strict: true }
}

/** Refuses addresses that cannot be any. */
export async function checkAddresses(given: readonly QuotaPart[]): Promise<void> {
  for (const { type, name } of given) {
    if (type !== 'ips' || name === undefined || name === '' || isIP(name) !== 0) continue
    // oxlint-disable-next-line no-await-in-loop
    const found = await lookup(name).catch(() => undefined)
    if (found === undefined)
      throw new ArgumentError(`The entity name for ips must be a valid IP or resolvable host, but it is: ${name}`)
  }
}
