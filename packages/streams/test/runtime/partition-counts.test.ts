import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { StreamsBuilder, TopologyError, serdes } from '@streamwright/streams'
import { planPartitions } from '../../src/runtime/partition-counts.ts'

const strings = { key: serdes.string, value: serdes.string }

function internalTopics(builder: StreamsBuilder, existing: Readonly<Record<string, number>>): Record<string, number> {
  const definition = builder.build().define({ applicationId: 'app' })
  const { internalTopics: topics } = planPartitions(definition, new Map(Object.entries(existing)))
  return Object.fromEntries(topics.map(({ name, partitions }) => [name.replace(/^app-/, ''), partitions]))
}

describe('partitions of internal topics', () => {
  test('a repartition topic has as many as the largest topic above it, its changelog too', () => {
    const builder = new StreamsBuilder()
    builder
      .stream(['few', 'many'], strings)
      .selectKey((_key, value) => value)
      .groupByKey({ ...strings, name: 'words' })
      .count({ store: 'counts' })
    assert.deepEqual(internalTopics(builder, { few: 2, many: 5 }), {
      'words-repartition': 5,
      'counts-changelog': 5,
    })
  })

  // These topics feed each other: an application with such a join did not start at all.
  test('the topics of a join by foreign key are partitioned as the tables that read them', () => {
    const builder = new StreamsBuilder()
    const orders = builder.table('orders', strings)
    const people = builder.table('people', strings)
    orders.join(
      people,
      (order) => order,
      (order, person) => order + person,
      { ...strings, name: 'fk', store: 'joined' },
    )
    const topics = internalTopics(builder, { orders: 3, people: 2 })
    assert.equal(topics['fk-subscription-registration-topic'], 2)
    assert.equal(topics['fk-subscription-response-topic'], 3)
    assert.equal(topics['fk-subscription-store-changelog'], 2)
    assert.equal(topics['joined-changelog'], 3)
  })

  test('what is joined must have equal numbers', () => {
    const builder = new StreamsBuilder()
    builder.table('left', strings).join(builder.table('right', strings), (left, right) => left + right, {
      ...strings,
      store: 'joined',
    })
    assert.throws(() => internalTopics(builder, { left: 3, right: 2 }), TopologyError)
  })
})
