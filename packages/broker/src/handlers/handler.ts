import type { Api, Init } from '@streamwright/protocol'
import type { KafkaPrincipal } from '../security/principal.ts'
import type { SaslAuthentication } from '../security/sasl/sasl-authentication.ts'
import type { BrokerServices } from '../services.ts'

/** Who asks, and how. */
export interface RequestContext {
  readonly apiVersion: number
  readonly clientId: string | null
  /** `/127.0.0.1`, as Kafka writes it. */
  readonly clientHost: string
  /** Whom the connection speaks for. */
  readonly principal: KafkaPrincipal
  /** Where clients authenticate by SASL. */
  readonly authentication: SaslAuthentication | undefined
  /** The address that the client is told to connect to: that of the listener it came through. */
  readonly advertised: Endpoint
  /** It came through a listener for controllers, where less is served. */
  readonly isForControllers: boolean
  /** Calls `listener` once when the connection is gone. The returned function takes it back. */
  onDisconnect(listener: () => void): () => void
  /**
   * Does what is left to do of a request that was parked: the time that it takes is the client's, as that of the first
   * part is (`request_percentage`).
   */
  counted<Result>(work: () => Result): Result
}

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** Instead of a response: the request gets none (Produce with acks=0), or the connection is closed over it. */
export const noResponse: unique symbol = Symbol('no response')
export const closeConnection: unique symbol = Symbol('close the connection')

export type HandlerResult<Response> = Init<Response> | typeof noResponse | typeof closeConnection

/** How one API is served. */
export interface Handler<Request, Response> {
  readonly api: Api<Request, Response>
  /** Nothing refers to the bytes of a request once it is answered: their memory may take another. Default false. */
  readonly releasesRequests?: boolean
  /** Its requests count as bytes that were produced. */
  readonly countsProducedBytes?: boolean
  /** Its answers count as bytes that were fetched. `emptied`: what is answered instead when the client is to wait. */
  readonly countsFetchedBytes?: {
    emptied(services: BrokerServices, request: Request, response: Init<Response>): Init<Response>
  }
  /** Called in the order of arrival. A promise parks the request; others of the connection go on. */
  handle(
    services: BrokerServices,
    request: Request,
    context: RequestContext,
  ): HandlerResult<Response> | Promise<HandlerResult<Response>>
  /** The response that says `errorCode` in every place where this API has one for what was asked. */
  refuse(request: Request, errorCode: number, context: RequestContext): HandlerResult<Response>
}

/** The result of a handler whose types are of no concern. */
export type AnyResult = object | typeof noResponse | typeof closeConnection

/** A handler whose types are of no concern to who calls it. */
export interface AnyHandler {
  readonly api: Api<unknown, unknown>
  readonly releasesRequests?: boolean
  readonly countsProducedBytes?: boolean
  readonly countsFetchedBytes?: {
    emptied(services: BrokerServices, request: unknown, response: object): object
  }
  handle(services: BrokerServices, request: unknown, context: RequestContext): AnyResult | Promise<AnyResult>
  refuse(request: unknown, errorCode: number, context: RequestContext): AnyResult
}

/** Checks a handler's types and forgets them, for the registry. */
export function handler<Request, Response>(definition: Handler<Request, Response>): AnyHandler {
  return definition as unknown as AnyHandler
}
