import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coordinatorPartition, javaStringHash } from '../src/java-string-hash.ts'
import { isInternalTopic, topicNameProblem, unifiedTopicName } from '../src/topic-name.ts'

test('topic names: what is wrong is said', () => {
  assert.equal(topicNameProblem('orders.v1_x-Y'), undefined)
  assert.match(topicNameProblem('') ?? '', /not empty/)
  assert.match(topicNameProblem('..') ?? '', /"\.\."/)
  assert.match(topicNameProblem('a b') ?? '', /"a b"/)
  assert.match(topicNameProblem('x'.repeat(250)) ?? '', /249/)
  assert.ok(isInternalTopic('__consumer_offsets'))
  assert.equal(unifiedTopicName('a.b'), unifiedTopicName('a_b'))
})

test('the coordinator of a group is found by the hash that Java has for its name', () => {
  assert.equal(javaStringHash('polygenelubricants'), -(2 ** 31))
  assert.equal(coordinatorPartition('polygenelubricants', 50), 0)
  assert.equal(coordinatorPartition('a', 5), 2)
})
