import type { SaslExchange, SaslMechanism, SaslStep } from './mechanism.ts'
import { SaslFailure } from './mechanism.ts'
import type { TokenValidation } from './token-validation.ts'

/** `n,a=user,^Aauth=Bearer token^Aname=value^A^A`, where ^A is the byte 1 (RFC 7628). */
const firstMessage =
  // oxlint-disable-next-line no-control-regex
  /^n,(?:a=([^,\u0001]*))?,\u0001((?:[A-Za-z]+=[^\u0001]*\u0001)+)\u0001?$/
const bearer = /^Bearer +([-_~+/.A-Za-z0-9]+=*)$/i
/** What a client says that has heard of its failure. */
const acknowledgement = 1

/** SASL OAUTHBEARER (RFC 7628): a token says who the client is. */
export function oauthBearerMechanism(validate: TokenValidation): SaslMechanism {
  return { name: 'OAUTHBEARER', begin: () => new OAuthBearerExchange(validate) }
}

class OAuthBearerExchange implements SaslExchange {
  readonly #validate: TokenValidation
  #failure: SaslFailure | undefined

  constructor(validate: TokenValidation) {
    this.#validate = validate
  }

  async respond(message: Buffer): Promise<SaslStep> {
    if (this.#failure !== undefined) {
      const isHeard = message.length === 1 && message[0] === acknowledgement
      throw isHeard ? this.#failure : new SaslFailure('it goes on after its token was refused')
    }
    const { token, authorizationId } = tokenIn(message)
    try {
      const authenticated = await this.#validate(token)
      if (authorizationId !== '' && authorizationId !== authenticated.name) {
        const text = `Authentication failed: Client requested an authorization id (${authorizationId}) that is different from the token's principal name (${authenticated.name})`
        throw new SaslFailure(text, text)
      }
      return { reply: Buffer.alloc(0), authenticated }
    } catch (error) {
      if (!(error instanceof SaslFailure) || error.told !== undefined) throw error
      // The mechanism has its own way to say so; the protocol's comes when the client has heard it.
      this.#failure = error
      return { reply: Buffer.from('{"status":"invalid_token"}') }
    }
  }
}

function tokenIn(message: Buffer): { readonly token: string; readonly authorizationId: string } {
  const match = firstMessage.exec(message.toString())
  if (match === null) throw new SaslFailure('Invalid OAUTHBEARER client first message')
  const [, authorizationId = '', text = ''] = match
  const pairs = text
    .split('\u0001')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  const token = bearer.exec(pairs.find(([name]) => name?.toLowerCase() === 'auth')?.[1] ?? '')?.[1]
  if (token === undefined) throw new SaslFailure("Invalid OAUTHBEARER client first message: 'auth' not specified")
  return { token, authorizationId: authorizationId.replaceAll('=2C', ',').replaceAll('=3D', '=') }
}
