import {
  AclOperation,
  AclPermissionType,
  ErrorCode,
  KafkaError,
  PatternType,
  ResourceType,
  kafkaError,
} from '@streamwright/protocol'
import { createAcls } from '@streamwright/protocol/messages/create-acls'
import { deleteAcls } from '@streamwright/protocol/messages/delete-acls'
import { describeAcls } from '@streamwright/protocol/messages/describe-acls'
import { present } from '@streamwright/std'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'

/** What a rule is about, by Kafka's name. */
export type AclResourceType = Exclude<keyof typeof ResourceType, 'UNKNOWN' | 'ANY'>
export type AclOperationName = Exclude<keyof typeof AclOperation, 'UNKNOWN' | 'ANY'>

/** A rule: whom it lets do what with which resources, or keeps from it. */
export interface AclBinding {
  readonly resourceType: AclResourceType
  /** `*` stands for all; the cluster's is `kafka-cluster`. */
  readonly resourceName: string
  /** Whether `resourceName` is a whole name, or what names begin with. */
  readonly patternType: 'LITERAL' | 'PREFIXED'
  /** `User:alice`; `User:*` stands for everybody. */
  readonly principal: string
  /** An address, or `*` for all. */
  readonly host: string
  readonly operation: AclOperationName
  readonly permissionType: 'ALLOW' | 'DENY'
}

/** Which rules are meant: those that have all of this. What is left out may be anything. */
export interface AclFilter extends Partial<Omit<AclBinding, 'patternType'>> {
  /** `MATCH`: all that are about the resource `resourceName`, by its name, a prefix, or `*`. Default: `ANY`. */
  readonly patternType?: AclBinding['patternType'] | 'ANY' | 'MATCH'
}

export function describeMatchingAcls(
  calls: AdminCalls,
  filter: AclFilter,
  options: AdminOptions,
): Promise<AclBinding[]> {
  return calls.whole('Describing ACLs', options, async (timeoutMs) => {
    const response = await calls.cluster.send('any', describeAcls, requestOf(filter), { timeoutMs })
    const { errorCode, errorMessage, resources } = response
    if (errorCode !== ErrorCode.NONE) throw failure(errorCode, errorMessage)
    return resources.flatMap((resource) => resource.acls.map((acl) => bindingOf({ ...resource, ...acl })))
  })
}

export async function createNewAcls(
  calls: AdminCalls,
  acls: readonly AclBinding[],
  options: AdminOptions,
): Promise<void> {
  const byText = new Map(acls.map((acl) => [textOf(acl), acl]))
  await calls.each<true>('Creating ACLs', [...byText.keys()], options, async (texts, timeoutMs) => {
    const creations = texts.map((text) => creationOf(present(byText.get(text), 'Keys come from the map')))
    const { results } = await calls.cluster.send('controller', createAcls, { creations }, { timeoutMs })
    return new Map(
      texts.map((text, index) => {
        const result = results[index]
        const { errorCode, errorMessage } = result ?? { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, errorMessage: null }
        return [text, outcome(true as const, errorCode, text, errorMessage)]
      }),
    )
  })
}

/** Resolves with what was deleted. */
export async function deleteMatchingAcls(
  calls: AdminCalls,
  filters: readonly AclFilter[],
  options: AdminOptions,
): Promise<AclBinding[]> {
  const byText = new Map(filters.map((filter) => [textOf(filter), filter]))
  const deleted = await calls.each<AclBinding[]>(
    'Deleting ACLs',
    [...byText.keys()],
    options,
    async (texts, timeoutMs) => {
      const asked = texts.map((text) => requestOf(present(byText.get(text), 'Keys come from the map')))
      const { filterResults } = await calls.cluster.send('controller', deleteAcls, { filters: asked }, { timeoutMs })
      return new Map(
        texts.map((text, index) => {
          const { errorCode, errorMessage, matchingAcls } = present(filterResults[index], 'A filter has its result')
          const failed = matchingAcls.find((acl) => acl.errorCode !== ErrorCode.NONE)
          const found = outcome(matchingAcls.map(bindingOf), errorCode, text, errorMessage)
          if (found instanceof KafkaError || failed === undefined) return [text, found]
          return [text, failure(failed.errorCode, failed.errorMessage)]
        }),
      )
    },
  )
  return [...new Map([...deleted.values()].flat().map((acl) => [textOf(acl), acl])).values()]
}

function failure(errorCode: number, message: string | null): KafkaError {
  return message === null ? kafkaError(errorCode) : new KafkaError(errorCode, message)
}

/** The key of a rule or filter in errors. */
function textOf(acl: AclBinding | AclFilter): string {
  const { permissionType, operation, resourceType, patternType, resourceName, principal, host } = acl
  const what = [permissionType, operation, resourceType, patternType, resourceName].map((part) => part ?? '(any)')
  return `${what.join(' ')} for ${principal ?? '(any)'} from ${host ?? '(any)'}`
}

function creationOf(acl: AclBinding): {
  readonly resourceType: number
  readonly resourceName: string
  readonly resourcePatternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
} {
  return {
    resourceType: ResourceType[acl.resourceType],
    resourceName: acl.resourceName,
    resourcePatternType: PatternType[acl.patternType],
    principal: acl.principal,
    host: acl.host,
    operation: AclOperation[acl.operation],
    permissionType: AclPermissionType[acl.permissionType],
  }
}

function requestOf(filter: AclFilter): {
  readonly resourceTypeFilter: number
  readonly resourceNameFilter: string | null
  readonly patternTypeFilter: number
  readonly principalFilter: string | null
  readonly hostFilter: string | null
  readonly operation: number
  readonly permissionType: number
} {
  return {
    resourceTypeFilter: ResourceType[filter.resourceType ?? 'ANY'],
    resourceNameFilter: filter.resourceName ?? null,
    patternTypeFilter: PatternType[filter.patternType ?? 'ANY'],
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: AclOperation[filter.operation ?? 'ANY'],
    permissionType: AclPermissionType[filter.permissionType ?? 'ANY'],
  }
}

function bindingOf(acl: {
  readonly resourceType: number
  readonly resourceName: string
  readonly patternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
}): AclBinding {
  return {
    resourceType: nameOf(ResourceType, acl.resourceType) as AclResourceType,
    resourceName: acl.resourceName,
    patternType: nameOf(PatternType, acl.patternType) as AclBinding['patternType'],
    principal: acl.principal,
    host: acl.host,
    operation: nameOf(AclOperation, acl.operation) as AclOperationName,
    permissionType: nameOf(AclPermissionType, acl.permissionType) as AclBinding['permissionType'],
  }
}

function nameOf(constants: Readonly<Record<string, number>>, code: number): string {
  return Object.keys(constants).find((name) => constants[name] === code) ?? 'UNKNOWN'
}
