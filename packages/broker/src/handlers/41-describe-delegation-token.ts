import type { Init } from '@streamwright/protocol'
import { AclOperation, ResourceType } from '@streamwright/protocol'
import type {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
  DescribeDelegationTokenResponseDescribedDelegationToken,
} from '@streamwright/protocol/messages/describe-delegation-token'
import { describeDelegationToken } from '@streamwright/protocol/messages/describe-delegation-token'
import { isVisible } from '../security/access.ts'
import type { DelegationToken } from '../security/delegation-token.ts'
import { admitTokenRequest, isOwnerOrRenewer, tokenErrorCode } from '../security/delegation-tokens.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** DescribeDelegationToken v1–v3: one's own tokens, those that one may renew, and those that ACLs allow to see. */
export const describeDelegationTokenHandler: AnyHandler = handler<
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse
>({
  api: describeDelegationToken,

  handle(services, { owners }, context) {
    try {
      admitTokenRequest(services.tokens, context)
    } catch (error) {
      return { errorCode: tokenErrorCode(error) }
    }
    const wanted = owners?.map(({ principalType, principalName }) => `${principalType}:${principalName}`)
    const tokens = [...services.tokens.all()]
      .filter((token) => wanted?.some((owner) => isOwnerOrRenewer(token, owner)) !== false)
      .filter((token) => maySee(services, token, context))
      .map((token) => described(token, services.tokens.hmacOf(token.tokenId), context.apiVersion))
    return { tokens }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})

function maySee(services: BrokerServices, token: DelegationToken, context: RequestContext): boolean {
  const { DESCRIBE, DESCRIBE_TOKENS } = AclOperation
  return (
    isOwnerOrRenewer(token, context.principal.text) ||
    isVisible(services, context, DESCRIBE, ResourceType.DELEGATION_TOKEN, token.tokenId) ||
    isVisible(services, context, DESCRIBE_TOKENS, ResourceType.USER, token.owner)
  )
}

function described(
  token: DelegationToken,
  hmac: Buffer,
  apiVersion: number,
): Init<DescribeDelegationTokenResponseDescribedDelegationToken> {
  const requester = partsOf(token.requester)
  return {
    ...partsOf(token.owner),
    ...(apiVersion >= 3 && {
      tokenRequesterPrincipalType: requester.principalType,
      tokenRequesterPrincipalName: requester.principalName,
    }),
    issueTimestamp: BigInt(token.issueTimestampMs),
    expiryTimestamp: BigInt(token.expiryTimestampMs),
    maxTimestamp: BigInt(token.maxTimestampMs),
    tokenId: token.tokenId,
    hmac,
    renewers: token.renewers.map(partsOf),
  }
}

/** `User:alice` in its parts. */
function partsOf(principal: string): { readonly principalType: string; readonly principalName: string } {
  const colon = principal.indexOf(':')
  return { principalType: principal.slice(0, colon), principalName: principal.slice(colon + 1) }
}
