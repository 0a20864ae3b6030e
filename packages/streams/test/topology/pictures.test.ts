import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { JoinWindows, Stores, StreamsBuilder, TimeWindows, Topology, serdes } from '../../src/index.ts'
import type { NodeJson, TopologyJson } from '../../src/index.ts'
import { readDot, readMermaid } from './picture-grammar.ts'
import type { ReadPicture } from './picture-grammar.ts'

const strings = { key: serdes.string, value: serdes.string }

function wordCount(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream('streams-plaintext-input', strings)
    .flatMapValues((line) => line.toLowerCase().split(' '))
    .groupBy((_key, word) => word, strings)
    .count({ store: 'counts' })
    .toStream()
    .to('streams-wordcount-output', { value: serdes.long })
  return builder.build()
}

/** Several sub-topologies with joins, a global table, a pattern, a topic chosen per record and shared stores. */
function large(): Topology {
  const builder = new StreamsBuilder(strings)
  const global = builder.globalTable('products', { store: 'products' })
  const table = builder.table('customers', { store: 'customers' })
  const orders = builder.stream(/orders-.*/)
  const clicks = builder.stream(['clicks', 'views']).selectKey((_key, value) => value)
  orders
    .join(
      global,
      (key) => key,
      (left, right) => left + right,
    )
    .leftJoin(table, (left, right) => left + (right ?? ''))
    .to((key) => `orders-of-${key}`)
  clicks
    .outerJoin(orders, (left, right) => `${left}${right}`, JoinWindows.ofTimeDifferenceAndGrace(10, 5), {
      name: 'clicked',
      storeName: 'clicked',
    })
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeAndGrace(60_000, 1000))
    .count({ store: 'per-minute' })
    .toStream((windowed) => windowed.key)
    .to('per-minute', { value: serdes.long })
  for (let index = 0; index < 60; index++) {
    builder
      .stream(`in-${index}`)
      .groupBy((_key, value) => value)
      .count({ store: `counts-${index}`, engine: 'memory' })
      .toStream()
      .to(`out-${index}`, { value: serdes.long })
  }
  return builder.build()
}

/** What a picture must show, from the data that it was made of. */
function assertShows(picture: ReadPicture, json: TopologyJson): void {
  const label = (id: string): string => picture.labels.get(id) ?? assert.fail(`${id} is drawn`)
  const titles = json.subtopologies.map(({ id, isGlobal }) => `${isGlobal ? 'Global store' : 'Sub-topology'} ${id}`)
  assert.deepEqual([...picture.boxes.keys()], titles)
  const arrows = new Set(picture.arrows.map(([from, to]) => `${label(from)} > ${label(to)}`))
  const expected = new Set<string>()
  for (const [index, { id, nodes, edges }] of json.subtopologies.entries()) {
    const stores = json.stores.filter(({ subtopology }) => subtopology === id)
    const inside = picture.boxes.get(titles[index] ?? '') ?? []
    assert.deepEqual(inside.map(label), [...nodes, ...stores].map(nameOf).map(lineBreaks))
    for (const { from, to } of edges) expected.add(`${from} > ${to}`)
    for (const node of nodes) for (const arrow of arrowsOf(node)) expected.add(arrow)
  }
  assert.deepEqual(arrows, new Set([...expected].map(lineBreaks)))
}

function arrowsOf(node: NodeJson): string[] {
  switch (node.kind) {
    case 'source': {
      const patterns = node.pattern === null ? [] : [`/${node.pattern}/`]
      return [...node.topics, ...patterns].map((topic) => `${topic} > ${node.name}`)
    }
    case 'processor':
      return node.stores.map((store) => `${node.name} > ${store}`)
    case 'sink':
      return [`${node.name} > ${node.topic ?? '(chosen per record)'}`]
  }
}

function nameOf({ name }: { readonly name: string }): string {
  return name
}

/** Every line break is one. */
function lineBreaks(text: string): string {
  return text.replaceAll(/\r\n|\r/g, '\n')
}

