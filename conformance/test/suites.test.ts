import assert from 'node:assert/strict'
import test from 'node:test'
import { leftOut, leftOutTests } from '../suites/left-out.ts'
import { suites } from '../suites/suites.ts'

test('every test that is left out belongs to a suite, and has its reason', () => {
  for (const { suite, test: name, reason } of leftOutTests) {
    assert.ok(suites[suite] !== undefined, suite)
    assert.ok(reason.length > 0, name)
  }
})

test('a test is left out by a pattern, and of its own suite alone', () => {
  const share = leftOut('librdkafka', '0173_share_consumer_commit_async', new Map())
  assert.equal(share, 'share groups are not there yet')
  assert.equal(leftOut('kafka-python', '0173_share_consumer_commit_async', new Map()), undefined)
  assert.equal(leftOut('librdkafka', '0113_cooperative_rebalance', new Map()), undefined)
})

test('a pattern stands for slashes too, which names of tests have that are no paths', () => {
  const name = 'test/registries/confluent-schema-registry.test.ts: treats /schemas/ids/{id} responses as AVRO'
  assert.equal(leftOut('platformatic', name, new Map()), 'needs a schema registry')
})
