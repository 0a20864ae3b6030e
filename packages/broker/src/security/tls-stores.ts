import { readFileSync } from 'node:fs'
import type { SecureContextOptions } from 'node:tls'
import { ConfigurationError } from '@streamwright/std'
import type { ListenerSettings } from './listener-settings.ts'

/** The settings that name keys and certificates. */
type StoreSettings = Pick<
  ListenerSettings,
  | 'sslKeystoreLocation'
  | 'sslKeystorePassword'
  | 'sslKeystoreKey'
  | 'sslKeystoreCertificateChain'
  | 'sslKeyPassword'
  | 'sslTruststoreLocation'
  | 'sslTruststoreCertificates'
>

/** The broker's own key and certificates, read anew at each call. Throws `ConfigurationError`. */
export function keyStore(listener: string, settings: StoreSettings): SecureContextOptions {
  const { sslKeystoreKey: key, sslKeystoreCertificateChain: cert, sslKeystoreLocation: location } = settings
  const passphrase = settings.sslKeyPassword ?? settings.sslKeystorePassword ?? undefined
  if (location === null) {
    if (key === null || cert === null) {
      throw new ConfigurationError(
        `Listener ${listener} speaks TLS and has no certificate: give ssl.keystore.location (PEM or PKCS12), or ` +
          'ssl.keystore.certificate.chain and ssl.keystore.key (PEM)',
      )
    }
    return { key, cert, passphrase }
  }
  if (key !== null || cert !== null) {
    throw new ConfigurationError('Give either ssl.keystore.location or ssl.keystore.key, not both')
  }
  const content = read('ssl.keystore.location', location)
  if (isPem(content)) return { key: content, cert: content, passphrase }
  if (content[0] === sequenceTag) return { pfx: content, passphrase: settings.sslKeystorePassword ?? passphrase }
  throw notReadable('ssl.keystore.location', location)
}

/** The certificates of {@link keyStore} as PEM, the broker's own first; undefined: they are in no such text. */
export function certificateOf(settings: StoreSettings): string | undefined {
  const { sslKeystoreLocation: location, sslKeystoreCertificateChain: chain } = settings
  if (location === null) return chain ?? undefined
  const content = read('ssl.keystore.location', location)
  return isPem(content) ? content.toString() : undefined
}

/** The certificates that clients' certificates are checked by; undefined: those that Node.js trusts. */
export function trustStore(settings: StoreSettings): Buffer | string | undefined {
  const { sslTruststoreCertificates: certificates, sslTruststoreLocation: location } = settings
  if (location === null) return certificates ?? undefined
  if (certificates !== null) {
    throw new ConfigurationError('Give either ssl.truststore.location or ssl.truststore.certificates, not both')
  }
  const content = read('ssl.truststore.location', location)
  if (isPem(content)) return content
  throw notReadable('ssl.truststore.location', location)
}

/** What PKCS12 begins with. */
const sequenceTag = 0x30

function isPem(content: Buffer): boolean {
  return content.includes('-----BEGIN')
}

function read(setting: string, location: string): Buffer {
  try {
    return readFileSync(location)
  } catch (cause) {
    throw new ConfigurationError(`Cannot read ${location}, which ${setting} names`, cause)
  }
}

function notReadable(setting: string, location: string): ConfigurationError {
  return new ConfigurationError(
    `${location}, which ${setting} names, is not in PEM format: convert it with \`keytool -importkeystore ` +
      '-deststoretype PKCS12 …` and `openssl pkcs12 -in … -out ….pem` (with -nokeys for a trust store)',
  )
}
