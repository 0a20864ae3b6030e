import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** SCRAM with SHA-256 or SHA-512, as SASL names them. */
export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512'

/** What the two differ in. */
export interface ScramDigest {
  readonly mechanism: ScramMechanism
  /** In requests about credentials. */
  readonly code: number
  /** OpenSSL's name. */
  readonly hash: 'sha256' | 'sha512'
  /** Fewer than these are refused by both sides, more only when they are set: an iteration costs a client a microsecond. */
  readonly iterationsMin: number
  readonly iterationsMax: number
}

/** All of them. */
export const scramDigests: readonly ScramDigest[] = [
  { mechanism: 'SCRAM-SHA-256', code: 1, hash: 'sha256', iterationsMin: 4096, iterationsMax: 16_384 },
  { mechanism: 'SCRAM-SHA-512', code: 2, hash: 'sha512', iterationsMin: 4096, iterationsMax: 16_384 },
]

/** What a server keeps of a password: enough to know it again, and to show that it knows it. */
export interface ScramKeys {
  readonly storedKey: Buffer
  readonly serverKey: Buffer
}

const derive = promisify(pbkdf2)
const digestBytes = { sha256: 32, sha512: 64 } as const

/** The digest of a mechanism's name, in any case but its own: undefined. */
export function scramDigest(mechanism: string): ScramDigest | undefined {
  return scramDigests.find((digest) => digest.mechanism === mechanism)
}

/** `Hi(password, salt, iterations)`. In a thread of its own: it takes milliseconds. */
export function saltedPassword(
  digest: ScramDigest,
  password: string,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  return derive(Buffer.from(password), salt, iterations, digestBytes[digest.hash], digest.hash)
}

/** What a server keeps, of a salted password. */
export function scramKeys({ hash }: ScramDigest, salted: Uint8Array): ScramKeys {
  const storedKey = createHash(hash)
    .update(hmac(hash, salted, 'Client Key'))
    .digest()
  return { storedKey, serverKey: hmac(hash, salted, 'Server Key') }
}

/** Shows that the client has the password. `authMessage`: all that was said, in the form of {@link scramAuthMessage}. */
export function clientProof({ hash }: ScramDigest, salted: Uint8Array, authMessage: string): Buffer {
  const clientKey = hmac(hash, salted, 'Client Key')
  const storedKey = createHash(hash).update(clientKey).digest()
  return exclusiveOr(clientKey, hmac(hash, storedKey, authMessage))
}

/** Whether a client that sent this proof has the password. */
export function isProof({ hash }: ScramDigest, { storedKey }: ScramKeys, authMessage: string, proof: Buffer): boolean {
  const signature = hmac(hash, storedKey, authMessage)
  if (proof.length !== signature.length) return false
  const found = createHash(hash).update(exclusiveOr(proof, signature)).digest()
  return timingSafeEqual(found, storedKey)
}

/** Shows that the server has what it keeps of the password. */
export function serverSignature({ hash }: ScramDigest, { serverKey }: ScramKeys, authMessage: string): Buffer {
  return hmac(hash, serverKey, authMessage)
}

/** Whether the server has shown it. */
export function isServerSignature(
  digest: ScramDigest,
  salted: Uint8Array,
  authMessage: string,
  given: Buffer,
): boolean {
  const expected = serverSignature(digest, scramKeys(digest, salted), authMessage)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

function hmac(hash: string, key: Uint8Array, text: string): Buffer {
  return createHmac(hash, key).update(text).digest()
}

function exclusiveOr(left: Uint8Array, right: Uint8Array): Buffer {
  const result = Buffer.alloc(left.length)
  for (let index = 0; index < left.length; index++) result[index] = (left[index] ?? 0) ^ (right[index] ?? 0)
  return result
}
