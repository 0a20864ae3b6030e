import type { Init } from '@streamwright/protocol'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import type { SaslAuthenticateResponse } from '@streamwright/protocol/messages/sasl-authenticate'
import type { SaslHandshakeResponse } from '@streamwright/protocol/messages/sasl-handshake'
import type { Environment, Timer, Transitions } from '@streamwright/std'
import { asError, delay, present, StateMachine } from '@streamwright/std'
import { authenticationTimeoutMs, reauthenticationIntervalMinMs } from '../../limits.ts'
import type { KafkaPrincipal } from '../principal.ts'
import { principalOf } from '../principal.ts'
import type { Authenticated, SaslExchange, SaslMechanism } from './mechanism.ts'
import { SaslFailure } from './mechanism.ts'

/** How a listener authenticates. */
export interface SaslOptions {
  readonly mechanisms: ReadonlyMap<string, SaslMechanism>
  /** After this time a client must authenticate again; 0: never. By mechanism. */
  readonly maxReauthMs: ReadonlyMap<string, number>
  /** Largest request before the client is known. */
  readonly maxReceiveBytes: number
  /** How long a client waits for the bad news. */
  readonly failureDelayMs: number
}

/** The connection that is authenticated. */
export interface AuthenticatedConnection {
  readonly clientHost: string
  principal: KafkaPrincipal
  /** Sends what is answered, then ends. */
  closeGracefully(): void
  destroy(): void
}

/**
 *     initial ─ApiVersions─▶ negotiated
 *        └─────SaslHandshake───┴──▶ authenticating ──▶ authenticated ─SaslHandshake─▶ reauthenticating ──▶ authenticated
 *     Whatever is wrong leads to failed, and the end of the connection.
 */
type State = 'initial' | 'negotiated' | 'authenticating' | 'authenticated' | 'reauthenticating' | 'failed'

const transitions: Transitions<State> = {
  initial: ['negotiated', 'authenticating', 'failed'],
  negotiated: ['authenticating', 'failed'],
  authenticating: ['authenticated', 'failed'],
  authenticated: ['reauthenticating', 'failed'],
  reauthenticating: ['authenticated', 'failed'],
  failed: [],
}

/** The requests that are taken in each state. Everything else ends the connection. */
const admitted: Readonly<Record<State, readonly number[] | 'all'>> = {
  initial: [ApiKey.ApiVersions, ApiKey.SaslHandshake],
  negotiated: [ApiKey.SaslHandshake],
  authenticating: [ApiKey.SaslAuthenticate],
  authenticated: 'all',
  reauthenticating: [ApiKey.SaslAuthenticate],
  failed: [],
}

/** Who a connection speaks for, found out by SASL (KIP-43, KIP-152), and again after a while (KIP-368). */
export class SaslAuthentication {
  readonly #options: SaslOptions
  readonly #environment: Environment
  readonly #connection: AuthenticatedConnection
  readonly #state = new StateMachine<State>('Authentication', transitions, 'initial')
  readonly #timer: Timer
  #mechanism: SaslMechanism | undefined
  /** What re-authentication must not be changed to. */
  #refusedMechanism: string | undefined
  #exchange: SaslExchange | undefined
  #step: Promise<unknown> | undefined
  #authenticatedAtMs = 0
  #isByToken = false
  #expiresAtMs = Infinity
  /** Tokens come as they are, without a request around them: the client has shaken hands in version 0. */
  #takesRawTokens = false

  constructor(connection: AuthenticatedConnection, options: SaslOptions, environment: Environment) {
    this.#connection = connection
    this.#options = options
    this.#environment = environment
    this.#timer = environment.timers.after(authenticationTimeoutMs, () => connection.destroy(), { background: true })
  }

  /** The largest request that is taken now. */
  get requestBytesMax(): number {
    return this.#state.is('authenticated', 'reauthenticating') ? Infinity : this.#options.maxReceiveBytes
  }

  /** The client has shown a delegation token. */
  get isByToken(): boolean {
    return this.#isByToken
  }

  /** Whether the client's tokens are expected. */
  get isExchanging(): boolean {
    return this.#exchange !== undefined
  }

  /** The step under way: what comes behind it must wait. */
  get step(): Promise<unknown> | undefined {
    return this.#step
  }

  get takesRawTokens(): boolean {
    return this.#takesRawTokens
  }

  /** The connection is gone. */
  close(): void {
    this.#timer.cancel()
  }

