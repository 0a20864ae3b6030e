import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SerdeValue, StandardSchema } from '@streamwright/formats'
import { Headers, SerdeError, ValidationError, serdes, toBytes } from '@streamwright/formats'
import * as v from 'valibot'
import { z } from 'zod'

const headers = new Headers()
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

/** Compiles only when both are the same type. */
function same<A>() {
  return <B extends A>(_value: [A] extends [B] ? B : never): void => {}
}

interface Trade {
  symbol: string
  fills: { price: number }[]
}

const zodTrade = z.object({ symbol: z.string(), fills: z.array(z.object({ price: z.number() })) })
const valibotTrade = v.object({ symbol: v.string(), fills: v.array(v.object({ price: v.number() })) })
const good: Trade = { symbol: 'A', fills: [{ price: 1.5 }] }
const bad = { symbol: 'A', fills: [{ price: 1 }, { price: '2' }] }

test('validators of zod check what is read, and give it its type', () => {
  const serde = serdes.json(zodTrade)
  same<Trade>()<SerdeValue<typeof serde>>(good)
  assert.equal(serde.name, 'json(zod)')
  const bytes = toBytes(serde.serialize(good, 't', headers))
  assert.deepEqual(serde.deserialize(bytes, 't', headers), good)
  assert.deepEqual(serde.deserializeSlice?.(Buffer.concat([bytes, bytes]), bytes.length, 2 * bytes.length), good)
  assert.throws(() => serde.deserialize(json(bad), 't', headers), /^ValidationError: \$\.fills\[1\]\.price: .*number/)
  // @ts-expect-error a price is a number
  toBytes(serde.serialize(bad, 't', headers))
})

test('validators of valibot, whose paths hold more than names', () => {
  const serde = serdes.json(valibotTrade)
  same<Trade>()<SerdeValue<typeof serde>>(good)
  assert.deepEqual(serde.deserialize(json(good), 't', headers), good)
  assert.throws(
    () => serde.deserialize(json(bad), 't', headers),
    (error) => error instanceof ValidationError && error.issues[0]?.path === '$.fills[1].price',
  )
})

test('what a validator makes of a value is the value', () => {
  const event = z.object({ at: z.coerce.date(), kind: z.string().default('none') })
  const serde = serdes.json(event)
  same<{ at: Date; kind: string }>()<SerdeValue<typeof serde>>({ at: new Date(0), kind: 'x' })
  const read = serde.deserialize(json({ at: '2026-01-01T00:00:00.000Z' }), 't', headers)
  assert.deepEqual(read, { at: new Date('2026-01-01'), kind: 'none' })
  const again = serde.deserialize(toBytes(serde.serialize(read, 't', headers)), 't', headers)
  assert.deepEqual(again, read)
})

test('what validators of functions have is found too', () => {
  const isText = Object.assign((value: unknown) => typeof value === 'string', {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: (value: unknown) => (typeof value === 'string' ? { value } : { issues: [{ message: 'no text' }] }),
    },
  } satisfies StandardSchema<string>)
  const serde = serdes.json(isText)
  same<string>()<SerdeValue<typeof serde>>('x')
  assert.equal(serde.deserialize(json('x'), 't', headers), 'x')
  assert.throws(() => serde.deserialize(json(5), 't', headers), /\$: no text/)
})

test('the message has the first issues, the error all', () => {
  const serde = serdes.json(z.array(z.number()))
  assert.throws(
    () => serde.deserialize(json(['a', 'b', 'c', 'd', 'e', 'f', 'g']), 't', headers),
    (error) => error instanceof ValidationError && error.issues.length === 7 && error.message.endsWith('; and 2 more'),
  )
})

test('an answer that comes later is refused, with what to do', async () => {
  const later = z.string().refine((text) => Promise.resolve(text !== 'fails'))
  for (const schema of [
    later,
    v.pipeAsync(
      v.string(),
      v.checkAsync(() => Promise.reject(new Error('unheard'))),
    ),
  ]) {
    const serde = serdes.json(schema)
    assert.throws(
      () => serde.deserialize(json('fails'), 't', headers),
      (error) => error instanceof SerdeError && /answers later.*mapValuesAsync/.test(error.message),
    )
  }
  await new Promise((resolve) => setImmediate(resolve))
})

test('text that is no JSON is told as such', () => {
  assert.throws(() => serdes.json(zodTrade).deserialize(Buffer.from('{"'), 't', headers), /Not JSON/)
})
