import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConfigurationError, seededRandom } from '@streamwright/std'
import * as fc from 'fast-check'
import { compress, decompress } from '../../src/compression/codec.ts'
import { compressionTypes } from '../../src/compression/compression-type.ts'
import { ProtocolError } from '../../src/errors/protocol-error.ts'
import { mutated } from '../hostile-bytes.ts'

const codecs = compressionTypes.filter((type) => type !== 'none')

/** Bytes as records are: some of it repeats near by, some far away, some never. */
function recordLike(length: number, seed: number): Buffer {
  const random = seededRandom(seed)
  const words = Array.from({ length: 40 }, () => random.bytes(1 + random.below(30)))
  const parts: Buffer[] = []
  for (let size = 0; size < length;) {
    const part = random.below(10) === 0 ? random.bytes(1 + random.below(200)) : (words[random.below(40)] as Buffer)
    parts.push(part)
    size += part.length
  }
  return Buffer.concat(parts).subarray(0, length)
}

for (const codec of codecs) {
  describe(codec, () => {
    test('gives back what it took, of any length', () => {
      const lengths = fc.oneof(fc.nat(300), fc.constantFrom(0, 1, 32_768, 32_769, 65_535, 65_536, 65_537, 200_000))
      fc.assert(
        fc.property(lengths, fc.nat(), fc.boolean(), (length, seed, isRandom) => {
          const bytes = isRandom ? seededRandom(seed).bytes(length) : recordLike(length, seed)
          assert.ok(decompress(codec, compress(codec, bytes)).equals(bytes))
        }),
        { numRuns: 60 },
      )
    })

    test('refuses to grow beyond the limit, and takes what just reaches it', () => {
      for (const length of [1000, 65_536, 300_000, 5_000_000]) {
        const bomb = compress(codec, Buffer.alloc(length))
        assert.equal(decompress(codec, bomb, length).length, length)
        for (const limit of [length - 1, Math.floor(length / 3), 10]) {
          assert.throws(() => decompress(codec, bomb, limit), { name: 'ProtocolError', message: /limit of/ })
        }
      }
    })

    test('answers hostile bytes with bytes within the limit or a ProtocolError', () => {
      const random = seededRandom(20_260)
      for (let round = 0; round < 400; round++) {
        const bytes = mutated(compress(codec, recordLike(1 + random.below(3000), round)), random)
        try {
          assert.ok(decompress(codec, bytes, 4000).length <= 4000)
        } catch (error) {
          assert.ok(error instanceof ProtocolError, `${String(error)}: ${bytes.toString('hex')}`)
        }
      }
    })

    test('refuses every beginning of a stream', () => {
      const bytes = compress(codec, recordLike(500, 7))
      for (let length = 1; length < bytes.length; length++) {
        // Blocks of Java's framing end where they may: cut after its header, the stream is a whole one without any.
        if (codec === 'snappy' && length === 16) continue
        assert.throws(() => decompress(codec, bytes.subarray(0, length)), ProtocolError, String(length))
      }
    })
  })
}

test('without a codec the memory stays the same', () => {
  const bytes = Buffer.from('as it is')
  assert.equal(compress('none', bytes), bytes)
  assert.equal(decompress('none', bytes), bytes)
})

test('levels change the size, and wrong ones are an error of configuration', () => {
  const bytes = recordLike(50_000, 3)
  assert.ok(compress('gzip', bytes, 9).length < compress('gzip', bytes, 1).length)
  assert.ok(compress('zstd', bytes, 19).length < compress('zstd', bytes, -100).length)
  for (const level of [-1, 1, 9]) assert.ok(decompress('gzip', compress('gzip', bytes, level)).equals(bytes))
  for (const [codec, level] of [
    ['gzip', 10],
    ['gzip', -2],
    ['gzip', 1.5],
    ['zstd', 23],
    ['zstd', -131_073],
    ['zstd', Number.NaN],
  ] as const) {
    assert.throws(() => compress(codec, bytes, level), ConfigurationError)
  }
})

test('all members of gzip and all frames of zstd are read, within one limit', () => {
  const [first, second] = [recordLike(3000, 1), recordLike(2000, 2)]
  for (const codec of ['gzip', 'zstd'] as const) {
    const both = Buffer.concat([compress(codec, first), compress(codec, second)])
    assert.ok(decompress(codec, both, 5000).equals(Buffer.concat([first, second])))
    assert.throws(() => decompress(codec, both, 4999), { message: /limit of/ })
  }
})

test('a batch of nothing but zstd frames is refused before it costs seconds', () => {
  const empty = compress('zstd', Buffer.alloc(0))
  assert.equal(decompress('zstd', Buffer.concat(Array.from({ length: 3 }, () => empty))).length, 0)
  const many = Buffer.concat(Array.from({ length: 5000 }, () => empty))
  assert.throws(() => decompress('zstd', many), { name: 'ProtocolError', message: /frames/ })
})
