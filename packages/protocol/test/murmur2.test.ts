import assert from 'node:assert/strict'
import test from 'node:test'
import { murmur2, partitionForKey, toPositive } from '../src/murmur2.ts'

/** What Kafka 4.3's Utils.murmur2 answered. */
const known: readonly (readonly [string, number])[] = [
  ['', 275_646_681],
  ['a', -1_563_381_124],
  ['ab', 316_155_434],
  ['abc', 479_470_107],
  ['abcd', -1_323_649_548],
  ['abcde', 461_995_741],
  ['abcdef', 1_870_650_108],
  ['abcdefg', -346_467_175],
  ['abcdefgh', -955_427_363],
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
]

test('hashes as Java does', () => {
  for (const [text, hash] of known) assert.equal(murmur2(Buffer.from(text)), hash, text)
})

test('hashes a part of a buffer as if it were alone', () => {
  for (const [text, hash] of known) {
    for (let before = 0; before < 5; before++) {
      const bytes = Buffer.from(`${'x'.repeat(before)}${text}yy`)
      assert.equal(murmur2(bytes, before, before + text.length), hash)
    }
  }
})

test('chooses the partition that other clients choose', () => {
  assert.equal(toPositive(-1_563_381_124), 584_102_524)
  assert.equal(partitionForKey(Buffer.from('a'), 50), 24)
  assert.equal(partitionForKey(Buffer.from('foobar'), 1000), 166)
})
