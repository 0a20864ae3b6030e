import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@streamwright/protocol/messages/unregister-broker'
import { unregisterBroker } from '@streamwright/protocol/messages/unregister-broker'
import { authorizeCluster } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** UnregisterBroker v0. Apache Kafka lets its last broker go, and is dead from then on; this one stays. */
export const unregisterBrokerHandler: AnyHandler = handler<UnregisterBrokerRequest, UnregisterBrokerResponse>({
  api: unregisterBroker,

  handle(services, { brokerId }, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    if (brokerId !== services.nodeId) {
      const errorMessage = `Broker ID ${brokerId} is not currently registered`
      return { errorCode: ErrorCode.BROKER_ID_NOT_REGISTERED, errorMessage }
    }
    const errorMessage = `Broker ${brokerId} is the only one of its cluster and runs: it cannot be unregistered`
    return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
