import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import type { ScramDigest } from '@streamwright/protocol/sasl'
import type { Environment, Timer } from '@streamwright/std'
import { int32Max } from '@streamwright/std'
import type { RequestContext } from '../handlers/handler.ts'
import { scramSaltBytes } from '../limits.ts'
import type { MetadataLog } from '../metadata/metadata-log.ts'
import type { BrokerSettings } from '../settings.ts'
import type { DelegationToken } from './delegation-token.ts'
import type { KafkaPrincipal } from './principal.ts'
import { anonymous } from './principal.ts'
import type { ScramCredential } from './scram-credential.ts'

type TokenSettings = Pick<
  BrokerSettings,
  | 'delegationTokenSecretKey'
  | 'delegationTokenMaxLifetimeMs'
  | 'delegationTokenExpiryTimeMs'
  | 'delegationTokenExpiryCheckIntervalMs'
>

/** What is asked for in CreateDelegationToken. */
export interface TokenWish {
  readonly owner: KafkaPrincipal
  readonly requester: KafkaPrincipal
  readonly renewers: readonly string[]
  /** 0 and less: the broker's default. */
  readonly maxLifetimeMs: number
}

/**
 * Delegation tokens (KIP-48): a user gets one, and programs log in with its id and its HMAC by SCRAM in the user's place.
 * There are some only with `delegation.token.secret.key`, of which each HMAC is made: nobody who reads the disk has them.
 */
export class DelegationTokens {
  readonly #metadata: MetadataLog
  readonly #settings: TokenSettings
  readonly #environment: Environment
  /** Made when a token first logs in, by mechanism and id; its password is long and random, so that few rounds do. */
  readonly #credentials = new Map<string, Promise<ScramCredential>>()
  readonly #sweep: Timer | undefined

  constructor(metadata: MetadataLog, settings: TokenSettings, environment: Environment) {
    this.#metadata = metadata
    this.#settings = settings
    this.#environment = environment
    const intervalMs = Math.min(settings.delegationTokenExpiryCheckIntervalMs, int32Max)
    const sweep = (): void => void this.#removeExpired().catch(() => {})
    if (this.isEnabled) this.#sweep = environment.timers.every(intervalMs, sweep, { background: true })
  }

  get isEnabled(): boolean {
    return this.#secretKey !== ''
  }

  /** No more sweeps. */
  close(): void {
    this.#sweep?.cancel()
  }

  /** Durable when the promise resolves. */
  async create({ owner, requester, renewers, maxLifetimeMs }: TokenWish): Promise<DelegationToken> {
    const nowMs = this.#environment.clock.wallMs()
    const { delegationTokenMaxLifetimeMs: most, delegationTokenExpiryTimeMs } = this.#settings
    const maxTimestampMs = nowMs + (maxLifetimeMs > 0 ? Math.min(most, maxLifetimeMs) : most)
    const token = {
      tokenId: this.#newId(),
      owner: owner.text,
      requester: requester.text,
      renewers,
      issueTimestampMs: nowMs,
      expiryTimestampMs: Math.min(maxTimestampMs, nowMs + delegationTokenExpiryTimeMs),
      maxTimestampMs,
    }
    await this.#metadata.append({ kind: 'delegationToken', token })
    return token
  }

  /** Resolves with when it expires. Throws DELEGATION_TOKEN_NOT_FOUND, DELEGATION_TOKEN_EXPIRED, DELEGATION_TOKEN_OWNER_MISMATCH. */
  async renew(hmac: Buffer, principal: KafkaPrincipal, periodMs: number): Promise<number> {
    const token = this.#withHmac(hmac)
    const nowMs = this.#environment.clock.wallMs()
    if (isExpired(token, nowMs)) throw kafkaError(ErrorCode.DELEGATION_TOKEN_EXPIRED)
    checkRenewer(token, principal)
    const most = this.#settings.delegationTokenExpiryTimeMs
    return this.#change(token, nowMs + (periodMs > 0 ? Math.min(most, periodMs) : most))
  }

  /** The same. With a period below zero it is gone at once, even when it had expired. */
  async expire(hmac: Buffer, principal: KafkaPrincipal, periodMs: number): Promise<number> {
    const token = this.#withHmac(hmac)
    const nowMs = this.#environment.clock.wallMs()
    checkRenewer(token, principal)
    if (periodMs < 0) {
      await this.#remove([token])
      return nowMs
    }
    if (isExpired(token, nowMs)) throw kafkaError(ErrorCode.DELEGATION_TOKEN_EXPIRED)
    return this.#change(token, nowMs + periodMs)
  }

  all(): IterableIterator<DelegationToken> {
    return this.#metadata.state.delegationTokens.values()
  }

