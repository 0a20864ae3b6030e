import { parseJaasConfig } from '@streamwright/protocol'
import { ConfigurationError } from '@streamwright/std'

/** The settings that say who the client is. */
export interface SaslSettings {
  readonly securityProtocol: string
  readonly saslMechanism: string
  readonly saslJaasConfig: string | null
  readonly saslUsername: string | null
  readonly saslPassword: string | null
}

/** Who the client is, and how it shows it. */
export interface SaslCredentials {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  readonly username: string
  readonly password: string
}

/** What settings say; undefined where nobody asks. Throws `ConfigurationError`, without secrets in it. */
export function saslCredentials(settings: SaslSettings): SaslCredentials | undefined {
  if (!settings.securityProtocol.startsWith('SASL')) return undefined
  const { saslMechanism: mechanism } = settings
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512':
      return { mechanism, ...userAndPassword(settings) }
    default:
      throw new ConfigurationError(
        `sasl.mechanism ${mechanism} is not supported: give PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512` +
          (mechanism === 'GSSAPI' ? ' (GSSAPI is what Java takes when nothing is said)' : ''),
      )
  }
}

function userAndPassword(settings: SaslSettings): { readonly username: string; readonly password: string } {
  const jaas = settings.saslJaasConfig === null ? undefined : parseJaasConfig(settings.saslJaasConfig).options
  const username = settings.saslUsername ?? jaas?.get('username')
  const password = settings.saslPassword ?? jaas?.get('password')
  if (username === undefined || password === undefined) {
    throw new ConfigurationError(
      `sasl.mechanism ${settings.saslMechanism} needs a user and a password: give sasl.username and sasl.password, or ` +
        'sasl.jaas.config with username="…" and password="…"',
    )
  }
  return { username, password }
}
