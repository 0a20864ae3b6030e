import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers, SerdeError, serdes, toBytes } from '@streamwright/formats'
import * as fc from 'fast-check'

const headers = new Headers()
const written = (encoding: string, text: string): string =>
  toBytes(serdes.stringOf(encoding).serialize(text, 't', headers)).toString('hex')
const read = (encoding: string, hex: string): string =>
  serdes.stringOf(encoding).deserialize(Buffer.from(hex, 'hex'), 't', headers)

// What Java 17 with the serdes of Kafka 4.3 answered.
describe('text in encodings of Java', () => {
  const encoded: readonly [string, string, string][] = [
    ['UTF-16', '\ud800', 'fefffffd'],
    ['UTF-16BE', '\ud800', 'fffd'],
    ['UTF-16LE', '\ud800', 'fdff'],
    ['ISO-8859-1', '\ud800', '3f'],
    ['US-ASCII', 'a\udc00b', '613f62'],
    ['UTF-16', '\ud83d\ude00', 'feffd83dde00'],
    ['UTF-16LE', '\ud83d\ude00', '3dd800de'],
    ['ISO-8859-1', '\ud83d\ude00', '3f'],
    ['utf8', 'é漢', 'c3a9e6bca2'],
    ['UTF16', 'é漢', 'feff00e96f22'],
    ['latin1', 'é漢', 'e93f'],
    ['ISO8859_1', 'é漢', 'e93f'],
    ['ASCII', 'é漢', '3f3f'],
  ]
  for (const [encoding, text, hex] of encoded) {
    test(`${encoding} writes ${JSON.stringify(text)} as ${hex}`, () => assert.equal(written(encoding, text), hex))
  }

  const decoded: readonly [string, string, string][] = [
    ['UTF-16', 'fffe6100', 'a'],
    ['UTF-16BE', 'fffe6100', '\ufffe\u6100'],
    ['UTF-16LE', 'fffe6100', '\ufeffa'],
    ['UTF-16', 'feff0061', 'a'],
    ['UTF-16', '00610062', 'ab'],
    ['UTF-16', '61', '\ufffd'],
    ['UTF-16', 'fffe61', '\ufffd'],
    ['UTF-16LE', 'fffe61', '\ufeff\ufffd'],
    ['UTF-16BE', 'd800', '\ufffd'],
    ['UTF-16BE', 'd8000061', '\ufffd'],
    ['UTF-16BE', 'dc000061', '\ufffda'],
    ['UTF-16BE', 'd83dde00', '\ud83d\ude00'],
    ['UTF-16BE', '006100', 'a\ufffd'],
    ['UTF-16BE', 'd80000', '\ufffd'],
    ['UTF-16LE', 'd80000', 'Ø\ufffd'],
    ['UTF-16', 'feff', ''],
    ['US-ASCII', 'ff41', '\ufffdA'],
    ['ISO-8859-1', 'ff41', 'ÿA'],
    ['UTF-8', 'eda080', '\ufffd'],
    ['UTF-8', 'eda080eda080', '\ufffd\ufffd'],
    ['UTF-8', 'eda0', '\ufffd'],
    ['UTF-8', 'eda041', '\ufffdA'],
    ['UTF-8', 'ed9fbf', '\ud7ff'],
    ['UTF-8', 'edbfbf41', '\ufffdA'],
    ['UTF-8', 'f0288cbc', '\ufffd(\ufffd\ufffd'],
    ['UTF-8', 'c080', '\ufffd\ufffd'],
    ['UTF-8', 'e08080', '\ufffd\ufffd\ufffd'],
    ['UTF-8', 'f4908080', '\ufffd\ufffd\ufffd\ufffd'],
    ['UTF-8', 'e18041', '\ufffdA'],
    ['UTF-8', 'f1808041', '\ufffdA'],
    ['UTF-8', 'f180', '\ufffd'],
    ['UTF-8', 'edc0', '\ufffd\ufffd'],
    ['UTF-8', 'ed', '\ufffd'],
    ['UTF-8', '41eda0', 'A\ufffd'],
    ['UTF-8', 'edb080ff', '\ufffd\ufffd'],
    ['UTF-8', 'f0eda080', '\ufffd\ufffd'],
    ['UTF-8', 'e1eda080', '\ufffd\ufffd'],
    ['UTF-8', 'edededa080', '\ufffd\ufffd\ufffd'],
  ]
  for (const [encoding, hex, text] of decoded) {
    test(`${encoding} reads ${hex} as ${JSON.stringify(text)}`, () => assert.equal(read(encoding, hex), text))
  }

  test('text that fits comes back, in every encoding', () => {
    for (const encoding of ['UTF-8', 'UTF-16', 'UTF-16BE', 'UTF-16LE']) {
      const text = fc.string({ unit: 'binary' }).map((given) => given.toWellFormed())
      fc.assert(
        fc.property(text, (given) => {
          // A mark at the beginning is read as the order of bytes.
          if (encoding === 'UTF-16' || !/^[\ufeff\ufffe]/.test(given)) {
            assert.equal(read(encoding, written(encoding, given)), given)
          }
        }),
      )
    }
    const latin = fc.string({ unit: fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)) })
    fc.assert(fc.property(latin, (given) => assert.equal(read('ISO-8859-1', written('ISO-8859-1', given)), given)))
    fc.assert(fc.property(fc.string(), (given) => assert.equal(read('US-ASCII', written('US-ASCII', given)), given)))
  })

  test('short and long text is read by different ways to the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, plain) => {
        const document = Buffer.from(plain ? bytes.map((byte) => byte & 0x7f) : bytes)
        const padded = Buffer.concat([document, Buffer.alloc(40, 'x')])
        const text = serdes.string.deserialize(document, 't', headers)
        assert.equal(serdes.string.deserialize(padded, 't', headers).slice(0, -40), text)
        assert.equal(serdes.string.deserializeSlice?.(padded, 0, document.length), text)
      }),
    )
  })

  test('an encoding that is not there is told at once', () => {
    assert.throws(() => serdes.stringOf('nonsense'), /Unsupported encoding nonsense: there are UTF-8, UTF-16/)
    assert.throws(() => serdes.uuidOf('UTF_8'), { code: 'INVALID_CONFIGURATION' })
  })
})

