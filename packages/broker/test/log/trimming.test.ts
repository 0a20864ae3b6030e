import assert from 'node:assert/strict'
import test from 'node:test'
import type { LogSettings } from '../../src/log/log-settings.ts'
import type { PartitionLog } from '../../src/log/partition-log.ts'
import { batchOf } from './batches.ts'
import { TestTime, newLog, openDirectory, readAll, reopenKilled, testEnvironment } from './harness.ts'

const dayMs = 24 * 60 * 60 * 1000
const oneBatch = batchOf({ key: 'k', values: ['0'] }).length

/** Ten segments of one record each. */
async function tenSegments(settings: Partial<LogSettings> = {}) {
  const time = new TestTime()
  const environment = testEnvironment(time)
  const made = await newLog({ environment, settings: { segmentBytes: oneBatch, ...settings } })
  for (let index = 0; index < 10; index++) {
    await made.log.append(batchOf({ key: 'k', values: [`${index}`], timestamp: time.nowMs })).written
    time.advance(1000)
  }
  assert.equal(made.log.segmentCount, 10)
  return { time, environment, ...made }
}

function files(log: PartitionLog, storage: { list(path: string): readonly string[] }, ending: string): number {
  return storage.list(log.directory).filter((name) => name.endsWith(ending)).length
}

test('records past retention.ms go, whole segments at a time, and their files follow later', async () => {
  const { time, storage, directory, log } = await tenSegments({ retentionMs: 7500 })
  await directory.applyRetention()
  assert.deepEqual([log.startOffset, log.segmentCount], [3, 7])
  assert.throws(() => log.read(2, { maxBytes: 100 }), { code: 'OFFSET_OUT_OF_RANGE' })
  assert.equal(readAll(log).length, 7)
  assert.equal(files(log, storage, '.log.deleted'), 3)
  time.advance(60_000)
  await new Promise(setImmediate)
  assert.equal(files(log, storage, '.deleted'), 0)
  await directory.close()
})

test('even the segment that is written to goes when its records are past retention.ms', async () => {
  const { time, storage, directory, log } = await tenSegments({ retentionMs: dayMs })
  time.advance(2 * dayMs)
  await directory.applyRetention()
  assert.deepEqual([log.startOffset, log.endOffset, log.segmentCount, log.sizeInBytes], [10, 10, 1, 0])
  await log.append(batchOf({ values: ['a'] })).written
  await directory.close()
  const again = await openDirectory(storage)
  assert.deepEqual([again.get('topic', 0)?.startOffset, again.get('topic', 0)?.endOffset], [10, 11])
  await again.close()
})

test('a log beyond retention.bytes loses old segments while that much remains', async () => {
  const { directory, log } = await tenSegments({ retentionBytes: Math.floor(oneBatch * 3.5) })
  await directory.applyRetention()
  assert.equal(log.startOffset, 6)
  await directory.close()
})

test('a topic that is only compacted keeps its records whatever the retention', async () => {
  const { time, directory, log } = await tenSegments({ cleanupPolicy: ['compact'], retentionMs: 1, retentionBytes: 1 })
  time.advance(dayMs)
  await directory.applyRetention()
  assert.equal(log.startOffset, 0)
  log.deleteRecordsBefore(4)
  assert.deepEqual([log.startOffset, log.segmentCount], [4, 6])
  await directory.close()
})

test('retention runs by itself', async () => {
  const { time, directory, log } = await tenSegments({ retentionMs: 60_000 })
  time.advance(10 * 60_000)
  await directory.applyRetention()
  assert.equal(log.startOffset, 10)
  await directory.close()
})

test('deleted records stay deleted, after a shutdown in order and after a kill', async () => {
  const { time, environment, storage, directory, log } = await newLogOf(10)
  assert.equal(log.deleteRecordsBefore(4), 4)
  assert.equal(log.deleteRecordsBefore(2), 4)
  assert.throws(() => log.deleteRecordsBefore(11), { code: 'OFFSET_OUT_OF_RANGE' })
  assert.throws(() => log.deleteRecordsBefore(-2), { code: 'OFFSET_OUT_OF_RANGE' })
  assert.throws(() => log.read(3, { maxBytes: 100 }), { code: 'OFFSET_OUT_OF_RANGE' })
  assert.equal(log.offsetForTimestamp(-2)?.offset, 4)
  time.advance(2000)
  await directory.flush()
  const killed = await reopenKilled(storage, { environment })
  assert.equal(killed.get('topic', 0)?.startOffset, 4)
  assert.equal(killed.get('topic', 0)?.deleteRecordsBefore(-1), 10)
  await killed.close()
  const clean = await openDirectory(storage)
  assert.deepEqual([clean.get('topic', 0)?.startOffset, clean.get('topic', 0)?.endOffset], [10, 10])
  await clean.close()
})

async function newLogOf(count: number) {
  const time = new TestTime()
  const environment = testEnvironment(time)
  const made = await newLog({ environment })
  for (let index = 0; index < count; index++) made.log.append(batchOf({ values: [`${index}`] }))
  await made.log.flush()
  return { time, environment, ...made }
}

test('segments roll by size, age, full index and the reach of relative offsets', async () => {
  const { directory, log } = await newLog({
    settings: { segmentBytes: 10_000, segmentMs: dayMs, segmentIndexBytes: 40, indexIntervalBytes: 0 },
  })
  const start = 1_700_000_000_000
  for (let index = 0; index < 3; index++) await log.append(batchOf({ timestamp: start + index })).written
  assert.equal(log.segmentCount, 1)
  await log.append(batchOf({ timestamp: start + 3 })).written
  assert.equal(log.segmentCount, 2, 'the time index is full')
  await log.append(batchOf({ timestamp: start + dayMs + 4 })).written
  assert.equal(log.segmentCount, 3, 'the first record is a day older')
  await log.append(batchOf({ values: ['x'.repeat(9900)], timestamp: start + dayMs + 4 })).written
  assert.equal(log.segmentCount, 4, 'it would be too large')
  const wide = batchOf()
  wide.writeInt32BE(0x7fff_ffff, 23)
  await log.append(wide, { origin: 'coordinator' }).written
  assert.equal(log.segmentCount, 5, 'its last offset would be out of reach')
  await directory.close()
})
