import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fetch } from '../../src/messages/fetch.ts'
import { metadata } from '../../src/messages/metadata.ts'
import { offsetFetch } from '../../src/messages/offset-fetch.ts'
import { Reader } from '../../src/primitives/reader.ts'

const malformed = { name: 'ProtocolError', code: 'MALFORMED_MESSAGE', retriable: false }

function decodeMetadata(hex: string, version: number): unknown {
  return metadata.request.decode(new Reader(Buffer.from(hex, 'hex')), version)
}

describe('a decoder refuses', () => {
  test('an array that the rest cannot hold, however small its elements could be', () => {
    assert.throws(() => decodeMetadata('7fffffff', 1), malformed)
    assert.throws(() => decodeMetadata('0000000900016100016200016300', 1), malformed)
    assert.throws(() => decodeMetadata('ffffffff07', 9), malformed)
  })

  test('more elements in one message than any real one has, in a frame that could hold them', () => {
    // OffsetFetch v1: a group, and 50 topics with 50,000 partitions of 4 bytes each.
    const partitions = Buffer.alloc(4 + 4 * 50_000)
    partitions.writeInt32BE(50_000)
    const topic = Buffer.concat([Buffer.from('000174', 'hex'), partitions])
    const topics = Buffer.concat([
      Buffer.from('000167', 'hex'),
      Buffer.from('00000032', 'hex'),
      ...Array<Buffer>(50).fill(topic),
    ])
    assert.throws(() => offsetFetch.request.decode(new Reader(topics), 1), {
      ...malformed,
      message: /elements in one message/,
    })
  })

  test('more tagged fields than there are bytes', () => {
    assert.throws(() => decodeMetadata('01000000ffffffff07', 9), malformed)
    assert.throws(() => decodeMetadata('01000000ffffffff0f', 9), malformed)
  })

  test('a tagged field that is longer than the rest, or not as long as it says', () => {
    assert.throws(() => decodeMetadata('010000000101ffffffff07', 9), malformed)
    // Fetch v12, tag 0 (cluster id) says that it has 5 bytes and has 2.
    const fixed = `${'00'.repeat(25)}010101`
    const good = fetch.request.decode(new Reader(Buffer.from(`${fixed}0100020261`, 'hex')), 12)
    assert.equal(good.clusterId, 'a')
    assert.throws(() => fetch.request.decode(new Reader(Buffer.from(`${fixed}0100050261626364`, 'hex')), 12), malformed)
  })

  test('a string of more than 32767 bytes, even if the bytes are there', () => {
    const length = Buffer.from([0x81, 0x80, 0x02])
    const bytes = Buffer.concat([Buffer.from('02', 'hex'), length, Buffer.alloc(40_000, 0x61)])
    assert.throws(() => metadata.request.decode(new Reader(bytes), 9), malformed)
  })

  test('everything that is cut short', () => {
    const hex = '020003616201010100'
    for (let length = 0; length < hex.length / 2; length++) {
      assert.throws(() => decodeMetadata(hex.slice(0, length * 2), 9), malformed)
    }
  })
})