describe('UUIDs', () => {
  const uuid = (text: string): string => serdes.uuid.deserialize(Buffer.from(text), 't', headers)

  const accepted: readonly [string, string][] = [
    ['1-1-1-1-1', '00000001-0001-0001-0001-000000000001'],
    ['+1-1-1-1-1', '00000001-0001-0001-0001-000000000001'],
    ['fffffffff1-1-1-1-1', 'fffffff1-0001-0001-0001-000000000001'],
    ['1-1-1-1-fffffffffffff', '00000001-0001-0001-0001-ffffffffffff'],
    ['00000000000000000001-1-1-1-1', '00000001-0001-0001-0001-000000000001'],
    ['7fffffffffffffff-1-1-1-1', 'ffffffff-0001-0001-0001-000000000001'],
    ['1-10000-1-1-1', '00000001-0000-0001-0001-000000000001'],
    ['F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
  ]
  for (const [text, value] of accepted) {
    test(`${text} is read as ${value}`, () => assert.equal(uuid(text), value))
  }

  const refused = [
    '--1-1-1-1',
    '1-1-1-1',
    '1-1-1-1-1-1',
    'g-1-1-1-1',
    '1-1-1-1-',
    '1-1-1-1--1',
    '8000000000000000-1-1-1-1',
  ]
  for (const text of [...refused, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6 ', '1-1-1-1-ffffffffffffffff1', '']) {
    test(`${JSON.stringify(text)} is refused`, () => assert.throws(() => uuid(text), SerdeError))
  }

  test('come back in other encodings too', () => {
    const serde = serdes.uuidOf('UTF-16')
    fc.assert(
      fc.property(fc.uuid(), (value) => {
        assert.equal(serde.deserialize(toBytes(serde.serialize(value, 't', headers)), 't', headers), value)
      }),
    )
    assert.throws(() => serde.serialize('1-1-1-1-1', 't', headers), /cannot write/)
  })
})

test('byte buffers are views, copied when they are read', () => {
  const bytes = Buffer.from([0, 1, 2, 3])
  const view = serdes.byteBuffer.deserialize(bytes, 't', headers)
  bytes.fill(9)
  assert.equal(view.getUint32(0), 0x00010203)
  const part = new DataView(view.buffer, 1, 2)
  assert.deepEqual([...toBytes(serdes.byteBuffer.serialize(part, 't', headers))], [1, 2])
  assert.equal(serdes.byteBuffer.deserializeSlice?.(bytes, 1, 3).byteLength, 2)
  assert.throws(() => serdes.byteBuffer.serialize(bytes as never, 't', headers), /byteBuffer serde cannot write/)
})

test('a void serde reads and writes nothing but null, which never reaches it', () => {
  assert.throws(() => serdes.void.deserialize(Buffer.alloc(0), 't', headers), SerdeError)
  assert.throws(() => serdes.void.serialize(1 as never, 't', headers), /void serde cannot write 1/)
})

describe('serdes of your own', () => {
  test('are two functions', () => {
    const date = serdes.from<Date>(
      (value) => value.toISOString(),
      (bytes) => new Date(bytes.toString()),
      { name: 'date' },
    )
    const value = new Date(1_700_000_000_000)
    assert.equal(date.name, 'date')
    assert.deepEqual(date.deserialize(toBytes(date.serialize(value, 't', headers)), 't', headers), value)
  })

  test('or parts of others, with topic and headers', () => {
    const upper = serdes.from((value: string, topic, { size }) => `${topic}${size}${value}`, serdes.string, {
      immutable: true,
    })
    assert.equal(upper.deserialize(toBytes(upper.serialize('x', 't', headers)), 't', headers), 't0x')
    assert.deepEqual([upper.name, upper.immutable], ['custom', true])
    const long = serdes.from(serdes.long, serdes.bigint as never)
    assert.equal(toBytes(long.serialize(5, 't', headers)).length, 8)
    // @ts-expect-error the parts are of different types
    serdes.from(serdes.string, serdes.long)
  })
})
