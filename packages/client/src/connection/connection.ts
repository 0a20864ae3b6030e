import type { ReusableMemory } from '@streamwright/std'
import type { Api, Init } from '@streamwright/protocol'
import { decodeResponse, encodeRequest, ErrorCode, FrameReceiver, kafkaError, Reader } from '@streamwright/protocol'
import type { ApiVersionsResponse } from '@streamwright/protocol/messages/api-versions'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import type { Deferred, Environment, Timer } from '@streamwright/std'
import { asError, assert, deferred, int32Max, present } from '@streamwright/std'
import type { Duplex } from 'node:stream'
import { clientChannels } from '../diagnostics.ts'
import { ClientClosedError, ConnectionError, RequestTimeoutError } from '../errors.ts'
import { pendingRequestsMax, sessionRenewalBegin, sessionRenewalMinMs, sessionRenewalSpread } from '../limits.ts'
import { clientSoftware } from './client-software.ts'
import type { BrokerAddress } from './broker-address.ts'
import { addressText } from './broker-address.ts'
import { checkResponseSize } from './response-size.ts'
import type { VersionBounds } from './negotiated-versions.ts'
import { NegotiatedVersions } from './negotiated-versions.ts'
import type { PendingRequest } from './pending-requests.ts'
import { PendingRequests } from './pending-requests.ts'
import type { SaslCredentials } from './sasl/credentials.ts'
import { tlsDistrust } from './tls-distrust.ts'
import type { TransportOptions } from './transport.ts'
import { openTransport } from './transport.ts'

export interface ConnectionOptions extends TransportOptions {
  /** Appears in the broker's logs, metrics and quotas. */
  readonly clientId: string
  /** Who the client is, where brokers ask by SASL. */
  readonly credentials?: SaslCredentials | undefined
  /** For requests that do not say otherwise. */
  readonly requestTimeoutMs: number
  /** Until the transport is open, TLS included. */
  readonly connectTimeoutMs: number
  /** After this time without requests the connection closes. */
  readonly maxIdleMs: number
  /** Where large responses go. */
  readonly memory: ReusableMemory
}

export interface RequestOptions extends VersionBounds {
  /** Until the response must have come. Default: the connection's. */
  readonly timeoutMs?: number | undefined
}

/** What to send, or how to make it for the version that was agreed on. */
export type RequestBody<Request> = Init<Request> | ((version: number) => Init<Request>)

/**
 * One connection to one broker. Requests are sent at once, one behind the other, and answered in the same order; a
 * response that does not come in time ends the connection, because nothing behind it can come either.
 */
export class Connection {
  readonly address: BrokerAddress
  readonly #text: string
  readonly #options: ConnectionOptions
  readonly #environment: Environment
  readonly #transport: Duplex
  readonly #pending = new PendingRequests()
  readonly #opened: Deferred<void> = deferred()
  readonly #closed: Deferred<Error> = deferred()
  #closeReason: Error | undefined
  #versions: NegotiatedVersions | undefined
  #nextCorrelationId = 0
  #responses = 0
  #deadlineTimer: Timer | undefined
  #deadlineMs = Infinity
  /** When the session must be renewed; by then nothing else may be asked. */
  #renewAtMs = Infinity
  #waiting: (() => void)[] | undefined
  #idleTimer: Timer | undefined
  #lastUseMs: number

