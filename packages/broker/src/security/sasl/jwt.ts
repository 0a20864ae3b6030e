import type { KeyObject } from 'node:crypto'
import { constants, verify } from 'node:crypto'

/** A JSON Web Token in its compact form (RFC 7515), taken apart and not checked. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  /** What is signed. */
  readonly signed: string
  readonly signature: Buffer
}

interface Algorithm {
  readonly hash: string
  readonly keyType: 'rsa' | 'ec'
  readonly curve?: string
  readonly padding?: number
}

const pss = constants.RSA_PKCS1_PSS_PADDING

/**
 * Those with a public key. A token that names another, or none, or one with a shared secret, is not believed: keys of a
 * JWKS are no secrets.
 */
const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { hash: 'sha256', keyType: 'rsa' }],
  ['RS384', { hash: 'sha384', keyType: 'rsa' }],
  ['RS512', { hash: 'sha512', keyType: 'rsa' }],
  ['PS256', { hash: 'sha256', keyType: 'rsa', padding: pss }],
  ['PS384', { hash: 'sha384', keyType: 'rsa', padding: pss }],
  ['PS512', { hash: 'sha512', keyType: 'rsa', padding: pss }],
  ['ES256', { hash: 'sha256', keyType: 'ec', curve: 'prime256v1' }],
  ['ES384', { hash: 'sha384', keyType: 'ec', curve: 'secp384r1' }],
  ['ES512', { hash: 'sha512', keyType: 'ec', curve: 'secp521r1' }],
])

/** Undefined for what is no token. */
export function parseJwt(token: string): Jwt | undefined {
  const match = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(token)
  if (match === null) return undefined
  const [, head = '', body = '', signature = ''] = match
  const header = objectOf(head)
  const claims = objectOf(body)
  if (header === undefined || claims === undefined) return undefined
  return { header, claims, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') }
}

/** Whether the token was signed with this key, by the algorithm that it names. */
export function isSignedBy({ header, signed, signature }: Jwt, key: KeyObject): boolean {
  const algorithm = algorithms.get(String(header['alg']))
  if (algorithm === undefined || key.asymmetricKeyType !== algorithm.keyType) return false
  if (algorithm.curve !== undefined && key.asymmetricKeyDetails?.namedCurve !== algorithm.curve) return false
  const { hash, padding } = algorithm
  const options = algorithm.keyType === 'ec' ? { dsaEncoding: 'ieee-p1363' as const } : { padding, saltLength: -1 }
  try {
    const withKey = algorithm.keyType === 'ec' || padding !== undefined ? { key, ...options } : key
    return verify(hash, Buffer.from(signed), withKey, signature)
  } catch {
    return false
  }
}

function objectOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
