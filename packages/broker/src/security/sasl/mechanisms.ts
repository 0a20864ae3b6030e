import { parseJaasConfig } from '@streamwright/protocol'
import { scramDigest } from '@streamwright/protocol/sasl'
import { asError, ConfigurationError } from '@streamwright/std'
import type { Clock, Log } from '@streamwright/std'
import type { MetadataLog } from '../../metadata/metadata-log.ts'
import type { DelegationTokens } from '../delegation-tokens.ts'
import type { ListenerSettings } from '../listener-settings.ts'
import { readListenerSettings } from '../listener-settings.ts'
import { scramCredentialKey } from '../scram-credential.ts'
import type { ScramUser } from '../scram-credentials.ts'
import type { SaslMechanism } from './mechanism.ts'
import { SaslFailure } from './mechanism.ts'
import { oauthBearerMechanism } from './oauthbearer.ts'
import type { PasswordCheck } from './plain.ts'
import { passwordsOf, plainMechanism } from './plain.ts'
import type { CredentialLookup } from './scram.ts'
import { scramMechanism } from './scram.ts'
import type { TokenValidation } from './token-validation.ts'
import { signedTokens, unsecuredTokens } from './token-validation.ts'
import type { SaslOptions } from './sasl-authentication.ts'

/** What a program gives beside settings. */
export interface AuthenticationOptions {
  /** Users of PLAIN with their passwords, or a function that checks them. Goes before `sasl.jaas.config`. */
  readonly plain?: Readonly<Record<string, string>> | PasswordCheck
  /** Users of SCRAM, added when the broker does not know them yet. Others come by AlterUserScramCredentials. */
  readonly scram?: readonly ScramUser[]
  /**
   * A function that finds out whom a token of OAUTHBEARER is for, and throws for one that it does not believe;
   * `unsecured` believes tokens that anybody can make (`alg` none), for development. Default: JWTs signed by a key of
   * `sasl.oauthbearer.jwks.endpoint.url`.
   */
  readonly oauthbearer?: TokenValidation | 'unsecured'
}

/** Where the users of a listener are known from. */
export interface UserSources {
  readonly options: AuthenticationOptions
  /** All settings in force at the start, and those of them that the broker was started with. */
  readonly startedWith: Readonly<Record<string, unknown>>
  readonly given: Readonly<Record<string, unknown>>
  readonly metadata: MetadataLog
  readonly tokens: DelegationTokens
  readonly clock: Clock
  readonly log: Log
}

/** What a listener with SASL offers. Throws `ConfigurationError`. */
export function saslOptions(listener: string, sources: UserSources): SaslOptions {
  const settings = readListenerSettings(sources.given, listener)
  const mechanisms = new Map<string, SaslMechanism>()
  const maxReauthMs = new Map<string, number>()
  for (const name of settings.saslEnabledMechanisms) {
    if (name === 'GSSAPI') continue
    const own = readListenerSettings(sources.given, listener, name)
    mechanisms.set(name, mechanismOf(name, listener, own, sources))
    maxReauthMs.set(name, own.connectionsMaxReauthMs)
  }
  if (settings.saslEnabledMechanisms.includes('GSSAPI')) noteKerberos(listener, mechanisms.size, sources.log)
  return {
    mechanisms,
    maxReauthMs,
    maxReceiveBytes: settings.saslServerMaxReceiveSize,
    failureDelayMs: settings.connectionFailedAuthenticationDelayMs,
  }
}

function mechanismOf(name: string, listener: string, settings: ListenerSettings, sources: UserSources): SaslMechanism {
  const { options, metadata } = sources
  if (name === 'PLAIN') return plainMechanism(passwordCheck(listener, settings, options))
  const digest = scramDigest(name)
  if (digest !== undefined) {
    const lookup: CredentialLookup = (user) =>
      metadata.state.scramCredentials.get(scramCredentialKey({ user, mechanism: digest.code }))
    return scramMechanism(digest, lookup, sources.tokens)
  }
  if (name === 'OAUTHBEARER') return oauthBearerMechanism(tokenValidation(listener, settings, sources))
  throw new ConfigurationError(
    `SASL mechanism ${name} of listener ${listener} is not served: sasl.enabled.mechanisms may have PLAIN, ` +
      'SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER',
  )
}

function tokenValidation(listener: string, settings: ListenerSettings, sources: UserSources): TokenValidation {
  const { oauthbearer } = sources.options
  if (typeof oauthbearer === 'function') {
    return (token) =>
      Promise.resolve(token)
        .then(oauthbearer)
        .catch((error: unknown) => {
          throw new SaslFailure(asError(error).message)
        })
  }
  if (oauthbearer === 'unsecured') return unsecuredTokens(settings, sources.clock)
  const { saslOauthbearerJwksEndpointUrl: url } = settings
  if (url !== null) return signedTokens(settings, url, sources.clock, sources.log)
  throw new ConfigurationError(
    `Listener ${listener} offers OAUTHBEARER, but nothing says which tokens to believe: give ` +
      'sasl.oauthbearer.jwks.endpoint.url, or authentication.oauthbearer (a function, or unsecured for development)',
  )
}

function passwordCheck(listener: string, settings: ListenerSettings, { plain }: AuthenticationOptions): PasswordCheck {
  if (typeof plain === 'function') return plain
  if (plain !== undefined) return passwordsOf(new Map(Object.entries(plain)))
  if (settings.saslJaasConfig === null) {
    throw new ConfigurationError(
      `Listener ${listener} offers PLAIN, but there are no users: give authentication.plain, or ` +
        `listener.name.${listener.toLowerCase()}.plain.sasl.jaas.config with user_NAME="password" for each`,
    )
  }
  const users = [...parseJaasConfig(settings.saslJaasConfig).options].flatMap(([name, password]) =>
    name.startsWith('user_') ? [[name.slice('user_'.length), password] as const] : [],
  )
  return passwordsOf(new Map(users))
}

function noteKerberos(listener: string, others: number, log: Log): void {
  const message = `Listener ${listener} has GSSAPI (Kerberos) in sasl.enabled.mechanisms, which this broker does not serve`
  if (others > 0) return log.warn(`${message}; clients can use the others`)
  throw new ConfigurationError(
    `${message}: name others, PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER. (GSSAPI is what Kafka has when nothing is said.)`,
  )
}
