import type { Admin, ConfigEntry } from '@streamwright/client'
import { AdminError } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { singular } from './alter-configs.ts'
import type { Entity, EntityType } from './entity.ts'
import { hasQuotas } from './quota-entities.ts'
import { findQuotas, quotasText } from './quotas.ts'
import { kindOf } from './resource-types.ts'
import { credentialsText, findCredentials } from './user-credentials.ts'

interface Described {
  readonly name: string
  /** Undefined: there is no such entity. */
  readonly entries: readonly ConfigEntry[] | undefined
}

/** Settings of one entity, or of all of a type: those set while running, or all. */
export async function describeConfigs(
  admin: Admin,
  entity: Entity,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  if (hasQuotas(entity.type)) return describeUsersAndClients(admin, entity, options, terminal)
  const all = options.has('all')
  // Controllers say nothing of topics, which shows when these are listed.
  if (entity.type === 'topics' && options.has('bootstrap-controller')) await admin.listTopics()
  const names = entity.name === undefined ? await namesOf(admin, entity.type) : [entity.name]
  const described: Described[] = []
  for (const name of names) described.push({ name, entries: await entriesOf(admin, entity.type, name, all) })
  show(options, terminal, described, () => {
    for (const { name, entries } of described) terminal.out(textOf(entity.type, name, entries, all))
  })
}

/** Quotas, and with users alone what they authenticate by. */
async function describeUsersAndClients(
  admin: Admin,
  entity: Entity,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const quotas = await findQuotas(admin, options)
  const isAboutUsers = entity.type === 'users' && entity.name !== '' && !isAboutClients(options)
  const credentials = isAboutUsers ? await findCredentials(admin, entity.name) : []
  show(options, terminal, [...quotas, ...credentials], () =>
    terminal.out(quotasText(quotas) + credentialsText(credentials)),
  )
}

function isAboutClients(options: ParsedOptions): boolean {
  return options.has('client') || options.has('client-defaults') || options.values('entity-type').includes('clients')
}

async function namesOf(admin: Admin, type: EntityType): Promise<string[]> {
  if (type === 'topics') return (await admin.listTopics()).map(({ name }) => name).toSorted()
  if (type === 'brokers') return [...(await admin.describeCluster()).brokers.map(({ id }) => String(id)), '']
  if (type !== 'groups' && type !== 'client-metrics') return []
  const configured = await admin.listConfigResources([kindOf(type).type])
  const groups = type === 'groups' ? await admin.listGroups() : []
  return [...new Set([...configured.map(({ name }) => name), ...groups.map(({ groupId }) => groupId)])]
}

async function entriesOf(
  admin: Admin,
  type: EntityType,
  name: string,
  all: boolean,
): Promise<ConfigEntry[] | undefined> {
  const kind = kindOf(type)
  const source = type === 'brokers' && name === '' ? 'DYNAMIC_DEFAULT_BROKER_CONFIG' : kind.source
  if (type === 'brokers' && name !== '' && !(await isBroker(admin, name))) return undefined
  try {
    const described = await admin.describeConfigs([{ type: kind.type, name }], { includeSynonyms: true })
    const entries = (described.get(`${kind.type}:${name}`) ?? []).toSorted((left, right) =>
      left.name < right.name ? -1 : 1,
    )
    const shown = all || type === 'broker-loggers' ? entries : entries.filter((entry) => entry.source === source)
    // Groups and metrics have no settings of their own until somebody gives them some.
    return shown.length === 0 && !all && (type === 'groups' || type === 'client-metrics') ? undefined : shown
  } catch (error) {
    const [first] = error instanceof AdminError ? error.errors.values() : []
    if (first instanceof KafkaError && first.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return undefined
    throw error
  }
}

async function isBroker(admin: Admin, name: string): Promise<boolean> {
  return (await admin.describeCluster()).brokers.some(({ id }) => String(id) === name)
}

function textOf(type: EntityType, name: string, entries: readonly ConfigEntry[] | undefined, all: boolean): string {
  if (entries === undefined) return `The ${singular(type)} '${name}' doesn't exist and doesn't have dynamic config.\n`
  const head =
    name === ''
      ? `Default configs for ${type} in the cluster are:`
      : `${all ? 'All' : 'Dynamic'} configs for ${singular(type)} ${name} are:`
  const lines = entries.map(({ name: setting, value, isSensitive, synonyms }) => {
    const others = synonyms.map((synonym) => `${synonym.source}:${synonym.name}=${String(synonym.value)}`).join(', ')
    return `  ${setting}=${String(value)} sensitive=${isSensitive} synonyms={${others}}\n`
  })
  return `${head}\n${lines.join('')}`
}
