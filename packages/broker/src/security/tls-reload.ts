import { statSync } from 'node:fs'
import type { Log } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { BrokerLayers } from '../config/broker-layers.ts'
import type { Reconfigurable } from '../config/dynamic-broker-configs.ts'
import type { ListenerSettings } from './listener-settings.ts'
import { readListenerSettings } from './listener-settings.ts'
import type { TlsAcceptor } from './tls-acceptor.ts'
import { incompatibility } from './tls-compatibility.ts'
import { certificateOf } from './tls-stores.ts'

/** What of a listener's TLS may change while it is open. All else stays as it was at the start, as in Kafka. */
const storeSettings = [
  'sslKeystoreLocation',
  'sslKeystorePassword',
  'sslKeystoreKey',
  'sslKeystoreCertificateChain',
  'sslKeyPassword',
  'sslTruststoreLocation',
  'sslTruststoreCertificates',
] as const

/** Gives a listener other keys and certificates for connections to come; those that there are stay. */
export class TlsReload implements Reconfigurable {
  readonly #listener: string
  readonly #acceptor: TlsAcceptor
  readonly #given: Readonly<Record<string, unknown>>
  readonly #log: Log
  #settings: ListenerSettings
  #modified: string

  /** `settings`: those that the acceptor has; `given`: what the broker was started with. */
  constructor(
    listener: string,
    acceptor: TlsAcceptor,
    settings: ListenerSettings,
    given: Readonly<Record<string, unknown>>,
    log: Log,
  ) {
    this.#listener = listener
    this.#acceptor = acceptor
    this.#settings = settings
    this.#given = given
    this.#log = log
    this.#modified = modificationsOf(settings)
  }

  problemOf(next: BrokerLayers): string | undefined {
    const settings = this.#settingsIn(next)
    if (isSame(settings, this.#settings)) return undefined
    const problem = this.#unusable(settings, next)
    return problem && `Validation of dynamic config update of SSLFactory failed: ${problem}`
  }

  reconfigure(now: BrokerLayers, isForThisBroker: boolean): void {
    const settings = this.#settingsIn(now)
    const modified = modificationsOf(settings)
    const isOther = !isSame(settings, this.#settings)
    if (!isOther && !(isForThisBroker && modified !== this.#modified)) return
    // What was changed in a file behind the same name nobody has looked at yet.
    const problem = isOther ? undefined : this.#unusable(settings, now)
    try {
      if (problem !== undefined) throw new Error(problem)
      this.#acceptor.reload(settings)
      this.#settings = settings
      this.#modified = modified
      this.#log.info('A listener has its keys and certificates anew', { listener: this.#listener })
    } catch (error) {
      const reason = asError(error).message
      this.#log.error('New keys and certificates cannot be used; the listener goes on with those it has', {
        listener: this.#listener,
        reason,
      })
    }
  }

  #settingsIn(layers: BrokerLayers): ListenerSettings {
    const read = readListenerSettings({ ...this.#given, ...layers.changed() }, this.#listener)
    const stores = Object.fromEntries(storeSettings.map((name) => [name, read[name]]))
    return { ...this.#settings, ...stores }
  }

  #unusable(settings: ListenerSettings, layers: BrokerLayers): string | undefined {
    const { sslKeystoreLocation: location } = settings
    try {
      const problem = contradiction(settings)
      if (problem !== undefined) return problem
      this.#acceptor.check(settings)
    } catch (error) {
      const isUnreadable = location !== null && settings.sslTruststoreLocation === this.#settings.sslTruststoreLocation
      return invalidConfiguration(isUnreadable ? `Failed to load PEM SSL keystore ${location}` : asError(error).message)
    }
    const hadTrust = this.#settings.sslTruststoreLocation ?? this.#settings.sslTruststoreCertificates
    const hasTrust = settings.sslTruststoreLocation ?? settings.sslTruststoreCertificates
    if (hadTrust === null && hasTrust !== null) {
      return configException(
        'Cannot add SSL truststore to an existing listener for which no truststore was configured.',
      )
    }
    const [before, after] = [this.#acceptor.certificate, certificateOf(settings)]
    if (before === undefined || after === undefined) return undefined
    const isAllowed = (name: string): boolean =>
      (layers.value(`listener.name.${this.#listener.toLowerCase()}.${name}`) ?? layers.value(name)) === 'true'
    const allowed = { subject: isAllowed('ssl.allow.dn.changes'), names: isAllowed('ssl.allow.san.changes') }
    const problem = incompatibility(before, after, allowed)
    return problem && configException(problem)
  }
}

function invalidConfiguration(problem: string): string {
  return `org.apache.kafka.common.errors.InvalidConfigurationException: ${problem}`
}

function configException(problem: string): string {
  return `org.apache.kafka.common.config.ConfigException: ${problem}`
}

/** Settings of keys that exclude each other, or of which one is missing. */
function contradiction(settings: ListenerSettings): string | undefined {
  const { sslKeystoreLocation: location, sslKeystoreKey: key, sslKeystoreCertificateChain: chain } = settings
  const withPassword = 'SSL key store password cannot be specified with PEM format, only key password may be specified'
  const hasPassword = settings.sslKeystorePassword !== null
  if (key === null && chain === null) {
    const isPem = location !== null && hasPassword && certificateOf(settings) !== undefined
    return isPem ? invalidConfiguration(withPassword) : undefined
  }
  if (key === null) return invalidConfiguration('SSL certificate chain is specified, but private key is not specified')
  if (chain === null) {
    return invalidConfiguration('SSL private key is specified, but certificate chain is not specified.')
  }
  if (location !== null) {
    return invalidConfiguration('Both SSL key store location and separate private key are specified.')
  }
  return hasPassword ? invalidConfiguration(`${withPassword}.`) : undefined
}

function isSame(one: ListenerSettings, other: ListenerSettings): boolean {
  return storeSettings.every((name) => one[name] === other[name])
}

/** When the files behind the settings were last written. */
function modificationsOf({ sslKeystoreLocation, sslTruststoreLocation }: ListenerSettings): string {
  return [sslKeystoreLocation, sslTruststoreLocation]
    .map((path) => (path === null ? '' : (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? '')))
    .join(' ')
}