  /** The token that logs in; `undefined` when there is none, or it has expired. */
  valid(tokenId: string): DelegationToken | undefined {
    const token = this.isEnabled ? this.#metadata.state.delegationTokens.get(tokenId) : undefined
    return token === undefined || isExpired(token, this.#environment.clock.wallMs()) ? undefined : token
  }

  /** What SCRAM compares its proof with. */
  credential({ tokenId }: DelegationToken, digest: ScramDigest): Promise<ScramCredential> {
    const key = `${digest.mechanism}:${tokenId}`
    const known = this.#credentials.get(key)
    if (known !== undefined) return known
    const made = this.#makeCredential(tokenId, digest)
    this.#credentials.set(key, made)
    return made
  }

  hmacOf(tokenId: string): Buffer {
    return createHmac('sha512', this.#secretKey).update(tokenId).digest()
  }

  /** As Kafka's ids: none looks like an option of a tool. */
  #newId(): string {
    for (;;) {
      const id = this.#environment.random.bytes(16).toString('base64url')
      if (!id.startsWith('-') && !this.#metadata.state.delegationTokens.has(id)) return id
    }
  }

  get #secretKey(): string {
    return this.#settings.delegationTokenSecretKey ?? ''
  }

  async #makeCredential(tokenId: string, digest: ScramDigest): Promise<ScramCredential> {
    const { saltedPassword, scramKeys } = await import('@streamwright/protocol/sasl')
    const salt = randomBytes(scramSaltBytes)
    const iterations = digest.iterationsMin
    const salted = await saltedPassword(digest, this.hmacOf(tokenId).toString('base64'), salt, iterations)
    const { storedKey, serverKey } = scramKeys(digest, salted)
    return {
      user: tokenId,
      mechanism: digest.code,
      iterations,
      salt: salt.toString('base64'),
      storedKey: storedKey.toString('base64'),
      serverKey: serverKey.toString('base64'),
    }
  }

  #withHmac(hmac: Buffer): DelegationToken {
    for (const token of this.all()) {
      const own = this.hmacOf(token.tokenId)
      if (own.length === hmac.length && timingSafeEqual(own, hmac)) return token
    }
    throw kafkaError(ErrorCode.DELEGATION_TOKEN_NOT_FOUND)
  }

  async #change(token: DelegationToken, wantedMs: number): Promise<number> {
    const expiryTimestampMs = Math.min(token.maxTimestampMs, wantedMs)
    await this.#metadata.append({ kind: 'delegationToken', token: { ...token, expiryTimestampMs } })
    return expiryTimestampMs
  }

  async #remove(tokens: readonly DelegationToken[]): Promise<void> {
    if (tokens.length === 0) return
    for (const key of this.#credentials.keys()) {
      if (tokens.some(({ tokenId }) => key.endsWith(`:${tokenId}`))) this.#credentials.delete(key)
    }
    await this.#metadata.append(...tokens.map(({ tokenId }) => ({ kind: 'delegationTokenDeleted', tokenId }) as const))
  }

  #removeExpired(): Promise<void> {
    const nowMs = this.#environment.clock.wallMs()
    return this.#remove([...this.all()].filter((token) => isExpired(token, nowMs)))
  }
}

/** Why the asker may not ask about tokens: it has not shown who it is, or only by a token. */
export function tokenRequestRefusal({ authentication, principal }: RequestContext): number {
  const isKnown = authentication !== undefined || principal.text !== anonymous.text
  const isByToken = authentication?.isByToken === true
  return isKnown && !isByToken ? ErrorCode.NONE : ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED
}

/** Throws {@link tokenRequestRefusal}, or DELEGATION_TOKEN_AUTH_DISABLED where there are no tokens. */
export function admitTokenRequest(tokens: DelegationTokens, context: RequestContext): void {
  const refusal = tokenRequestRefusal(context)
  if (refusal !== ErrorCode.NONE) throw kafkaError(refusal)
  if (!tokens.isEnabled) throw kafkaError(ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED)
}

/** Whether the principal is the token's owner, or one who may renew it. */
export function isOwnerOrRenewer({ owner, renewers }: DelegationToken, principal: string): boolean {
  return owner === principal || renewers.includes(principal)
}

function checkRenewer(token: DelegationToken, principal: KafkaPrincipal): void {
  if (!isOwnerOrRenewer(token, principal.text)) throw kafkaError(ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH)
}

function isExpired({ expiryTimestampMs, maxTimestampMs }: DelegationToken, nowMs: number): boolean {
  return Math.min(expiryTimestampMs, maxTimestampMs) < nowMs
}

/** The number of an error of tokens, for answers that have no words. Throws what is none. */
export function tokenErrorCode(error: unknown): number {
  if (error instanceof KafkaError) return error.errorCode
  throw error
}
