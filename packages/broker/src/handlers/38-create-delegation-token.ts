import type { Init } from '@streamwright/protocol'
import type {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@streamwright/protocol/messages/create-delegation-token'
import { createDelegationToken } from '@streamwright/protocol/messages/create-delegation-token'
import { delegationTokenRefusal } from '../security/delegation-tokens.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** CreateDelegationToken v1–v3: there are no tokens. */
export const createDelegationTokenHandler: AnyHandler = handler<
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse
>({
  api: createDelegationToken,

  handle: (_services, _request, context) => refusal(delegationTokenRefusal(context), context),

  refuse: (_request, errorCode, context) => refusal(errorCode, context),
})

function refusal(errorCode: number, { principal, apiVersion }: RequestContext): Init<CreateDelegationTokenResponse> {
  return {
    errorCode,
    principalType: principal.type,
    principalName: principal.name,
    ...(apiVersion >= 3 && {
      tokenRequesterPrincipalType: principal.type,
      tokenRequesterPrincipalName: principal.name,
    }),
    issueTimestampMs: -1n,
    expiryTimestampMs: -1n,
    maxTimestampMs: -1n,
  }
}
