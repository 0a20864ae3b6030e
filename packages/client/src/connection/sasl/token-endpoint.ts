import type { Environment } from '@streamwright/std'
import { asError, delay } from '@streamwright/std'
import { AuthenticationError, ConnectionError } from '../../errors.ts'
import { tokenBytesMax, tokenRequestTimeoutMs, tokenRequestsMax } from '../../limits.ts'
import type { Backoff } from '../backoff.ts'
import { backoffMs } from '../backoff.ts'
import type { BearerToken } from './token-source.ts'

/** Where tokens come from, by the grant of client credentials (RFC 6749, 4.4). */
export interface TokenEndpoint {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string | undefined
  readonly backoff: Backoff
}

/**
 * A new token. Tries a few times when the endpoint cannot be reached, or fails itself; then rejects with a retriable
 * `ConnectionError`. What it refuses is an `AuthenticationError`.
 */
export async function requestToken(endpoint: TokenEndpoint, environment: Environment): Promise<BearerToken> {
  for (let failures = 1; ; failures++) {
    try {
      // Each try comes after the failure of the one before.
      // oxlint-disable-next-line no-await-in-loop
      return await requestOnce(endpoint, environment)
    } catch (error) {
      if (error instanceof AuthenticationError) throw error
      if (failures >= tokenRequestsMax) throw unreachable(endpoint, error)
      // oxlint-disable-next-line no-await-in-loop
      await delay(environment.timers, backoffMs(endpoint.backoff, failures, environment.random))
    }
  }
}

async function requestOnce(endpoint: TokenEndpoint, { clock }: Environment): Promise<BearerToken> {
  const { url, clientId, clientSecret, scope } = endpoint
  const askedAtMs = clock.wallMs()
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }),
    redirect: 'error',
    signal: AbortSignal.timeout(tokenRequestTimeoutMs),
  })
  const text = await response.text()
  if (text.length > tokenBytesMax) throw refused(endpoint, `its answer has more than ${tokenBytesMax} bytes`)
  const isTheirs = response.status >= 500 || response.status === 408 || response.status === 429
  if (!response.ok && isTheirs) throw new Error(`it answers with status ${response.status}`)
  const answer = objectIn(text)
  if (!response.ok) {
    const why = ['error', 'error_description'].flatMap((name) => (name in answer ? [String(answer[name])] : []))
    throw refused(endpoint, `it answers with status ${[response.status, ...why].join(', ')}`)
  }
  const { access_token: token, expires_in: seconds } = answer
  if (typeof token !== 'string' || token === '') throw refused(endpoint, 'its answer has no access_token')
  const expiresAtMs = typeof seconds === 'number' ? askedAtMs + seconds * 1000 : expiryOf(token)
  return { token, expiresAtMs }
}

/** When a JWT says that it expires; undefined for other tokens. */
export function expiryOf(token: string): number | undefined {
  const { exp } = objectIn(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return typeof exp === 'number' ? exp * 1000 : undefined
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

function refused({ url }: TokenEndpoint, why: string): AuthenticationError {
  return new AuthenticationError(
    `There is no token from ${url}: ${why}. Check sasl.oauthbearer.token.endpoint.url, and the client’s id, secret and scope`,
    { address: url, mechanism: 'OAUTHBEARER' },
  )
}

function unreachable({ url }: TokenEndpoint, thrown: unknown): ConnectionError {
  const cause = asError(thrown)
  const why = cause.cause instanceof Error ? cause.cause.message : cause.message
  return new ConnectionError(`There is no token from ${url}, sasl.oauthbearer.token.endpoint.url: ${why}`, {
    address: url,
    code: 'CONNECTION_FAILED',
    cause,
  })
}
