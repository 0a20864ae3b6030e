import type {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from '@streamwright/protocol/messages/expire-delegation-token'
import { expireDelegationToken } from '@streamwright/protocol/messages/expire-delegation-token'
import { admitTokenRequest, tokenErrorCode } from '../security/delegation-tokens.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** ExpireDelegationToken v1–v2: for its owner and those who may renew it. */
export const expireDelegationTokenHandler: AnyHandler = handler<
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse
>({
  api: expireDelegationToken,

  async handle({ tokens }, { hmac, expiryTimePeriodMs }, context) {
    try {
      admitTokenRequest(tokens, context)
      return { expiryTimestampMs: BigInt(await tokens.expire(hmac, context.principal, Number(expiryTimePeriodMs))) }
    } catch (error) {
      return { errorCode: tokenErrorCode(error), expiryTimestampMs: -1n }
    }
  },

  refuse: (_request, errorCode) => ({ errorCode, expiryTimestampMs: -1n }),
})
