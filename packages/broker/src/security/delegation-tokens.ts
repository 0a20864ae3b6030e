import { ErrorCode } from '@streamwright/protocol'
import type { RequestContext } from '../handlers/handler.ts'
import { anonymous } from './principal.ts'

/**
 * What requests about delegation tokens are answered: there are none here, as in a Kafka without
 * `delegation.token.secret.key`. Who has not shown who it is may not even ask.
 */
export function delegationTokenRefusal({ authentication, principal }: RequestContext): number {
  const isKnown = authentication !== undefined || principal.text !== anonymous.text
  return isKnown ? ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED : ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED
}
