import {
  ErrorCode,
  KafkaError,
  ProtocolError,
  Reader,
  decodeRequestHeader,
  encodeResponse,
} from '@streamwright/protocol'
import type { Log } from '@streamwright/std'
import { asError, delay, present } from '@streamwright/std'
import type { AnyHandler, AnyResult, RequestContext } from '../handlers/handler.ts'
import { closeConnection, noResponse } from '../handlers/handler.ts'
import { controllerKeys, registry } from '../handlers/registry.ts'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import type { SaslAuthentication } from '../security/sasl/sasl-authentication.ts'
import type { BrokerServices } from '../services.ts'
import type { Answer, Connection, FrameHandler } from './connection.ts'
import type { Interception, Interceptors } from './interceptors.ts'
import { sizeOf, throttled } from './throttling.ts'

const apiVersionsKey = 18
/** API key, version, correlation id: what even an unknown request begins with. */
const headerBytesMin = 8
const noToken = Buffer.alloc(0)

/** A request on its way through its handler. */
interface Exchange {
  readonly handler: AnyHandler
  readonly body: unknown
  readonly context: RequestContext
  readonly correlationId: number
  readonly frame: Buffer
  readonly connection: Connection
  /** The broker's time that it has taken, where somebody has a quota. */
  workedMs: number
  /** When it came, where metrics are kept. */
  readonly startMs: number
}

/** Turns frames into requests, hands them to their API's handler, and turns what comes back into bytes. */
export class Dispatcher implements FrameHandler {
  readonly #services: BrokerServices
  readonly #interceptors: Interceptors
  readonly #log: Log
  readonly #metrics: BrokerMetrics | undefined
  readonly #handlers = new Map<number, AnyHandler>()
  readonly #loading = new Map<number, Promise<void>>()

  constructor(services: BrokerServices, interceptors: Interceptors) {
    this.#services = services
    this.#interceptors = interceptors
    this.#log = services.environment.log
    this.#metrics = services.metrics
  }

