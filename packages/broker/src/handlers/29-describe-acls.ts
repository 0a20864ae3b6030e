import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { DescribeAclsRequest, DescribeAclsResponse } from '@streamwright/protocol/messages/describe-acls'
import { describeAcls } from '@streamwright/protocol/messages/describe-acls'
import { clusterProblem } from '../security/access.ts'
import type { Acl } from '../security/acl.ts'
import { filterProblem } from '../security/acl.ts'
import { noAuthorizer } from '../security/acl-requests.ts'
import type { AnyHandler } from './handler.ts'
import { closeConnection, handler } from './handler.ts'

type ResourceInit = NonNullable<Init<DescribeAclsResponse>['resources']>[number]

/** DescribeAcls v1–v3. v1: patterns. v2: flexible. v3: users. */
export const describeAclsHandler: AnyHandler = handler<DescribeAclsRequest, DescribeAclsResponse>({
  api: describeAcls,

  handle(services, request, context) {
    const { resourceTypeFilter, patternTypeFilter, operation, permissionType } = request
    // Kafka cannot read such a request at all.
    if ([resourceTypeFilter, patternTypeFilter, operation, permissionType].includes(0)) return closeConnection
    const problem = clusterProblem(services, context, AclOperation.DESCRIBE)
    if (problem !== undefined) return problem
    const { authorizer } = services
    if (authorizer === undefined) return { errorCode: ErrorCode.SECURITY_DISABLED, errorMessage: noAuthorizer }
    const filter = {
      resourceType: resourceTypeFilter,
      resourceName: request.resourceNameFilter,
      patternType: patternTypeFilter,
      principal: request.principalFilter,
      host: request.hostFilter,
      operation,
      permissionType,
    }
    return {
      errorMessage: '',
      resources: byResource(filterProblem(filter) === undefined ? authorizer.find(filter) : []),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode, errorMessage: null }),
})

function byResource(acls: readonly Acl[]): ResourceInit[] {
  const resources = new Map<string, Acl[]>()
  for (const acl of acls) {
    const key = `${acl.resourceType}:${acl.patternType}:${acl.resourceName}`
    const own = resources.get(key)
    if (own === undefined) resources.set(key, [acl])
    else own.push(acl)
  }
  return [...resources.values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const { resourceType, resourceName, patternType } = first
    const described = own.map(({ principal, host, operation, permissionType }) => ({
      principal,
      host,
      operation,
      permissionType,
    }))
    return [{ resourceType, resourceName, patternType, acls: described }]
  })
}
