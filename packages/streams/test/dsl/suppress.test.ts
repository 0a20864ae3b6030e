import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { KTable, Windowed } from '../../src/index.ts'
import { Stores, StreamsBuilder, Suppressed, TimeWindows, UnlimitedWindows, serdes } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

function counts(builder: StreamsBuilder): KTable<Windowed<string>, number> {
  return builder
    .stream('in', { key: serdes.string, value: serdes.string })
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
    .count({ store: 'counts' })
}

describe('suppress', () => {
  test('tells each window once, after its grace', () => {
    const builder = new StreamsBuilder()
    counts(builder)
      .suppress(Suppressed.untilWindowCloses())
      .toStream((windowed) => `${windowed.key}@${windowed.window.startMs}`)
      .to('out', { key: serdes.string, value: serdes.long })
    using driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes: 0 })
    const input = driver.createInputTopic('in', { key: serdes.string, value: serdes.string })
    const output = driver.createOutputTopic('out', { key: serdes.string, value: serdes.long })
    for (const time of [0, 3, 12, 9, 14]) input.pipeKeyValue('a', 'x', time)
    assert.deepEqual(output.readKeyValues(), [])
    input.pipeKeyValue('b', 'x', 15)
    assert.deepEqual(output.readKeyValues(), [['a@0', 3]])
    input.pipeKeyValue('b', 'x', 99)
    assert.deepEqual(output.readKeyValues(), [
      ['a@10', 2],
      ['b@10', 1],
    ])
  })

  test('a window without end waits for ever, and is logged as Java would', () => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
    builder
      .stream('in')
      .groupByKey()
      .windowedBy(UnlimitedWindows.of())
      .count({ store: 'counts' })
      .suppress(Suppressed.untilWindowCloses({ name: 'wait' }))
      .toStream((windowed) => windowed.key)
      .to('out', { value: serdes.long })
    using driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes: 0 })
    driver.createInputTopic('in', { key: serdes.string, value: serdes.string }).pipeKeyValue('a', 'x', 5)
    const logged = driver.producedRecords().get('test-wait-store-changelog')?.[0]?.value?.toString('hex')
    assert.ok(logged?.endsWith('7fffffffffffffff') === true)
    assert.equal(driver.producedRecords().has('out'), false)
  })

  test('a full buffer emits early, or ends the task', () => {
    const run = (whenFull: 'emitEarly' | 'shutDown'): unknown => {
      const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
      builder
        .table('in')
        .suppress(Suppressed.untilTimeLimit(1000, { maxRecords: 2, whenFull, logging: false, name: 'wait' }))
        .toStream()
        .to('out')
      using driver = new TopologyTestDriver(builder.build())
      const input = driver.createInputTopic('in', { key: serdes.string, value: serdes.string })
      for (const key of ['b', 'a', 'c']) input.pipeKeyValue(key, key, 1)
      assert.equal(driver.producedRecords().has('test-wait-store-changelog'), false)
      return driver.createOutputTopic('out', { key: serdes.string, value: serdes.string }).readKeyValues()
    }
    assert.deepEqual(run('emitEarly'), [['a', 'a']])
    assert.throws(() => run('shutDown'), /wait buffer exceeded its max capacity. Currently \[3\/2\] records/)
  })

  test('refuses tables that have no windows, and versioned ones', () => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
    const supplier = Stores.persistentVersionedKeyValueStore('v', { historyRetentionMs: 100 })
    const versioned = builder.table('in', { supplier })
    assert.throws(() => versioned.suppress(Suppressed.untilTimeLimit(5)), /only supported for non-versioned KTables/)
    versioned.mapValues((value) => value).suppress(Suppressed.untilTimeLimit(5))
    assert.throws(() => builder.build(), /version semantics might be inherited/)
    const plain = new StreamsBuilder({ key: serdes.string, value: serdes.string }).table('in')
    // @ts-expect-error keys are no windows
    assert.throws(() => plain.suppress(Suppressed.untilWindowCloses()), /only defined for windowed computations/)
    // @ts-expect-error results of windows do not come early
    assert.ok(Suppressed.untilWindowCloses({ whenFull: 'emitEarly' }))
  })
})
