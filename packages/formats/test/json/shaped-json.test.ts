import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Headers, SerdeError, ShapeError, serdes, shape, toBytes } from '@streamwright/formats'
import type { Serde, ShapeType } from '@streamwright/formats'
import { cursor, lookAt } from '../../src/json/json-bytes.ts'
import { readerOf } from '../../src/json/json-reader.ts'
import { sameOrdersToLearn } from '../../src/limits.ts'
import { shapeFallback } from '../../src/json/shape-fallback.ts'
import type { ShapeNode } from '../../src/json/shape.ts'
import { shapeNode } from '../../src/json/shape.ts'
import { shapes, shapesWithValues } from './arbitrary-shapes.ts'
import { declaredPart, declaredText } from './declared.ts'
import { Choices, mutated, noisyJson } from './noisy-json.ts'

const headers = new Headers()
// A nightly run may ask for more.
const runs = Number(process.env['SHAPE_CASES'] ?? 400)
const seed = Number(process.env['SHAPE_SEED'] ?? 20261121)
const settings = { numRuns: runs, seed }

/** So many documents with names in the same order that code is generated for it. */
const often = sameOrdersToLearn + 2

function serdeOf(node: ShapeNode): Serde<unknown> {
  return serdes.json({ [shapeNode]: node })
}

type Outcome = { readonly value: unknown } | { readonly error: unknown }

function outcome(attempt: () => unknown): Outcome {
  try {
    return { value: attempt() }
  } catch (error) {
    return { error }
  }
}

/** Reads in the middle of a buffer, where what stands around must not matter. */
function readAmid(serde: Serde<unknown>, document: Buffer, choices: Choices): Outcome {
  if (isMisread(document)) fc.pre(false)
  const around = (): Buffer =>
    Buffer.from(choices.of(['', '}', ']', '"', '1', ',', 'e5', '"}', ' ', '{', '.5', 'x'.repeat(40)]))
  const before = around()
  const buffer = Buffer.concat([before, document, around()])
  return outcome(() => serde.deserializeSlice?.(buffer, before.length, before.length + document.length))
}

/**
 * Whether a name of one letter is written with an escape. V8's `JSON.parse` takes such names for one another
 * (https://github.com/nodejs/node/issues/63785), so that there is nothing to compare with.
 */
function isMisread(document: Buffer): boolean {
  return /"\\(u[0-9a-f]{4}|[^u])"\s*:/i.test(document.toString('latin1'))
}

/** What `JSON.parse` and a check of the shape make of it. */
function expectedOf(node: ShapeNode, document: Buffer): Outcome {
  return outcome(() => declaredPart(node, JSON.parse(document.toString('utf8'))))
}

function assertSame(actual: Outcome, expected: Outcome, document: Buffer): void {
  if ('value' in expected) assert.deepStrictEqual(actual, expected, `of ${document.toString()}`)
  else if ('value' in actual) assert.fail(`${JSON.stringify(document.toString())} was read`)
  else
    assert.ok(actual.error instanceof SerdeError, `${String(actual.error)} for ${JSON.stringify(document.toString())}`)
}

function hasKind(node: ShapeNode, kind: ShapeNode['kind']): boolean {
  if (node.kind === kind) return true
  if (node.kind === 'object') return node.fields.some((field) => hasKind(field.shape, kind))
  return 'of' in node && hasKind(node.of, kind)
}

/** `JSON.parse` cannot tell whole numbers beyond 2^53, so that they are looked at by themselves. */
const withoutBigints = shapesWithValues.filter(([node]) => !hasKind(node, 'bigint'))

