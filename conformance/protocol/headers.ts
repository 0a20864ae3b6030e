import assert from 'node:assert/strict'
import {
  Reader,
  Writer,
  decodeRequestHeader,
  decodeResponseHeader,
  requestHeaderVersion,
  responseHeaderVersion,
} from '@streamwright/protocol'
import { requestHeader } from '@streamwright/protocol/messages/request-header'
import { responseHeader } from '@streamwright/protocol/messages/response-header'
import { fromHex } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { numberAt, textAt } from '../json.ts'

/** Both headers of one version of an API, in both directions. */
export function checkHeaders(key: number, headers: JsonObject): void {
  const version = numberAt(headers, 'v')
  const correlationId = numberAt(headers, 'correlationId')
  const clientId = headers['clientId'] === null ? null : textAt(headers, 'clientId')
  assert.equal(requestHeaderVersion(key, version), numberAt(headers, 'requestHeaderVersion'), 'request header version')
  assert.equal(
    responseHeaderVersion(key, version),
    numberAt(headers, 'responseHeaderVersion'),
    'response header version',
  )

  const request = new Reader(fromHex(textAt(headers, 'request')))
  assert.deepEqual(decodeRequestHeader(request), { apiKey: key, apiVersion: version, correlationId, clientId })
  assert.equal(request.remaining, 0, 'bytes are left after the request header')
  const requestWriter = new Writer()
  requestHeader.encode(requestWriter, requestHeaderVersion(key, version), {
    requestApiKey: key,
    requestApiVersion: version,
    correlationId,
    clientId,
  })
  assert.equal(requestWriter.toBuffer().toString('hex'), textAt(headers, 'request'), 'request header')

  const response = new Reader(fromHex(textAt(headers, 'response')))
  assert.equal(decodeResponseHeader(key, version, response), correlationId)
  assert.equal(response.remaining, 0, 'bytes are left after the response header')
  const responseWriter = new Writer()
  responseHeader.encode(responseWriter, responseHeaderVersion(key, version), { correlationId })
  assert.equal(responseWriter.toBuffer().toString('hex'), textAt(headers, 'response'), 'response header')
}
