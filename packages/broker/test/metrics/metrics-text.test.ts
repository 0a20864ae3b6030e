import assert from 'node:assert/strict'
import test from 'node:test'
import { metricTopicsMax } from '../../src/limits.ts'
import { LatencyHistogram } from '../../src/metrics/latency-histogram.ts'
import { MetricsText } from '../../src/metrics/metrics-text.ts'
import { RequestMetrics } from '../../src/metrics/request-metrics.ts'
import { TopicMetrics, otherTopics } from '../../src/metrics/topic-metrics.ts'
import { parseMetrics } from './scrape.ts'

test('names in labels and helps may hold anything', () => {
  const text = new MetricsText()
  text.family('one', 'gauge', 'back\\slash\nline').sample(1, { label: 'a"b\\c\nd' })
  assert.equal(text.toString(), '# HELP one back\\\\slash\\nline\n# TYPE one gauge\none{label="a\\"b\\\\c\\nd"} 1\n')
  parseMetrics(text.toString())
})

test('buckets are added up, and the last one has everything', () => {
  const histogram = new LatencyHistogram()
  for (const durationMs of [0.1, 0.11, 3, 60_000]) histogram.record(durationMs)
  const text = new MetricsText().family('time', 'histogram', 'How long.').histogram(histogram, { of: 'x' })
  const samples = parseMetrics(text.toString())
  const bucket = (le: string): number | undefined => samples.get(`time_bucket{of="x",le="${le}"}`)
  assert.deepEqual(
    [bucket('0.0001'), bucket('0.00025'), bucket('0.005'), bucket('30'), bucket('+Inf')],
    [1, 2, 3, 3, 4],
  )
  assert.equal(samples.get('time_count{of="x"}'), 4)
})

test('topics above the limit share one entry', () => {
  const topics = new TopicMetrics()
  for (let index = 0; index < metricTopicsMax + 5; index++) topics.appended(`topic-${index}`, 1, 10)
  assert.equal(topics.all().size, metricTopicsMax + 1)
  assert.equal(topics.all().get(otherTopics)?.messagesIn, 5)
})

test('every error code in an answer counts, wherever it stands', () => {
  const requests = new RequestMetrics()
  const partitions = [{ errorCode: 3 }, { errorCode: 0 }, { errorCode: 6, records: Buffer.alloc(10) }]
  requests.answered(0, 'Produce', 9, 10, 20, 1, { errorCode: 0, responses: [{ name: 't', partitions }] })
  requests.answered(0, 'Produce', 9, 10, 20, 1, Symbol('none'))
  const [api] = requests.all()
  assert.deepEqual(
    [...(api?.errors ?? [])],
    [
      [3, 1],
      [6, 1],
      [0, 1],
    ],
  )
})