  /** Loads the code of APIs. */
  async preload(keys: readonly number[]): Promise<void> {
    await Promise.all(keys.map((key) => this.#load(key)))
  }

  prepare(frame: Buffer, connection: Connection): Promise<unknown> | undefined {
    const { authentication } = connection
    if (authentication?.step !== undefined) return authentication.step
    if (authentication?.takesRawTokens === true) return undefined
    if (frame.length < headerBytesMin) return undefined
    const key = frame.readInt16BE(0)
    return this.#handlers.has(key) || !registry.has(key) ? undefined : this.#load(key)
  }

  handle(frame: Buffer, connection: Connection): Answer | Promise<Answer> {
    const { authentication } = connection
    if (authentication?.takesRawTokens === true) return rawToken(authentication, frame)
    let exchange: Exchange | Answer
    try {
      exchange = this.#decode(frame, connection)
    } catch (error) {
      if (!(error instanceof ProtocolError)) this.#log.error('Decoding a request failed', { error: asError(error) })
      return this.#close(connection, 'A client sent a malformed request', { error: asError(error) })
    }
    if (typeof exchange === 'string' || Array.isArray(exchange)) return exchange as Answer
    return this.#serve(exchange as Exchange)
  }

  #decode(frame: Buffer, connection: Connection): Exchange | Answer {
    if (frame.length < headerBytesMin) return this.#close(connection, 'A client sent a request without a header', {})
    const apiKey = frame.readInt16BE(0)
    const apiVersion = frame.readInt16BE(2)
    const entry = registry.get(apiKey)
    const isServed =
      entry !== undefined &&
      apiVersion >= entry.served[0] &&
      apiVersion <= entry.served[1] &&
      (!connection.isForControllers || controllerKeys.has(apiKey))
    if (!isServed) {
      if (apiKey === apiVersionsKey) return this.#downgradeApiVersions(frame.readInt32BE(4))
      return this.#close(connection, 'A client sent a request that is not served', { apiKey, apiVersion })
    }
    const refused = connection.authentication?.whyRefused(apiKey)
    if (refused !== undefined) {
      return this.#close(connection, 'A client does not authenticate as it should', { reason: refused })
    }
    const handler = present(this.#handlers.get(apiKey), 'A request is handled after its handler was loaded')
    const arrivedMs = this.#now()
    const reader = new Reader(frame)
    const header = decodeRequestHeader(reader)
    const body = handler.api.request.decode(reader, apiVersion)
    const context: RequestContext = {
      apiVersion,
      clientId: header.clientId,
      clientHost: connection.clientHost,
      principal: connection.principal,
      authentication: connection.authentication,
      advertised: connection.advertised,
      isForControllers: connection.isForControllers,
      onDisconnect: (listener) => connection.onDisconnect(listener),
      counted: (work) => this.#timed(exchange, work),
    }
    const startMs = this.#metrics === undefined ? 0 : this.#metrics.now()
    const { correlationId } = header
    const workedMs = this.#now() - arrivedMs
    const exchange: Exchange = { handler, body, context, correlationId, frame, connection, workedMs, startMs }
    return exchange
  }

  #serve(exchange: Exchange): Answer | Promise<Answer> {
    if (this.#interceptors.isEmpty) return this.#run(exchange)
    const { handler, body, context } = exchange
    const { apiVersion, clientId } = context
    try {
      const interception = this.#interceptors.intercept({ apiKey: handler.api.key, apiVersion, clientId, body })
      return interception === undefined ? this.#run(exchange) : this.#serveIntercepted(exchange, interception)
    } catch (error) {
      return this.#failed(exchange, error)
    }
  }

  #run(exchange: Exchange): Answer | Promise<Answer> {
    const { handler, body, context } = exchange
    try {
      const startMs = this.#now()
      const result = handler.handle(this.#services, body, context)
      exchange.workedMs += this.#now() - startMs
      if (!(result instanceof Promise)) return this.#finish(exchange, result)
      return result.then(
        (later) => this.#finish(exchange, later),
        (error: unknown) => this.#failed(exchange, error),
      )
    } catch (error) {
      return this.#failed(exchange, error)
    }
  }

  /** A handler that has answered is done. One that has failed, or answers nothing, may still have work under way. */
  #finish(exchange: Exchange, result: AnyResult): Answer {
    const { handler, frame, connection } = exchange
    const isDone = handler.releasesRequests === true && typeof result !== 'symbol'
    // A test that looks at requests may keep them.
    if (isDone && this.#interceptors.isEmpty) connection.release(frame)
    return this.#answer(exchange, result)
  }

  #answer(exchange: Exchange, result: AnyResult): Answer {
    return this.#counted(exchange, result, this.#answerWithinQuotas(exchange, result))
  }

  /** Where nobody has a quota, nothing is measured. */
  #answerWithinQuotas(exchange: Exchange, result: AnyResult): Answer {
    if (!this.#services.quotas.isActive) return this.#encode(exchange, result)
    const encode = (each: AnyResult): Answer => this.#timed(exchange, () => this.#encode(exchange, each))
    const { answer, throttleMs } = throttled(this.#services, exchange, result, encode)
    if (throttleMs > 0) {
      exchange.connection.silence(throttleMs)
      this.#metrics?.requests.throttled(exchange.handler.api.key, exchange.handler.api.name, throttleMs)
    }
    return answer
  }

  /** Where nobody asks for metrics, nothing is counted. */
  #counted(exchange: Exchange, result: AnyResult, answer: Answer): Answer {
    const metrics = this.#metrics
    if (metrics === undefined) return answer
    const { handler, context, frame, startMs } = exchange
    const { key, name } = handler.api
    const durationMs = metrics.now() - startMs
    metrics.requests.answered(key, name, context.apiVersion, frame.length, sizeOf(answer), durationMs, result)
    return answer
  }

  /** Where nobody has a quota, that is two look-ups. */
  #timed<Result>(exchange: Exchange, work: () => Result): Result {
    const startMs = this.#now()
    try {
      return work()
    } finally {
      exchange.workedMs += this.#now() - startMs
    }
  }

