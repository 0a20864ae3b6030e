import assert from 'node:assert/strict'
import test from 'node:test'
import { present } from '@streamwright/std'
import { brokerConfigs } from '../../src/config/broker-configs.ts'
import { listOf, whyInvalid } from '../../src/config/config-definition.ts'
import { topicConfigs } from '../../src/config/topic-configs.ts'

const problem = (name: string, value: string): string | undefined =>
  whyInvalid(present(topicConfigs.get(name), `${name} exists`), value)

test('every default of a topic and of a broker is valid by its own definition', () => {
  for (const definition of [...topicConfigs.values(), ...brokerConfigs.values()]) {
    if (definition.default === null || definition.default === '') continue
    assert.equal(whyInvalid(definition, definition.default), undefined, definition.name)
  }
})

test('wrong values are refused in the words of Kafka', () => {
  assert.equal(
    problem('retention.ms', 'soon'),
    'Invalid value soon for configuration retention.ms: Not a number of type LONG',
  )
  assert.equal(
    problem('min.insync.replicas', '0'),
    'Invalid value 0 for configuration min.insync.replicas: Value must be at least 1',
  )
  assert.equal(
    problem('cleanup.policy', 'delete,bogus'),
    'Invalid value bogus for configuration cleanup.policy: String must be one of: compact, delete',
  )
  assert.equal(
    problem('min.cleanable.dirty.ratio', '1.5'),
    'Invalid value 1.5 for configuration min.cleanable.dirty.ratio: Value must be no more than 1',
  )
  assert.match(problem('compression.gzip.level', '0') ?? '', /between 1 and 9 or equal to -1/)
  assert.match(problem('preallocate', 'yes') ?? '', /either true or false/)
})

test('numbers outside of their type are no numbers', () => {
  assert.equal(problem('retention.ms', '9223372036854775807'), undefined)
  assert.match(problem('retention.ms', '9223372036854775808') ?? '', /type LONG/)
  assert.match(problem('segment.bytes', '2147483648') ?? '', /type INT/)
  assert.match(problem('segment.bytes', '1e9') ?? '', /type INT/)
  assert.match(problem('segment.bytes', '') ?? '', /type INT/)
})

test('a list may be empty, and blanks around its items do not count', () => {
  assert.equal(problem('cleanup.policy', ''), undefined)
  assert.equal(problem('cleanup.policy', ' compact , delete '), undefined)
  assert.deepEqual(listOf(' compact ,, delete '), ['compact', 'delete'])
})
