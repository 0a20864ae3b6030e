import type {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@streamwright/protocol/messages/renew-delegation-token'
import { renewDelegationToken } from '@streamwright/protocol/messages/renew-delegation-token'
import { admitTokenRequest, tokenErrorCode } from '../security/delegation-tokens.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** RenewDelegationToken v1–v2: for its owner and those who may renew it. */
export const renewDelegationTokenHandler: AnyHandler = handler<
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse
>({
  api: renewDelegationToken,

  async handle({ tokens }, { hmac, renewPeriodMs }, context) {
    try {
      admitTokenRequest(tokens, context)
      return { expiryTimestampMs: BigInt(await tokens.renew(hmac, context.principal, Number(renewPeriodMs))) }
    } catch (error) {
      return { errorCode: tokenErrorCode(error), expiryTimestampMs: -1n }
    }
  },

  refuse: (_request, errorCode) => ({ errorCode, expiryTimestampMs: -1n }),
})
