import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkResponseSize } from '../../src/connection/response-size.ts'

function check(bytes: Buffer): void {
  checkResponseSize(bytes.readInt32BE(0), bytes)
}

describe('sizes of responses', () => {
  for (const [what, bytes, message] of [
    ['of a web server', Buffer.from('HTTP'), /web server/],
    ['of a TLS listener', Buffer.from([0x15, 0x03, 0x03, 0x00]), /security.protocol to SSL/],
    ['that are negative', Buffer.from([0xff, 0xff, 0xff, 0xff]), /claims -1 bytes/],
    ['that are impossible', Buffer.from([0x7f, 0xff, 0xff, 0xff]), /claims 2147483647 bytes/],
  ] as const) {
    test(`${what} are refused with the remedy`, () => {
      assert.throws(() => check(bytes), message)
    })
  }

  test('that can be are taken', () => {
    check(Buffer.from([0, 0, 0, 4]))
    check(Buffer.from([0x03, 0x20, 0, 0]))
  })
})
