import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  DescribeClientQuotasRequest,
  DescribeClientQuotasRequestComponentData,
  DescribeClientQuotasResponse,
} from '@streamwright/protocol/messages/describe-client-quotas'
import { describeClientQuotas } from '@streamwright/protocol/messages/describe-client-quotas'
import type { QuotaEntity, QuotaEntityType } from '../quotas/quota-entity.ts'
import { inKafkasOrder, isEntityType } from '../quotas/quota-entity.ts'
import { quotasInKafkasOrder } from '../quotas/quota-names.ts'
import { clusterRefusal, isAuthorized } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

const matchTypes = { exact: 0, default: 1, specified: 2 } as const

/** DescribeClientQuotas v0–v1. v1: flexible. */
export const describeClientQuotasHandler: AnyHandler = handler<
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse
>({
  api: describeClientQuotas,

  handle(services, { components, strict }, context) {
    if (!isAuthorized(services, context, AclOperation.DESCRIBE_CONFIGS, ResourceType.CLUSTER, clusterName)) {
      return { errorCode: clusterRefusal.errorCode, errorMessage: null, entries: null }
    }
    const problem = problemOf(components)
    if (problem !== undefined) return { ...problem, entries: null }
    const found = [...services.quotas.all()].filter(({ entity }) => matches(entity, components, strict))
    return {
      errorMessage: '',
      entries: found.map(({ entity, values }) => ({
        entity: inKafkasOrder(Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }))),
        values: quotasInKafkasOrder(values).map(([key, value]) => ({ key, value })),
      })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode, errorMessage: null, entries: null }),
})

interface Problem {
  readonly errorCode: number
  readonly errorMessage: string
}

function problemOf(components: readonly DescribeClientQuotasRequestComponentData[]): Problem | undefined {
  const seen = new Set<string>()
  for (const component of components) {
    const { entityType } = component
    if (entityType === '') return invalid('Invalid empty entity type.')
    if (seen.has(entityType)) return invalid(`Entity type ${entityType} cannot appear more than once in the filter.`)
    if (!isEntityType(entityType)) {
      return { errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage: `Unsupported entity type ${entityType}` }
    }
    const problem = matchProblem(component)
    if (problem !== undefined) return invalid(problem)
    seen.add(entityType)
  }
  if (!seen.has('ip') || seen.size === 1) return undefined
  return invalid(
    'Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.',
  )
}

function invalid(errorMessage: string): Problem {
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
}

function matchProblem({ matchType, match }: DescribeClientQuotasRequestComponentData): string | undefined {
  if (matchType === matchTypes.exact) {
    return match === null ? 'Request specified MATCH_TYPE_EXACT, but set match string to null.' : undefined
  }
  const name = Object.entries(matchTypes).find(([, code]) => code === matchType)?.[0]
  if (name === undefined) return `Unknown match type ${matchType}`
  if (match === null) return undefined
  return `Request specified MATCH_TYPE_${name.toUpperCase()}, but also specified a match string.`
}

/** Strictly: the entity has just these parts. */
function matches(
  entity: QuotaEntity,
  components: readonly DescribeClientQuotasRequestComponentData[],
  strict: boolean,
): boolean {
  if (strict && Object.keys(entity).length !== components.length) return false
  return components.every(({ entityType, matchType, match }) => {
    const name = entity[entityType as QuotaEntityType]
    return name !== undefined && (matchType === matchTypes.specified || name === match)
  })
}
