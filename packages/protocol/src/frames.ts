import { assert } from '@streamwright/std'
import type { Api, Init } from './api.ts'
import { apiInfo, requestHeaderVersion, responseHeaderVersion } from './apis.ts'
import { ProtocolError } from './errors/protocol-error.ts'
import { requestHeader } from './messages/request-header.ts'
import { responseHeader } from './messages/response-header.ts'
import type { Reader } from './primitives/reader.ts'
import { Writer } from './primitives/writer.ts'

/** What stands before every request. */
export interface RequestHead {
  readonly apiKey: number
  readonly apiVersion: number
  /** Comes back with the response. */
  readonly correlationId: number
  readonly clientId: string | null
}

/** A whole request frame, size first, as chunks for one gathering write. */
export function encodeRequest<Request>(
  api: Api<Request, unknown>,
  version: number,
  head: { readonly correlationId: number; readonly clientId: string | null },
  body: Init<Request>,
): readonly Uint8Array[] {
  const writer = new Writer()
  writer.int32(0)
  requestHeader.encode(writer, requestHeaderVersion(api.key, version), {
    requestApiKey: api.key,
    requestApiVersion: version,
    correlationId: head.correlationId,
    clientId: head.clientId,
  })
  api.request.encode(writer, version, body)
  return sized(writer)
}

/** A whole response frame, size first, as chunks for one gathering write. */
export function encodeResponse<Response>(
  api: Api<unknown, Response>,
  version: number,
  correlationId: number,
  body: Init<Response>,
): readonly Uint8Array[] {
  const writer = new Writer()
  writer.int32(0)
  responseHeader.encode(writer, responseHeaderVersion(api.key, version), { correlationId })
  api.response.encode(writer, version, body)
  return sized(writer)
}

/**
 * Reads the header of a request frame (without its size) and leaves the reader at the body. The version need not be a
 * known one: what to answer then is up to the API. Throws `ProtocolError`, with `UNKNOWN_API` for a key without an API:
 * how its header goes on is unknown, and the connection should be closed.
 */
export function decodeRequestHeader(reader: Reader): RequestHead {
  const start = reader.offset
  const apiKey = reader.int16()
  const apiVersion = reader.int16()
  if (apiInfo(apiKey) === undefined) throw new ProtocolError(`There is no API with the key ${apiKey}`, 'UNKNOWN_API')
  reader.rewind(start)
  const { correlationId, clientId } = requestHeader.decode(reader, requestHeaderVersion(apiKey, apiVersion))
  return { apiKey, apiVersion, correlationId, clientId }
}

/** Reads the header of a response frame (without its size), leaves the reader at the body, returns the correlation id. */
export function decodeResponseHeader(apiKey: number, version: number, reader: Reader): number {
  return responseHeader.decode(reader, responseHeaderVersion(apiKey, version)).correlationId
}

/** Reads a response frame (without its size). Which `api` and `version` it has is known from its correlation id. */
export function decodeResponse<Response>(
  api: Api<unknown, Response>,
  version: number,
  reader: Reader,
): { readonly correlationId: number; readonly body: Response } {
  const correlationId = decodeResponseHeader(api.key, version, reader)
  return { correlationId, body: api.response.decode(reader, version) }
}

/** Puts the number of bytes that follow into the four bytes at the begin. */
function sized(writer: Writer): readonly Uint8Array[] {
  const chunks = writer.finish()
  const first = chunks[0]
  assert(first !== undefined && first.length >= 4, 'A frame begins with its size')
  const size = writer.length - 4
  new DataView(first.buffer, first.byteOffset, 4).setInt32(0, size)
  return chunks
}
