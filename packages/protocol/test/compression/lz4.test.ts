import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom } from '@streamwright/std'
import { compressLz4, decompressLz4 } from '../../src/compression/lz4.ts'
import { decompressLz4Block } from '../../src/compression/lz4-block.ts'
import { xxhash32 } from '../../src/compression/xxhash32.ts'

const limit = 10_000_000

interface FrameOptions {
  readonly flags?: number
  readonly blockFlags?: number
  readonly contentSize?: number
  readonly blockChecksum?: 'right' | 'wrong'
  readonly wrongDescriptor?: boolean
}

/** A frame of stored blocks, with whatever flags. */
function frameOf(blocks: readonly Buffer[], options: FrameOptions = {}): Buffer {
  const { contentSize, blockChecksum } = options
  const flags =
    options.flags ?? 0x60 | (contentSize === undefined ? 0 : 0x08) | (blockChecksum === undefined ? 0 : 0x10)
  const size = Buffer.alloc(contentSize === undefined ? 0 : 8)
  if (contentSize !== undefined) size.writeBigUInt64LE(BigInt(contentSize))
  const head = Buffer.concat([Buffer.from('04224d18', 'hex'), Buffer.of(flags, options.blockFlags ?? 0x40), size])
  const checksum = ((xxhash32(head, 4, head.length) >>> 8) & 0xff) ^ (options.wrongDescriptor === true ? 1 : 0)
  const parts: Uint8Array[] = [head, Buffer.of(checksum)]
  for (const block of blocks) {
    parts.push(int32((block.length | 0x8000_0000) >>> 0), block)
    if (blockChecksum !== undefined) {
      parts.push(int32((xxhash32(block, 0, block.length) ^ (blockChecksum === 'wrong' ? 1 : 0)) >>> 0))
    }
  }
  return Buffer.concat([...parts, int32(0)])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

test('xxHash32 of known texts', () => {
  const known = {
    '': 0x02cc_5d05,
    a: 0x550d_7456,
    abc: 0x32d1_53ff,
    'Nobody inspects the spammish repetition': 0xe229_3b2f,
  }
  for (const [text, hash] of Object.entries(known)) {
    const bytes = Buffer.from(text)
    assert.equal(xxhash32(bytes, 0, bytes.length), hash, text)
  }
})

test('writes independent blocks of at most 64 KiB without checksums', () => {
  const frame = compressLz4(Buffer.alloc(150_000, 'streams'))
  assert.equal(frame.toString('hex', 0, 7), '04224d18604082')
  let blocks = 0
  let at = 7
  for (;;) {
    const size = frame.readUInt32LE(at) & 0x7fff_ffff
    at += 4
    if (size === 0) break
    const target = Buffer.alloc(65_536)
    const length = decompressLz4Block(frame, at, at + size, target, 0, target.length)
    assert.equal(length, blocks < 2 ? 65_536 : 150_000 - 2 * 65_536)
    at += size
    blocks += 1
  }
  assert.deepEqual([blocks, at], [3, frame.length])
})

test('our decoder agrees with the one in WebAssembly', () => {
  const random = seededRandom(11)
  for (let round = 0; round < 200; round++) {
    const unit = random.bytes(1 + random.below(300))
    const bytes = Buffer.concat(
      Array.from({ length: 1 + random.below(60) }, () => (random.below(3) === 0 ? random.bytes(40) : unit)),
    )
    const frame = compressLz4(bytes)
    assert.ok(decompressLz4(frame, limit).equals(bytes))
    // Something behind the frame keeps WebAssembly out; as Java does, it is not looked at.
    assert.ok(decompressLz4(Buffer.concat([frame, Buffer.of(1)]), limit).equals(bytes))
  }
})

test('reads a content size, block checksums, stored blocks and all block sizes', () => {
  const [one, two] = [Buffer.from('one '), Buffer.from('two')]
  const good: readonly FrameOptions[] = [
    {},
    { contentSize: 7 },
    { blockChecksum: 'right' },
    { contentSize: 7, blockChecksum: 'right' },
    { blockFlags: 0x50 },
    { blockFlags: 0x60 },
    { blockFlags: 0x70 },
  ]
  for (const options of good) {
    assert.equal(decompressLz4(frameOf([one, two], options), limit).toString(), 'one two', JSON.stringify(options))
  }
})

test('refuses what Java refuses', () => {
  const block = Buffer.from('block')
  const bad: Readonly<Record<string, Buffer>> = {
    'another version': frameOf([block], { flags: 0x20 }),
    'dependent blocks': frameOf([block], { flags: 0x40 }),
    'reserved flags': frameOf([block], { flags: 0x62 }),
    'reserved block flags': frameOf([block], { blockFlags: 0x41 }),
    'an unknown block size': frameOf([block], { blockFlags: 0x30 }),
    'a wrong descriptor': frameOf([block], { wrongDescriptor: true }),
    'a wrong block checksum': frameOf([block], { blockChecksum: 'wrong' }),
    'a block beyond its size': frameOf([Buffer.alloc(65_537)]),
    'another magic': Buffer.from('05224d1860408200000000', 'hex'),
    'no end': frameOf([block]).subarray(0, -4),
  }
  for (const [what, frame] of Object.entries(bad)) {
    assert.throws(() => decompressLz4(frame, limit), { name: 'ProtocolError' }, what)
  }
})

test('blocks that point outside of themselves are refused', () => {
  const cases = ['', '10', '0000', '00ffff', '10610000', '1061ffff', '1061010f', 'f0', 'f0ffff', '1f610100ffff']
  for (const hex of cases) {
    const block = Buffer.from(hex, 'hex')
    const target = Buffer.alloc(64)
    assert.throws(() => decompressLz4Block(block, 0, block.length, target, 0, 64), { name: 'ProtocolError' }, hex)
  }
})

test('many blocks are read within one limit', () => {
  const blocks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(60_000, index))
  const frame = frameOf(blocks)
  assert.ok(decompressLz4(frame, 2_400_000).equals(Buffer.concat(blocks)))
  assert.throws(() => decompressLz4(frame, 2_399_999), { message: /limit of/ })
})
