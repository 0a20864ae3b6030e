import { ErrorCode } from '@streamwright/protocol'
import type { SaslHandshakeRequest, SaslHandshakeResponse } from '@streamwright/protocol/messages/sasl-handshake'
import { saslHandshake } from '@streamwright/protocol/messages/sasl-handshake'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** SaslHandshake v0–v1. v0: the client's tokens follow without requests around them. */
export const saslHandshakeHandler: AnyHandler = handler<SaslHandshakeRequest, SaslHandshakeResponse>({
  api: saslHandshake,

  handle(_services, request, context) {
    const { authentication, apiVersion } = context
    if (authentication === undefined) return { errorCode: ErrorCode.ILLEGAL_SASL_STATE }
    return authentication.handshake(request.mechanism, apiVersion)
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
