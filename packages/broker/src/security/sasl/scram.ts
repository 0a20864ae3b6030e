import { randomBytes } from 'node:crypto'
import type { ClientFirst, ScramDigest } from '@streamwright/protocol/sasl'
import {
  decodeClientFinal,
  decodeClientFirst,
  encodeServerFinal,
  encodeServerFirst,
  isProof,
  scramAuthMessage,
  serverSignature,
} from '@streamwright/protocol/sasl'
import { scramNonceBytes } from '../../limits.ts'
import type { DelegationTokens } from '../delegation-tokens.ts'
import type { ScramCredential } from '../scram-credential.ts'
import type { Authenticated, SaslExchange, SaslMechanism, SaslStep } from './mechanism.ts'
import { SaslFailure } from './mechanism.ts'

/** What the broker keeps of a user's password for this mechanism. */
export type CredentialLookup = (user: string) => ScramCredential | undefined

/** Where the tokens that log in are known from. */
type TokenLookup = Pick<DelegationTokens, 'valid' | 'credential'>

/** SCRAM (RFC 5802, RFC 7677): the password is never sent, and the broker does not know it. */
export function scramMechanism(
  digest: ScramDigest,
  credentialOf: CredentialLookup,
  tokens: TokenLookup,
): SaslMechanism {
  return { name: digest.mechanism, begin: () => new ScramExchange(digest, credentialOf, tokens) }
}

/** What the client has to answer. */
interface Challenge {
  readonly first: ClientFirst
  readonly credential: ScramCredential
  readonly authenticated: Authenticated
  readonly nonce: string
  readonly text: string
}

class ScramExchange implements SaslExchange {
  readonly #digest: ScramDigest
  readonly #credentialOf: CredentialLookup
  readonly #tokens: TokenLookup
  #challenge: Challenge | undefined
  #isOver = false

  constructor(digest: ScramDigest, credentialOf: CredentialLookup, tokens: TokenLookup) {
    this.#digest = digest
    this.#credentialOf = credentialOf
    this.#tokens = tokens
  }

  respond(message: Buffer): SaslStep | Promise<SaslStep> {
    if (this.#isOver) throw new SaslFailure('it goes on after the end of SCRAM')
    const challenge = this.#challenge
    return challenge === undefined ? this.#begin(message) : this.#finish(message, challenge)
  }

  #begin(message: Buffer): SaslStep | Promise<SaslStep> {
    const first = decodeClientFirst(message.toString())
    if (first === undefined) throw new SaslFailure('its first message is not one of SCRAM')
    const { authorizationId, username, extensions } = first
    if (authorizationId !== '' && authorizationId !== username) {
      const text = 'Authentication failed: Client requested an authorization id that is different from username'
      throw new SaslFailure(text, text)
    }
    if (extensions.get('tokenauth')?.toLowerCase() === 'true') return this.#beginWithToken(first)
    const credential = this.#credentialOf(username)
    if (credential === undefined) throw new SaslFailure('Credential not found')
    return this.#challenged(first, credential, { name: credential.user })
  }

  async #beginWithToken(first: ClientFirst): Promise<SaslStep> {
    const token = this.#tokens.valid(first.username)
    if (token === undefined) throw new SaslFailure(`Token Authentication failed: Invalid tokenId : ${first.username}`)
    const credential = await this.#tokens.credential(token, this.#digest)
    const name = token.owner.slice(token.owner.indexOf(':') + 1)
    return this.#challenged(first, credential, { name, isByToken: true, expiresAtMs: token.expiryTimestampMs })
  }

  #challenged(first: ClientFirst, credential: ScramCredential, authenticated: Authenticated): SaslStep {
    const nonce = first.nonce + randomBytes(scramNonceBytes).toString('base64url')
    const { iterations } = credential
    const text = encodeServerFirst({ nonce, salt: Buffer.from(credential.salt, 'base64'), iterations })
    this.#challenge = { first, credential, authenticated, nonce, text }
    return { reply: Buffer.from(text) }
  }

  #finish(message: Buffer, { first, credential, authenticated, nonce, text }: Challenge): SaslStep {
    this.#isOver = true
    const final = decodeClientFinal(message.toString())
    if (final === undefined) throw new SaslFailure('its second message is not one of SCRAM')
    if (final.nonce !== nonce) throw new SaslFailure('Invalid client nonce in the final client message.')
    const header = Buffer.from(final.channelBinding, 'base64').toString()
    if (!/^n,[^,]*,$/.test(header)) throw new SaslFailure('it asks for a channel binding')
    const keys = {
      storedKey: Buffer.from(credential.storedKey, 'base64'),
      serverKey: Buffer.from(credential.serverKey, 'base64'),
    }
    const authMessage = scramAuthMessage(first.bare, text, final.withoutProof)
    if (!isProof(this.#digest, keys, authMessage, final.proof)) throw new SaslFailure('Invalid client credentials')
    const signature = serverSignature(this.#digest, keys, authMessage)
    return { reply: Buffer.from(encodeServerFinal({ signature })), authenticated }
  }
}
