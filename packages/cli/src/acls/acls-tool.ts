import { createInterface } from 'node:readline/promises'
import type { AclBinding, Admin } from '@streamwright/client'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, show, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import type { AclsByResource } from './acl-selection.ts'
import {
  entryText,
  filtersOf,
  patternTypeOf,
  principalsOf,
  resourceText,
  selectedAcls,
  selectedResources,
} from './acl-selection.ts'

/** `kafka-acls`: adds, removes and lists rules about who may do what. */
export const aclsTool: Tool = {
  name: 'kafka-acls',
  about: 'This tool helps to manage acls on kafka.',
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'bootstrap-controller': { about: 'Controllers to connect to instead.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argument: 'optional', argumentName: 'file' },
    add: { about: 'Add rules.', argument: 'none' },
    remove: { about: 'Remove rules.', argument: 'none' },
    list: { about: 'List rules, of some resources or of all.', argument: 'none' },
    topic: { about: 'A topic; * stands for all.', argumentName: 'topic', repeatable: true },
    cluster: { about: 'The cluster.', argument: 'none' },
    group: { about: 'A group; * stands for all.', argumentName: 'group', repeatable: true },
    'transactional-id': { about: 'A transactional id; * stands for all.', argumentName: 'id', repeatable: true },
    'delegation-token': { about: 'A delegation token; * stands for all.', argumentName: 'token', repeatable: true },
    'user-principal': { about: 'A user, as type:name.', argumentName: 'principal', repeatable: true },
    'resource-pattern-type': {
      about:
        'How names of resources are meant: literal (default) or prefixed; when listing or removing also any, or match for all rules about them.',
      argumentName: 'type',
    },
    operation: {
      about: 'An operation, such as Read, Write, Describe or All (default).',
      argumentName: 'operation',
      repeatable: true,
    },
    'allow-principal': { about: 'Who is allowed, as type:name.', argumentName: 'principal', repeatable: true },
    'deny-principal': { about: 'Who is not, whatever else is allowed.', argumentName: 'principal', repeatable: true },
    'allow-host': { about: 'From where it is allowed; default: everywhere.', argumentName: 'host', repeatable: true },
    'deny-host': { about: 'From where it is not; default: nowhere.', argumentName: 'host', repeatable: true },
    principal: {
      about: 'List only rules for this principal.',
      argument: 'optional',
      argumentName: 'principal',
      repeatable: true,
    },
    producer: { about: 'What a producer needs: Write, Describe and Create on topics.', argument: 'none' },
    consumer: { about: 'What a consumer needs: Read and Describe on topics, Read on groups.', argument: 'none' },
    idempotent: { about: 'With --producer: IdempotentWrite on the cluster as well.', argument: 'none' },
    force: { about: 'Remove without asking.', argument: 'none' },
    ...outputOption,
  },
  async run(options, terminal) {
    checkOptions(options)
    try {
      if (options.has('add')) await addAcls(options, terminal)
      else if (options.has('remove')) await removeAcls(options, terminal)
      else await listAcls(options, terminal)
      return 0
    } catch (error) {
      if (error instanceof UsageError) throw error
      // Kafka's tool tells its errors on standard output.
      terminal.out(`Error while executing ACL command: ${javaError(error).text}\n`)
      return 1
    }
  },
}

function checkOptions(options: ParsedOptions): void {
  const hasServer = options.has('bootstrap-server')
  const hasController = options.has('bootstrap-controller')
  if (hasServer && hasController)
    throw new UsageError('Only one of --bootstrap-server or --bootstrap-controller must be specified')
  if (!hasServer && !hasController)
    throw new UsageError('One of --bootstrap-server or --bootstrap-controller must be specified')
  if (['add', 'remove', 'list'].filter((action) => options.has(action)).length !== 1)
    throw new UsageError('Command must include exactly one action: --list, --add, --remove. ')
  options.exclude('list', ['producer', 'consumer', 'allow-host', 'allow-principal', 'deny-host', 'deny-principal'])
  for (const role of ['producer', 'consumer']) options.exclude(role, ['operation', 'deny-principal', 'deny-host'])
  if (options.has('principal') && !options.has('list'))
    throw new UsageError('The --principal option is only available if --list is set')
  if (options.has('producer') && !options.has('topic'))
    throw new UsageError('With --producer you must specify a --topic')
  if (options.has('idempotent') && !options.has('producer'))
    throw new UsageError('The --idempotent option is only available if --producer is set')
  const isStrange =
    !options.has('topic') ||
    !options.has('group') ||
    (!options.has('producer') && (options.has('cluster') || options.has('transactional-id')))
  if (options.has('consumer') && isStrange)
    throw new UsageError(
      'With --consumer you must specify a --topic and a --group and no --cluster or --transactional-id option should be specified.',
    )
}

