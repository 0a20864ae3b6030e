import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MetadataResponse } from '@streamwright/protocol/messages/metadata'
import { MetadataCache } from '../../src/cluster/metadata-cache.ts'
import { MetadataRequests } from '../../src/cluster/metadata-requests.ts'

function answer(topicId: string, leaders: readonly (readonly [leader: number, epoch: number])[]): MetadataResponse {
  return {
    throttleTimeMs: 0,
    brokers: [{ nodeId: 1, host: 'a', port: 1, rack: null }],
    clusterId: 'c',
    controllerId: 1,
    clusterAuthorizedOperations: 0,
    errorCode: 0,
    topics: [
      {
        errorCode: 0,
        name: 't',
        topicId,
        isInternal: false,
        topicAuthorizedOperations: 0,
        partitions: leaders.map(([leaderId, leaderEpoch], partitionIndex) => ({
          errorCode: 0,
          partitionIndex,
          leaderId,
          leaderEpoch,
          replicaNodes: [],
          isrNodes: [],
          offlineReplicas: [],
        })),
      },
    ],
  }
}

describe('what is known of a topic', () => {
  test('does not go back to a leader of an older epoch', () => {
    const cache = new MetadataCache()
    cache.update(answer('one', [[1, 5]]), 0, false)
    cache.update(answer('one', [[2, 4]]), 1, false)
    assert.equal(cache.topic('t')?.partitions[0]?.leader, 1)
    cache.update(answer('one', [[2, 6]]), 2, false)
    assert.equal(cache.topic('t')?.partitions[0]?.leader, 2)
  })

  test('begins anew with a topic of the same name', () => {
    const cache = new MetadataCache()
    cache.update(answer('one', [[1, 5]]), 0, false)
    cache.update(answer('two', [[2, 0]]), 1, false)
    assert.equal(cache.topic('t')?.partitions[0]?.leader, 2)
    assert.equal(cache.topicName('two'), 't')
    assert.equal(cache.topicName('one'), undefined)
  })

  test('learns a leader from the answer to another request, if it is news', () => {
    const cache = new MetadataCache()
    cache.update(answer('one', [[1, 5]]), 0, false)
    assert.equal(cache.updateLeader('t', 0, { leader: 2, leaderEpoch: 5 }), false)
    assert.equal(cache.updateLeader('t', 0, { leader: 2, leaderEpoch: 6 }), true)
    assert.equal(cache.topic('t')?.partitions[0]?.leader, 2)
    assert.equal(cache.updateLeader('t', 9, { leader: 2, leaderEpoch: 6 }), false)
  })

  test('is fresh until it is old, doubted or without a leader', () => {
    const cache = new MetadataCache()
    cache.update(answer('one', [[1, 5]]), 0, false)
    assert.equal(cache.isFresh('t', 99, 100), true)
    assert.equal(cache.isFresh('t', 100, 100), false)
    cache.invalidate('t')
    assert.equal(cache.isFresh('t', 1, 100), false)
    cache.update(answer('one', [[-1, 6]]), 0, false)
    assert.equal(cache.isFresh('t', 1, 100), false)
  })

  test('is forgotten when no one asks for it', () => {
    const cache = new MetadataCache()
    cache.update(answer('one', [[1, 5]]), 10, false)
    assert.deepEqual(cache.usedTopics(10), ['t'])
    cache.markUsed('t', 20)
    assert.deepEqual(cache.usedTopics(15), ['t'])
    assert.deepEqual(cache.usedTopics(21), [])
    assert.equal(cache.topic('t'), undefined)
  })

  test('is gone when a complete list does not have it', () => {
    const cache = new MetadataCache()
    cache.update(answer('one', [[1, 5]]), 0, false)
    cache.update({ ...answer('one', []), topics: [] }, 1, true)
    assert.equal(cache.topic('t'), undefined)
  })
})

describe('metadata requests', () => {
  test('are one at a time, and for all who ask meanwhile', async () => {
    const asked: (readonly string[] | 'all')[] = []
    const release: (() => void)[] = []
    const requests = new MetadataRequests(false, ({ topics }) => {
      asked.push(topics)
      return new Promise((resolve) => release.push(resolve))
    })
    const first = requests.request(['a'])
    await Promise.resolve()
    const others = [requests.request(['b']), requests.request(['a', 'c'])]
    assert.deepEqual(asked, [['a']])
    release.shift()?.()
    await first
    await Promise.resolve()
    assert.deepEqual(asked, [['a'], ['b', 'a', 'c']])
    release.shift()?.()
    await Promise.all(others)
  })
})
