import type { JsonWebKey, KeyObject } from 'node:crypto'
import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Clock, Log } from '@streamwright/std'
import { asError } from '@streamwright/std'
import { jwksBytesMax, jwksKeysMax, jwksRequestTimeoutMs } from '../../limits.ts'

export interface JsonWebKeysOptions {
  /** `https:`, `http:` or `file:`. */
  readonly url: string
  /** After this time the keys are read anew. */
  readonly refreshMs: number
  /** An unknown key id is looked for no more often than this. */
  readonly retryMs: number
  readonly clock: Clock
  readonly log: Log
}

/** The keys that tokens are signed with (RFC 7517), from where their issuer publishes them. */
export class JsonWebKeys {
  readonly #options: JsonWebKeysOptions
  #keys: ReadonlyMap<string, KeyObject> = new Map()
  #readAtMs = -Infinity
  #reading: Promise<void> | undefined

  constructor(options: JsonWebKeysOptions) {
    this.#options = options
  }

  /** The key of this id; without an id the only key there is. Undefined when there is none, or it cannot be had. */
  async find(id: string | undefined): Promise<KeyObject | undefined> {
    const { clock, refreshMs, retryMs } = this.#options
    const ageMs = clock.monotonicMs() - this.#readAtMs
    if (ageMs >= refreshMs || (this.#known(id) === undefined && ageMs >= retryMs)) await this.#read()
    return this.#known(id)
  }

  #known(id: string | undefined): KeyObject | undefined {
    if (id !== undefined) return this.#keys.get(id)
    return this.#keys.size === 1 ? [...this.#keys.values()][0] : undefined
  }

  /** All who ask meanwhile wait for the same. When it fails, the keys from before hold on. */
  #read(): Promise<void> {
    const { url, clock, log } = this.#options
    this.#reading ??= textAt(url)
      .then((text) => {
        this.#keys = keysOf(text)
      })
      .catch((error: unknown) => log.error('The keys of tokens cannot be read', { url, error: asError(error) }))
      .finally(() => {
        this.#readAtMs = clock.monotonicMs()
        this.#reading = undefined
      })
    return this.#reading
  }
}

async function textAt(url: string): Promise<string> {
  if (url.startsWith('file:')) return readFile(fileURLToPath(url), 'utf8')
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(jwksRequestTimeoutMs),
  })
  if (!response.ok) throw new Error(`it was answered with status ${response.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > jwksBytesMax) throw new Error(`it has more than ${jwksBytesMax} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function keysOf(text: string): Map<string, KeyObject> {
  const { keys } = JSON.parse(text) as { readonly keys?: readonly (JsonWebKey & { readonly kid?: string })[] }
  if (!Array.isArray(keys)) throw new Error('it is no set of keys')
  const found = new Map<string, KeyObject>()
  for (const [index, jwk] of keys.slice(0, jwksKeysMax).entries()) {
    const isForSignatures = jwk['use'] === undefined || jwk['use'] === 'sig'
    if (!isForSignatures || (jwk.kty !== 'RSA' && jwk.kty !== 'EC')) continue
    // A private key among them is taken for its public part.
    const { kty, n, e, crv, x, y } = jwk
    found.set(jwk.kid ?? `#${index}`, createPublicKey({ key: { kty, n, e, crv, x, y }, format: 'jwk' }))
  }
  return found
}
