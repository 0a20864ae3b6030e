import type {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from '@streamwright/protocol/messages/expire-delegation-token'
import { expireDelegationToken } from '@streamwright/protocol/messages/expire-delegation-token'
import { delegationTokenRefusal } from '../security/delegation-tokens.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** ExpireDelegationToken v1–v2: there are no tokens. */
export const expireDelegationTokenHandler: AnyHandler = handler<
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse
>({
  api: expireDelegationToken,

  handle: (_services, _request, context) => ({ errorCode: delegationTokenRefusal(context), expiryTimestampMs: -1n }),

  refuse: (_request, errorCode) => ({ errorCode, expiryTimestampMs: -1n }),
})
