import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
} from '@streamwright/protocol/messages/describe-user-scram-credentials'
import { describeUserScramCredentials } from '@streamwright/protocol/messages/describe-user-scram-credentials'
import { authorizeCluster } from '../security/access.ts'
import { scramCredentialsByUser } from '../security/scram-credentials.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** DescribeUserScramCredentials v0: mechanisms and iterations, never what could open a connection. */
export const describeUserScramCredentialsHandler: AnyHandler = handler<
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse
>({
  api: describeUserScramCredentials,

  handle(services, request, context) {
    authorizeCluster(services, context, AclOperation.DESCRIBE)
    const known = scramCredentialsByUser(services.metadata)
    const asked = (request.users ?? []).map(({ name }) => name)
    const names = asked.length === 0 ? [...known.keys()] : [...new Set(asked)]
    const results = names.map((user) => {
      const credentialInfos = (known.get(user) ?? []).map(({ mechanism, iterations }) => ({ mechanism, iterations }))
      if (asked.filter((each) => each === user).length > 1) {
        const errorMessage = `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`
        return { user, errorCode: ErrorCode.DUPLICATE_RESOURCE, errorMessage }
      }
      if (credentialInfos.length === 0) {
        const errorMessage = `Attempt to describe a user credential that does not exist: ${user}`
        return { user, errorCode: ErrorCode.RESOURCE_NOT_FOUND, errorMessage }
      }
      return { user, errorMessage: null, credentialInfos }
    })
    return { errorMessage: '', results }
  },

  refuse: (_request, errorCode) => ({ errorCode, errorMessage: null }),
})
