import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '@streamwright/std'
import { compressSnappy, decompressSnappy } from '../../src/compression/snappy.ts'
import { decompressSnappyBody, readSnappyLength } from '../../src/compression/snappy-block.ts'
import { wasmCodecs } from '../../src/compression/wasm-codecs.ts'

const limit = 1_000_000

function bySlowDecoder(block: Buffer): Buffer {
  const { decompressedBytes, bodyStart } = readSnappyLength(block, 0, block.length, limit)
  const target = Buffer.alloc(decompressedBytes)
  decompressSnappyBody(block, bodyStart, block.length, target, 0, target.length)
  return target
}

test("writes Java's framing: a header, then blocks of at most 32 KiB", () => {
  const bytes = seededRandom(1).bytes(70_000)
  const stream = compressSnappy(bytes)
  assert.equal(stream.toString('hex', 0, 16), '82534e41505059000000000100000001')
  const lengths: number[] = []
  for (let at = 16; at < stream.length;) {
    const size = stream.readInt32BE(at)
    at += 4
    lengths.push(readSnappyLength(stream, at, at + size, limit).decompressedBytes)
    at += size
  }
  assert.deepEqual(lengths, [32_768, 32_768, 4464])
})

test('reads one raw block, as clients in C send it', () => {
  const bytes = Buffer.from('raw raw raw raw raw raw raw raw raw raw raw raw')
  assert.ok(decompressSnappy(wasmCodecs().snappyCompress(bytes), limit).equals(bytes))
  assert.equal(decompressSnappy(Buffer.of(0), limit).length, 0)
})

test('our decoder agrees with the one in WebAssembly', () => {
  const random = seededRandom(5)
  for (let round = 0; round < 200; round++) {
    const unit = random.bytes(1 + random.below(70))
    const bytes = Buffer.concat(
      Array.from({ length: 1 + random.below(60) }, () => (random.below(3) === 0 ? random.bytes(80) : unit)),
    )
    const block = wasmCodecs().snappyCompress(bytes)
    assert.ok(bySlowDecoder(block).equals(bytes))
    assert.ok(decompressSnappy(block, limit).equals(bytes))
  }
})

test('reads every kind of element', () => {
  // A literal "abcd", then copies with offsets of one, two and four bytes, then a literal with its length in two bytes.
  const long = Buffer.alloc(300, 'z')
  const block = Buffer.from('bc020c6162636401040e08000f0c000000', 'hex')
  const literal = Buffer.concat([Buffer.of((61 << 2) & 0xff, (300 - 1) & 0xff, (300 - 1) >>> 8), long])
  assert.equal(bySlowDecoder(Buffer.concat([block, literal])).toString(), 'abcd'.repeat(4) + 'z'.repeat(300))
})

test('a length that the bytes cannot hold is refused before memory is taken', () => {
  for (const hex of ['ffffffff0f00', 'ffffffff7f00', '8080808008', '80', '', 'ff01', '8080808080808001']) {
    const block = Buffer.from(hex, 'hex')
    assert.throws(() => readSnappyLength(block, 0, block.length, 2 ** 40), { name: 'ProtocolError' }, hex)
  }
})

test('copies and literals that leave their block are refused', () => {
  const cases = {
    'a copy before anything': '040100',
    'a distance of zero': '0800610100',
    'a distance beyond the start': '08006101ff',
    'an output longer than claimed': '020c61626364',
    'an output shorter than claimed': '080461',
    'a literal that is cut off': '04f0',
    'a copy that is cut off': '08006103',
  }
  for (const [what, hex] of Object.entries(cases)) {
    assert.throws(() => bySlowDecoder(Buffer.from(hex, 'hex')), { name: 'ProtocolError' }, what)
  }
})
