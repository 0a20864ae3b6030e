import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { createDelegationToken } from '@streamwright/protocol/messages/create-delegation-token'
import { describeDelegationToken } from '@streamwright/protocol/messages/describe-delegation-token'
import { expireDelegationToken } from '@streamwright/protocol/messages/expire-delegation-token'
import { renewDelegationToken } from '@streamwright/protocol/messages/renew-delegation-token'
import { StreamwrightError } from '@streamwright/std'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'

/** The first version that knows of owners other than who asks. */
const ownersSince = 3

/** What a user hands to programs in place of the password: they log in by SCRAM with its id and its HMAC. */
export interface DelegationToken {
  readonly tokenId: string
  /** The token's secret. As a password it stands in base64. */
  readonly hmac: Buffer
  /** Whom it stands for, such as `User:alice`. */
  readonly owner: string
  /** Who asked for it; before Kafka 3.3 that is the owner. */
  readonly requester: string
  /** Who may renew it besides its owner. */
  readonly renewers: readonly string[]
  readonly issueTimestampMs: number
  readonly expiryTimestampMs: number
  /** When it ends however often it is renewed. */
  readonly maxTimestampMs: number
}

export interface CreateDelegationTokenOptions extends AdminOptions {
  /** Whom it is to stand for, such as `User:alice`. Default: who asks. From Kafka 3.3 on. */
  readonly owner?: string
  /** Who may renew it, such as `User:scheduler`. */
  readonly renewers?: readonly string[]
  /** Default −1: the broker's `delegation.token.max.lifetime.ms`. */
  readonly maxLifetimeMs?: number
}

export interface DescribeDelegationTokensOptions extends AdminOptions {
  /** Only tokens of these, such as `User:alice`. Default: all that may be seen. */
  readonly owners?: readonly string[]
}

interface Principal {
  readonly principalType: string
  readonly principalName: string
}

export function createToken(calls: AdminCalls, options: CreateDelegationTokenOptions): Promise<DelegationToken> {
  const renewers = (options.renewers ?? []).map(principalOf)
  const owner = options.owner === undefined ? undefined : principalOf(options.owner)
  return calls.whole('Creating a delegation token', options, async (timeoutMs) => {
    const response = await calls.cluster.send(
      'any',
      createDelegationToken,
      {
        renewers,
        maxLifetimeMs: BigInt(options.maxLifetimeMs ?? -1),
        ...(owner === undefined
          ? {}
          : { ownerPrincipalType: owner.principalType, ownerPrincipalName: owner.principalName }),
      },
      { timeoutMs, ...(owner === undefined ? {} : { minVersion: ownersSince }) },
    )
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Creating a delegation token')
    return {
      ...{ tokenId: response.tokenId, hmac: response.hmac },
      ...principalsOf(response),
      renewers: [...(options.renewers ?? [])],
      issueTimestampMs: Number(response.issueTimestampMs),
      expiryTimestampMs: Number(response.expiryTimestampMs),
      maxTimestampMs: Number(response.maxTimestampMs),
    }
  })
}

/** Resolves with when it expires now. */
export function renewToken(
  calls: AdminCalls,
  hmac: Uint8Array,
  options: AdminOptions & { readonly renewTimePeriodMs?: number },
): Promise<number> {
  return calls.whole('Renewing a delegation token', options, async (timeoutMs) => {
    const request = { hmac: Buffer.from(hmac), renewPeriodMs: BigInt(options.renewTimePeriodMs ?? -1) }
    const response = await calls.cluster.send('any', renewDelegationToken, request, { timeoutMs })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Renewing a delegation token')
    return Number(response.expiryTimestampMs)
  })
}

/** Resolves with when it expires now. */
export function expireToken(
  calls: AdminCalls,
  hmac: Uint8Array,
  options: AdminOptions & { readonly expiryTimePeriodMs?: number },
): Promise<number> {
  return calls.whole('Expiring a delegation token', options, async (timeoutMs) => {
    const request = { hmac: Buffer.from(hmac), expiryTimePeriodMs: BigInt(options.expiryTimePeriodMs ?? -1) }
    const response = await calls.cluster.send('any', expireDelegationToken, request, { timeoutMs })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Expiring a delegation token')
    return Number(response.expiryTimestampMs)
  })
}

export function describeTokens(
  calls: AdminCalls,
  options: DescribeDelegationTokensOptions,
): Promise<DelegationToken[]> {
  const owners = options.owners?.map(principalOf) ?? null
  return calls.whole('Describing delegation tokens', options, async (timeoutMs) => {
    const response = await calls.cluster.send('any', describeDelegationToken, { owners }, { timeoutMs })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Describing delegation tokens')
    return response.tokens.map((token) => ({
      ...{ tokenId: token.tokenId, hmac: token.hmac },
      ...principalsOf(token),
      renewers: token.renewers.map(textOf),
      issueTimestampMs: Number(token.issueTimestamp),
      expiryTimestampMs: Number(token.expiryTimestamp),
      maxTimestampMs: Number(token.maxTimestamp),
    }))
  })
}

function principalsOf(
  token: Principal & { readonly tokenRequesterPrincipalType: string; readonly tokenRequesterPrincipalName: string },
): { readonly owner: string; readonly requester: string } {
  const owner = textOf(token)
  const { tokenRequesterPrincipalType: principalType, tokenRequesterPrincipalName: principalName } = token
  return { owner, requester: principalType === '' ? owner : textOf({ principalType, principalName }) }
}

function textOf({ principalType, principalName }: Principal): string {
  return `${principalType}:${principalName}`
}

/** `User:alice` → type and name. */
function principalOf(text: string): Principal {
  const colon = text.indexOf(':')
  if (colon < 1 || colon === text.length - 1) {
    throw new StreamwrightError(`expected a string in format principalType:principalName but got ${text}`, {
      code: 'INVALID_ARGUMENT',
    })
  }
  return { principalType: text.slice(0, colon), principalName: text.slice(colon + 1) }
}
