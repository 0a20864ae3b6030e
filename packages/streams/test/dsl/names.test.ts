import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { KStream } from '../../src/index.ts'
import { StreamsBuilder, TimeWindows, TopologyError, serdes } from '../../src/index.ts'

const strings = { key: serdes.string, value: serdes.string }

function nodeNames(builder: StreamsBuilder<string, string>): string[] {
  return builder
    .build()
    .describe()
    .subtopologies.flatMap((subtopology) => subtopology.nodes.map((node) => node.name))
    .toSorted()
}

describe('names', () => {
  test('naming one operator leaves the numbers of the others as they are', () => {
    const unnamed = new StreamsBuilder(strings)
    unnamed
      .stream('in')
      .mapValues((value) => value)
      .filter(() => true)
      .to('out')
    const named = new StreamsBuilder(strings)
    named
      .stream('in')
      .mapValues((value) => value, { name: 'mapped' })
      .filter(() => true)
      .to('out')
    assert.deepEqual(nodeNames(unnamed).slice(0, 1), ['KSTREAM-FILTER-0000000002'])
    assert.deepEqual(nodeNames(named), [
      'KSTREAM-FILTER-0000000002',
      'KSTREAM-SINK-0000000003',
      'KSTREAM-SOURCE-0000000000',
      'mapped',
    ])
  })

  test('one field of Materialized uses up the number that Java burns for that overload', () => {
    const plain = new StreamsBuilder(strings)
    plain.stream('in').groupByKey().count()
    const materialized = new StreamsBuilder(strings)
    materialized.stream('in').groupByKey().count({ caching: false })
    assert.ok(nodeNames(plain).includes('KSTREAM-AGGREGATE-0000000002'))
    assert.ok(nodeNames(materialized).includes('KSTREAM-AGGREGATE-0000000003'))
  })

  test('a group that is named shares one repartition topic, and uses up numbers each time', () => {
    const builder = new StreamsBuilder(strings)
    const group = builder.stream('in').groupBy((_key, value) => value, { name: 'by-value' })
    group.count()
    group.reduce((_left, right) => right)
    assert.deepEqual(nodeNames(builder), [
      'KSTREAM-AGGREGATE-0000000003',
      'KSTREAM-REDUCE-0000000008',
      'KSTREAM-SOURCE-0000000000',
      'by-value',
      'by-value-repartition-filter',
      'by-value-repartition-sink',
      'by-value-repartition-source',
    ])
  })

  test('refuses names that cannot become topics', () => {
    const builder = new StreamsBuilder(strings)
    for (const name of ['', '.', 'a b', 'é', 'x'.repeat(250)]) {
      assert.throws(() => builder.stream('in').filter(() => true, { name }), TopologyError)
      assert.throws(() => builder.stream('in').groupByKey().count({ store: name }), TopologyError)
    }
  })

  test('names that would be made up are refused when explicit ones are required', () => {
    const builder = new StreamsBuilder({ ...strings, ensureExplicitInternalResourceNaming: true })
    builder.stream('in').groupByKey().windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count()
    assert.throws(() => builder.build(), {
      name: 'TopologyError',
      message: /changelog topic\(s\) has not been named: KSTREAM-AGGREGATE-STATE-STORE-0000000001-changelog/,
    })
  })

  // What Java answers: changelogs, stores, then repartition topics. It overlooks those of tables that are grouped or
  // joined by a foreign key.
  const refused: readonly [what: string, describe: (stream: KStream<string, string>) => unknown, kinds: string][] = [
    ['a count by another key', (stream) => stream.groupBy((_key, word) => word).count(), 'changelog state repartition'],
    ['a count whose store has a name', (stream) => stream.groupBy((_key, word) => word).count({ store: 'counts' }), ''],
    [
      'a count whose topic has a name',
      (stream) => stream.groupBy((_key, word) => word, { name: 'words' }).count(),
      'changelog state',
    ],
    [
      'a cogroup',
      (stream) =>
        stream
          .groupBy((_key, word) => word)
          .cogroup<string>((_key, word) => word)
          .aggregate(() => ''),
      'changelog state repartition',
    ],
    [
      'a table grouped anew',
      (stream) =>
        stream
          .toTable({ store: 'table' })
          .groupBy((_key, word) => [word, word])
          .count(),
      'changelog state',
    ],
    [
      'a join by a foreign key',
      (stream) => {
        const table = stream.toTable({ store: 'table' })
        table.join(
          table.filter(() => true, { store: 'filtered' }),
          (word) => word,
          (left) => left,
          { store: 'joined' },
        )
      },
      '',
    ],
  ]
  for (const [what, describeIn, kinds] of refused) {
    test(`made-up names of ${what}`, () => {
      const builder = new StreamsBuilder({ ...strings, ensureExplicitInternalResourceNaming: true })
      describeIn(builder.stream('in'))
      let message = ''
      try {
        builder.build()
      } catch (error) {
        message = String(error)
      }
      assert.equal([...message.matchAll(/Following (\w+)/g)].map(([, kind]) => kind).join(' '), kinds)
    })
  }
})

describe('serdes', () => {
  test('a missing serde is an error of the build that names the operator and the field', () => {
    const builder = new StreamsBuilder()
    builder
      .stream<string, string>('in', strings)
      .selectKey((_key, value) => value)
      .to('out')
    assert.throws(() => builder.build(), {
      name: 'MissingSerdeError',
      message: /^Sink KSTREAM-SINK-0000000002 has no key serde\. Give it one/,
    })
  })

  test('the retention of a window store cannot be shorter than its windows', () => {
    const windowed = new StreamsBuilder(strings)
      .stream('in')
      .groupByKey()
      .windowedBy(TimeWindows.ofSizeAndGrace(10, 20))
    assert.throws(() => windowed.count({ store: 'win', retentionMs: 29 }), {
      message: /no smaller than its window size plus the grace period/,
    })
  })
})
