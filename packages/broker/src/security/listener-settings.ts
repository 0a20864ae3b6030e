import type { SettingValues } from '@streamwright/std'
import { camelCase, readSetting } from '@streamwright/std'

const specs = {
  'ssl.keystore.location': {
    type: 'string',
    default: null,
    about: 'File with the broker’s key and certificates: PEM or PKCS12.',
  },
  'ssl.keystore.password': { type: 'string', default: null, about: 'Password of a PKCS12 file.' },
  'ssl.keystore.key': { type: 'string', default: null, about: 'The broker’s private key, as PEM text.' },
  'ssl.keystore.certificate.chain': { type: 'string', default: null, about: 'The broker’s certificates, as PEM text.' },
  'ssl.key.password': { type: 'string', default: null, about: 'Password of the private key.' },
  'ssl.truststore.location': {
    type: 'string',
    default: null,
    about: 'PEM file with the certificates that clients’ certificates are checked by.',
  },
  'ssl.truststore.certificates': { type: 'string', default: null, about: 'The same, as PEM text.' },
  'ssl.client.auth': {
    type: 'string',
    default: 'none',
    oneOf: ['none', 'requested', 'required'],
    about: 'Whether clients show certificates. With SASL_SSL only listener.name.X.ssl.client.auth counts.',
  },
  'ssl.principal.mapping.rules': {
    type: 'string',
    default: 'DEFAULT',
    about: 'How a certificate’s subject becomes a principal: DEFAULT, RULE:pattern/replacement/ with L or U, in order.',
  },
  'ssl.enabled.protocols': { type: 'list', default: ['TLSv1.2', 'TLSv1.3'], about: 'TLS versions to take.' },
  'ssl.cipher.suites': {
    type: 'list',
    default: [],
    about: 'Cipher suites to take, by OpenSSL’s names; empty: Node’s.',
  },
  'sasl.enabled.mechanisms': {
    type: 'list',
    default: ['GSSAPI'],
    about:
      'SASL mechanisms offered: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER. Kafka’s default, GSSAPI (Kerberos), is not served.',
  },
  'sasl.jaas.config': {
    type: 'string',
    default: null,
    about: 'For PLAIN, as listener.name.X.plain.sasl.jaas.config: user_NAME="password" for each user.',
  },
  'sasl.oauthbearer.jwks.endpoint.url': {
    type: 'string',
    default: null,
    about: 'Where the keys are that tokens are signed with (JWKS): https:, http: or file:.',
  },
  'sasl.oauthbearer.jwks.endpoint.refresh.ms': {
    type: 'long',
    default: 3_600_000,
    min: 1,
    about: 'Keys are read anew after this time.',
  },
  'sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms': {
    type: 'long',
    default: 10_000,
    min: 0,
    about: 'Keys are read anew for an unknown key id, no more often than this.',
  },
  'sasl.oauthbearer.expected.audience': {
    type: 'list',
    default: [],
    about: 'A token must be for one of these; empty: for anybody.',
  },
  'sasl.oauthbearer.expected.issuer': { type: 'string', default: null, about: 'Who must have issued a token.' },
  'sasl.oauthbearer.scope.claim.name': { type: 'string', default: 'scope', about: 'The claim with the scope.' },
  'sasl.oauthbearer.sub.claim.name': { type: 'string', default: 'sub', about: 'The claim with the principal’s name.' },
  'sasl.oauthbearer.clock.skew.seconds': {
    type: 'int',
    default: 30,
    min: 0,
    about: 'How far the clock of who issues tokens may be off.',
  },
  'connections.max.reauth.ms': {
    type: 'long',
    default: 0,
    about: 'After this time a client must authenticate again, or its connection is closed. 0: never.',
  },
  'sasl.server.max.receive.size': {
    type: 'int',
    default: 524_288,
    min: 1,
    about: 'Largest request of a client that has not authenticated yet.',
  },
  'connection.failed.authentication.delay.ms': {
    type: 'int',
    default: 100,
    min: 0,
    about: 'How long a client that has failed to authenticate waits for the answer.',
  },
} as const

/** Settings that each listener may have for itself, as `listener.name.<name in lower case>.<setting>`. */
export const listenerSettingSpecs: typeof specs = specs

/** The settings of one listener, read. */
export type ListenerSettings = SettingValues<typeof listenerSettingSpecs>

/**
 * Settings of a listener, and of a mechanism where they differ: `listener.name.sasl_ssl.plain.sasl.jaas.config` goes
 * before `listener.name.sasl_ssl.sasl.jaas.config`, and that before `sasl.jaas.config`. Throws `ConfigurationError`.
 */
export function readListenerSettings(
  given: Readonly<Record<string, unknown>>,
  listener: string,
  mechanism?: string,
): ListenerSettings {
  const ofListener = `listener.name.${listener.toLowerCase()}.`
  const prefixes = [...(mechanism === undefined ? [] : [`${ofListener}${mechanism.toLowerCase()}.`]), ofListener, '']
  const values: Record<string, unknown> = {}
  for (const [name, spec] of Object.entries(listenerSettingSpecs)) {
    const names = [...prefixes.map((prefix) => `${prefix}${name}`), camelCase(name)]
    const found = names.find((each) => given[each] !== undefined && given[each] !== null)
    values[camelCase(name)] = found === undefined ? spec.default : readSetting(found, spec, given[found])
  }
  return values as ListenerSettings
}
