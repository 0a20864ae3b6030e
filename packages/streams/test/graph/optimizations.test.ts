import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { StreamsBuilder, TopologyError, serdes } from '../../src/index.ts'

const strings = { key: serdes.string, value: serdes.string }

function repartitionTopics(topologyOptimization: string): string[] {
  const builder = new StreamsBuilder({ ...strings, topologyOptimization })
  const keyed = builder.stream('in').selectKey((_key, value) => value)
  keyed.groupByKey().count({ store: 'counts' })
  keyed.groupByKey().reduce((_left, right) => right, { store: 'last' })
  const { subtopologies } = builder.build().define({ applicationId: 'app' })
  return subtopologies.flatMap(({ repartitionTopics: topics }) => [...topics.keys()])
}

describe('optimisation', () => {
  test('repartition topics below one change of key become one', () => {
    assert.deepEqual(repartitionTopics('none'), ['app-counts-repartition', 'app-last-repartition'])
    assert.deepEqual(repartitionTopics('merge.repartition.topics'), ['app-counts-repartition'])
    assert.deepEqual(repartitionTopics('all'), ['app-counts-repartition'])
  })

  test('an unknown one is refused with the list of those there are', () => {
    assert.throws(() => repartitionTopics('fast'), { message: /must be none, all, or a list of reuse/ })
  })
})

describe('sources', () => {
  test('streams of the same topics share one source', () => {
    const builder = new StreamsBuilder(strings)
    builder.stream('in').to('a')
    builder.stream(['in']).to('b')
    const [subtopology] = builder.build().describe().subtopologies
    assert.equal(subtopology?.nodes.filter((node) => node.kind === 'source').length, 1)
  })

  test('overlapping sets of topics are refused', () => {
    const builder = new StreamsBuilder(strings)
    builder.stream(['x', 'y']).to('a')
    builder.stream(['y', 'z']).to('b')
    assert.throws(() => builder.build(), TopologyError)
  })
})
