import { randomBytes } from 'node:crypto'
import type { ScramDigest } from '@streamwright/protocol/sasl'
import {
  clientFinalWithoutProof,
  clientProof,
  decodeServerFinal,
  decodeServerFirst,
  encodeClientFinal,
  encodeClientFirst,
  isServerSignature,
  saltedPassword,
  scramAuthMessage,
} from '@streamwright/protocol/sasl'
import { scramIterationsMax, scramNonceBytes } from '../../limits.ts'
import type { SaslDialogue } from './dialogue.ts'
import { UntrustedBrokerError } from './dialogue.ts'

/** SCRAM (RFC 5802, RFC 7677): shows that the client has the password, and sees to it that the broker knows it, too. */
export class ScramDialogue implements SaslDialogue {
  readonly #digest: ScramDigest
  readonly #password: string
  readonly #first: { readonly text: string; readonly bare: string }
  readonly #nonce: string
  #state: 'first' | 'final' | 'done' = 'first'
  #salted: Buffer | undefined
  #authMessage = ''

  constructor(digest: ScramDigest, username: string, password: string, isToken: boolean) {
    this.#digest = digest
    this.#password = password
    this.#nonce = randomBytes(scramNonceBytes).toString('base64url')
    this.#first = encodeClientFirst(username, this.#nonce, isToken ? { tokenauth: 'true' } : {})
  }

  begin(): Uint8Array {
    return Buffer.from(this.#first.text)
  }

  next(challenge: Buffer): Promise<Uint8Array> | undefined {
    switch (this.#state) {
      case 'first':
        this.#state = 'final'
        return this.#prove(challenge.toString())
      case 'final':
        this.#state = 'done'
        this.#verify(challenge.toString())
        return undefined
      case 'done':
        throw new UntrustedBrokerError('it goes on after the end of SCRAM')
    }
  }

  async #prove(text: string): Promise<Uint8Array> {
    const first = decodeServerFirst(text)
    if (first === undefined) throw new UntrustedBrokerError('its first answer is not one of SCRAM')
    const { nonce, salt, iterations } = first
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length) {
      throw new UntrustedBrokerError('its nonce does not belong to this conversation')
    }
    const { iterationsMin, mechanism } = this.#digest
    if (iterations < iterationsMin) {
      throw new UntrustedBrokerError(
        `it asks for ${iterations} iterations, which would give the password away: ${mechanism} has at least ${iterationsMin}`,
      )
    }
    if (iterations > scramIterationsMax) {
      throw new UntrustedBrokerError(`it asks for ${iterations} iterations, more than ${scramIterationsMax}`)
    }
    const salted = await saltedPassword(this.#digest, this.#password, salt, iterations)
    const withoutProof = clientFinalWithoutProof(nonce)
    this.#salted = salted
    this.#authMessage = scramAuthMessage(this.#first.bare, text, withoutProof)
    return Buffer.from(encodeClientFinal(withoutProof, clientProof(this.#digest, salted, this.#authMessage)))
  }

  #verify(text: string): void {
    const final = decodeServerFinal(text)
    if (final === undefined) throw new UntrustedBrokerError('its last answer is not one of SCRAM')
    if ('error' in final) throw new UntrustedBrokerError(`it says ${final.error}`)
    const salted = this.#salted
    if (salted === undefined || !isServerSignature(this.#digest, salted, this.#authMessage, final.signature)) {
      throw new UntrustedBrokerError('it does not know the password itself (invalid server signature)')
    }
  }
}
