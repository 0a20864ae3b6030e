import assert from 'node:assert/strict'
import test from 'node:test'
import { batchOf } from './batches.ts'
import { batchesIn, newLog, readAll, reopenKilled, openDirectory } from './harness.ts'

test('what one turn appends gets offsets at once and is read after the turn', async () => {
  const { directory, log } = await newLog()
  const first = log.append(batchOf({ values: ['a', 'b'] }))
  const second = log.append(batchOf({ values: ['c'] }))
  assert.deepEqual([first.baseOffset, first.lastOffset, second.baseOffset], [0, 1, 2])
  assert.equal(log.highWatermark, 0)
  assert.equal(first.written, second.written)
  await second.written
  assert.equal(log.highWatermark, 3)
  assert.deepEqual(
    batchesIn(log.read(0, { maxBytes: 1 << 20 }).records).map((batch) => batch.baseOffset),
    [0, 2],
  )
  await directory.close()
})

test('a log is found again after a shutdown in order and after a kill', async () => {
  const { storage, directory, log } = await newLog()
  for (let index = 0; index < 10; index++) log.append(batchOf({ values: [`value ${index}`] }))
  await directory.close()
  const clean = await openDirectory(storage)
  assert.equal(clean.wasCleanShutdown, true)
  const again = clean.get('topic', 0)
  assert.ok(again !== undefined)
  assert.equal(again.endOffset, 10)
  assert.equal(again.leaderEpoch, 0)
  await again.append(batchOf()).written
  const killed = await reopenKilled(storage)
  assert.equal(killed.wasCleanShutdown, false)
  const recovered = killed.get('topic', 0)
  assert.ok(recovered !== undefined)
  assert.equal(recovered.endOffset, 11)
  assert.equal(recovered.leaderEpoch, 1)
  assert.equal(readAll(recovered).length, 11)
  await killed.close()
})
