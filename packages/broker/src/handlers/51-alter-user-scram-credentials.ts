import { AclOperation } from '@streamwright/protocol'
import type {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
} from '@streamwright/protocol/messages/alter-user-scram-credentials'
import { alterUserScramCredentials } from '@streamwright/protocol/messages/alter-user-scram-credentials'
import { authorizeCluster } from '../security/access.ts'
import { alterScramCredentials } from '../security/scram-credentials.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** AlterUserScramCredentials v0. */
export const alterUserScramCredentialsHandler: AnyHandler = handler<
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse
>({
  api: alterUserScramCredentials,

  async handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.ALTER)
    return { results: await alterScramCredentials(services.metadata, request.deletions, request.upsertions) }
  },

  refuse: (request, errorCode) => {
    const users = new Set([...request.deletions, ...request.upsertions].map(({ name }) => name))
    return { results: [...users].map((user) => ({ user, errorCode, errorMessage: null })) }
  },
})