describe('toJson', () => {
  test('the word count: nodes, edges, topics and stores', () => {
    assert.deepEqual(wordCount().toJson({ applicationId: 'app' }), {
      applicationId: 'app',
      subtopologies: [
        {
          id: 0,
          isGlobal: false,
          nodes: [
            { kind: 'source', name: 'KSTREAM-SOURCE-0000000000', topics: ['streams-plaintext-input'], pattern: null },
            { kind: 'processor', name: 'KSTREAM-FLATMAPVALUES-0000000001', stores: [] },
            { kind: 'processor', name: 'KSTREAM-KEY-SELECT-0000000002', stores: [] },
            { kind: 'processor', name: 'counts-repartition-filter', stores: [] },
            { kind: 'sink', name: 'counts-repartition-sink', topic: 'app-counts-repartition' },
          ],
          edges: [
            { from: 'KSTREAM-SOURCE-0000000000', to: 'KSTREAM-FLATMAPVALUES-0000000001' },
            { from: 'KSTREAM-FLATMAPVALUES-0000000001', to: 'KSTREAM-KEY-SELECT-0000000002' },
            { from: 'KSTREAM-KEY-SELECT-0000000002', to: 'counts-repartition-filter' },
            { from: 'counts-repartition-filter', to: 'counts-repartition-sink' },
          ],
        },
        {
          id: 1,
          isGlobal: false,
          nodes: [
            { kind: 'source', name: 'counts-repartition-source', topics: ['app-counts-repartition'], pattern: null },
            { kind: 'processor', name: 'KSTREAM-AGGREGATE-0000000003', stores: ['counts'] },
            { kind: 'processor', name: 'KTABLE-TOSTREAM-0000000007', stores: [] },
            { kind: 'sink', name: 'KSTREAM-SINK-0000000008', topic: 'streams-wordcount-output' },
          ],
          edges: [
            { from: 'counts-repartition-source', to: 'KSTREAM-AGGREGATE-0000000003' },
            { from: 'KSTREAM-AGGREGATE-0000000003', to: 'KTABLE-TOSTREAM-0000000007' },
            { from: 'KTABLE-TOSTREAM-0000000007', to: 'KSTREAM-SINK-0000000008' },
          ],
        },
      ],
      topics: [
        {
          name: 'streams-plaintext-input',
          kind: 'external',
          readBy: ['KSTREAM-SOURCE-0000000000'],
          writtenBy: [],
          restores: [],
          partitions: null,
          config: {},
        },
        {
          name: 'app-counts-repartition',
          kind: 'repartition',
          readBy: ['counts-repartition-source'],
          writtenBy: ['counts-repartition-sink'],
          restores: [],
          partitions: null,
          config: {
            'cleanup.policy': 'delete',
            'message.timestamp.type': 'CreateTime',
            'retention.ms': '-1',
            'segment.bytes': '52428800',
          },
        },
        {
          name: 'streams-wordcount-output',
          kind: 'external',
          readBy: [],
          writtenBy: ['KSTREAM-SINK-0000000008'],
          restores: [],
          partitions: null,
          config: {},
        },
        {
          name: 'app-counts-changelog',
          kind: 'changelog',
          readBy: [],
          writtenBy: [],
          restores: ['counts'],
          partitions: null,
          config: { 'message.timestamp.type': 'CreateTime', 'cleanup.policy': 'compact' },
        },
      ],
      stores: [
        {
          name: 'counts',
          kind: 'keyValue',
          engine: 'persistent',
          isCached: true,
          isGlobal: false,
          subtopology: 1,
          processors: ['KSTREAM-AGGREGATE-0000000003'],
          changelog: 'app-counts-changelog',
        },
      ],
    })
  })

  test('without an application id internal topics have no prefix, as in describe(); an empty topology is empty', () => {
    const { applicationId, topics, stores } = wordCount().toJson()
    assert.equal(applicationId, null)
    assert.deepEqual(topics.map(nameOf).slice(1), [
      'counts-repartition',
      'streams-wordcount-output',
      'counts-changelog',
    ])
    assert.equal(stores[0]?.changelog, 'counts-changelog')
    assert.deepEqual(new Topology().toJson(), { applicationId: null, subtopologies: [], topics: [], stores: [] })
  })

  test('patterns, topics chosen per record, global stores and stores restored from their source', () => {
    const json = large().toJson()
    assert.deepEqual(JSON.parse(JSON.stringify(json)), json)
    const nodes = json.subtopologies.flatMap((subtopology) => [...subtopology.nodes])
    assert.deepEqual(
      nodes.flatMap((node) => (node.kind === 'source' && node.pattern !== null ? [node.pattern] : [])),
      ['orders-.*'],
    )
    assert.equal(nodes.filter((node) => node.kind === 'sink' && node.topic === null).length, 1)
    const products = json.stores.find(({ name }) => name === 'products')
    assert.deepEqual([products?.isGlobal, products?.changelog], [true, null])
    assert.deepEqual(json.topics.find(({ name }) => name === 'products')?.restores, ['products'])
    assert.deepEqual(
      json.subtopologies.map(({ id }) => id),
      json.subtopologies.map((_subtopology, index) => index),
    )
    assert.deepEqual(
      json.subtopologies.map(({ nodes: inside }) => inside.map(nameOf).toSorted()),
      large()
        .describe()
        .subtopologies.map(({ nodes: inside }) => inside.map(nameOf).toSorted()),
    )
  })

  test('the structure is told to the compiler', () => {
    const [node] = wordCount().toJson().subtopologies[0]?.nodes ?? []
    // @ts-expect-error: only sources have topics, and what the node is has not been asked
    assert.ok(node?.topics !== undefined)
    // @ts-expect-error: there are two directions
    assert.equal(wordCount().toDot({ direction: 'RL' }).includes('rankdir=RL'), true)
  })
})

