import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MetricSensor, Metrics, StreamsMetrics } from '../../src/index.ts'
import { Record as StreamsRecord, StreamsBuilder, TimeWindows, serdes } from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'

const strings = { key: serdes.string, value: serdes.string }

function driverOf(build: (builder: StreamsBuilder<string, string>) => void): TopologyTestDriver {
  const builder = new StreamsBuilder(strings)
  build(builder)
  return new TopologyTestDriver(builder.build())
}

function values(metrics: Metrics, group: string, tags: Record<string, string> = {}): Record<string, number | string> {
  const found = [...metrics].filter((metric) => metrics.all(metric.name, { group, tags }).includes(metric))
  return Object.fromEntries(found.map(({ name, value }) => [name, value]))
}

describe('metrics', () => {
  test('records processed, late and left out, by task', () => {
    using driver = driverOf((builder) => {
      builder.stream('in').groupByKey().windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count()
    })
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('a', 'x', 100)
    input.pipeKeyValue('a', 'x', 70)
    input.pipeKeyValue(null, 'x', 100)
    const task = values(driver.metrics(), 'stream-task-metrics')
    assert.deepEqual(task, {
      'process-rate': 0.1,
      'process-total': 3,
      'record-lateness-avg': 10,
      'record-lateness-max': 30,
      'dropped-records-rate': 2 / 30,
      'dropped-records-total': 2,
      'enforced-processing-rate': 0,
      'enforced-processing-total': 0,
      'punctuate-latency-avg': Number.NaN,
      'punctuate-latency-max': Number.NaN,
      'punctuate-rate': 0,
      'punctuate-total': 0,
      'restore-rate': 0,
      'restore-total': 0,
      'restore-remaining-records-total': 0,
      'active-buffer-count': 0,
    })
    assert.equal(driver.metrics().sum('dropped-records-total'), driver.droppedRecords)
  })

  test('the age of records at sources and where they end, by the driver’s clock', () => {
    using driver = driverOf((builder) => {
      builder
        .stream('in')
        .filter((_key, value) => value !== 'no')
        .to('out')
    })
    driver.advanceWallClockTime(1000)
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('a', 'x', 400)
    input.pipeKeyValue('a', 'no', 1000)
    const group = 'stream-processor-node-metrics'
    const age = (node: string): Record<string, number | string> =>
      values(driver.metrics(), group, { 'processor-node-id': node })
    assert.deepEqual(age('KSTREAM-SOURCE-0000000000'), {
      'process-rate': 2 / 30,
      'process-total': 2,
      'record-e2e-latency-avg': 300,
      'record-e2e-latency-min': 0,
      'record-e2e-latency-max': 600,
    })
    assert.deepEqual(age('KSTREAM-SINK-0000000002'), {
      'record-e2e-latency-avg': 600,
      'record-e2e-latency-min': 600,
      'record-e2e-latency-max': 600,
    })
    assert.deepEqual(age('KSTREAM-FILTER-0000000001'), {}, 'it has children')
  })

  test('the age of what a punctuation forwards goes by the time of the punctuation', () => {
    using driver = driverOf((builder) => {
      builder
        .stream('in')
        .process<string, string>(() => ({
          init: (context) =>
            void context.schedule(100, 'wall-clock-time', (nowMs) =>
              context.forward(new StreamsRecord('k', 'v', nowMs - 30)),
            ),
          process() {},
        }))
        .to('out')
    })
    driver.advanceWallClockTime(250)
    const ages = { group: 'stream-processor-node-metrics', tags: { 'processor-node-id': 'KSTREAM-SINK-0000000002' } }
    assert.equal(driver.metrics().get('record-e2e-latency-max', ages)?.value, 30)
  })

  test('records and bytes by topic, as Java counts them', () => {
    using driver = driverOf((builder) => {
      builder.stream(['in', 'also']).to((key) => `to-${key}`)
    })
    const input = driver.createInputTopic('in', strings)
    input.pipeKeyValue('a', 'xyz', 1)
    input.pipeKeyValue('b', null, 2)
    const metrics = driver.metrics()
    const topic = (name: string): Record<string, number | string> =>
      values(metrics, 'stream-topic-metrics', { topic: name })
    // Timestamp, offset and partition are 20 bytes, the topic's name 2.
    assert.deepEqual(topic('in'), { 'records-consumed-total': 2, 'bytes-consumed-total': 2 * 22 + 4 + 1 })
    assert.deepEqual(topic('also'), { 'records-consumed-total': 0, 'bytes-consumed-total': 0 })
    assert.deepEqual(topic('to-a'), { 'records-produced-total': 1 })
    assert.deepEqual(topic('to-b'), { 'records-produced-total': 1 })
  })

  test('sensors of a processor’s own, until they are removed; those of one name are one', () => {
    const made: MetricSensor[] = []
    const again: MetricSensor[] = []
    let metricsOf: StreamsMetrics | undefined
    using driver = driverOf((builder) => {
      builder.stream('in').process(() => ({
        init({ metrics }) {
          metricsOf = metrics
          const place = { scope: 'lookup', entity: 'cities' }
          made.push(metrics.addRateTotalSensor({ ...place, operation: 'miss' }))
          again.push(metrics.addRateTotalSensor({ ...place, operation: 'miss' }))
          made.push(metrics.addLatencyRateTotalSensor({ ...place, operation: 'get', tags: { from: 'memory' } }))
        },
        process() {
          made[0]?.record()
          made[1]?.record(3)
        },
      }))
    })
    assert.equal(made[0], again[0])
    const input = driver.createInputTopic('in', strings)
    input.pipeValueList(['a', 'b'])
    made[1]?.record(6)
    const tags = { 'thread-id': 'main', 'lookup-id': 'cities' }
    assert.deepEqual(values(driver.metrics(), 'stream-lookup-metrics'), {
      'miss-rate': 2 / 30,
      'miss-total': 2,
      'get-latency-avg': 4,
      'get-latency-max': 6,
      'get-rate': 0.1,
      'get-total': 3,
    })
    assert.deepEqual(driver.metrics().get('miss-total')?.tags, tags)
    assert.deepEqual(driver.metrics().get('get-total')?.tags, { ...tags, from: 'memory' })
    for (const sensor of made) metricsOf?.removeSensor(sensor)
    assert.deepEqual(driver.metrics().all('miss-total'), [])
  })

  test('punctuations, and a thread with its task', () => {
    using driver = driverOf((builder) => {
      builder.stream('in').process(() => ({
        init: (context) => void context.schedule(10, 'wall-clock-time', () => undefined),
        process() {},
      }))
    })
    for (let index = 0; index < 3; index++) driver.advanceWallClockTime(10)
    const metrics = driver.metrics()
    assert.equal(metrics.get('punctuate-total', { group: 'stream-task-metrics' })?.value, 3)
    assert.equal(metrics.get('punctuate-total', { group: 'stream-thread-metrics' })?.value, 3)
    assert.equal(metrics.get('task-created-total')?.value, 1)
    assert.deepEqual(metrics.get('process-total', { group: 'stream-task-metrics' })?.tags, {
      'thread-id': 'main',
      'task-id': '0_0',
    })
    assert.equal(metrics.get('no-such-total'), undefined)
    assert.equal(metrics.sum('no-such-total'), 0)
    assert.equal([...metrics].length, metrics.size)
  })
})

