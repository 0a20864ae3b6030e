import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Headers, serdes, shape } from '@streamwright/formats'
import type { SerdeValue, ShapeType } from '@streamwright/formats'

/** Compiles only when both are the same type. */
function same<A>() {
  return <B extends A>(_value: [A] extends [B] ? B : never): void => {}
}

test('the type of a value comes from its shape', () => {
  const order = shape.object({
    id: shape.integer,
    serial: shape.bigint,
    price: shape.number,
    side: shape.literal('ASK', 'BID'),
    version: shape.literal(1, 2),
    paid: shape.boolean,
    city: shape.nullable(shape.string),
    note: shape.optional(shape.string),
    gift: shape.optional(shape.nullable({ text: shape.string })),
    lines: shape.array({ product: shape.string, tags: shape.array(shape.string) }),
    totals: shape.record(shape.number),
    rest: shape.unknown,
  })
  interface Order {
    id: number
    serial: bigint
    price: number
    side: 'ASK' | 'BID'
    version: 1 | 2
    paid: boolean
    city: string | null
    note?: string | undefined
    gift?: { text: string } | null | undefined
    lines: { product: string; tags: string[] }[]
    totals: Record<string, number>
    rest: unknown
  }
  const serde = serdes.json(order)
  const value: Order = {
    id: 1,
    serial: 2n ** 60n,
    price: 1.5,
    side: 'ASK',
    version: 2,
    paid: true,
    city: null,
    lines: [{ product: 'p', tags: [] }],
    totals: { a: 1 },
    rest: [1],
  }
  same<Order>()<ShapeType<typeof order>>(value)
  same<ShapeType<typeof order>>()<Order>(value)
  same<SerdeValue<typeof serde>>()<Order>(value)
  const bytes = Buffer.from(serde.serialize(value, 't', new Headers()))
  const read: Order = serde.deserialize(bytes, 't', new Headers())
  assert.deepEqual(read, value)

  // @ts-expect-error a required field is missing
  assert.throws(() => serde.serialize({ ...value, id: undefined }, 't', new Headers()))
  // @ts-expect-error not one of the literals
  assert.throws(() => serde.serialize({ ...value, side: 'SELL' }, 't', new Headers()))
  // @ts-expect-error a field that is not declared
  assert.equal(read.colour, undefined)
  // @ts-expect-error an integer is a number
  const text: string = read.id
  assert.equal(text, 1)
  // @ts-expect-error a field may be missing, an element of a list not
  assert.throws(() => shape.array(shape.optional(shape.string)), /for fields of objects/)
  // @ts-expect-error shapes are no strings
  assert.throws(() => serdes.json({ id: 'integer' }))
})

test('fields may stand without shape.object, and simple shapes by themselves', () => {
  const point = serdes.json({ x: shape.number, y: shape.number })
  same<{ x: number; y: number }>()<SerdeValue<typeof point>>({ x: 1, y: 2 })
  const names = serdes.json(shape.array(shape.string))
  same<string[]>()<SerdeValue<typeof names>>(['a'])
  const any = serdes.json<{ a: 1 }>()
  same<{ a: 1 }>()<SerdeValue<typeof any>>({ a: 1 })
})