  /** Undefined when a request may be served now; otherwise why the connection has to end. */
  whyRefused(apiKey: number): string | undefined {
    const keys = admitted[this.#state.state]
    if (keys === 'all') {
      const isExpired = this.#expiresAtMs <= this.#environment.clock.monotonicMs()
      return isExpired && apiKey !== ApiKey.SaslHandshake ? 'its session has expired' : undefined
    }
    if (!keys.includes(apiKey)) return `API ${apiKey} is not served while the client is ${this.#state.state}`
    if (apiKey === ApiKey.ApiVersions) this.#state.transitionTo('negotiated')
    return undefined
  }

  handshake(mechanism: string, version: number): Init<SaslHandshakeResponse> {
    const mechanisms = [...this.#options.mechanisms.keys()]
    const isAgain = this.#state.is('authenticated')
    if (isAgain && this.#environment.clock.monotonicMs() - this.#authenticatedAtMs < reauthenticationIntervalMinMs) {
      return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms }
    }
    const found = this.#options.mechanisms.get(mechanism)
    if (found === undefined) {
      this.#fail(`it asks for mechanism ${JSON.stringify(mechanism.slice(0, 40))}`)
      return { errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM, mechanisms }
    }
    this.#state.transitionTo(isAgain ? 'reauthenticating' : 'authenticating')
    if (isAgain && found !== this.#mechanism) this.#refusedMechanism = mechanism
    else this.#mechanism = found
    this.#exchange = found.begin()
    this.#takesRawTokens = version === 0
    return { errorCode: ErrorCode.NONE, mechanisms }
  }

  /** One message of the client's. */
  authenticate(message: Buffer): Promise<Init<SaslAuthenticateResponse>> {
    const step = this.#authenticate(message).finally(() => {
      this.#step = undefined
    })
    this.#step = step
    return step
  }

  async #authenticate(message: Buffer): Promise<Init<SaslAuthenticateResponse>> {
    const mechanism = present(this.#mechanism, 'A mechanism is agreed on before tokens are taken')
    const exchange = present(this.#exchange, 'An exchange has begun before tokens are taken')
    try {
      if (this.#refusedMechanism !== undefined) {
        const text = `SASL mechanism '${this.#refusedMechanism}' requested by client is not supported for re-authentication of mechanism '${mechanism.name}'`
        throw new SaslFailure(text, text)
      }
      const { reply, authenticated } = await exchange.respond(message)
      const sessionLifetimeMs = authenticated === undefined ? 0 : this.#complete(authenticated, mechanism)
      return { errorMessage: null, authBytes: reply, sessionLifetimeMs: BigInt(sessionLifetimeMs) }
    } catch (error) {
      if (!(error instanceof SaslFailure)) {
        this.#environment.log.error('An authentication failed unexpectedly', { error: asError(error) })
      }
      const { failureDelayMs } = this.#options
      if (failureDelayMs > 0) await delay(this.#environment.timers, failureDelayMs)
      this.#fail(error instanceof SaslFailure ? error.message : 'of an error of the broker')
      const told = error instanceof SaslFailure ? error.told : undefined
      const errorMessage =
        told ??
        `Authentication failed during authentication due to invalid credentials with SASL mechanism ${mechanism.name}`
      return { errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED, errorMessage }
    }
  }

  /** Returns how long the session may last; 0: as long as it likes. */
  #complete(authenticated: Authenticated, mechanism: SaslMechanism): number {
    const { clock } = this.#environment
    const { principal } = this.#connection
    const isAgain = this.#state.is('reauthenticating')
    const next = principalOf('User', authenticated.name)
    if (isAgain && next.text !== principal.text) {
      const text = `Cannot change principals during re-authentication from ${principal.type}.${principal.name}: ${next.type}.${next.name}`
      throw new SaslFailure(text, text)
    }
    this.#connection.principal = next
    this.#isByToken = authenticated.isByToken === true
    this.#state.transitionTo('authenticated')
    this.#exchange = undefined
    this.#takesRawTokens = false
    this.#timer.cancel()
    this.#authenticatedAtMs = clock.monotonicMs()
    const asked = this.#options.maxReauthMs.get(mechanism.name) ?? 0
    const limits = [
      ...(asked > 0 ? [asked] : []),
      ...(authenticated.expiresAtMs === undefined ? [] : [authenticated.expiresAtMs - clock.wallMs()]),
    ]
    if (limits.length === 0) return 0
    const lifetimeMs = Math.max(0, Math.floor(Math.min(...limits)))
    this.#expiresAtMs = this.#authenticatedAtMs + lifetimeMs
    return lifetimeMs
  }

  #fail(reason: string): void {
    this.#state.transitionTo('failed')
    const client = this.#connection.clientHost
    this.#environment.log.warn('A client could not be authenticated; its connection is closed', { client, reason })
    this.#connection.closeGracefully()
  }
}
