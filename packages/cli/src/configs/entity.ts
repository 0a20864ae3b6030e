import type { ParsedOptions } from '../command-line/parse-options.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

const types = ['topics', 'clients', 'users', 'brokers', 'ips', 'client-metrics', 'groups', 'broker-loggers'] as const

/** What has settings, as the command line calls it. */
export type EntityType = (typeof types)[number]

/** What a command is about. Without a name: all of the type. The empty name: what holds for all of the type. */
export interface Entity {
  readonly type: EntityType
  readonly name: string | undefined
}

/** Options that name type and entity at once. */
export const namedEntities: Readonly<Record<string, { readonly type: EntityType; readonly isDefault: boolean }>> = {
  topic: { type: 'topics', isDefault: false },
  client: { type: 'clients', isDefault: false },
  'client-defaults': { type: 'clients', isDefault: true },
  user: { type: 'users', isDefault: false },
  'user-defaults': { type: 'users', isDefault: true },
  broker: { type: 'brokers', isDefault: false },
  'broker-defaults': { type: 'brokers', isDefault: true },
  'broker-logger': { type: 'broker-loggers', isDefault: false },
  ip: { type: 'ips', isDefault: false },
  'ip-defaults': { type: 'ips', isDefault: true },
  group: { type: 'groups', isDefault: false },
  'client-metrics': { type: 'client-metrics', isDefault: false },
}

/** The one entity of a command line: the first, where users and clients are named together. */
export function entityOf(options: ParsedOptions): Entity {
  const given = Object.entries(namedEntities).filter(([name]) => options.has(name))
  const all = [...options.values('entity-type'), ...given.map(([, { type }]) => type)]
  const strange = all.find((type) => !types.some((each) => each === type))
  if (strange !== undefined) {
    throw new ArgumentError(
      `Invalid entity type ${strange}, the entity type must be one of ${types.join(', ')} with a --bootstrap-server or --bootstrap-controller argument`,
    )
  }
  const type = types.find((each) => each === all[0])
  if (type === undefined) throw new ArgumentError('At least one entity type must be specified')
  const isPair = all.length === 2 && all.includes('users') && all.includes('clients')
  if (all.length > 1 && !isPair)
    throw new ArgumentError("Only 'users' and 'clients' entity types may be specified together")
  return { type, name: nameOf(options, given[0]) }
}

function nameOf(
  options: ParsedOptions,
  given: readonly [string, { readonly isDefault: boolean }] | undefined,
): string | undefined {
  if (given !== undefined) return given[1].isDefault ? '' : options.value(given[0])
  return options.has('entity-default') ? '' : options.values('entity-name')[0]
}

/** Refuses names that cannot be, and commands that lack something. */
export function checkEntity({ type, name }: Entity, options: ParsedOptions): void {
  if ((type === 'brokers' || type === 'broker-loggers') && name !== undefined && name !== '' && !/^-?\d+$/.test(name))
    throw new ArgumentError(`The entity name for ${type} must be a valid integer broker id, but it is: ${name}`)
  if (options.has('describe')) {
    if (type === 'broker-loggers' && !name)
      throw new ArgumentError('An entity name must be specified with --describe of broker-loggers')
    return
  }
  if (type === 'users' || type === 'clients' || type === 'brokers' || type === 'ips') {
    if (name === undefined) {
      throw new ArgumentError(
        'An entity-name or default entity must be specified with --alter of users, clients, brokers or ips',
      )
    }
  } else if (!name) {
    throw new ArgumentError(`An entity name must be specified with --alter of ${type}`)
  }
  if (!['add-config', 'add-config-file', 'delete-config'].some((each) => options.has(each)))
    throw new ArgumentError(
      'At least one of --add-config, --add-config-file, or --delete-config must be specified with --alter',
    )
}
