import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  DeleteAclsRequest,
  DeleteAclsRequestFilter,
  DeleteAclsResponse,
} from '@streamwright/protocol/messages/delete-acls'
import { deleteAcls } from '@streamwright/protocol/messages/delete-acls'
import { aclChangesPerRequestMax } from '../limits.ts'
import { clusterProblem } from '../security/access.ts'
import type { AclFilter } from '../security/acl.ts'
import { filterProblem } from '../security/acl.ts'
import { noAuthorizerForChanges, tooManyChanges } from '../security/acl-requests.ts'
import type { AnyHandler, HandlerResult } from './handler.ts'
import { closeConnection, handler } from './handler.ts'

/** DeleteAcls v1–v3. v1: patterns. v2: flexible. v3: users. Each filter is answered with what it deleted. */
export const deleteAclsHandler: AnyHandler = handler<DeleteAclsRequest, DeleteAclsResponse>({
  api: deleteAcls,

  async handle(services, request, context) {
    const filters = request.filters.map(filterOf)
    // Kafka cannot read such a request at all.
    if (
      filters.some((each) => [each.resourceType, each.patternType, each.operation, each.permissionType].includes(0))
    ) {
      return closeConnection
    }
    const refusal = clusterProblem(services, context, AclOperation.ALTER)
    if (refusal !== undefined) return failed(request, refusal.errorCode, refusal.errorMessage)
    const { authorizer } = services
    if (authorizer === undefined) return failed(request, ErrorCode.SECURITY_DISABLED, noAuthorizerForChanges)
    const problems = filters.map(filterProblem)
    const found = filters.map((filter, index) => (problems[index] === undefined ? authorizer.find(filter) : []))
    const doomed = found.flat()
    if (doomed.length > aclChangesPerRequestMax) return failed(request, ErrorCode.POLICY_VIOLATION, tooManyChanges)
    await authorizer.delete(doomed)
    return {
      filterResults: found.map((acls, index) => ({
        errorCode: problems[index] === undefined ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST,
        errorMessage: problems[index] ?? null,
        matchingAcls: acls.map((acl) => ({ errorMessage: null, ...acl })),
      })),
    }
  },

  refuse: (request, errorCode) => failed(request, errorCode, null),
})

function filterOf(filter: DeleteAclsRequestFilter): AclFilter {
  return {
    resourceType: filter.resourceTypeFilter,
    resourceName: filter.resourceNameFilter,
    patternType: filter.patternTypeFilter,
    principal: filter.principalFilter,
    host: filter.hostFilter,
    operation: filter.operation,
    permissionType: filter.permissionType,
  }
}

function failed(
  request: DeleteAclsRequest,
  errorCode: number,
  errorMessage: string | null,
): HandlerResult<DeleteAclsResponse> {
  return { filterResults: request.filters.map(() => ({ errorCode, errorMessage, matchingAcls: [] })) }
}
