import type { Log, SettingInput, SettingValues } from '@streamwright/std'
import { ConfigurationError, readSettings } from '@streamwright/std'
import { parseBootstrapServers } from '../connection/broker-address.ts'
import type { Connect } from '../connection/transport.ts'
import type { OAuthBearerTokenProvider } from '../connection/sasl/credentials.ts'
import { saslCredentials } from '../connection/sasl/credentials.ts'
import { isJavaOnly } from './java-settings.ts'

/** What producer, consumer and admin have in common, under Kafka's names. Their own specs spread this one. */
export const clientSettingSpecs = {
  'bootstrap.servers': { type: 'list', about: 'Brokers to ask first, as host:port; they name all others.' },
  'client.id': { type: 'string', default: '', about: 'Name of this client in the brokers’ logs, metrics and quotas.' },
  'client.dns.lookup': {
    type: 'string',
    default: 'use_all_dns_ips',
    oneOf: ['use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'],
    about: 'All addresses of a name are tried in any case; the other value takes canonical names of bootstrap.servers.',
  },
  'request.timeout.ms': { type: 'int', default: 30_000, min: 0, about: 'How long to wait for a response.' },
  'retry.backoff.ms': { type: 'long', default: 100, min: 0, about: 'Wait before the first retry of a request.' },
  'retry.backoff.max.ms': { type: 'long', default: 1_000, min: 0, about: 'Longest wait before a retry.' },
  'reconnect.backoff.ms': { type: 'long', default: 50, min: 0, about: 'Wait before connecting to a broker again.' },
  'reconnect.backoff.max.ms': { type: 'long', default: 1_000, min: 0, about: 'Longest wait before connecting again.' },
  'socket.connection.setup.timeout.ms': {
    type: 'long',
    default: 10_000,
    min: 1,
    about: 'How long a first attempt to connect may take; doubled with each failure.',
  },
  'socket.connection.setup.timeout.max.ms': {
    type: 'long',
    default: 30_000,
    min: 1,
    about: 'How long an attempt to connect may take at most.',
  },
  'connections.max.idle.ms': { type: 'long', default: 540_000, about: 'Closes a connection unused for this long.' },
  'metadata.max.age.ms': {
    type: 'long',
    default: 300_000,
    min: 0,
    about: 'Refreshes the metadata after this time even if nothing seems to have changed.',
  },
  'metadata.max.idle.ms': {
    type: 'long',
    default: 300_000,
    min: 5_000,
    about: 'Forgets the metadata of a topic that was not used for this long.',
  },
  'metadata.recovery.strategy': {
    type: 'string',
    default: 'rebootstrap',
    oneOf: ['rebootstrap', 'none'],
    about: 'What to do when no known broker can be reached: ask bootstrap.servers again, or not.',
  },
  'metadata.recovery.rebootstrap.trigger.ms': {
    type: 'long',
    default: 300_000,
    min: 0,
    about: 'Asks bootstrap.servers again when metadata could not be had for this long.',
  },
  'security.protocol': {
    type: 'string',
    default: 'PLAINTEXT',
    oneOf: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'],
    about: 'PLAINTEXT; SSL for TLS; SASL_PLAINTEXT and SASL_SSL to say who the client is by sasl.mechanism.',
  },
  'sasl.mechanism': {
    type: 'string',
    default: 'GSSAPI',
    about: 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER. (Java’s default, GSSAPI, is not supported.)',
  },
  'sasl.username': { type: 'string', default: null, about: 'The user, in place of sasl.jaas.config.' },
  'sasl.password': { type: 'string', default: null, about: 'The user’s password, in place of sasl.jaas.config.' },
  'sasl.jaas.config': {
    type: 'string',
    default: null,
    about: 'User and password as Java takes them: a login module with username="…" and password="…".',
  },
  'sasl.oauthbearer.token.endpoint.url': {
    type: 'string',
    default: null,
    about: 'Where tokens come from, by the grant of client credentials: https: or http:.',
  },
  'sasl.oauthbearer.client.credentials.client.id': {
    type: 'string',
    default: null,
    about: 'The client’s id there; in sasl.jaas.config: clientId.',
  },
  'sasl.oauthbearer.client.credentials.client.secret': {
    type: 'string',
    default: null,
    about: 'The client’s secret there; in sasl.jaas.config: clientSecret.',
  },
  'sasl.oauthbearer.scope': {
    type: 'string',
    default: null,
    about: 'The scope to ask for; in sasl.jaas.config: scope.',
  },
  'sasl.login.refresh.window.factor': {
    type: 'double',
    default: 0.8,
    min: 0.5,
    max: 1,
    about: 'The part of a token’s life after which the next connection gets another.',
  },
  'sasl.login.retry.backoff.ms': { type: 'long', default: 100, min: 0, about: 'Wait before asking for a token again.' },
  'sasl.login.retry.backoff.max.ms': { type: 'long', default: 10_000, min: 0, about: 'Longest such wait.' },
  'ssl.truststore.location': { type: 'string', default: null, about: 'PEM file with the certificates to trust.' },
  'ssl.truststore.certificates': { type: 'string', default: null, about: 'The certificates to trust, as PEM text.' },
  'ssl.truststore.type': { type: 'string', default: 'PEM', oneOf: ['PEM'], about: 'Format of the trust store.' },
  'ssl.keystore.location': {
    type: 'string',
    default: null,
    about: 'PEM file with this client’s key and certificates.',
  },
  'ssl.keystore.certificate.chain': {
    type: 'string',
    default: null,
    about: 'This client’s certificates, as PEM text.',
  },
  'ssl.keystore.key': { type: 'string', default: null, about: 'This client’s private key, as PEM text.' },
  'ssl.keystore.type': { type: 'string', default: 'PEM', oneOf: ['PEM'], about: 'Format of the key store.' },
  'ssl.key.password': { type: 'string', default: null, about: 'Password of the private key.' },
  'ssl.endpoint.identification.algorithm': {
    type: 'string',
    default: 'https',
    about: 'https checks that the certificate is for the broker’s name; empty does not.',
  },
  'ssl.enabled.protocols': { type: 'list', default: ['TLSv1.2', 'TLSv1.3'], about: 'TLS versions to offer.' },
  'ssl.cipher.suites': {
    type: 'list',
    default: [],
    about: 'Cipher suites to offer, by OpenSSL’s names; empty: Node’s.',
  },
} as const

