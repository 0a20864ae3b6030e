import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@streamwright/protocol/messages/create-delegation-token'
import { createDelegationToken } from '@streamwright/protocol/messages/create-delegation-token'
import { isAuthorized } from '../security/access.ts'
import { tokenRequestRefusal } from '../security/delegation-tokens.ts'
import type { KafkaPrincipal } from '../security/principal.ts'
import { principalOf } from '../security/principal.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** CreateDelegationToken v1–v3: for who asks, or, where ACLs allow it, for another. */
export const createDelegationTokenHandler: AnyHandler = handler<
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse
>({
  api: createDelegationToken,

  async handle(services, request, context) {
    const refused = whyRefused(services, request, context)
    if (refused !== ErrorCode.NONE) return refusal(refused, request, context)
    const { tokens } = services
    const token = await tokens.create({
      owner: ownerOf(request, context),
      requester: context.principal,
      renewers: request.renewers.map(({ principalType, principalName }) => `${principalType}:${principalName}`),
      maxLifetimeMs: Number(request.maxLifetimeMs),
    })
    return {
      ...principals(request, context),
      issueTimestampMs: BigInt(token.issueTimestampMs),
      expiryTimestampMs: BigInt(token.expiryTimestampMs),
      maxTimestampMs: BigInt(token.maxTimestampMs),
      tokenId: token.tokenId,
      hmac: tokens.hmacOf(token.tokenId),
    }
  },

  refuse: (request, errorCode, context) => refusal(errorCode, request, context),
})

/** In Kafka's order. */
function whyRefused(services: BrokerServices, request: CreateDelegationTokenRequest, context: RequestContext): number {
  const refused = tokenRequestRefusal(context)
  if (refused !== ErrorCode.NONE) return refused
  const owner = ownerOf(request, context)
  const isAllowed =
    owner.text === context.principal.text ||
    isAuthorized(services, context, AclOperation.CREATE_TOKENS, ResourceType.USER, owner.text)
  if (!isAllowed) return ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED
  if (request.renewers.some(({ principalType }) => principalType !== 'User')) return ErrorCode.INVALID_PRINCIPAL_TYPE
  return services.tokens.isEnabled ? ErrorCode.NONE : ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED
}

function ownerOf(
  { ownerPrincipalType, ownerPrincipalName }: CreateDelegationTokenRequest,
  { principal }: RequestContext,
): KafkaPrincipal {
  if (ownerPrincipalName === null || ownerPrincipalName === '') return principal
  return principalOf(ownerPrincipalType ?? '', ownerPrincipalName)
}

function principals(
  request: CreateDelegationTokenRequest,
  context: RequestContext,
): Init<CreateDelegationTokenResponse> {
  const { principal, apiVersion } = context
  const owner = ownerOf(request, context)
  return {
    principalType: owner.type,
    principalName: owner.name,
    ...(apiVersion >= 3 && {
      tokenRequesterPrincipalType: principal.type,
      tokenRequesterPrincipalName: principal.name,
    }),
  }
}

function refusal(
  errorCode: number,
  request: CreateDelegationTokenRequest,
  context: RequestContext,
): Init<CreateDelegationTokenResponse> {
  const none = { issueTimestampMs: -1n, expiryTimestampMs: -1n, maxTimestampMs: -1n }
  return { errorCode, ...principals(request, context), ...none }
}
