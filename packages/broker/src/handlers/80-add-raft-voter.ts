import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type { AddRaftVoterRequest, AddRaftVoterResponse } from '@streamwright/protocol/messages/add-raft-voter'
import { addRaftVoter } from '@streamwright/protocol/messages/add-raft-voter'
import { isOfOtherCluster, quorumIsFixed, voterText } from '../features/quorum.ts'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** AddRaftVoter v0–v1. No other controller can join this one, so what is asked for is refused for the right reason. */
export const addRaftVoterHandler: AnyHandler = handler<AddRaftVoterRequest, AddRaftVoterResponse>({
  api: addRaftVoter,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    const otherCluster = isOfOtherCluster(services, request.clusterId)
    if (otherCluster !== undefined) return otherCluster
    if (request.listeners.length === 0) {
      const errorMessage =
        "Add voter request didn't include the endpoint (Endpoints(endpoints={})) for the default listener ListenerName(CONTROLLER)"
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
    }
    const fixed = quorumIsFixed(services, 'adding')
    if (fixed !== undefined) return fixed
    if (request.voterId === services.nodeId) {
      const asked = voterText(request.voterId, request.voterDirectoryId)
      const errorMessage = `The voter id for ${asked} is already part of the set of voters [${voterText(services.nodeId, services.logs.directoryId)}].`
      return { errorCode: ErrorCode.DUPLICATE_VOTER, errorMessage }
    }
    const errorMessage = 'This broker is a quorum of its own: no other controller can become a voter of it'
    return { errorCode: ErrorCode.REQUEST_TIMED_OUT, errorMessage }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
