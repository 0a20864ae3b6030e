import type { Environment } from '@streamwright/std'
import type { SaslDialogue } from './dialogue.ts'
import { UntrustedBrokerError } from './dialogue.ts'
import type { BearerToken, TokenSource } from './token-source.ts'

const separator = '\u0001'
/** What RFC 7628 lets names and values have. */
const extensionName = /^[A-Za-z]+$/
const extensionValue = /^[\x21-\x7e\t\r\n ]+$/

/** SASL OAUTHBEARER (RFC 7628): a token says who the client is. */
export class OAuthBearerDialogue implements SaslDialogue {
  readonly #source: TokenSource
  readonly #environment: Environment
  #token: BearerToken | undefined

  constructor(source: TokenSource, environment: Environment) {
    this.#source = source
    this.#environment = environment
  }

  async begin(): Promise<Uint8Array> {
    const token = await this.#source.get(this.#environment)
    this.#token = token
    const pairs = Object.entries(token.extensions ?? {})
    const wrong = pairs.find(
      ([name, value]) => name === 'auth' || !extensionName.test(name) || !extensionValue.test(value),
    )
    if (wrong !== undefined) throw new UntrustedBrokerError(`extension ${wrong[0]} of its token cannot be sent`)
    const extensions = pairs.map(([name, value]) => `${name}=${value}${separator}`)
    return Buffer.from(`n,,${separator}auth=Bearer ${token.token}${separator}${extensions.join('')}${separator}`)
  }

  /** What is not empty is a refusal, which has to be acknowledged before the broker says so in the protocol's way. */
  next(challenge: Buffer): Uint8Array | undefined {
    if (challenge.length === 0) return undefined
    if (this.#token !== undefined) this.#source.forget(this.#token)
    return Buffer.from(separator)
  }
}