  #now(): number {
    return this.#services.quotas.isActive ? this.#services.environment.clock.monotonicMs() : 0
  }

  async #serveIntercepted(exchange: Exchange, interception: Interception): Promise<Answer> {
    const { handler, body, context } = exchange
    if (interception.delayMs !== undefined) await delay(this.#services.environment.timers, interception.delayMs)
    if (interception.disconnect === 'before') return 'close'
    if (interception.response !== undefined) {
      return this.#counted(exchange, interception.response, this.#encode(exchange, interception.response))
    }
    if (interception.errorCode !== undefined) {
      const refusal = handler.refuse(body, interception.errorCode, context)
      return this.#counted(exchange, refusal, this.#encode(exchange, refusal))
    }
    const answer = await this.#run(exchange)
    return interception.disconnect === 'after' ? 'close' : answer
  }

  #encode(exchange: Exchange, result: AnyResult): Answer {
    if (result === noResponse) return 'nothing'
    if (result === closeConnection) return 'close'
    const { handler, context, correlationId } = exchange
    try {
      return encodeResponse(handler.api, context.apiVersion, correlationId, result)
    } catch (error) {
      this.#log.error('A response could not be encoded; its connection is closed', {
        api: handler.api.name,
        version: context.apiVersion,
        error: asError(error),
      })
      return 'close'
    }
  }

  /** An exception of a handler is this request's misfortune only. */
  #failed(exchange: Exchange, error: unknown): Answer {
    const { handler, body, context } = exchange
    const errorCode = error instanceof KafkaError ? error.errorCode : ErrorCode.UNKNOWN_SERVER_ERROR
    if (!(error instanceof KafkaError)) {
      this.#log.error('A request failed unexpectedly', {
        api: handler.api.name,
        version: context.apiVersion,
        client: context.clientId,
        error: asError(error),
        stack: asError(error).stack,
      })
    }
    try {
      return this.#answer(exchange, handler.refuse(body, errorCode, context))
    } catch (failure) {
      this.#log.error('An error response could not be made; its connection is closed', { error: asError(failure) })
      return 'close'
    }
  }

  /** For a version from the future: an answer every client can read, which says what versions there are. */
  #downgradeApiVersions(correlationId: number): Answer {
    const { api } = present(
      this.#handlers.get(apiVersionsKey),
      'The handler of ApiVersions is loaded before all others',
    )
    const [minVersion, maxVersion] = present(registry.get(apiVersionsKey), 'ApiVersions is served').served
    return encodeResponse(api, 0, correlationId, {
      errorCode: ErrorCode.UNSUPPORTED_VERSION,
      apiKeys: [{ apiKey: apiVersionsKey, minVersion, maxVersion }],
    })
  }

  #close(connection: Connection, message: string, fields: Readonly<Record<string, unknown>>): Answer {
    this.#metrics?.requests.countMalformed()
    this.#log.warn(`${message}; its connection is closed`, { client: connection.clientHost, ...fields })
    return 'close'
  }

  #load(key: number): Promise<void> {
    const loading = this.#loading.get(key)
    if (loading !== undefined) return loading
    const entry = present(registry.get(key), 'Only APIs that are served are loaded')
    const promise = entry.load().then((handler) => {
      this.#handlers.set(key, handler)
    })
    this.#loading.set(key, promise)
    return promise
  }
}

/** The oldest way to authenticate: a size and a token, and the same back. There is no way to say what is wrong. */
async function rawToken(authentication: SaslAuthentication, token: Buffer): Promise<Answer> {
  const { errorCode = ErrorCode.NONE, authBytes = noToken } = await authentication.authenticate(token)
  if (errorCode !== ErrorCode.NONE) return 'close'
  const size = Buffer.alloc(4)
  size.writeInt32BE(authBytes.length)
  return [size, authBytes]
}
