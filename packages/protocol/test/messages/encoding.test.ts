import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { consumerGroupMemberMetadataValue } from '../../src/messages/consumer-group-member-metadata-value.ts'
import { fetch } from '../../src/messages/fetch.ts'
import { metadata } from '../../src/messages/metadata.ts'
import { offsetFetch } from '../../src/messages/offset-fetch.ts'
import { Reader } from '../../src/primitives/reader.ts'
import { Writer } from '../../src/primitives/writer.ts'
import type { Init, MessageCodec } from '../../src/api.ts'

function encoded<M>(codec: MessageCodec<M>, version: number, message: Init<M>): Buffer {
  const writer = new Writer()
  codec.encode(writer, version, message)
  return writer.toBuffer()
}

describe('what a version cannot say', () => {
  test('is refused, when it is not the default', () => {
    const request = { replicaState: { replicaId: 3 } }
    assert.throws(() => encoded(fetch.request, 14, request), {
      code: 'UNSUPPORTED_FIELD',
      message: /replicaState.*version 14/,
    })
    assert.doesNotThrow(() => encoded(fetch.request, 14, { replicaState: { replicaId: -1 } }))
    assert.doesNotThrow(() => encoded(fetch.request, 15, request))
  })

  test('is dropped, when the field may be ignored', () => {
    assert.deepEqual(encoded(fetch.request, 4, { rackId: 'here' }), encoded(fetch.request, 4, {}))
  })

  test('null is refused where it is not allowed, and written where it is', () => {
    assert.throws(() => encoded(metadata.request, 0, { topics: null }), { code: 'NULL_NOT_ALLOWED' })
    assert.equal(metadata.request.decode(new Reader(encoded(metadata.request, 1, { topics: null })), 1).topics, null)
    assert.throws(() => encoded(offsetFetch.request, 1, { topics: null }), { code: 'NULL_NOT_ALLOWED' })
  })

  test('an unknown tag must not be a known one', () => {
    const unknownTags = [{ tag: 0, data: Buffer.of(1) }]
    assert.throws(() => encoded(fetch.request, 12, { unknownTags }), { code: 'UNSUPPORTED_FIELD' })
    const later = [{ tag: 1, data: Buffer.of(1) }]
    assert.doesNotThrow(() => encoded(fetch.request, 12, { unknownTags: later }), 'tag 1 is known from version 15 on')
    const twice = [later, later].flat()
    assert.throws(() => encoded(fetch.request, 12, { unknownTags: twice }), { code: 'UNSUPPORTED_FIELD' })
  })
})

describe('nullable structs in tags', () => {
  test('have their own mark for null', () => {
    const withNull = encoded(consumerGroupMemberMetadataValue, 0, { classicMemberMetadata: null })
    assert.equal(withNull.subarray(-4).toString('hex'), '01000100')
    const read = consumerGroupMemberMetadataValue.decode(new Reader(withNull), 0)
    assert.equal(read.classicMemberMetadata, null)
    const left = consumerGroupMemberMetadataValue.decode(
      new Reader(encoded(consumerGroupMemberMetadataValue, 0, {})),
      0,
    )
    assert.deepEqual(left.classicMemberMetadata, { sessionTimeoutMs: 0, supportedProtocols: [] })
  })
})

describe('views', () => {
  test('records are neither copied when they are read nor when they are written', () => {
    const records = Buffer.alloc(100_000, 7)
    const writer = new Writer()
    fetch.response.encode(writer, 12, { responses: [{ topic: 't', partitions: [{ records }] }] })
    const chunks = writer.finish()
    assert.ok(chunks.includes(records))
    const bytes = Buffer.concat(chunks)
    const read = fetch.response.decode(new Reader(bytes), 12).responses[0]?.partitions[0]?.records
    assert.equal(read?.buffer, bytes.buffer)
    assert.deepEqual(read, records)
  })
})
