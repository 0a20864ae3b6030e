import type { Clock } from '@streamwright/std'
import { ConfigurationError } from '@streamwright/std'
import type { Log } from '@streamwright/std'
import type { ListenerSettings } from '../listener-settings.ts'
import { JsonWebKeys } from './json-web-keys.ts'
import type { Jwt } from './jwt.ts'
import { isSignedBy, parseJwt } from './jwt.ts'
import type { Authenticated } from './mechanism.ts'
import { SaslFailure } from './mechanism.ts'

/** Whom a token is for, and until when. Throws {@link SaslFailure} for a token that is not to be believed. */
export type TokenValidation = (token: string) => Authenticated | Promise<Authenticated>

type Claims = Jwt['claims']

/** Tokens signed by a key of `sasl.oauthbearer.jwks.endpoint.url` (KIP-768). */
export function signedTokens(settings: ListenerSettings, url: string, clock: Clock, log: Log): TokenValidation {
  if (!/^(https?|file):/.test(url)) {
    throw new ConfigurationError(
      `Invalid sasl.oauthbearer.jwks.endpoint.url ${url}: it must begin with https:, http: or file:`,
    )
  }
  const keys = new JsonWebKeys({
    url,
    refreshMs: settings.saslOauthbearerJwksEndpointRefreshMs,
    retryMs: settings.saslOauthbearerJwksEndpointRetryBackoffMaxMs,
    clock,
    log,
  })
  return async (token) => {
    const jwt = parseJwt(token)
    if (jwt === undefined) throw new SaslFailure('its token is no JWT')
    const { kid } = jwt.header
    const key = await keys.find(typeof kid === 'string' ? kid : undefined)
    if (key === undefined) throw new SaslFailure('its token is signed with a key that is not known')
    if (!isSignedBy(jwt, key)) throw new SaslFailure('the signature of its token is wrong')
    return authenticatedBy(jwt.claims, settings, clock)
  }
}

/** Tokens that anybody can make: for development, where a program asks for it. */
export function unsecuredTokens(settings: ListenerSettings, clock: Clock): TokenValidation {
  return (token) => {
    const jwt = parseJwt(token)
    if (jwt?.header['alg'] === 'none' && jwt.signature.length === 0) return authenticatedBy(jwt.claims, settings, clock)
    throw new SaslFailure('its token is not an unsecured JWT (alg none)')
  }
}

function authenticatedBy(claims: Claims, settings: ListenerSettings, clock: Clock): Authenticated {
  const name = claims[settings.saslOauthbearerSubClaimName]
  if (typeof name !== 'string' || name.trim() === '') throw new SaslFailure('its token names nobody')
  checkScope(claims[settings.saslOauthbearerScopeClaimName])
  checkOrigin(claims, settings)
  return { name, expiresAtMs: expiryMs(claims, settings.saslOauthbearerClockSkewSeconds * 1000, clock.wallMs()) }
}

function expiryMs(claims: Claims, skewMs: number, nowMs: number): number {
  const expiresAtMs = momentMs(claims, 'exp')
  if (expiresAtMs === undefined) throw new SaslFailure('its token has no expiry')
  if (nowMs - skewMs >= expiresAtMs) throw new SaslFailure('its token has expired')
  for (const claim of ['nbf', 'iat']) {
    const fromMs = momentMs(claims, claim)
    if (fromMs !== undefined && fromMs > nowMs + skewMs) throw new SaslFailure('its token is not valid yet')
  }
  return expiresAtMs + skewMs
}

/** Claims are in seconds. */
function momentMs(claims: Claims, claim: string): number | undefined {
  const seconds = claims[claim]
  if (seconds === undefined) return undefined
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) throw new SaslFailure(`claim ${claim} is no moment`)
  return seconds * 1000
}

/** A text with blanks in between, or a list. */
function checkScope(scope: unknown): void {
  const isText = typeof scope === 'string'
  const isList = Array.isArray(scope) && scope.every((each) => typeof each === 'string')
  if (scope !== undefined && !isText && !isList) throw new SaslFailure('the scope of its token is no text')
}

function checkOrigin(claims: Claims, settings: ListenerSettings): void {
  const { saslOauthbearerExpectedAudience: audiences, saslOauthbearerExpectedIssuer: issuer } = settings
  const given = Array.isArray(claims['aud']) ? claims['aud'] : [claims['aud']]
  if (audiences.length > 0 && !given.some((each) => audiences.includes(String(each)))) {
    throw new SaslFailure('its token is for others')
  }
  if (issuer !== null && claims['iss'] !== issuer) throw new SaslFailure('its token comes from somebody else')
}
