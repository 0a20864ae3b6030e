import { AclOperation, ErrorCode, PatternType } from '@streamwright/protocol'
import type {
  CreateAclsRequest,
  CreateAclsRequestAclCreation,
  CreateAclsResponse,
} from '@streamwright/protocol/messages/create-acls'
import { createAcls } from '@streamwright/protocol/messages/create-acls'
import { aclChangesPerRequestMax } from '../limits.ts'
import { clusterProblem } from '../security/access.ts'
import type { Acl } from '../security/acl.ts'
import { aclProblem } from '../security/acl.ts'
import { noAuthorizerForChanges, tooManyChanges } from '../security/acl-requests.ts'
import type { AnyHandler, HandlerResult } from './handler.ts'
import { closeConnection, handler } from './handler.ts'

/** CreateAcls v1–v3. v1: patterns. v2: flexible. v3: users. Those that can be made are, whatever is wrong with others. */
export const createAclsHandler: AnyHandler = handler<CreateAclsRequest, CreateAclsResponse>({
  api: createAcls,

  async handle(services, request, context) {
    const acls = request.creations.map(aclOf)
    // Kafka cannot read such a request at all.
    if (acls.some((acl) => [acl.resourceType, acl.patternType, acl.operation, acl.permissionType].includes(0))) {
      return closeConnection
    }
    const refusal = clusterProblem(services, context, AclOperation.ALTER)
    if (refusal !== undefined) return failed(request, refusal.errorCode, refusal.errorMessage)
    const { authorizer } = services
    if (authorizer === undefined) return failed(request, ErrorCode.SECURITY_DISABLED, noAuthorizerForChanges)
    // Kafka's own objects cannot be made of such a request.
    if (acls.some(isFilter)) return failed(request, ErrorCode.UNKNOWN_SERVER_ERROR, null)
    if (acls.length > aclChangesPerRequestMax) return failed(request, ErrorCode.POLICY_VIOLATION, tooManyChanges)
    const problems = acls.map(aclProblem)
    await authorizer.create(acls.filter((_acl, index) => problems[index] === undefined))
    return {
      results: problems.map((problem) =>
        problem === undefined
          ? { errorCode: ErrorCode.NONE, errorMessage: '' }
          : { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: problem },
      ),
    }
  },

  refuse: (request, errorCode) => failed(request, errorCode, null),
})

/** What may be said when one looks for rules, and is none itself. */
function isFilter({ resourceType, patternType, operation, permissionType }: Acl): boolean {
  const { ANY, MATCH } = PatternType
  return [resourceType, patternType, operation, permissionType].includes(ANY) || patternType === MATCH
}

function aclOf({ resourcePatternType, ...rest }: CreateAclsRequestAclCreation): Acl {
  const { resourceType, resourceName, principal, host, operation, permissionType } = rest
  return { resourceType, resourceName, patternType: resourcePatternType, principal, host, operation, permissionType }
}

function failed(
  request: CreateAclsRequest,
  errorCode: number,
  errorMessage: string | null,
): HandlerResult<CreateAclsResponse> {
  return { results: request.creations.map(() => ({ errorCode, errorMessage })) }
}
