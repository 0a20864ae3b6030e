import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TimestampExtractors } from '../../src/index.ts'
import { defaultTimestampExtractor, ownSettings } from '../../src/runtime/client-settings.ts'

test("Kafka's internal settings are for operators: the application does not call them unknown", () => {
  const config = {
    applicationId: 'app',
    bootstrapServers: 'broker:9092',
    '__emit.interval.ms.kstreams.windowed.aggregation__': 0,
    'consumer.fetch.min.bytes': 1,
  }
  assert.deepEqual(ownSettings(config), { applicationId: 'app', bootstrapServers: 'broker:9092' })
})

test('the default timestamp extractor is a function, one of ours, or one of Java by its class', () => {
  const application = { applicationId: 'app', bootstrapServers: 'broker:9092' }
  const own = (): number => 1
  assert.equal(defaultTimestampExtractor(application), undefined)
  assert.equal(defaultTimestampExtractor({ ...application, defaultTimestampExtractor: own }), own)
  for (const name of ['wallclock', 'org.apache.kafka.streams.processor.WallclockTimestampExtractor']) {
    const config = { ...application, 'default.timestamp.extractor': name }
    assert.equal(defaultTimestampExtractor(config), TimestampExtractors.wallclock)
    assert.deepEqual(ownSettings(config), application)
  }
  const wrong = { ...application, 'default.timestamp.extractor': 'com.example.Own' }
  assert.throws(
    () => defaultTimestampExtractor(wrong),
    /default\.timestamp\.extractor: it must be a function, or one of/,
  )
})
