import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { KStream } from '../../src/index.ts'
import { ShapeError, StreamsBuilder, ValidationError, serdes, shape } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

const trade = shape.object({
  symbol: shape.string,
  fills: shape.array({ price: shape.number, note: shape.optional(shape.string) }),
})

/** Compiles only when both are the same type. */
function same<A>() {
  return <B extends A>(_value: [A] extends [B] ? B : never): void => {}
}

test('types flow from a shape to the sink', () => {
  const builder = new StreamsBuilder({ key: serdes.string })
  const trades = builder.stream('trades', { value: serdes.json(trade) })
  same<KStream<string, { symbol: string; fills: { price: number; note?: string | undefined }[] }>>()(trades)
  const totals = trades
    .groupBy((_id, { symbol }) => symbol, { key: serdes.string })
    .aggregate(
      () => ({ fills: 0, worth: 0 }),
      (_symbol, { fills }, total) => ({
        fills: total.fills + fills.length,
        worth: fills.reduce((sum, { price }) => sum + price, total.worth),
      }),
      { store: 'totals', value: serdes.json({ fills: shape.integer, worth: shape.number }) },
    )
  totals.toStream().to('totals', { key: serdes.string })
  // @ts-expect-error a trade has no `price`
  trades.mapValues(({ price }) => price)

  using driver = new TopologyTestDriver(builder.build())
  const input = driver.createInputTopic('trades', { key: serdes.string, value: serdes.json() })
  input.pipeKeyValue('1', { symbol: 'A', fills: [{ price: 1.5 }, { price: 2, note: 'x' }] })
  input.pipeKeyValue('2', { fills: [{ price: 0.25 }], symbol: 'A', more: [] })
  const output = driver.createOutputTopic('totals', { key: serdes.string, value: serdes.string })
  assert.deepEqual(output.readKeyValues(), [
    ['A', '{"fills":2,"worth":3.5}'],
    ['A', '{"fills":3,"worth":3.75}'],
  ])
})

test('wrong data is told with topic, partition, offset, and what was expected where', () => {
  const builder = new StreamsBuilder({ key: serdes.string })
  builder.stream('trades', { value: serdes.json(trade) }).to('out')
  using driver = new TopologyTestDriver(builder.build())
  const input = driver.createInputTopic('trades', { key: serdes.string, value: serdes.json() })
  input.pipeKeyValue('1', { symbol: 'A', fills: [] })
  assert.throws(
    () => input.pipeKeyValue('2', { symbol: 'A', fills: [{ price: 1 }, { price: '1' }] }),
    (error) =>
      error instanceof Error &&
      error.message.includes('trades-0@1: $.fills[1].price: expected number, got string') &&
      error.cause instanceof ShapeError,
  )
})

test('what a validator refuses is left out where errors are logged, and what cannot be written is told', () => {
  const builder = new StreamsBuilder({ key: serdes.string })
  builder
    .stream('in', { value: serdes.json(z.object({ count: z.number() })) })
    .mapValues(({ count }) => ({ half: count / 2 }))
    .to('out', { value: serdes.json({ half: shape.integer }) })
  using driver = new TopologyTestDriver(builder.build(), { deserializationExceptionHandler: 'logAndContinue' })
  const input = driver.createInputTopic('in', { key: serdes.string, value: serdes.json() })
  input.pipeKeyValue('1', { count: 'two' })
  input.pipeKeyValue('2', { count: 2 })
  assert.equal(driver.droppedRecords, 1)
  const output = driver.createOutputTopic('out', { key: serdes.string, value: serdes.string })
  assert.equal(output.readValue(), '{"half":1}')
  assert.throws(() => input.pipeKeyValue('3', { count: 3 }), /in-0@2.*\$\.half: expected integer, got 1\.5/)
  assert.equal(new ValidationError([]).code, 'SERIALIZATION')
})
