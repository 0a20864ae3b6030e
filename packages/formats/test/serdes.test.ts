import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Serde } from '@streamwright/formats'
import { Headers, SerdeError, serdes, toBytes } from '@streamwright/formats'
import * as fc from 'fast-check'

const headers = new Headers()

function roundTrip<T>(serde: Serde<T>, value: T): T {
  const bytes = toBytes(serde.serialize(value, 'topic', headers))
  const padded = Buffer.concat([Buffer.from([1, 2, 3]), bytes, Buffer.from([4])])
  const sliced = serde.deserializeSlice?.(padded, 3, 3 + bytes.length)
  const whole = serde.deserialize(bytes, 'topic', headers)
  if (serde.deserializeSlice !== undefined) assert.deepEqual(sliced, whole)
  return whole
}

describe('serdes', () => {
  const cases: readonly [string, Serde<never>, fc.Arbitrary<unknown>][] = [
    ['string', serdes.string as Serde<never>, fc.string({ unit: 'grapheme' })],
    ['integer', serdes.integer as Serde<never>, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
    ['short', serdes.short as Serde<never>, fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 })],
    ['long', serdes.long as Serde<never>, fc.maxSafeInteger()],
    ['bigint', serdes.bigint as Serde<never>, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ['double', serdes.double as Serde<never>, fc.double()],
    ['float', serdes.float as Serde<never>, fc.float()],
    ['boolean', serdes.boolean as Serde<never>, fc.boolean()],
    ['uuid', serdes.uuid as Serde<never>, fc.uuid()],
    ['json', serdes.json<never>(), fc.jsonValue({ noUnicodeString: false })],
  ]
  for (const [name, serde, values] of cases) {
    test(`${name} reads back what it wrote`, () => {
      fc.assert(
        fc.property(values, (value) => {
          // JSON has no negative zero.
          const expected = name === 'json' ? JSON.parse(JSON.stringify(value)) : value
          assert.deepEqual(roundTrip(serde, value as never), expected)
        }),
      )
    })
  }

  test('a long is what Java writes', () => {
    const bytes = (value: number): string => toBytes(serdes.long.serialize(value, 't', headers)).toString('hex')
    assert.deepEqual([1, -1, 2 ** 40 + 5, -(2 ** 53) + 1].map(bytes), [
      '0000000000000001',
      'ffffffffffffffff',
      '0000010000000005',
      'ffe0000000000001',
    ])
  })

  test('a long beyond 2^53 is an error that names the remedy', () => {
    const bytes = toBytes(serdes.bigint.serialize(2n ** 53n, 't', headers))
    assert.throws(() => serdes.long.deserialize(bytes, 't', headers), /use serdes.bigint/)
    assert.throws(() => serdes.long.serialize(2 ** 53, 't', headers), SerdeError)
  })

  test('bytes of the wrong width are refused', () => {
    for (const serde of [
      serdes.integer,
      serdes.long,
      serdes.double,
      serdes.short,
      serdes.boolean,
      serdes.float,
      serdes.bigint,
    ]) {
      assert.throws(() => serde.deserialize(Buffer.alloc(3), 't', headers), SerdeError, serde.name)
    }
  })

  test('values of the wrong type are refused when they are written', () => {
    assert.throws(() => serdes.string.serialize(5 as never, 't', headers), /string serde cannot write 5/)
    assert.throws(() => serdes.integer.serialize(1.5, 't', headers), /integer serde cannot write 1.5/)
    assert.throws(() => serdes.json().serialize(undefined, 't', headers), /no JSON form/)
    assert.throws(() => serdes.json().deserialize(Buffer.from('{'), 't', headers), /Not JSON/)
  })

  test('what the bytes serde returns outlives the buffer it came from', () => {
    const buffer = Buffer.from([1, 2, 3])
    const value = serdes.bytes.deserialize(buffer, 't', headers)
    buffer.fill(0)
    assert.deepEqual([...value], [1, 2, 3])
  })
})

describe('headers', () => {
  test('names may repeat, and the last one wins', () => {
    const some = new Headers().add('a', '1').add('b', null).add('a', Buffer.from('2'))
    assert.deepEqual([some.size, some.text('a'), some.text('b'), some.text('c')], [3, '2', null, undefined])
    assert.equal(some.all('a').length, 2)
    assert.equal(some.copy().remove('a').size, 1)
    assert.equal(some.size, 3)
  })
})

describe('lists', () => {
  test('of values of one length leave the lengths out, nulls by their place; all others have them', () => {
    const hex = (value: Uint8Array | string): string => Buffer.from(toBytes(value)).toString('hex')
    const numbers = serdes.list(serdes.integer)
    assert.equal(hex(numbers.serialize([null, 7], 't', headers)), '0000000001000000000000000200000007')
    const texts = serdes.list(serdes.string)
    assert.equal(
      hex(texts.serialize(['a', null, ''], 't', headers)),
      '0100000003000000016100000000'.slice(0, 20) + 'ffffffff00000000',
    )
  })

  test('of anything come back, with nulls among them', () => {
    const reads = <T>(serde: Serde<T>, values: fc.Arbitrary<T>): void => {
      const list = serdes.list(serde)
      fc.assert(
        fc.property(fc.array(fc.option(values)), (given) => {
          assert.deepEqual(list.deserialize(toBytes(list.serialize(given, 't', headers)), 't', headers), given)
        }),
      )
    }
    reads(serdes.short, fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }))
    reads(serdes.double, fc.double())
    reads(serdes.uuid, fc.uuid())
    reads(serdes.boolean, fc.boolean())
    reads(serdes.string, fc.string({ unit: 'grapheme' }))
    reads(
      serdes.bytes,
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    )
    reads(serdes.list(serdes.bigint), fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))))
  })

  test('come back as they were, nested too; what is cut or claims too much is refused at once', () => {
    const nested = serdes.list(serdes.list(serdes.long))
    const values = [[1, null, 3], null, []]
    const bytes = Buffer.from(toBytes(nested.serialize(values, 't', headers)))
    assert.deepEqual(nested.deserialize(bytes, 't', headers), values)
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(
        () => nested.deserialize(bytes.subarray(0, length), 't', headers),
        /Unable to deserialize into a List/,
      )
    }
    assert.throws(() => nested.deserialize(Buffer.from('017fffffff', 'hex'), 't', headers), /cut/)
    assert.throws(
      () => serdes.list(serdes.long).deserialize(Buffer.from('00000000007fffffff', 'hex'), 't', headers),
      /cut/,
    )
  })
})
