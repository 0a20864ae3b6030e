import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stores, StreamsBuilder, serdes } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

test('a record waits for late updates of its row, and is joined with the row of its own time', () => {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
  const supplier = Stores.persistentVersionedKeyValueStore('prices', { historyRetentionMs: 1000 })
  const prices = builder.table('prices', { supplier })
  builder
    .stream('orders')
    .join(prices, (order, price) => `${order} at ${price}`, { graceMs: 10 })
    .to('out')
  using driver = new TopologyTestDriver(builder.build())
  const serde = { key: serdes.string, value: serdes.string }
  const [orders, rows] = [driver.createInputTopic('orders', serde), driver.createInputTopic('prices', serde)]
  const output = driver.createOutputTopic('out', serde)
  rows.pipeKeyValue('tea', '1', 0)
  orders.pipeKeyValue('tea', 'first', 20)
  rows.pipeKeyValue('tea', '2', 15)
  rows.pipeKeyValue('tea', '3', 25)
  assert.deepEqual(output.readKeyValues(), [])
  orders.pipeKeyValue('tea', 'second', 30)
  assert.deepEqual(output.readKeyValues(), [['tea', 'first at 2']])
  orders.pipeKeyValue('tea', 'late', 5)
  assert.deepEqual(output.readKeyValues(), [['tea', 'late at 1']])
})

test('a grace needs a versioned table that remembers as much', () => {
  const join = (historyRetentionMs: number | undefined): void => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
    const supplier =
      historyRetentionMs === undefined
        ? {}
        : { supplier: Stores.persistentVersionedKeyValueStore('t', { historyRetentionMs }) }
    const table = builder.table('t', supplier)
    builder
      .stream('s')
      .join(table, (left, right) => left + right, { graceMs: 100 })
      .to('out')
    builder.build()
  }
  assert.throws(() => join(undefined), /must be versioned/)
  assert.throws(() => join(99), /History retention must be at least grace period/)
  assert.doesNotThrow(() => join(100))
})