  private constructor(address: BrokerAddress, options: ConnectionOptions, environment: Environment) {
    this.address = address
    this.#text = addressText(address)
    this.#options = options
    this.#environment = environment
    this.#lastUseMs = environment.clock.monotonicMs()
    const receiver = new FrameReceiver({
      onFrame: (frame) => this.#respond(frame),
      memory: options.memory,
      checkSize: checkResponseSize,
    })
    this.#transport = openTransport(address, options, receiver, {
      opened: () => this.#opened.resolve(),
      malformed: (error) => this.#end(this.#malformed(error)),
      closed: (error) => this.#end(this.#lost(error)),
    })
  }

  /** Connects and learns the broker's versions. Rejects with {@link ConnectionError} or {@link RequestTimeoutError}. */
  static async open(address: BrokerAddress, options: ConnectionOptions, environment: Environment): Promise<Connection> {
    let connection: Connection
    try {
      connection = new Connection(address, options, environment)
    } catch (cause) {
      throw cannotConnect(addressText(address), cause)
    }
    try {
      await connection.#connect()
      connection.#versions = new NegotiatedVersions(connection.#text, await connection.#negotiate())
      await connection.#authenticate()
      connection.#watchIdleness()
      return connection
    } catch (error) {
      connection.#end(asError(error))
      throw error
    }
  }

  /** What the broker speaks. */
  get versions(): NegotiatedVersions {
    return present(this.#versions, 'A connection is handed out when its versions are known')
  }

  get pendingRequests(): number {
    return this.#pending.count
  }

  get isOpen(): boolean {
    return this.#closeReason === undefined
  }

  /** Resolves with the reason when the connection has ended, however it did. */
  get closed(): Promise<Error> {
    return this.#closed.promise
  }

  /** Sends a request in the highest common version within the bounds, and resolves with its response. */
  send<Request, Response>(
    api: Api<Request, Response>,
    body: RequestBody<Request>,
    options: RequestOptions = {},
  ): Promise<Response> {
    const waiting = this.#waitingForSession()
    if (waiting !== undefined) {
      const { promise, resolve, reject } = deferred<Response>()
      waiting.push(() => void this.send(api, body, options).then(resolve, reject))
      return promise
    }
    try {
      const version = this.versions.require(api, options)
      return this.#request(api, version, bodyOf(body, version), options.timeoutMs)
    } catch (error) {
      return Promise.reject(asError(error))
    }
  }

  /** Sends a request that the broker does not answer: Produce with `acks=0`. Resolves when it was handed over. */
  async sendWithoutResponse<Request>(
    api: Api<Request, unknown>,
    body: RequestBody<Request>,
    bounds: VersionBounds = {},
  ): Promise<void> {
    const waiting = this.#waitingForSession()
    if (waiting !== undefined) await new Promise<void>((resolve) => waiting.push(resolve))
    if (this.#closeReason !== undefined) throw this.#closeReason
    const { promise, resolve, reject } = deferred()
    const version = this.versions.require(api, bounds)
    const head = { correlationId: this.#takeCorrelationId(), clientId: this.#options.clientId }
    this.#lastUseMs = this.#environment.clock.monotonicMs()
    this.#write(encodeRequest(api, version, head, bodyOf(body, version)), (error) => {
      if (error === null || error === undefined) resolve()
      else reject(this.#lost(error))
    })
    return promise
  }

  /** Ends the connection; requests that wait for a response fail with `reason`. */
  close(reason?: Error): void {
    this.#end(reason ?? new ClientClosedError(`The connection to ${this.#text} was closed by this client`))
  }

  async #connect(): Promise<void> {
    const { connectTimeoutMs } = this.#options
    const timer = this.#environment.timers.after(connectTimeoutMs, () => {
      this.#end(cannotConnect(this.#text, `no connection within ${Math.round(connectTimeoutMs)} ms`))
    })
    const ended = this.#closed.promise.then((reason) => {
      throw reason
    })
    try {
      await Promise.race([this.#opened.promise, ended])
    } catch (error) {
      throw error instanceof ConnectionError && error.code === 'CONNECTION_LOST'
        ? cannotConnect(this.#text, error.cause)
        : error
    } finally {
      timer.cancel()
      ended.catch(() => undefined)
    }
  }

  /** A broker that does not know our version answers in version 0, with the versions that it knows. */
  async #negotiate(): Promise<ApiVersionsResponse> {
    // A broker that lives answers this at once. Others shall be asked before the time of the caller is over.
    const timeoutMs = Math.min(this.#options.connectTimeoutMs, this.#options.requestTimeoutMs)
    let version = apiVersions.request.maxVersion
    for (;;) {
      const response = await this.#request(apiVersions, version, clientSoftware, timeoutMs).catch((error: unknown) => {
        if (!(error instanceof RequestTimeoutError)) throw error
        throw cannotConnect(this.#text, `it takes connections and did not answer within ${Math.round(timeoutMs)} ms`)
      })
      if (response.errorCode === ErrorCode.NONE) return response
      const known = response.apiKeys.find(({ apiKey }) => apiKey === apiVersions.key)
      const next = Math.min(known?.maxVersion ?? 0, version - 1)
      if (response.errorCode !== ErrorCode.UNSUPPORTED_VERSION || next < 0) throw kafkaError(response.errorCode)
      version = next
    }
  }

  async #authenticate(): Promise<void> {
    const { credentials } = this.#options
    if (credentials === undefined) return
    const { authenticate } = await import('./sasl/authenticate.ts')
    const lifetimeMs = await authenticate({
      address: this.#text,
      credentials,
      environment: this.#environment,
      send: (api, body) => this.#request(api, this.versions.require(api), body),
    })
    const { clock, random } = this.#environment
    const part = sessionRenewalBegin + sessionRenewalSpread * random.fraction()
    this.#renewAtMs = lifetimeMs > 0 ? clock.monotonicMs() + Math.max(lifetimeMs * part, sessionRenewalMinMs) : Infinity
  }

  /** Who must wait while the client says anew who it is (KIP-368); undefined: nobody. Begins that when it is time. */
  #waitingForSession(): (() => void)[] | undefined {
    if (this.#renewAtMs === Infinity || this.#closeReason !== undefined) return this.#waiting
    if (this.#waiting === undefined && this.#environment.clock.monotonicMs() >= this.#renewAtMs) void this.#renew()
    return this.#waiting
  }

  async #renew(): Promise<void> {
    const waiting: (() => void)[] = []
    this.#waiting = waiting
    try {
      await this.#authenticate()
    } catch (error) {
      this.#end(asError(error))
    }
    this.#waiting = undefined
    for (const next of waiting) next()
  }

  #request<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    body: Init<Request>,
    timeoutMs: number = this.#options.requestTimeoutMs,
  ): Promise<Response> {
    if (this.#closeReason !== undefined) return Promise.reject(this.#closeReason)
    assert(this.#pending.count < pendingRequestsMax, 'Callers wait for responses before they send much more')
    const { promise, resolve, reject } = deferred<Response>()
    const correlationId = this.#takeCorrelationId()
    const chunks = encodeRequest(api, version, { correlationId, clientId: this.#options.clientId }, body)
    this.#lastUseMs = this.#environment.clock.monotonicMs()
    const tell = clientChannels.request.hasSubscribers ? this.#teller(api.name, version, chunks) : undefined
    const request: PendingRequest = {
      correlationId,
      apiName: api.name,
      deadlineMs: this.#lastUseMs + timeoutMs,
      complete: (frame) => {
        tell?.(frame.length, undefined)
        resolve(decode(api, version, frame))
      },
      fail: (error) => {
        tell?.(0, error)
        reject(error)
      },
    }
    this.#pending.add(request)
    this.#watchDeadline(request.deadlineMs)
    this.#write(chunks)
    return promise
  }

  /** What tells those who listen on the channel how a request ended that is sent now. */
  #teller(api: string, version: number, chunks: readonly Uint8Array[]): (bytes: number, error?: Error) => void {
    const { clock } = this.#environment
    const startMs = clock.monotonicMs()
    const requestBytes = chunks.reduce((sum, { length }) => sum + length, 0)
    const { clientId } = this.#options
    return (responseBytes, error) => {
      const durationMs = clock.monotonicMs() - startMs
      const answer = { durationMs, requestBytes, responseBytes, error }
      clientChannels.request.publish({ clientId, address: this.#text, api, version, ...answer })
    }
  }

  #takeCorrelationId(): number {
    const correlationId = this.#nextCorrelationId
    this.#nextCorrelationId = correlationId === int32Max ? 0 : correlationId + 1
    return correlationId
  }

  #write(chunks: readonly Uint8Array[], done?: (error?: Error | null) => void): void {
    const transport = this.#transport
    transport.cork()
    for (let index = 0; index < chunks.length; index++) {
      if (index === chunks.length - 1) transport.write(chunks[index], done)
      else transport.write(chunks[index])
    }
    transport.uncork()
  }

  #respond(frame: Buffer): void {
    if (this.#closeReason !== undefined) return
    const correlationId = frame.readInt32BE(0)
    const request = this.#pending.oldest
    if (request?.correlationId !== correlationId) {
      const expected = request === undefined ? 'none' : `${request.correlationId} (${request.apiName})`
      this.#end(this.#malformed(new Error(`response ${correlationId} came where ${expected} was expected`)))
      return
    }
    this.#pending.removeOldest()
    this.#responses += 1
    this.#lastUseMs = this.#environment.clock.monotonicMs()
    try {
      request.complete(frame)
    } catch (error) {
      request.fail(asError(error))
      this.#end(this.#malformed(error))
    }
  }

  /** One timer for all requests, set for the most urgent one; it may come too early, never too late. */
  #watchDeadline(deadlineMs: number): void {
    if (deadlineMs >= this.#deadlineMs) return
    this.#deadlineTimer?.cancel()
    this.#deadlineMs = deadlineMs
    const delayMs = Math.max(0, deadlineMs - this.#environment.clock.monotonicMs())
    this.#deadlineTimer = this.#environment.timers.after(delayMs, () => this.#checkDeadlines(), { background: true })
  }

  #checkDeadlines(): void {
    this.#deadlineMs = Infinity
    const urgent = this.#pending.mostUrgent()
    if (urgent === undefined) return
    if (urgent.deadlineMs > this.#environment.clock.monotonicMs()) return this.#watchDeadline(urgent.deadlineMs)
    const error = new RequestTimeoutError(
      `The broker at ${this.#text} did not answer ${urgent.apiName} in time; the connection is given up. ` +
        'If it is only slow, raise request.timeout.ms',
      this.#text,
    )
    urgent.fail(error)
    this.#end(this.#lost(error))
  }

  #watchIdleness(): void {
    const { maxIdleMs } = this.#options
    if (maxIdleMs <= 0 || maxIdleMs > int32Max || this.#closeReason !== undefined) return
    const idleMs = this.#environment.clock.monotonicMs() - this.#lastUseMs
    if (idleMs >= maxIdleMs && this.#pending.count === 0) {
      this.#end(this.#lost(new Error(`it was idle for ${Math.round(idleMs)} ms`), 'CONNECTION_IDLE'))
      return
    }
    const restMs = this.#pending.count === 0 ? maxIdleMs - idleMs : maxIdleMs
    this.#idleTimer = this.#environment.timers.after(restMs, () => this.#watchIdleness(), { background: true })
  }

  #end(reason: Error): void {
    if (this.#closeReason !== undefined) return
    this.#closeReason = reason
    this.#deadlineTimer?.cancel()
    this.#idleTimer?.cancel()
    this.#transport.destroy()
    for (const request of this.#pending.removeAll()) request.fail(reason)
    this.#closed.resolve(reason)
  }

  #lost(cause: Error | undefined, code?: 'CONNECTION_IDLE'): Error {
    if (this.#options.tls !== undefined && this.#responses === 0) {
      const distrust = tlsDistrust(this.#text, cause)
      if (distrust !== undefined) return distrust
    }
    // A broker answers ApiVersions to everybody, and nothing else before it knows who asks.
    const doubt = this.#options.tls === undefined ? '' : ' trust this client’s certificate, or'
    const hint = this.#responses > 1 ? '' : `. Does it not${doubt} want another security.protocol?`
    const why = cause === undefined ? `the broker closed it${hint}` : cause.message
    return new ConnectionError(`The connection to the broker at ${this.#text} was lost: ${why}`, {
      address: this.#text,
      ...(code === undefined ? {} : { code }),
      cause,
    })
  }

  #malformed(thrown: unknown): ConnectionError {
    const cause = asError(thrown)
    return new ConnectionError(`What comes from ${this.#text} is not Kafka's protocol: ${cause.message}`, {
      address: this.#text,
      code: 'NOT_KAFKA',
      retriable: false,
      cause,
    })
  }
}

function bodyOf<Request>(body: RequestBody<Request>, version: number): Init<Request> {
  return typeof body === 'function' ? body(version) : body
}

function decode<Response>(api: Api<unknown, Response>, version: number, frame: Buffer): Response {
  const reader = new Reader(frame)
  const correlationBytes = 4
  const isRefusal =
    api.key === apiVersions.key && version > 0 && frame.readInt16BE(correlationBytes) === ErrorCode.UNSUPPORTED_VERSION
  return decodeResponse(api, isRefusal ? 0 : version, reader).body
}

function cannotConnect(address: string, why: unknown): ConnectionError {
  const reason = why === undefined ? 'it was closed at once' : connectProblem(asError(why))
  return new ConnectionError(
    `Cannot connect to the broker at ${address}: ${reason}. Is it running, and are bootstrap.servers, the broker's ` +
      'advertised.listeners and security.protocol right?',
    { address, code: 'CONNECTION_FAILED', cause: why instanceof Error ? why : undefined },
  )
}

/** An attempt at several addresses of one name fails with an error without a message of its own. */
function connectProblem(error: Error): string {
  if (error.message !== '') return error.message
  if (error instanceof AggregateError) return error.errors.map((each) => asError(each).message).join('; ')
  return error.name
}
