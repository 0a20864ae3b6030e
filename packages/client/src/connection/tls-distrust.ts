import { AuthenticationError } from '../errors.ts'

/** What Node.js says of a broker's certificate that is not to be trusted. */
const distrusted: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * The end of a connection over TLS, when it came because one side does not trust the other, or does not speak TLS as the
 * other does; undefined when it has another reason.
 */
export function tlsDistrust(
  address: string,
  cause: (Error & { readonly code?: unknown }) | undefined,
): Error | undefined {
  const code = typeof cause?.code === 'string' ? cause.code : ''
  const remedy = remedyFor(code)
  if (remedy === undefined) return undefined
  return new AuthenticationError(`No TLS with the broker at ${address}: ${cause?.message ?? code}. ${remedy}`, {
    address,
    mechanism: 'TLS',
    code: 'TLS_FAILED',
    cause,
  })
}

function remedyFor(code: string): string | undefined {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'Use a name of the broker that its certificate has, or, if you must, set ssl.endpoint.identification.algorithm to nothing'
  }
  if (distrusted.has(code))
    return 'Give the certificates to trust in ssl.truststore.location or ssl.truststore.certificates'
  if (/^ERR_SSL_.*ALERT/.test(code)) {
    return 'The broker did not accept this client: does it want a certificate (ssl.keystore.location), or another version of TLS?'
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return 'Does this listener speak TLS at all? If not, security.protocol is PLAINTEXT or SASL_PLAINTEXT'
  }
  return code.startsWith('ERR_SSL_')
    ? 'Check ssl.enabled.protocols, ssl.cipher.suites and the certificates of both sides'
    : undefined
}