describe('pictures', () => {
  test('the word count in Mermaid, as the README shows it', () => {
    const text = wordCount().toMermaid({ direction: 'LR' })
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    assert.equal(/```mermaid\n([\s\S]*?)```/.exec(readme)?.[1], text)
  })

  test('the word count in DOT', () => {
    assert.equal(
      wordCount().toDot(),
      `digraph topology {
  rankdir=TB
  node [fontname="sans-serif"]
  t0 [label="streams-plaintext-input", shape=parallelogram, style=filled, fillcolor="#dbeafe"]
  t1 [label="counts-repartition", shape=parallelogram, style="filled,dashed", fillcolor="#dbeafe"]
  t2 [label="streams-wordcount-output", shape=parallelogram, style=filled, fillcolor="#dbeafe"]
  subgraph cluster_sub0 {
    label="Sub-topology 0"
    n0 [label="KSTREAM-SOURCE-0000000000", shape=box, style=rounded]
    n1 [label="KSTREAM-FLATMAPVALUES-0000000001", shape=box]
    n2 [label="KSTREAM-KEY-SELECT-0000000002", shape=box]
    n3 [label="counts-repartition-filter", shape=box]
    n4 [label="counts-repartition-sink", shape=box, style=rounded]
  }
  subgraph cluster_sub1 {
    label="Sub-topology 1"
    n5 [label="counts-repartition-source", shape=box, style=rounded]
    n6 [label="KSTREAM-AGGREGATE-0000000003", shape=box]
    n7 [label="KTABLE-TOSTREAM-0000000007", shape=box]
    n8 [label="KSTREAM-SINK-0000000008", shape=box, style=rounded]
    s0 [label="counts", shape=cylinder, style=filled, fillcolor="#fef3c7"]
  }
  t0 -> n0
  n0 -> n1
  n1 -> n2
  n2 -> n3
  n3 -> n4
  n4 -> t1
  t1 -> n5
  n5 -> n6
  n6 -> n7
  n7 -> n8
  n6 -> s0 [dir=none, style=dashed]
  n8 -> t2
}
`,
    )
  })

  test('a large topology: every node, store, topic and arrow, in both languages, the same each time', () => {
    const topology = large()
    const json = topology.toJson()
    assertShows(readDot(topology.toDot()), json)
    assertShows(readMermaid(topology.toMermaid()), json)
    assert.equal(large().toDot(), topology.toDot())
    assert.equal(large().toMermaid(), topology.toMermaid())
    assert.equal(JSON.stringify(large().toJson()), JSON.stringify(json))
    assert.match(topology.toDot({ direction: 'LR', applicationId: 'app' }), /rankdir=LR[^]*"app-counts-0-repartition"/)
  })

  test('any name comes out as it is, whatever the language means by its signs', () => {
    const sign = fc.constantFrom('"', '\\', '\n', '\r', '#', ';', ':', '&', '<', '>', '`', '%', '{', ']', '|', ' ', 'n')
    const word = fc.constantFrom(
      'end',
      '#35;',
      '&amp;',
      '%%{init}%%',
      'style',
      'classDef',
      'subgraph',
      '\\N',
      '🎉',
      'ж',
    )
    const name = fc.array(fc.oneof(sign, word, fc.string({ unit: 'grapheme', maxLength: 2 })), { minLength: 1 })
    fc.assert(
      fc.property(
        fc.uniqueArray(
          name.map((parts) => parts.join('')),
          { minLength: 1, maxLength: 4 },
        ),
        (names) => {
          const topology = new Topology(strings)
          for (const each of names) {
            topology.addSource(`${each} source`, `topic ${each}`)
            topology.addProcessor(`${each} processor`, () => ({ process() {} }), `${each} source`)
            topology.addStateStore(
              Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(`store ${each}`), strings),
              `${each} processor`,
            )
            topology.addSink(`${each} sink`, `written ${each}`, `${each} processor`)
          }
          assertShows(readDot(topology.toDot()), topology.toJson())
          assertShows(withLineBreaks(readMermaid(topology.toMermaid())), topology.toJson())
        },
      ),
      { seed: 4, numRuns: 150 },
    )
  })
})

function withLineBreaks({ labels, boxes, arrows }: ReadPicture): ReadPicture {
  return { labels: new Map([...labels].map(([id, label]) => [id, lineBreaks(label)])), boxes, arrows }
}
