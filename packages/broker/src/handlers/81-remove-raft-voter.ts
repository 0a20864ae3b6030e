import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { RemoveRaftVoterRequest, RemoveRaftVoterResponse } from '@streamwright/protocol/messages/remove-raft-voter'
import { removeRaftVoter } from '@streamwright/protocol/messages/remove-raft-voter'
import { isOfOtherCluster, quorumIsFixed, voterText } from '../features/quorum.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** RemoveRaftVoter v0. There is one voter, which stays. */
export const removeRaftVoterHandler: AnyHandler = handler<RemoveRaftVoterRequest, RemoveRaftVoterResponse>({
  api: removeRaftVoter,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    const otherCluster = isOfOtherCluster(services, request.clusterId)
    if (otherCluster !== undefined) return otherCluster
    if (request.voterId < 0) {
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: "Remove voter request didn't include a valid voter" }
    }
    const fixed = quorumIsFixed(services, 'removing')
    if (fixed !== undefined) return fixed
    const asked = voterText(request.voterId, request.voterDirectoryId)
    const own = voterText(services.nodeId, services.logs.directoryId)
    if (asked === own) {
      const errorMessage = `Cannot remove voter ${asked}: it is the only one`
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
    }
    return {
      errorCode: ErrorCode.VOTER_NOT_FOUND,
      errorMessage: `Cannot remove voter ${asked} from the set of voters [${own}]`,
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