/**
 * What Java's `TopologyTestDriver` 4.3.0 measured of the same run at `metrics.recording.level=DEBUG`, as far as ours
 * measures it too: group, name, tags besides thread and task, value.
 */
const javas = `
processor-node process-rate processor-node-id=KSTREAM-SOURCE-0000000000 0.09998333611064823
processor-node process-total processor-node-id=KSTREAM-SOURCE-0000000000 3.0
processor-node record-e2e-latency-avg processor-node-id=KSTREAM-SINK-0000000005 900.0
processor-node record-e2e-latency-avg processor-node-id=KSTREAM-SOURCE-0000000000 910.0
processor-node record-e2e-latency-max processor-node-id=KSTREAM-SINK-0000000005 900.0
processor-node record-e2e-latency-max processor-node-id=KSTREAM-SOURCE-0000000000 930.0
processor-node record-e2e-latency-min processor-node-id=KSTREAM-SINK-0000000005 900.0
processor-node record-e2e-latency-min processor-node-id=KSTREAM-SOURCE-0000000000 900.0
task active-buffer-count - 0.0
task restore-rate - 0.0
task restore-total - 0.0
task restore-remaining-records-total - 0.0
task dropped-records-rate - 0.03332777870354941
task dropped-records-total - 1.0
task enforced-processing-rate - 0.0
task enforced-processing-total - 0.0
task process-rate - 0.09998333611064823
task process-total - 3.0
task punctuate-latency-avg - NaN
task punctuate-latency-max - NaN
task punctuate-rate - 0.0
task punctuate-total - 0.0
task record-lateness-avg - 10.0
task record-lateness-max - 30.0
topic bytes-consumed-total processor-node-id=KSTREAM-SOURCE-0000000000,topic=in 74.0
topic records-consumed-total processor-node-id=KSTREAM-SOURCE-0000000000,topic=in 3.0
topic records-produced-total processor-node-id=KSTREAM-SINK-0000000005,topic=out 2.0
`

test('a run is measured as Java measures it: names, groups, tags and values', () => {
  const builder = new StreamsBuilder(strings)
  builder
    .stream('in')
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .count()
    .toStream((windowed) => windowed.key)
    .to('out', { value: serdes.long })
  using driver = new TopologyTestDriver(builder.build(), { startTimeMs: 1000 })
  const input = driver.createInputTopic('in', strings)
  input.pipeInput('a', 'x', 100)
  input.pipeInput('a', 'xyz', 70)
  input.pipeInput('b', 'x', 100)
  driver.advanceWallClockTime(5)
  const lines = [...driver.metrics()]
    .filter(({ group }) => group !== 'stream-thread-metrics')
    .map(({ group, name, tags: { 'thread-id': thread, 'task-id': task, ...tags }, value }) => {
      assert.deepEqual([thread, task], ['main', '0_0'])
      const texts = Object.entries(tags).map(([tag, text]) => `${tag}=${text}`)
      const shown = Number.isInteger(value) ? Number(value).toFixed(1) : String(value)
      return `${group.slice('stream-'.length, -'-metrics'.length)} ${name} ${texts.join() || '-'} ${shown}`
    })
  assert.deepEqual(lines.toSorted(), javas.trim().split('\n').toSorted())
})
