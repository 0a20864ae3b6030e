import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'

/** What says who a client is, to those who trust its issuer. */
export interface BearerToken {
  readonly token: string
  /** By the wall clock; missing: nobody knows. */
  readonly expiresAtMs?: number | undefined
  /** What goes to the broker beside it, by name. */
  readonly extensions?: Readonly<Record<string, string>> | undefined
}

/** Gets a new token. Throws what keeps it from getting one. */
export type TokenRequest = (environment: Environment) => Promise<BearerToken>

interface Held {
  readonly token: BearerToken
  readonly refreshAtMs: number
}

/** A token for all connections of a client: asked for when the first needs it, and again before it expires. */
export class TokenSource {
  readonly #request: TokenRequest
  /** The part of a token's life after which another is asked for. */
  readonly #window: number
  #held: Held | undefined
  #asking: Promise<BearerToken> | undefined

  constructor(request: TokenRequest, window: number) {
    this.#request = request
    this.#window = window
  }

  /** All who ask meanwhile get the same. While the old one is valid, a failure to get another is only logged. */
  async get(environment: Environment): Promise<BearerToken> {
    const held = this.#held
    const nowMs = environment.clock.wallMs()
    if (held !== undefined && nowMs < held.refreshAtMs) return held.token
    try {
      this.#asking ??= this.#ask(environment).finally(() => {
        this.#asking = undefined
      })
      return await this.#asking
    } catch (error) {
      if (held === undefined || nowMs >= (held.token.expiresAtMs ?? 0)) throw error
      environment.log.warn('A token of OAUTHBEARER could not be refreshed; the old one is still valid', {
        error: asError(error),
      })
      return held.token
    }
  }

  /** A broker did not believe it: the next will be another. */
  forget(token: BearerToken): void {
    if (this.#held?.token === token) this.#held = undefined
  }

  async #ask(environment: Environment): Promise<BearerToken> {
    const token = await this.#request(environment)
    const nowMs = environment.clock.wallMs()
    // Of a token whose end nobody knows, each connection asks for its own.
    const lifeMs = token.expiresAtMs === undefined ? 0 : token.expiresAtMs - nowMs
    this.#held = { token, refreshAtMs: nowMs + lifeMs * this.#window }
    return token
  }
}
