import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Reader } from '../../src/primitives/reader.ts'
import { Writer } from '../../src/primitives/writer.ts'

type Verb =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'float64'
  | 'uvarint'
  | 'varint'
  | 'varlong'
  | 'string'
  | 'nullableString'
  | 'compactString'
  | 'compactNullableString'
  | 'bytes'
  | 'compactNullableBytes'
  | 'uuid'

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const text = fc.string({ unit: 'binary', maxLength: 200 })
const bytes = fc.uint8Array({ maxLength: 5000 }).map((array) => Buffer.from(array))

const values: Readonly<Record<Verb, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32_768, max: 32_767 }),
  uint16: fc.integer({ min: 0, max: 65_535 }),
  int32,
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64,
  float64: fc.double(),
  uvarint: int32,
  varint: int32,
  varlong: int64,
  string: text,
  nullableString: fc.option(text),
  compactString: text,
  compactNullableString: fc.option(text),
  bytes,
  compactNullableBytes: fc.option(bytes),
  uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((array) => Buffer.from(array).toString('base64url')),
}

const verbs = Object.keys(values) as Verb[]
const anyStep = fc.constantFrom(...verbs).chain((verb) => values[verb].map((value) => ({ verb, value })))

describe('reader and writer', () => {
  test('say the same, in any order and over the ends of chunks', () => {
    const property = fc.property(
      fc.array(anyStep, { maxLength: 60 }),
      fc.integer({ min: 1, max: 64 }),
      (steps, capacity) => {
        const writer = new Writer(capacity)
        const write = writer as unknown as Record<Verb, (value: unknown) => void>
        for (const { verb, value } of steps) write[verb](value)
        const written = Buffer.concat(writer.finish())
        assert.equal(written.length, writer.length)
        const reader = new Reader(written)
        const read = reader as unknown as Record<Verb, () => unknown>
        for (const { verb, value } of steps) assert.deepEqual(read[verb](), value, verb)
        assert.equal(reader.remaining, 0)
      },
    )
    fc.assert(property, { seed: 5, numRuns: 400 })
  })

  test('a reader stays within its bounds', () => {
    const reader = new Reader(Buffer.from([1, 2, 3, 4, 5, 6]), 1, 4)
    assert.throws(() => reader.int32(), {
      name: 'ProtocolError',
      message: /byte 1: 4 bytes were expected and 3 are left/,
    })
    assert.equal(reader.int16(), 0x0203)
    assert.equal(reader.remaining, 1)
    assert.throws(() => reader.skip(-1), { name: 'ProtocolError' })
    assert.throws(() => new Reader(Buffer.alloc(4), 2, 6), RangeError)
  })

  test('a number that does not fit is a bug of the caller', () => {
    const writer = new Writer()
    assert.throws(() => writer.int8(128), { name: 'AssertionError' })
    assert.throws(() => writer.int16(-32_769), { name: 'AssertionError' })
    assert.throws(() => writer.uint16(-1), { name: 'AssertionError' })
    assert.throws(() => writer.int32(2 ** 31), { name: 'AssertionError' })
    assert.throws(() => writer.int32(1.5), { name: 'AssertionError' })
    assert.throws(() => writer.int64(2n ** 63n), { name: 'AssertionError' })
    assert.throws(() => writer.uuid('short'), { name: 'AssertionError' })
    assert.throws(() => writer.string('x'.repeat(40_000)), { name: 'ProtocolError' })
  })

  test('a writer can go on after its chunks were taken', () => {
    const writer = new Writer()
    assert.equal(writer.toBuffer().length, 0)
    writer.int16(1)
    assert.equal(writer.toBuffer().toString('hex'), '0001')
    writer.int16(2)
    assert.equal(writer.toBuffer().toString('hex'), '00010002')
  })
})
