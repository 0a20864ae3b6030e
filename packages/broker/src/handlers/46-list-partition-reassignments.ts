import { AclOperation } from '@streamwright/protocol'
import type {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@streamwright/protocol/messages/list-partition-reassignments'
import { listPartitionReassignments } from '@streamwright/protocol/messages/list-partition-reassignments'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** ListPartitionReassignments v0: nothing can be on its way to another broker. */
export const listPartitionReassignmentsHandler: AnyHandler = handler<
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse
>({
  api: listPartitionReassignments,
  handle(services, _request, context) {
    authorizeCluster(services, context, AclOperation.DESCRIBE)
    return { errorMessage: null, topics: [] }
  },
  refuse: (_request, errorCode) => ({ errorCode }),
})
