import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownSettings } from '../../src/runtime/client-settings.ts'

test("Kafka's internal settings are for operators: the application does not call them unknown", () => {
  const config = {
    applicationId: 'app',
    bootstrapServers: 'broker:9092',
    '__emit.interval.ms.kstreams.windowed.aggregation__': 0,
    'consumer.fetch.min.bytes': 1,
  }
  assert.deepEqual(ownSettings(config), { applicationId: 'app', bootstrapServers: 'broker:9092' })
})
