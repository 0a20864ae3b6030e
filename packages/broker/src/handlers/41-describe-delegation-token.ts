import type {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
} from '@streamwright/protocol/messages/describe-delegation-token'
import { describeDelegationToken } from '@streamwright/protocol/messages/describe-delegation-token'
import { delegationTokenRefusal } from '../security/delegation-tokens.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** DescribeDelegationToken v1–v3: there are no tokens. */
export const describeDelegationTokenHandler: AnyHandler = handler<
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse
>({
  api: describeDelegationToken,

  handle: (_services, _request, context) => ({ errorCode: delegationTokenRefusal(context) }),

  refuse: (_request, errorCode) => ({ errorCode }),
})
