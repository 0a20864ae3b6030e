import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Stores, StreamsBuilder, Topology, TopologyError, serdes } from '../../src/index.ts'
import type { Processor } from '../../src/index.ts'

const strings = { key: serdes.string, value: serdes.string }

describe('describe', () => {
  test('the word count, as Java prints it', () => {
    const builder = new StreamsBuilder()
    builder
      .stream('streams-plaintext-input', strings)
      .flatMapValues((line) => line.toLowerCase().split(' '))
      .groupBy((_key, word) => word, strings)
      .count({ store: 'counts' })
      .toStream()
      .to('streams-wordcount-output', { value: serdes.long })
    assert.equal(
      String(builder.build().describe()),
      `Topologies:
   Sub-topology: 0
    Source: KSTREAM-SOURCE-0000000000 (topics: [streams-plaintext-input])
      --> KSTREAM-FLATMAPVALUES-0000000001
    Processor: KSTREAM-FLATMAPVALUES-0000000001 (stores: [])
      --> KSTREAM-KEY-SELECT-0000000002
      <-- KSTREAM-SOURCE-0000000000
    Processor: KSTREAM-KEY-SELECT-0000000002 (stores: [])
      --> counts-repartition-filter
      <-- KSTREAM-FLATMAPVALUES-0000000001
    Processor: counts-repartition-filter (stores: [])
      --> counts-repartition-sink
      <-- KSTREAM-KEY-SELECT-0000000002
    Sink: counts-repartition-sink (topic: counts-repartition)
      <-- counts-repartition-filter

  Sub-topology: 1
    Source: counts-repartition-source (topics: [counts-repartition])
      --> KSTREAM-AGGREGATE-0000000003
    Processor: KSTREAM-AGGREGATE-0000000003 (stores: [counts])
      --> KTABLE-TOSTREAM-0000000007
      <-- counts-repartition-source
    Processor: KTABLE-TOSTREAM-0000000007 (stores: [])
      --> KSTREAM-SINK-0000000008
      <-- KSTREAM-AGGREGATE-0000000003
    Sink: KSTREAM-SINK-0000000008 (topic: streams-wordcount-output)
      <-- KTABLE-TOSTREAM-0000000007

`,
    )
  })

  test('nothing is described as nothing', () => {
    assert.equal(String(new Topology().describe()), 'Topologies:\n ')
  })
})

describe('define', () => {
  test('internal topics have their prefix and settings', () => {
    const builder = new StreamsBuilder(strings)
    builder
      .stream('in')
      .groupBy((_key, value) => value)
      .count({ store: 'counts', logging: { 'segment.bytes': '1048576' } })
    const { subtopologies } = builder.build().define({ applicationId: 'app' })
    assert.deepEqual(
      subtopologies.map(({ sourceTopics }) => sourceTopics),
      [['in'], ['app-counts-repartition']],
    )
    assert.deepEqual(subtopologies[0]?.sinkTopics, ['app-counts-repartition'])
    assert.deepEqual(subtopologies[1]?.changelogTopics.get('counts'), {
      name: 'app-counts-changelog',
      partitions: undefined,
      config: {
        'message.timestamp.type': 'CreateTime',
        'cleanup.policy': 'compact',
        'segment.bytes': '1048576',
      },
    })
  })

  test('source topics serve as changelogs when that is optimised', () => {
    const builder = new StreamsBuilder({ ...strings, topologyOptimization: 'reuse.ktable.source.topics' })
    builder.table('rows', { store: 'rows-store' })
    const [subtopology] = builder.build().define({ applicationId: 'app' }).subtopologies
    assert.deepEqual([...(subtopology?.sourceTopicStores ?? [])], [['rows-store', 'rows']])
    assert.equal(subtopology?.changelogTopics.size, 0)
    assert.equal(subtopology?.stores[0]?.logging, false)
  })
})

class Forward implements Processor<string, string, string, string> {
  process(): void {}
}

describe('a topology made by hand', () => {
  const store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('kv'), strings)

  test('nodes that share a store are in one sub-topology', () => {
    const topology = new Topology(strings)
      .addSource('a', 'in-a')
      .addSource('b', 'in-b')
      .addProcessor('pa', () => new Forward(), 'a')
      .addProcessor('pb', () => new Forward(), 'b')
      .addStateStore(store, 'pa', 'pb')
    assert.equal(topology.describe().subtopologies.length, 1)
  })

  test('what cannot be is refused where it is said', () => {
    const topology = new Topology(strings).addSource('a', 'in')
    const refused: readonly (readonly [() => unknown, RegExp])[] = [
      [() => topology.addSource('a', 'other'), /Processor a is already added/],
      [() => topology.addSource('b', 'in'), /Topic in has already been registered by another source/],
      [() => topology.addSource('c', []), /topics cannot be empty/],
      [() => topology.addProcessor('p', () => new Forward(), 'nowhere'), /Parent node nowhere is unknown/],
      [() => topology.addProcessor('p', () => new Forward(), []), /predecessorNames cannot be empty/],
      [() => topology.connectProcessorAndStateStores('a', 'none'), /StateStore none is not added yet/],
    ]
    for (const [attempt, message] of refused) assert.throws(attempt, { name: 'TopologyError', message })
    assert.ok(TopologyError.prototype instanceof Error)
  })
})
