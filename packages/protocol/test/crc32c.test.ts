import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { foldedFromBytes, loadFoldedCrc32c } from '../src/crc32c-fold.ts'
import { crc32cByTables } from '../src/crc32c-tables.ts'
import { crc32c } from '../src/crc32c.ts'

/** The definition, a bit at a time. */
function bitByBit(bytes: Uint8Array, seed: number): number {
  let crc = ~seed
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : 0x82f6_3b78)
  }
  return ~crc >>> 0
}

test('the check value of CRC-32C', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe306_9283)
})

test('agrees with the definition at every alignment, around every step', () => {
  const pool = new Uint8Array(400)
  for (let index = 0; index < pool.length; index++) pool[index] = (index * 167 + 13) & 0xff
  for (let offset = 0; offset < 8; offset++) {
    for (let start = 0; start < 8; start++) {
      for (const length of [0, 1, 7, 8, 255, 256, 257, 258, 259, 271, 272, 273, 287, 288, 300]) {
        const bytes = pool.subarray(offset)
        const expected = bitByBit(bytes.subarray(start, start + length), 0)
        assert.equal(crc32c(bytes, start, start + length), expected, `${offset} ${start} ${length}`)
        assert.equal(
          crc32cByTables(bytes, start, start + length, 0),
          expected,
          `${offset} ${start} ${length} by tables`,
        )
      }
    }
  }
})

test('agrees with the definition for any bytes, alignment and seed, whole and in pieces', () => {
  const bytes = fc.uint8Array({ maxLength: 1200, size: 'max' })
  fc.assert(
    fc.property(bytes, fc.nat(15), fc.nat(1200), fc.integer({ min: 0, max: 0xffff_ffff }), (all, offset, cut, seed) => {
      const view = all.subarray(Math.min(offset, all.length))
      const middle = Math.min(cut, view.length)
      const expected = bitByBit(view, seed)
      assert.equal(crc32c(view, 0, view.length, seed), expected)
      assert.equal(crc32cByTables(view, 0, view.length, seed), expected)
      assert.equal(crc32c(view, middle, view.length, crc32c(view, 0, middle, seed)), expected)
    }),
    { numRuns: 200 },
  )
})

test('agrees with the tables for long messages, around every step and block', () => {
  const folded = loadFoldedCrc32c()
  assert.ok(folded !== undefined)
  const bytes = new Uint8Array(120_000)
  for (let index = 0; index < bytes.length; index++) bytes[index] = (index * 2_654_435_761) >>> 13
  const byTables = (left: Uint8Array, seed: number): number => crc32cByTables(left, 0, left.length, seed)
  const lengths = fc.oneof(
    fc.integer({ min: foldedFromBytes, max: 100_000 }),
    fc.integer({ min: 0, max: 300 }).map((more) => foldedFromBytes + more),
    fc.integer({ min: -300, max: 300 }).map((more) => 5275 + 2 * 16_384 + more),
  )
  fc.assert(
    fc.property(lengths, fc.nat(20), fc.integer({ min: 0, max: 0xffff_ffff }), (length, start, seed) => {
      const expected = crc32cByTables(bytes, start, start + length, seed)
      assert.equal(folded(bytes, start, start + length, seed, byTables), expected)
      assert.equal(crc32c(bytes, start, start + length, seed), expected)
    }),
    { seed: 7, numRuns: 200 },
  )
})