async function addAcls(options: ParsedOptions, terminal: Terminal): Promise<void> {
  const patternType = patternTypeOf(options)
  if (patternType !== 'LITERAL' && patternType !== 'PREFIXED')
    throw new UsageError(`A '--resource-pattern-type' value of '${patternType}' is not valid when adding acls.`)
  const selected = selectedAcls(options)
  if ([...selected.values()].some((entries) => entries.length === 0))
    throw new UsageError('You must specify one of: --allow-principal, --deny-principal when trying to add ACLs.')
  const bindings = bindingsOf(selected)
  await withAdmin(options, terminal, async (admin) => {
    for (const acls of bindings) {
      const [first] = acls
      if (first === undefined) continue
      if (!wantsJson(options))
        terminal.out(`Adding ACLs for resource \`${resourceText(first)}\`: \n ${linesOf(acls)}\n`)
      // What was added before a failure is told.
      // oxlint-disable-next-line no-await-in-loop
      await admin.createAcls(acls)
    }
  })
  if (wantsJson(options)) show(options, terminal, bindings.flat(), () => {})
}

function bindingsOf(selected: AclsByResource): AclBinding[][] {
  return [...selected].map(([{ resourceType, resourceName, patternType }, entries]) =>
    entries.map((entry) => ({
      resourceType,
      resourceName,
      patternType: patternType === 'PREFIXED' ? 'PREFIXED' : 'LITERAL',
      ...entry,
    })),
  )
}

async function removeAcls(options: ParsedOptions, terminal: Terminal): Promise<void> {
  const selected = selectedAcls(options)
  const removed: AclBinding[] = []
  await withAdmin(options, terminal, async (admin) => {
    for (const [resource, entries] of selected) {
      const which = `resource filter \`${resourceText(resource)}\`? (y/n)`
      const question =
        entries.length === 0
          ? `Are you sure you want to delete all ACLs for ${which}`
          : `Are you sure you want to remove ACLs: \n ${linesOf(entries)} from ${which}`
      // One question after the other.
      // oxlint-disable-next-line no-await-in-loop
      if (!options.has('force') && !(await confirmed(question, terminal))) continue
      // oxlint-disable-next-line no-await-in-loop
      removed.push(...(await admin.deleteAcls(filtersOf(resource, entries))))
    }
  })
  if (wantsJson(options)) show(options, terminal, removed, () => {})
}

async function confirmed(question: string, terminal: Terminal): Promise<boolean> {
  terminal.out(`${question}\n`)
  const lines = createInterface({ input: terminal.stdin })
  try {
    for await (const line of lines) return line.trim().toLowerCase() === 'y'
    return false
  } finally {
    lines.close()
  }
}

async function listAcls(options: ParsedOptions, terminal: Terminal): Promise<void> {
  const principals = principalsOf(options, 'principal')
  const acls = await withAdmin(options, terminal, (admin) => findAcls(admin, options))
  const wanted = principals.length === 0 ? acls : acls.filter(({ principal }) => principals.includes(principal))
  show(options, terminal, wanted, () => {
    if (principals.length === 0) return terminal.out(listText(acls))
    for (const principal of principals) {
      terminal.out(`ACLs for principal \`${principal}\`\n`)
      terminal.out(listText(acls.filter((acl) => acl.principal === principal)))
    }
  })
}

async function findAcls(admin: Admin, options: ParsedOptions): Promise<AclBinding[]> {
  const resources = selectedResources(options)
  if (resources.length === 0) return admin.describeAcls()
  const found = await Promise.all(resources.map((resource) => admin.describeAcls(resource)))
  return [...new Map(found.flat().map((acl) => [JSON.stringify(acl), acl])).values()]
}

function listText(acls: readonly AclBinding[]): string {
  const byResource = new Map<string, AclBinding[]>()
  for (const acl of acls) {
    const text = resourceText(acl)
    const own = byResource.get(text)
    if (own === undefined) byResource.set(text, [acl])
    else own.push(acl)
  }
  return [...byResource].map(([text, own]) => `Current ACLs for resource \`${text}\`:\n ${linesOf(own)}\n`).join('')
}

/** Each on a line of its own. */
function linesOf(entries: readonly Parameters<typeof entryText>[0][]): string {
  return entries.map((entry) => `\t${entryText(entry)}\n`).join('')
}
