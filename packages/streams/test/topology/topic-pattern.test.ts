import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import { StreamsBuilder, Topology, TopologyError, serdes } from '../../src/index.ts'
import type { RecordMetadata } from '../../src/index.ts'
import { matchesWhole, unitedPattern } from '../../src/topology/topic-pattern.ts'

const strings = { key: serdes.string, value: serdes.string }

test('a pattern is for whole names, whatever flags it has', () => {
  const pattern = /shop-\d/g
  for (const [topic, matches] of [
    ['shop-1', true],
    ['shop-1', true],
    ['workshop-1', false],
    ['shop-12', false],
  ] as const) {
    assert.equal(matchesWhole(pattern, topic), matches, topic)
  }
})

test('names and patterns united match what one of them matches, each with its own flags', () => {
  const united = unitedPattern(['a.b', 'plain'], [/Shop-./i, /^x|y$/])
  const topics = ['a.b', 'aXb', 'plain', 'plainer', 'shop-1', 'SHOP-1', 'Plain', 'x', 'y', 'xy']
  assert.deepEqual(
    topics.filter((topic) => united.test(topic)),
    ['a.b', 'plain', 'shop-1', 'SHOP-1', 'x', 'y'],
  )
  assert.ok(unitedPattern(['a'], [/\p{Lu}/u]).test('Ä'))
})

test('in the driver, records of all topics that a pattern matches are taken as they come, each from its topic', () => {
  const places: (RecordMetadata | undefined)[] = []
  const builder = new StreamsBuilder(strings)
  builder.stream<string, string>(/shop-\d+/).process(() => {
    let metadata = (): RecordMetadata | undefined => undefined
    return {
      init(context) {
        metadata = () => context.recordMetadata
      },
      process() {
        places.push(metadata())
      },
    }
  })
  const driver = new TopologyTestDriver(builder.build())
  for (const topic of ['shop-1', 'shop-22', 'shop-1']) driver.createInputTopic(topic, strings).pipeValue('x')
  assert.deepEqual(
    places.map((place) => place?.topic),
    ['shop-1', 'shop-22', 'shop-1'],
  )
  assert.throws(() => driver.createInputTopic('workshop-1', strings).pipeValue('x'), /no source that reads workshop-1/)
  driver.close()
})

test('topics that exist are divided among the patterns; the application’s own are none of them', () => {
  const builder = new StreamsBuilder(strings)
  builder
    .stream(/(?!other-).*/)
    .groupByKey()
    .count({ store: 'counts' })
  builder.stream(/other-.*/)
  const existingTopics = ['b', 'other-1', 'a', 'app-counts-changelog']
  const definition = builder.build().define({ applicationId: 'app', existingTopics })
  assert.deepEqual(
    definition.subtopologies.map(({ sourceTopics }) => sourceTopics),
    [['a', 'b'], ['other-1']],
  )
  assert.deepEqual(definition.subtopologies[0]?.storeSources, new Map([['counts', ['a', 'b']]]))
})

test('a topic is read by one source: by its name or by a pattern', () => {
  const topology = (): Topology => new Topology(strings)
  assert.throws(() => topology().addSource('p', /a.*/).addSource('n', 'ab'), /matches a Pattern already registered/)
  assert.throws(() => topology().addSource('n', 'ab').addSource('p', /a.*/), {
    message: 'Invalid topology: Pattern a.* will match a topic that has already been registered by another source.',
  })
})

test('patterns that are joined have topics with equal numbers of partitions', () => {
  const builder = new StreamsBuilder(strings)
  builder
    .stream<string, string>(/left-\d/)
    .join(builder.table<string, string>('right'), (left, right) => left + right)
    .to('out')
  const { copartitionGroups } = builder.build().define({ applicationId: 'app', existingTopics: ['left-1', 'left-2'] })
  assert.deepEqual([...(copartitionGroups[0] ?? [])].toSorted(), ['left-1', 'left-2', 'right'])
})

test('a source cannot begin in the future', () => {
  const build = (): Topology => new Topology(strings).addSource('s', 't', { offsetReset: { byDurationMs: -1 } })
  assert.throws(build, TopologyError)
})
