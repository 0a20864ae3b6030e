import { ConfigurationError } from '@streamwright/std'
import { readFileSync } from 'node:fs'
import type { ConnectionOptions as TlsOptions, SecureVersion } from 'node:tls'

/** The settings that concern TLS. */
export interface TlsSettings {
  readonly securityProtocol: string
  readonly sslTruststoreLocation: string | null
  readonly sslTruststoreCertificates: string | null
  readonly sslKeystoreLocation: string | null
  readonly sslKeystoreCertificateChain: string | null
  readonly sslKeystoreKey: string | null
  readonly sslKeyPassword: string | null
  readonly sslEndpointIdentificationAlgorithm: string
  readonly sslEnabledProtocols: readonly string[]
  readonly sslCipherSuites: readonly string[]
}

const versions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

/** What Node's TLS needs, or undefined for plain text. Reads PEM files. Throws `ConfigurationError`. */
export function tlsOptions(settings: TlsSettings): TlsOptions | undefined {
  if (!settings.securityProtocol.endsWith('SSL')) return undefined
  const trusted =
    settings.sslTruststoreCertificates ?? readPem('ssl.truststore.location', settings.sslTruststoreLocation)
  const keystore = readPem('ssl.keystore.location', settings.sslKeystoreLocation)
  const key = settings.sslKeystoreKey ?? keystore
  const certificates = settings.sslKeystoreCertificateChain ?? keystore
  if ((key === undefined) !== (certificates === undefined)) {
    throw new ConfigurationError('ssl.keystore.key and ssl.keystore.certificate.chain must be given together')
  }
  return {
    ...versionRange(settings.sslEnabledProtocols),
    ...(trusted === undefined ? {} : { ca: trusted }),
    ...(key === undefined ? {} : { key, cert: certificates }),
    ...(settings.sslKeyPassword === null ? {} : { passphrase: settings.sslKeyPassword }),
    ...(settings.sslCipherSuites.length === 0 ? {} : { ciphers: settings.sslCipherSuites.join(':') }),
    ...(settings.sslEndpointIdentificationAlgorithm === '' ? { checkServerIdentity: () => undefined } : {}),
  }
}

function versionRange(enabled: readonly string[]): { minVersion: SecureVersion; maxVersion: SecureVersion } {
  const chosen = versions.filter((version) => enabled.includes(version))
  const [minVersion, maxVersion] = [chosen[0], chosen.at(-1)]
  if (minVersion === undefined || maxVersion === undefined || enabled.length !== chosen.length) {
    throw new ConfigurationError(`ssl.enabled.protocols must be some of ${versions.join(', ')}`)
  }
  return { minVersion, maxVersion }
}

function readPem(name: string, location: string | null): string | undefined {
  if (location === null) return undefined
  let text: string
  try {
    text = readFileSync(location, 'latin1')
  } catch (cause) {
    throw new ConfigurationError(`Cannot read ${location}, which ${name} names`, cause)
  }
  if (!text.includes('-----BEGIN')) {
    throw new ConfigurationError(
      `${location}, which ${name} names, is not in PEM format; convert a Java key store with ` +
        '`keytool -importkeystore … -deststoretype PKCS12` and `openssl pkcs12`',
    )
  }
  return text
}