describe('JSON of any shape', () => {
  test('is written as JSON.stringify writes the declared fields, and read back', () => {
    fc.assert(
      fc.property(shapesWithValues, ([node, value]) => {
        const serde = serdeOf(node)
        const bytes = toBytes(serde.serialize(value, 't', headers))
        const text = declaredText(node, value)
        fc.pre(!isMisread(Buffer.from(text)))
        assert.equal(bytes.toString(), text)
        assert.equal(shapeFallback(node).stringify(value), text)
        const back = serde.deserialize(bytes, 't', headers)
        assert.equal(declaredText(node, back), text)
        assert.deepStrictEqual(shapeFallback(node).parse(bytes, 0, bytes.length), back)
      }),
      settings,
    )
  })

  test('is read without JSON.parse when it is written plainly', () => {
    fc.assert(
      fc.property(shapesWithValues, ([node, value]) => {
        const text = declaredText(node, value)
        if (text.includes('"__proto__":')) return
        const bytes = Buffer.from(text)
        lookAt(bytes)
        assert.notEqual(readerOf(node)(bytes, 0, bytes.length), undefined)
        assert.equal(cursor.at, bytes.length)
      }),
      settings,
    )
  })

  test('is read as JSON.parse reads it, in whatever form it comes', () => {
    fc.assert(
      fc.property(withoutBigints, fc.integer(), ([node, value], noise) => {
        const choices = new Choices(noise)
        const serde = serdeOf(node)
        // Several by one serde, which remembers the order of names, and generates code for one that comes often.
        for (let count = 0; count < 3; count++) {
          const document = Buffer.from(noisyJson(value, choices))
          const expected = expectedOf(node, document)
          for (let times = 0; times < often; times++) assertSame(readAmid(serde, document, choices), expected, document)
        }
      }),
      settings,
    )
  })

  test('is refused when JSON.parse or the shape refuses it, and only then', () => {
    fc.assert(
      fc.property(withoutBigints, fc.integer(), ([node, value], noise) => {
        const choices = new Choices(noise)
        const serde = serdeOf(node)
        const usual = noisyJson(value, choices)
        for (let times = 0; times < often; times++) readAmid(serde, Buffer.from(usual), choices)
        for (const text of [usual, usual, declaredText(node, value), noisyJson(value, choices)]) {
          const document = mutated(text, choices)
          assertSame(readAmid(serde, document, choices), expectedOf(node, document), document)
        }
      }),
      settings,
    )
  })

  test('has numbers of every form', () => {
    const digits = (maxLength: number): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom('0', '0', '0', '1', '5', '9'), { maxLength }).map((each) => each.join(''))
    const numerals = fc
      .tuple(
        fc.constantFrom('', '-'),
        digits(20),
        fc.constantFrom('', '.'),
        digits(25),
        fc.constantFrom('', 'e', 'E+', 'e-'),
        digits(3),
      )
      .map((parts) => parts.join(''))
    const nodes = (['number', 'integer', 'unknown'] as const).map((kind): ShapeNode => ({ kind }))
    const serdesOf = nodes.flatMap((node): [ShapeNode, Serde<unknown>][] => {
      const object: ShapeNode = { kind: 'object', fields: [{ name: 'n', optional: false, shape: node }] }
      return [node, object, { kind: 'array', of: node } as const].map((each) => [each, serdeOf(each)])
    })
    fc.assert(
      fc.property(numerals, fc.integer(), (numeral, noise) => {
        for (const [node, serde] of serdesOf) {
          const text = { object: `{"n":${numeral}}`, array: `[${numeral},${numeral}]` }[node.kind as string] ?? numeral
          assertSame(
            readAmid(serde, Buffer.from(text), new Choices(noise)),
            expectedOf(node, Buffer.from(text)),
            Buffer.from(text),
          )
        }
      }),
      settings,
    )
  })

  test('of another shape is read as far as it is the same', () => {
    const pairs = fc.tuple(
      shapes().filter((node) => !hasKind(node, 'bigint')),
      withoutBigints,
    )
    fc.assert(
      fc.property(pairs, fc.jsonValue(), ([node, [other, value]], any) => {
        for (const document of [declaredText(other, value), JSON.stringify(any)].map((text) => Buffer.from(text))) {
          assertSame(readAmid(serdeOf(node), document, new Choices(1)), expectedOf(node, document), document)
        }
      }),
      settings,
    )
  })

  test('keeps whole numbers of any size, by either way', () => {
    fc.assert(
      fc.property(shapesWithValues, fc.integer(), ([node, value], noise) => {
        const choices = new Choices(noise)
        const document = Buffer.from(noisyJson(value, choices))
        const fallback = outcome(() => shapeFallback(node).parse(document, 0, document.length))
        assertSame(readAmid(serdeOf(node), document, choices), fallback, document)
      }),
      settings,
    )
  })

  test('refuses to write what is not as declared, by either way', () => {
    fc.assert(
      fc.property(shapes(), fc.anything({ withBigInt: true, withDate: true }), (node, value) => {
        const byCode = outcome(() => toBytes(serdeOf(node).serialize(value, 't', headers)).toString())
        const byCheck = outcome(() => shapeFallback(node).stringify(value))
        if ('value' in byCheck) assert.deepEqual(byCode, byCheck)
        else assert.ok('error' in byCode && byCode.error instanceof SerdeError)
      }),
      settings,
    )
  })
})

