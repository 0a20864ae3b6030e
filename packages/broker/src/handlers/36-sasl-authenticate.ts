import { ErrorCode } from '@streamwright/protocol'
import type {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@streamwright/protocol/messages/sasl-authenticate'
import { saslAuthenticate } from '@streamwright/protocol/messages/sasl-authenticate'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** SaslAuthenticate v0–v2. v1: how long the session lasts. v2: flexible. */
export const saslAuthenticateHandler: AnyHandler = handler<SaslAuthenticateRequest, SaslAuthenticateResponse>({
  api: saslAuthenticate,

  async handle(_services, request, context) {
    const { authentication, apiVersion } = context
    if (authentication?.isExchanging !== true) {
      const errorMessage = 'SaslAuthenticate request received after successful authentication'
      return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, errorMessage }
    }
    const { sessionLifetimeMs, ...response } = await authentication.authenticate(request.authBytes)
    return apiVersion >= 1 ? { ...response, sessionLifetimeMs: sessionLifetimeMs ?? 0n } : response
  },

  refuse: (_request, errorCode) => ({ errorCode, errorMessage: null }),
})
