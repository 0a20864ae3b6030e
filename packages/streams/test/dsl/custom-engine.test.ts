import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stores, StreamsBuilder, TimeWindows, serdes } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'
import { arrayEngines } from '../state/array-engine.ts'

test('operators keep their rows in an engine of your own: one result, one windowed result, or all of them', () => {
  const engine = arrayEngines()
  const run = (storeEngine: 'memory' | typeof engine, only: boolean): unknown => {
    const builder = new StreamsBuilder({
      key: serdes.string,
      value: serdes.string,
      storeEngine: only ? 'memory' : storeEngine,
    })
    const words = builder.stream('words').groupByKey()
    const supplier = Stores.onEngine(Stores.inMemoryKeyValueStore('counts'), storeEngine)
    words
      .count(only ? { supplier } : { store: 'counts' })
      .toStream()
      .to('counts', { value: serdes.long })
    words
      .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
      .count({ store: 'windows', engine: storeEngine })
      .toStream((windowed) => windowed.key)
      .to('windows', { value: serdes.long })
    const driver = new TopologyTestDriver(builder.build())
    const input = driver.createInputTopic('words', { key: serdes.string, value: serdes.string })
    for (const [key, time] of [
      ['a', 1],
      ['b', 2],
      ['a', 12],
      ['a', 13],
    ] as const)
      input.pipeKeyValue(key, 'x', time)
    const outputs = ['counts', 'windows'].map((topic) =>
      driver.createOutputTopic(topic, { key: serdes.string, value: serdes.long }).readKeyValues(),
    )
    const rows = [...driver.getTimestampedKeyValueStore<string, number>('counts').all()].map(({ value }) => value.value)
    const { persistent } = driver.getTimestampedKeyValueStore('counts')
    driver.close()
    return { outputs, rows, persistent }
  }
  const expected = run('memory', true) as { readonly outputs: unknown; readonly rows: unknown }
  assert.deepEqual(run(engine, true), { ...expected, persistent: true })
  assert.deepEqual(expected.rows, [3, 1])
  const again = run(engine, true) as { readonly rows: unknown }
  assert.deepEqual(again.rows, [6, 2], 'what was applied is there when the engine is opened again')
})
