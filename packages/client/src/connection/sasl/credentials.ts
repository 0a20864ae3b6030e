import { parseJaasConfig } from '@streamwright/protocol'
import { ConfigurationError } from '@streamwright/std'
import { expiryOf, requestToken } from './token-endpoint.ts'
import type { BearerToken } from './token-source.ts'
import { TokenSource } from './token-source.ts'

/** Gets a token for OAUTHBEARER; called before the one it gave has expired. */
export type OAuthBearerTokenProvider = () => Promise<BearerToken | string> | BearerToken | string

/** The settings that say who the client is. */
export interface SaslSettings {
  readonly securityProtocol: string
  readonly saslMechanism: string
  readonly saslJaasConfig: string | null
  readonly saslUsername: string | null
  readonly saslPassword: string | null
  readonly saslOauthbearerTokenEndpointUrl: string | null
  readonly saslOauthbearerClientCredentialsClientId: string | null
  readonly saslOauthbearerClientCredentialsClientSecret: string | null
  readonly saslOauthbearerScope: string | null
  readonly saslLoginRefreshWindowFactor: number
  readonly saslLoginRetryBackoffMs: number
  readonly saslLoginRetryBackoffMaxMs: number
  readonly oauthbearerToken?: OAuthBearerTokenProvider | undefined
}

/** Who the client is, and how it shows it. */
export type SaslCredentials = PasswordCredentials | TokenCredentials

/** A user with a password. */
export interface PasswordCredentials {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  readonly username: string
  readonly password: string
  /** For SCRAM: they are the id of a delegation token and its HMAC in base64 (`tokenauth` of the login module). */
  readonly isToken: boolean
}

/** Whom a token is for. */
export interface TokenCredentials {
  readonly mechanism: 'OAUTHBEARER'
  readonly tokens: TokenSource
}

type Options = ReadonlyMap<string, string>

/** What settings say; undefined where nobody asks. Throws `ConfigurationError`, without secrets in it. */
export function saslCredentials(settings: SaslSettings): SaslCredentials | undefined {
  if (!settings.securityProtocol.startsWith('SASL')) return undefined
  const { saslMechanism: mechanism, saslJaasConfig } = settings
  const options: Options = saslJaasConfig === null ? new Map() : parseJaasConfig(saslJaasConfig).options
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512':
      return { mechanism, ...userAndPassword(settings, options) }
    case 'OAUTHBEARER':
      return { mechanism, tokens: tokenSource(settings, options) }
    default:
      throw new ConfigurationError(
        `sasl.mechanism ${mechanism} is not supported: give PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER` +
          (mechanism === 'GSSAPI' ? ' (GSSAPI is what Java takes when nothing is said)' : ''),
      )
  }
}

function userAndPassword(
  settings: SaslSettings,
  options: Options,
): Pick<PasswordCredentials, 'username' | 'password' | 'isToken'> {
  const username = settings.saslUsername ?? options.get('username')
  const password = settings.saslPassword ?? options.get('password')
  if (username === undefined || password === undefined) {
    throw new ConfigurationError(
      `sasl.mechanism ${settings.saslMechanism} needs a user and a password: give sasl.username and sasl.password, or ` +
        'sasl.jaas.config with username="…" and password="…"',
    )
  }
  return { username, password, isToken: options.get('tokenauth')?.toLowerCase() === 'true' }
}

function tokenSource(settings: SaslSettings, options: Options): TokenSource {
  const extensions = Object.fromEntries(
    [...options].flatMap(([name, value]) => (name.startsWith('extension_') ? [[name.slice(10), value]] : [])),
  )
  const { oauthbearerToken: provide, saslOauthbearerTokenEndpointUrl: url } = settings
  const window = settings.saslLoginRefreshWindowFactor
  if (provide !== undefined) {
    const request = async (): Promise<BearerToken> => {
      const given = await provide()
      return typeof given === 'string' ? { token: given, expiresAtMs: expiryOf(given), extensions } : given
    }
    return new TokenSource(request, window)
  }
  const clientId = settings.saslOauthbearerClientCredentialsClientId ?? options.get('clientId')
  const clientSecret = settings.saslOauthbearerClientCredentialsClientSecret ?? options.get('clientSecret')
  if (url === null || clientId === undefined || clientSecret === undefined) {
    throw new ConfigurationError(
      'sasl.mechanism OAUTHBEARER needs tokens: give oauthbearerToken, a function, or sasl.oauthbearer.token.endpoint.url ' +
        'with sasl.oauthbearer.client.credentials.client.id and sasl.oauthbearer.client.credentials.client.secret',
    )
  }
  const backoff = { initialMs: settings.saslLoginRetryBackoffMs, maxMs: settings.saslLoginRetryBackoffMaxMs }
  const scope = settings.saslOauthbearerScope ?? options.get('scope')
  const endpoint = { url, clientId, clientSecret, scope, backoff }
  return new TokenSource(
    async (environment) => ({ ...(await requestToken(endpoint, environment)), extensions }),
    window,
  )
}
