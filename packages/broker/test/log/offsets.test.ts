import assert from 'node:assert/strict'
import test from 'node:test'
import { LeaderEpochs } from '../../src/log/leader-epochs.ts'
import { batchOf } from './batches.ts'
import { newLog, openDirectory, reopenKilled } from './harness.ts'

const start = 1_700_000_000_000

test('a time finds the first record that is not older', async () => {
  const { storage, directory, log } = await newLog({ settings: { segmentBytes: 300, indexIntervalBytes: 0 } })
  const timestamps = [[10, 20, 30], [25, 15], [40, 40], [35, 60, 50], [70]]
  for (const each of timestamps) {
    const batch = batchOf({ values: each.map(String), timestamps: each.map((delta) => start + delta) })
    await log.append(batch).written
  }
  const check = (found: typeof log): void => {
    const at = (delta: number) => found.offsetForTimestamp(start + delta)
    assert.deepEqual(at(0), { offset: 0, timestamp: start + 10, leaderEpoch: 0 })
    assert.equal(at(11)?.offset, 1)
    assert.equal(at(26)?.offset, 2)
    assert.equal(at(31)?.offset, 5)
    assert.equal(at(41)?.offset, 8)
    assert.deepEqual(at(61), { offset: 10, timestamp: start + 70, leaderEpoch: 0 })
    assert.equal(at(71), null)
    assert.deepEqual(found.offsetForTimestamp(-3), { offset: 10, timestamp: start + 70, leaderEpoch: 0 })
  }
  check(log)
  await directory.close()
  const again = await openDirectory(storage)
  const reopened = again.get('topic', 0)
  assert.ok(reopened !== undefined)
  check(reopened)
  reopened.deleteRecordsBefore(3)
  assert.equal(reopened.offsetForTimestamp(0)?.offset, 3)
  await again.close()
})

test('the largest timestamp may stand anywhere', async () => {
  const { directory, log } = await newLog()
  assert.equal(log.offsetForTimestamp(-3), null)
  await log.append(batchOf({ values: ['a', 'b', 'c'], timestamps: [start, start + 9, start + 5] })).written
  await log.append(batchOf({ values: ['d'], timestamp: start + 7 })).written
  assert.deepEqual(log.offsetForTimestamp(-3), { offset: 1, timestamp: start + 9, leaderEpoch: 0 })
  await directory.close()
})

test('special timestamps name the ends of the log', async () => {
  const { directory, log } = await newLog()
  await log.append(batchOf({ values: ['a', 'b'] })).written
  assert.deepEqual(log.offsetForTimestamp(-1), { offset: 2, timestamp: -1, leaderEpoch: 0 })
  assert.deepEqual(log.offsetForTimestamp(-2), { offset: 0, timestamp: -1, leaderEpoch: 0 })
  assert.deepEqual(log.offsetForTimestamp(-4), { offset: 0, timestamp: -1, leaderEpoch: 0 })
  assert.equal(log.offsetForTimestamp(-5), null)
  assert.equal(log.offsetForTimestamp(-6), null)
  await directory.close()
})

test('each start after a kill begins a leader epoch, so that clients see what was lost', async () => {
  const { storage, log } = await newLog()
  await log.append(batchOf({ values: ['a', 'b', 'c'] })).written
  const second = await reopenKilled(storage)
  const again = second.get('topic', 0)
  assert.ok(again !== undefined)
  await again.append(batchOf({ values: ['d'] })).written
  assert.deepEqual(again.offsetForLeaderEpoch(0), { leaderEpoch: 0, endOffset: 3 })
  assert.deepEqual(again.offsetForLeaderEpoch(1), { leaderEpoch: 1, endOffset: 4 })
  assert.deepEqual(again.offsetForLeaderEpoch(2), { leaderEpoch: -1, endOffset: -1 })
  assert.deepEqual(again.offsetForLeaderEpoch(-1), { leaderEpoch: -1, endOffset: -1 })
  assert.equal(again.read(3, { maxBytes: 100 }).records.readInt32BE(12), 1)
  await second.close()
})

test('an epoch below all that are known ended where the first one began', () => {
  const epochs = new LeaderEpochs([
    { epoch: 2, startOffset: 0 },
    { epoch: 5, startOffset: 20 },
  ])
  assert.deepEqual(epochs.endOffsetOf(1, 30), { leaderEpoch: 1, endOffset: 0 })
  assert.deepEqual(epochs.endOffsetOf(4, 30), { leaderEpoch: 2, endOffset: 20 })
  assert.deepEqual(epochs.endOffsetOf(5, 30), { leaderEpoch: 5, endOffset: 30 })
  epochs.truncateFromStart(10)
  assert.equal(epochs.toText(), '0\n2\n2 10\n5 20\n')
  assert.deepEqual(LeaderEpochs.parse(epochs.toText())?.entries, epochs.entries)
  assert.equal(LeaderEpochs.parse('0\n2\n2 10\n'), undefined)
})

test('a file of epochs that are none is not read, and the largest epoch is followed by none', () => {
  assert.equal(LeaderEpochs.parse('0\n1\n2147483648 0\n'), undefined)
  assert.equal(LeaderEpochs.parse('0\n1\n2147483647 0\n')?.next, 2147483647)
  assert.equal(new LeaderEpochs().next, 0)
})