const trades = shape.object({
  venue: shape.string,
  trades: shape.array({ price: shape.number, side: shape.literal('ASK', 'BID'), note: shape.optional(shape.string) }),
  closed: shape.nullable(shape.integer),
  'per day': shape.record(shape.boolean),
})

function read(document: unknown): ShapeType<typeof trades> {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  return serdes.json(trades).deserialize(Buffer.from(text), 't', headers)
}

const one = { price: 1.5, side: 'ASK' as const }
const good: ShapeType<typeof trades> = { venue: 'X', trades: [one], closed: null, 'per day': {} }

describe('an error of a shape', () => {
  const wrong: readonly [unknown, string][] = [
    [{ ...good, trades: [one, one, one, { ...one, price: '7' }] }, '$.trades[3].price: expected number, got string'],
    [{ ...good, trades: [{ side: 'ASK' }] }, '$.trades[0].price: expected number, got nothing'],
    [{ ...good, trades: [{ price: 1, side: 'ASKED' }] }, '$.trades[0].side: expected "ASK" or "BID", got "ASKED"'],
    [{ ...good, trades: [{ ...one, note: null }] }, '$.trades[0].note: expected string, got null'],
    [{ ...good, trades: { 0: one } }, '$.trades: expected array, got object'],
    [{ ...good, closed: 1.5 }, '$.closed: expected integer or null, got 1.5'],
    [
      { ...good, closed: 2 ** 53 },
      '$.closed: expected integer or null, got 9007199254740992, beyond 2^53: declare a bigint',
    ],
    [{ ...good, 'per day': { monday: 1 } }, '$["per day"].monday: expected boolean, got number'],
    [{ ...good, venue: undefined }, '$.venue: expected string, got nothing'],
    [[good], '$: expected object, got array'],
    ['null', '$: expected object, got null'],
    [JSON.stringify(good).replace('1.5', '1e999'), '$.trades[0].price: expected number, got Infinity'],
  ]
  for (const [document, message] of wrong) {
    test(`tells ${message}`, () => {
      assert.throws(() => read(document), { name: 'ShapeError', message })
    })
  }

  test('has place and expectation as fields', () => {
    assert.throws(
      () => read({ ...good, trades: [{ ...one, price: true }] }),
      (error) => error instanceof ShapeError && error.path === '$.trades[0].price' && error.expected === 'number',
    )
  })

  test('tells what cannot be written', () => {
    const serde = serdes.json(trades)
    const write = (value: unknown): unknown => serde.serialize(value as typeof good, 't', headers)
    assert.throws(() => write({ ...good, closed: NaN }), /^ShapeError: \$\.closed: expected integer or null, got NaN/)
    assert.throws(
      () => write({ ...good, trades: [{ ...one, note: 5 }] }),
      /\$\.trades\[0\]\.note: expected string, got number/,
    )
    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    const any = serdes.json({ any: shape.unknown })
    assert.throws(() => any.serialize({ any: cyclic }, 't', headers), /no JSON form.*circular/is)
    assert.throws(() => any.serialize({ any: () => 1 }, 't', headers), /\$\.any: expected a value, got function/)
    // What failed half-way leaves nothing behind.
    assert.equal(toBytes(any.serialize({ any: 1 }, 't', headers)).toString(), '{"any":1}')
  })

  test('of text that is no JSON says so', () => {
    assert.throws(() => read('{"venue":"X",'), /Not JSON: .*venue/)
    assert.throws(() => read(''), /Not JSON/)
  })
})