/** What is given beside data: functions. */
export interface ClientHooks {
  /** Makes connections in place of TCP sockets, such as to a broker in this process. */
  readonly connect?: Connect | undefined
  /** Gives tokens for OAUTHBEARER, in place of an endpoint: the token, or with its expiry and extensions. */
  readonly oauthbearerToken?: OAuthBearerTokenProvider | undefined
}

/** What a client does that a user does not set. */
interface ClientRole {
  /** It asks controllers, who know nothing of topics. Default false. */
  readonly asksControllers?: boolean
}

/** The common settings with their values. */
export type ClientSettings = SettingValues<typeof clientSettingSpecs> & ClientHooks & ClientRole

/** The common settings as a user gives them. */
export type ClientConfig = SettingInput<typeof clientSettingSpecs> & ClientHooks

/** Names of settings whose values Java compares without regard to case; in the case that we compare them. */
const caseless = {
  'security.protocol': 'upper',
  'metadata.recovery.strategy': 'lower',
  'compression.type': 'lower',
  'isolation.level': 'lower',
  'group.protocol': 'lower',
} as const

/**
 * Reads settings of a client: checks them, warns of unknown names, keeps quiet about those that only Java's client can
 * use. `hooks` are names that are not settings but functions, and are left out.
 */
export function readClientSettings<const Specs extends Parameters<typeof readSettings>[0]>(
  specs: Specs,
  given: object,
  hooks: readonly string[],
  log: Log,
): SettingValues<Specs> {
  const settings: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (hooks.includes(name)) continue
    if (isJavaOnly(name)) log.debug(`Setting ${name} has no meaning for this client and is ignored`)
    else settings[name] = inOurCase(name, value)
  }
  return readSettings(specs, settings, log)
}

/** Checks what single specs cannot say. Call it with the values read. */
export function checkClientSettings(settings: ClientSettings): void {
  parseBootstrapServers(settings.bootstrapServers)
  saslCredentials(settings)
  if (settings.sslTruststoreLocation !== null && settings.sslTruststoreCertificates !== null) {
    throw new ConfigurationError('Give either ssl.truststore.location or ssl.truststore.certificates, not both')
  }
  if (settings.sslKeystoreLocation !== null && settings.sslKeystoreKey !== null) {
    throw new ConfigurationError('Give either ssl.keystore.location or ssl.keystore.key, not both')
  }
}

function inOurCase(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  for (const [dotted, letters] of Object.entries(caseless)) {
    const camel = dotted.replace(/\.([a-z])/g, (_match, letter: string) => letter.toUpperCase())
    if (name === dotted || name === camel) return letters === 'upper' ? value.toUpperCase() : value.toLowerCase()
  }
  return value
}
