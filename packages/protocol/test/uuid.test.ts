import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@streamwright/std'
import { decodeUuid, encodeUuid, parseUuid, randomUuid, zeroUuid } from '../src/uuid.ts'

test('a UUID goes from text to bytes and back', () => {
  const bytes = Buffer.alloc(20, 9)
  encodeUuid('M2WCk1rfdlHaVdlGueJ56g', bytes, 2)
  assert.equal(bytes.toString('hex'), '0909336582935adf7651da55d946b9e279ea0909')
  assert.equal(decodeUuid(bytes, 2), 'M2WCk1rfdlHaVdlGueJ56g')
  encodeUuid(zeroUuid, bytes, 2)
  assert.equal(decodeUuid(bytes, 2), zeroUuid)
})

test('what somebody typed is checked, and brought into its one form', () => {
  assert.equal(parseUuid('AAAAAAAAAAAAAAAAAAAAAB=='), zeroUuid)
  assert.throws(() => parseUuid('00000000-0000-0000-0000-000000000001'), { name: 'ProtocolError' })
})

test('a fresh UUID is version 4, and no option of a command line', () => {
  const random = seededRandom(1)
  for (let count = 0; count < 300; count++) {
    const uuid = randomUuid(random)
    const bytes = Buffer.from(uuid, 'base64url')
    assert.equal(bytes.readUInt8(6) >> 4, 4)
    assert.equal(bytes.readUInt8(8) >> 6, 2)
    assert.ok(!uuid.startsWith('-'))
    assert.equal(parseUuid(uuid), uuid)
  }
})