describe('JSON of a shape', () => {
  test('has the declared fields alone, in the declared order', () => {
    const serde = serdes.json({ a: shape.string, b: { c: shape.optional(shape.integer), d: shape.boolean } })
    const value = serde.deserialize(Buffer.from('{"x":[1],"b":{"d":true,"y":{}},"a":"A"}'), 't', headers)
    assert.deepStrictEqual(value, { a: 'A', b: { d: true } })
    assert.deepStrictEqual(Object.keys(value), ['a', 'b'])
    const more = { b: { d: false, c: undefined, e: 1 }, z: 1, a: 'B' }
    assert.equal(toBytes(serde.serialize(more, 't', headers)).toString(), '{"a":"B","b":{"d":false}}')
  })

  test('may be huge, or deep in what is not declared', () => {
    const serde = serdes.json({ list: shape.array(shape.integer), text: shape.string })
    const value = { list: Array.from({ length: 100_000 }, (_none, index) => index), text: 'é"x'.repeat(100_000) }
    const bytes = toBytes(serde.serialize(value, 't', headers))
    assert.equal(bytes.toString(), JSON.stringify(value))
    assert.deepEqual(serde.deserialize(bytes, 't', headers), value)
    const deep = `${'[{"x":'.repeat(50_000)}1${'}]'.repeat(50_000)}`
    assert.deepEqual(serde.deserialize(Buffer.from(`{"deep":${deep},"list":[],"text":""}`), 't', headers), {
      list: [],
      text: '',
    })
  })

  test('is kept by whoever has its bytes, however many documents follow', () => {
    const serde = serdes.json({ id: shape.integer, text: shape.string })
    const values = Array.from({ length: 2000 }, (_none, id) => ({ id, text: 'x'.repeat(id % 100) }))
    const written = values.map((value) => serde.serialize(value, 't', headers))
    assert.deepEqual(
      written.map((bytes) => JSON.parse(toBytes(bytes).toString())),
      values,
    )
  })

  test('is read from many buffers in turn', () => {
    const people = serdes.json({ id: shape.integer, name: shape.string })
    const places = serdes.json({ city: shape.string, id: shape.integer })
    // Of one piece of memory, of one each, and of a part of one.
    const buffers = Array.from({ length: 6 }, (_none, id) => {
      const text =
        ' '.repeat(id) + JSON.stringify(id % 2 === 0 ? { id, name: `name ${id}` } : { city: `city ${id}`, id })
      return id < 4 ? Buffer.from(text) : Buffer.concat([Buffer.alloc(5000), Buffer.from(text)]).subarray(5000)
    })
    for (const id of [0, 1, 0, 2, 1, 3, 4, 1, 5, 4, 0]) {
      const bytes = buffers[id] ?? Buffer.alloc(0)
      if (id % 2 === 0) assert.deepEqual(people.deserialize(bytes, 't', headers), { id, name: `name ${id}` })
      else assert.deepEqual(places.deserialize(bytes, 't', headers), { city: `city ${id}`, id })
    }
  })

  test('keeps texts apart that are remembered in one place, or alike at both ends', () => {
    const serde = serdes.json({ text: shape.string })
    const choices = new Choices(3)
    for (let count = 0; count < 20_000; count++) {
      const letters = Array.from(
        { length: choices.below(40) },
        (_none, index) => 'abcd'[index > 3 ? choices.below(2) : 0],
      )
      const value = { text: `${letters.join('')}${choices.of(['', 'aaaa', 'é'])}` }
      assert.equal(serde.deserialize(Buffer.from(JSON.stringify(value)), 't', headers).text, value.text)
    }
  })

  test('of an object of a class is written by its fields and getters', () => {
    class Order {
      readonly id = 7
      get total(): number {
        return 2 * this.id
      }
    }
    const serde = serdes.json({ id: shape.integer, total: shape.integer, toString: shape.optional(shape.string) })
    assert.equal(toBytes(serde.serialize(new Order() as never, 't', headers)).toString(), '{"id":7,"total":14}')
  })

  test('may be written while another document is', () => {
    const inner = serdes.json({ a: shape.integer })
    const outer = serdes.json({ before: shape.integer, text: shape.string, after: shape.integer })
    const value = {
      before: 1,
      get text(): string {
        return toBytes(inner.serialize({ a: 5 }, 't', headers)).toString()
      },
      after: 2,
    }
    assert.equal(toBytes(outer.serialize(value, 't', headers)).toString(), JSON.stringify(value))
    const failing = {
      ...value,
      get text(): string {
        throw new Error('not now')
      },
    }
    assert.throws(() => outer.serialize(failing, 't', headers), /not now/)
    assert.equal(toBytes(inner.serialize({ a: 6 }, 't', headers)).toString(), '{"a":6}')
  })

  test('with more names than code is generated for is read and written as any', () => {
    const names = Array.from({ length: 300 }, (_none, index) => `a rather long name of a field ${index}`)
    const serde = serdes.json(Object.fromEntries(names.map((name) => [name, shape.integer])))
    const value = Object.fromEntries(names.map((name, index) => [name, index]))
    const bytes = toBytes(serde.serialize(value, 't', headers))
    assert.equal(bytes.toString(), JSON.stringify(value))
    assert.deepEqual(serde.deserialize(bytes, 't', headers), value)
  })

  test('in an order that comes again and again is read by code of its own, and any other still', () => {
    const serde = serdes.json({ id: shape.integer, text: shape.string, note: shape.optional(shape.string) })
    const readText = (document: string): unknown => serde.deserialize(Buffer.from(document), 't', headers)
    const usual = '{"x":[1,{"id":0}],"text":"a","y":null,"id":1}'
    for (let times = 0; times < 50; times++) assert.deepEqual(readText(usual), { id: 1, text: 'a' })
    assert.deepEqual(readText('{ "x" : 1 , "text" : "b" , "y" : 0 , "id" : 2 }'), { id: 2, text: 'b' })
    assert.deepEqual(readText('{"x":1,"text":"b","y":0,"id":2,"note":"n"}'), { id: 2, text: 'b', note: 'n' })
    assert.deepEqual(readText('{"x":1,"text":"b","y":0,"id":2,"id":3}'), { id: 3, text: 'b' })
    assert.deepEqual(readText('{"id":4,"text":"c"}'), { id: 4, text: 'c' })
    for (const wrong of [
      '{"x":,"text":"b","y":0,"id":2}',
      '{"x":1,"text":"b","y":0}',
      '{"x":1,"text":"b","y":0,"id":2,}',
    ]) {
      assert.throws(() => readText(wrong), SerdeError)
    }
    // Other orders, until no more are learnt.
    for (let order = 0; order < 10; order++) {
      for (let times = 0; times < 30; times++) {
        assert.deepEqual(readText(`{"z${order}":0,"text":"d","id":${times}}`), { id: times, text: 'd' })
      }
    }
  })

  test('that is wrong or ambiguous again and again stays so', () => {
    const serde = serdes.json({ id: shape.integer, text: shape.string })
    for (let times = 0; times < 50; times++) {
      const missing = Buffer.from('{"text":"a","more":1}')
      assert.throws(() => serde.deserialize(missing, 't', headers), /\$\.id: expected integer, got nothing/)
    }
    for (let times = 0; times < 50; times++) {
      const twice = Buffer.from(`{"text":"a","id":1,"id":${times}}`)
      assert.deepEqual(serde.deserialize(twice, 't', headers), { id: times, text: 'a' })
    }
  })

  test('with ever new names that are not declared remembers a few', () => {
    const serde = serdes.json({ id: shape.integer })
    for (let index = 0; index < 200; index++) {
      const document = `{"x${index}":1,"id":${index},"y${index % 50}":{}}`
      assert.deepEqual(serde.deserialize(Buffer.from(document), 't', headers), { id: index })
    }
  })

  test('is declared by shapes alone', () => {
    assert.throws(() => serdes.json({ id: 'integer' } as never), /The field "id" is declared with shape.string/)
    assert.throws(() => serdes.json(new Date() as never), /A shape is declared with/)
    assert.throws(() => serdes.json({ ['__proto__']: shape.string }), /called __proto__/)
    assert.throws(() => serdes.json({ __proto__: { id: shape.string } } as never), /A shape is declared with/)
    assert.throws(() => (shape.literal as () => unknown)(), /at least one value/)
    assert.throws(() => shape.literal(NaN), /is no literal/)
  })
})
