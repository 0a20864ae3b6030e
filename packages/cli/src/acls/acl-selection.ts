import type { AclBinding, AclFilter, AclOperationName, AclResourceType } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { checkOperations, operationOf } from './acl-operations.ts'

/** The resources that a command names. */
export interface ResourceSelection {
  readonly resourceType: AclResourceType
  readonly resourceName: string
  readonly patternType: 'LITERAL' | 'PREFIXED' | 'ANY' | 'MATCH'
}

/** What is allowed or denied to whom, whatever the resource. */
export type AclEntry = Pick<AclBinding, 'principal' | 'host' | 'operation' | 'permissionType'>

/** Resources with what a command says of each. */
export type AclsByResource = ReadonlyMap<ResourceSelection, readonly AclEntry[]>

const patternTypes = ['LITERAL', 'PREFIXED', 'ANY', 'MATCH'] as const
const clusterResource: ResourceSelection = {
  resourceType: 'CLUSTER',
  resourceName: 'kafka-cluster',
  patternType: 'LITERAL',
}
/** The options that name resources, with their kinds. */
const resourceOptions: Readonly<Record<string, AclResourceType>> = {
  topic: 'TOPIC',
  group: 'GROUP',
  'transactional-id': 'TRANSACTIONAL_ID',
  'delegation-token': 'DELEGATION_TOKEN',
  'user-principal': 'USER',
}

export function patternTypeOf(options: ParsedOptions): ResourceSelection['patternType'] {
  const text = options.value('resource-pattern-type') ?? 'LITERAL'
  const patternType = patternTypes.find((each) => each === text.toUpperCase())
  if (patternType !== undefined) return patternType
  throw new UsageError(`Cannot parse argument '${text}' of option resource-pattern-type`)
}

/** None: the command names no resources. */
export function selectedResources(options: ParsedOptions): readonly ResourceSelection[] {
  const patternType = patternTypeOf(options)
  const named = Object.entries(resourceOptions).flatMap(([option, resourceType]) =>
    options.values(option).map((name) => ({ resourceType, resourceName: name.trim(), patternType })),
  )
  const isOfCluster = options.has('cluster') || options.has('idempotent')
  return isOfCluster && patternType === 'LITERAL' ? [...named, clusterResource] : named
}

/** What the command is about: resources, with the entries that it names for each, or that a role needs. */
export function selectedAcls(options: ParsedOptions): AclsByResource {
  const isRole = options.has('producer') || options.has('consumer')
  const selected = new Map<ResourceSelection, AclEntry[]>()
  if (!isRole) {
    const texts = options.values('operation')
    const operations = texts.length === 0 ? (['ALL'] as const) : texts.map(operationOf)
    const makeEntries = entriesOf(options)
    for (const resource of neededResources(options)) {
      if (makeEntries(['ALL']).length > 0) checkOperations(resource.resourceType, operations)
      selected.set(resource, makeEntries(operations.filter((operation) => operation !== undefined)))
    }
    return selected
  }
  const makeEntries = entriesOf(options)
  for (const resource of neededResources(options)) {
    const operations = new Set([
      ...(options.has('producer') ? producerOperations(resource, options) : []),
      ...(options.has('consumer') ? consumerOperations(resource) : []),
    ])
    if (operations.size > 0) selected.set(resource, makeEntries([...operations]))
  }
  return selected
}

function neededResources(options: ParsedOptions): readonly ResourceSelection[] {
  const resources = selectedResources(options)
  if (resources.length > 0) return resources
  throw new UsageError(
    'You must provide at least one resource: --topic <topic> or --cluster or --group <group> or --delegation-token <Delegation Token ID>',
  )
}

function producerOperations({ resourceType }: ResourceSelection, options: ParsedOptions): readonly AclOperationName[] {
  if (resourceType === 'TOPIC') return ['WRITE', 'DESCRIBE', 'CREATE']
  if (resourceType === 'TRANSACTIONAL_ID') return ['WRITE', 'DESCRIBE']
  return resourceType === 'CLUSTER' && options.has('idempotent') ? ['IDEMPOTENT_WRITE'] : []
}

function consumerOperations({ resourceType }: ResourceSelection): readonly AclOperationName[] {
  if (resourceType === 'TOPIC') return ['READ', 'DESCRIBE']
  return resourceType === 'GROUP' ? ['READ'] : []
}

/** Makes the entries of operations for those whom the command names. */
function entriesOf(options: ParsedOptions): (operations: readonly AclOperationName[]) => AclEntry[] {
  const sides = (['allow', 'deny'] as const).map((side) => {
    const principals = principalsOf(options, `${side}-principal`)
    const given = options.values(`${side}-host`).map((host) => host.trim())
    const hosts = given.length === 0 ? ['*'] : given
    return { permissionType: side === 'allow' ? ('ALLOW' as const) : ('DENY' as const), principals, hosts }
  })
  return (operations) =>
    sides.flatMap(({ permissionType, principals, hosts }) =>
      principals.flatMap((principal) =>
        operations.flatMap((operation) => hosts.map((host) => ({ principal, host, operation, permissionType }))),
      ),
    )
}

/** `User:alice`, of which there may be several. */
export function principalsOf(options: ParsedOptions, option: string): string[] {
  return options.values(option).map((text) => {
    const principal = text.trim()
    if (/^[^:]+:./.test(principal)) return principal
    throw new ArgumentError(`expected a string in format principalType:principalName but got ${principal}`)
  })
}

/** As Kafka's tools write it. */
export function resourceText({ resourceType, resourceName, patternType }: ResourceSelection | AclBinding): string {
  return `ResourcePattern(resourceType=${resourceType}, name=${resourceName}, patternType=${patternType})`
}

export function entryText({ principal, host, operation, permissionType }: AclEntry): string {
  return `(principal=${principal}, host=${host}, operation=${operation}, permissionType=${permissionType})`
}

/** What the broker is asked for. Without entries: all of the resource. */
export function filtersOf(resource: ResourceSelection, entries: readonly AclEntry[]): AclFilter[] {
  return entries.length === 0 ? [resource] : entries.map((entry) => ({ ...resource, ...entry }))
}
