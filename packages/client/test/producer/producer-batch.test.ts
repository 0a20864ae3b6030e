import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { partitionForKey } from '@streamwright/protocol'
import { CompressionRatio } from '../../src/producer/compression-ratio.ts'
import { partitionOfKey } from '../../src/producer/key-hash.ts'
import { addToSequence } from '../../src/producer/producer-batch.ts'

test('sequence numbers begin anew at zero after the largest', () => {
  assert.equal(addToSequence(0, 5), 5)
  assert.equal(addToSequence(2 ** 31 - 1, 1), 0)
  assert.equal(addToSequence(2 ** 31 - 3, 10), 7)
})

test('a text key goes where its bytes go', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 100 }), (key, partitions) => {
      assert.equal(partitionOfKey(key, partitions), partitionForKey(Buffer.from(key), partitions))
    }),
    { seed: 1 },
  )
  const long = 'ж'.repeat(5_000)
  assert.equal(partitionOfKey(long, 17), partitionForKey(Buffer.from(long), 17))
})

test('the estimate of compression rises at once and falls slowly', () => {
  const ratio = new CompressionRatio()
  assert.equal(ratio.uncompressedBytes(1_000), 1_000)
  for (let batch = 0; batch < 200; batch++) ratio.observe(1_000, 250)
  assert.ok(Math.abs(ratio.uncompressedBytes(1_000) - 3_809) < 2)
  ratio.observe(1_000, 900)
  assert.equal(ratio.uncompressedBytes(1_000), 1_058)
  ratio.reset()
  assert.equal(ratio.uncompressedBytes(1_000), 1_000)
})
