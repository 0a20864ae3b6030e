import { AclOperation, AclPermissionType, PatternType, ResourceType } from '@streamwright/protocol'

/** One rule: whom it lets do what with which resources, or keeps from it. The numbers are those of the protocol. */
export interface Acl {
  readonly resourceType: number
  readonly resourceName: string
  readonly patternType: number
  /** `User:alice`; `User:*` stands for everybody. */
  readonly principal: string
  /** An address, or `*`. */
  readonly host: string
  readonly operation: number
  readonly permissionType: number
}

/** Which rules are meant. Null stands for any. */
export interface AclFilter {
  readonly resourceType: number
  readonly resourceName: string | null
  readonly patternType: number
  readonly principal: string | null
  readonly host: string | null
  readonly operation: number
  readonly permissionType: number
}

/** As a name: all resources of a type. As a host: all. */
export const wildcard = '*'
export const everybody = 'User:*'
/** The one name that a resource of type CLUSTER can have. */
export const clusterName = 'kafka-cluster'

/** The same for equal rules, and for no others. */
export function aclKey(acl: Acl): string {
  const { resourceType, resourceName, patternType, principal, host, operation, permissionType } = acl
  return JSON.stringify([resourceType, patternType, resourceName, principal, host, operation, permissionType])
}

/** Kafka's name for a number, as `TOPIC`. */
export function nameOf(constants: Readonly<Record<string, number>>, code: number): string {
  return Object.keys(constants).find((name) => constants[name] === code) ?? 'UNKNOWN'
}

/** Why a rule cannot be made, in Kafka's words; `undefined` when it can. */
export function aclProblem(acl: Acl): string | undefined {
  const { resourceType, resourceName, patternType, principal, operation, permissionType } = acl
  if (resourceType === ResourceType.CLUSTER && resourceName !== clusterName) {
    return `The only valid name for the CLUSTER resource is ${clusterName}`
  }
  if (resourceName === '') return 'Invalid empty resource name'
  if (nameOf(ResourceType, resourceType) === 'UNKNOWN') return 'Invalid resourceType UNKNOWN'
  if (patternType !== PatternType.LITERAL && patternType !== PatternType.PREFIXED) {
    return `Invalid patternType ${nameOf(PatternType, patternType)}`
  }
  if (nameOf(AclOperation, operation) === 'UNKNOWN') return 'Invalid operation UNKNOWN'
  if (permissionType !== AclPermissionType.ALLOW && permissionType !== AclPermissionType.DENY) {
    return `Invalid permissionType ${nameOf(AclPermissionType, permissionType)}`
  }
  if (!principal.includes(':')) {
    return `Could not parse principal from \`${principal}\` (no colon is present separating the principal type from the principal name)`
  }
  return undefined
}

/** Why a filter cannot mean anything, in Kafka's words; `undefined` when it can. */
export function filterProblem({ resourceType, patternType, operation, permissionType }: AclFilter): string | undefined {
  const isPatternKnown =
    nameOf(ResourceType, resourceType) !== 'UNKNOWN' && nameOf(PatternType, patternType) !== 'UNKNOWN'
  if (!isPatternKnown) return 'Unknown patternFilter.'
  const isEntryKnown =
    nameOf(AclOperation, operation) !== 'UNKNOWN' && nameOf(AclPermissionType, permissionType) !== 'UNKNOWN'
  return isEntryKnown ? undefined : 'Unknown entryFilter.'
}

/** Whether `filter` means `acl`. */
export function matches(filter: AclFilter, acl: Acl): boolean {
  return (
    (filter.resourceType === ResourceType.ANY || filter.resourceType === acl.resourceType) &&
    matchesPattern(filter, acl) &&
    (filter.principal === null || filter.principal === acl.principal) &&
    (filter.host === null || filter.host === acl.host) &&
    (filter.operation === AclOperation.ANY || filter.operation === acl.operation) &&
    (filter.permissionType === AclPermissionType.ANY || filter.permissionType === acl.permissionType)
  )
}

function matchesPattern({ patternType, resourceName }: AclFilter, acl: Acl): boolean {
  const isOfType =
    patternType === PatternType.ANY || patternType === PatternType.MATCH || patternType === acl.patternType
  if (!isOfType) return false
  if (resourceName === null) return true
  if (patternType !== PatternType.MATCH) return resourceName === acl.resourceName
  return isAbout(acl, resourceName)
}

/** Whether a rule is about the resource of this name: by its own name, by a prefix, or as all are. */
function isAbout({ patternType, resourceName }: Acl, name: string): boolean {
  if (patternType === PatternType.PREFIXED) return name.startsWith(resourceName)
  return resourceName === name || resourceName === wildcard
}
