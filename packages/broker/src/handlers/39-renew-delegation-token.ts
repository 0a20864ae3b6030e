import type {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@streamwright/protocol/messages/renew-delegation-token'
import { renewDelegationToken } from '@streamwright/protocol/messages/renew-delegation-token'
import { delegationTokenRefusal } from '../security/delegation-tokens.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** RenewDelegationToken v1–v2: there are no tokens. */
export const renewDelegationTokenHandler: AnyHandler = handler<
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse
>({
  api: renewDelegationToken,

  handle: (_services, _request, context) => ({ errorCode: delegationTokenRefusal(context), expiryTimestampMs: -1n }),

  refuse: (_request, errorCode) => ({ errorCode, expiryTimestampMs: -1n }),
})
