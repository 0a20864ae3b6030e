import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiKey } from '../src/api-table.ts'
import { allApis, apiInfo, requestHeaderVersion, responseHeaderVersion } from '../src/apis.ts'
import { decodeRequestHeader, decodeResponse, encodeRequest, encodeResponse } from '../src/frames.ts'
import { loadApi } from '../src/load-api.ts'
import { apiVersions } from '../src/messages/api-versions.ts'
import { produce } from '../src/messages/produce.ts'
import { Reader } from '../src/primitives/reader.ts'

function frameOf(chunks: readonly Uint8Array[]): Buffer {
  const whole = Buffer.concat(chunks)
  assert.equal(whole.readInt32BE(), whole.length - 4)
  return whole.subarray(4)
}

describe('frames', () => {
  test('a request goes there', () => {
    const records = Buffer.alloc(10_000, 1)
    const body = { acks: -1, topicData: [{ name: 'orders', partitionData: [{ index: 2, records }] }] }
    const reader = new Reader(frameOf(encodeRequest(produce, 9, { correlationId: 7, clientId: 'me' }, body)))
    const head = decodeRequestHeader(reader)
    assert.deepEqual(head, { apiKey: ApiKey.Produce, apiVersion: 9, correlationId: 7, clientId: 'me' })
    const read = produce.request.decode(reader, 9)
    assert.deepEqual(read.topicData[0]?.partitionData[0], { index: 2, records })
    assert.equal(reader.remaining, 0)
  })

  test('and the response comes back', () => {
    const body = { responses: [{ name: 'orders', partitionResponses: [{ index: 2, baseOffset: 5n }] }] }
    const reader = new Reader(frameOf(encodeResponse(produce, 9, 7, body)))
    const response = decodeResponse(produce, 9, reader)
    assert.equal(response.correlationId, 7)
    assert.equal(response.body.responses[0]?.partitionResponses[0]?.baseOffset, 5n)
  })

  test('ApiVersions is always answered with the oldest header, and asked with the newest one that fits', () => {
    assert.equal(responseHeaderVersion(ApiKey.ApiVersions, 4), 0)
    assert.equal(requestHeaderVersion(ApiKey.ApiVersions, 99), 2)
    const frame = frameOf(encodeRequest(apiVersions, 3, { correlationId: 1, clientId: null }, {}))
    frame.writeInt16BE(99, 2)
    const head = decodeRequestHeader(new Reader(frame))
    assert.deepEqual(head, { apiKey: 18, apiVersion: 99, correlationId: 1, clientId: null })
  })

  test('an API that does not exist is told apart from bytes that are no request', () => {
    const unknown = Buffer.from('03e70000000000010000', 'hex')
    assert.throws(() => decodeRequestHeader(new Reader(unknown)), { code: 'UNKNOWN_API' })
    assert.throws(() => decodeRequestHeader(new Reader(Buffer.from('0003', 'hex'))), { code: 'MALFORMED_MESSAGE' })
  })
})

describe('the table of APIs', () => {
  test('has every API once, and each can be loaded', async () => {
    assert.equal(allApis.length, Object.keys(ApiKey).length)
    for (const info of allApis) {
      const api = await loadApi(info.key)
      assert.equal(api.name, info.name)
      for (const codec of [api.request, api.response]) {
        assert.deepEqual(
          [codec.minVersion, codec.maxVersion, codec.flexibleFrom],
          [info.minVersion, info.maxVersion, info.flexibleFrom],
        )
      }
    }
    await assert.rejects(loadApi(4), { code: 'UNKNOWN_API' })
  })

  test('knows what brokers claim and what is not stable', () => {
    assert.deepEqual(apiInfo(ApiKey.Produce)?.advertised, [0, 13])
    assert.equal(apiInfo(ApiKey.Produce)?.minVersion, 3)
    const initProducerId = apiInfo(ApiKey.InitProducerId)
    assert.deepEqual([initProducerId?.stableMaxVersion, initProducerId?.maxVersion], [5, 6])
    assert.equal(apiInfo(ApiKey.Vote)?.forClients, false)
    assert.equal(apiInfo(4), undefined)
  })
})
