import assert from 'node:assert/strict'
import test from 'node:test'
import { RecordBatch, compressionTypes, RecordBatchBuilder } from '@streamwright/protocol'
import * as fc from 'fast-check'
import type { LogDirectory } from '../../src/log/log-directory.ts'
import type { LogSettings } from '../../src/log/log-settings.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { PartitionLog } from '../../src/log/partition-log.ts'
import { FaultyStorage } from './faulty-storage.ts'
import { KilledStorage } from '../support/killed-storage.ts'
import { batchOf, markerOf } from './batches.ts'
import { TestTime, newLog, openDirectory, readAll, reopenKilled, testEnvironment } from './harness.ts'

const compact: Partial<LogSettings> = { cleanupPolicy: ['compact'], minCleanableDirtyRatio: 0.01, segmentBytes: 300 }

/** A compacted log; segments are rolled by hand, or when they have 300 bytes. */
async function compactedLog(settings: Partial<LogSettings> = {}, more: { cleanerMapBytesMax?: number } = {}) {
  const time = new TestTime()
  const environment = testEnvironment(time)
  const made = await newLog({ environment, settings: { ...compact, ...settings }, ...more })
  return { time, environment, ...made }
}

async function put(log: PartitionLog, key: string | null, value: string | null, timestamp?: number): Promise<void> {
  await log.append(recordOf(key, value, timestamp)).written
}

function recordOf(key: string | null, value: string | null, timestamp = 1_700_000_000_000): Buffer {
  const builder = new RecordBatchBuilder()
  builder.append(timestamp, key, value)
  return Buffer.from(builder.build({}))
}

/** `offset key=value` of every record, as a reader of either level sees it. */
function contentOf(log: PartitionLog, isolation: 'read_committed' | 'read_uncommitted' = 'read_uncommitted'): string[] {
  const found: string[] = []
  for (let next = log.startOffset; next < log.highWatermark;) {
    const read = log.read(next, { maxBytes: 1 << 20, isolation })
    const aborted = [...(read.abortedTransactions ?? [])]
    const active = new Set<number>()
    const batches = RecordBatch.read(read.records)
    if (batches.length === 0) break
    for (const batch of batches) {
      batch.ensureValid()
      assert.ok(batch.baseOffset >= next || batch.nextOffset > next, 'batches come in order')
      next = batch.nextOffset
      while ((aborted[0]?.firstOffset ?? Infinity) <= batch.lastOffset) active.add(aborted.shift()?.producerId ?? -1)
      const cursor = batch.records()
      while (cursor.next()) {
        if (batch.isControl) {
          if (cursor.key()?.[3] === 0) active.delete(batch.producerId)
        } else if (!batch.isTransactional || !active.has(batch.producerId)) {
          found.push(`${cursor.offset} ${String(cursor.key())}=${String(cursor.value())}`)
        }
      }
    }
  }
  return found
}

/** What a table made of the records holds. */
function tableOf(content: readonly string[]): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  for (const line of content) {
    const [, key = '', value = ''] = /^\d+ (.*)=(.*)$/.exec(line) ?? []
    if (value === 'null') table.delete(key)
    else table.set(key, value)
  }
  return table
}

test('of each key the last record stays, under its offset; the segment that is written to is left alone', async () => {
  const { directory, log } = await compactedLog()
  for (let round = 0; round < 5; round++) for (const key of ['a', 'b', 'c']) await put(log, key, `${key}${round}`)
  const before = contentOf(log)
  await directory.clean()
  const after = contentOf(log)
  assert.ok(after.length < before.length)
  assert.deepEqual(
    after,
    before.filter((line) => after.includes(line)),
  )
  assert.deepEqual(tableOf(after), tableOf(before))
  assert.deepEqual(log.endOffset, 15)
  assert.equal(log.startOffset, 0)
  await put(log, 'a', 'next')
  log.roll()
  await directory.clean()
  assert.deepEqual(contentOf(log), ['13 b=b4', '14 c=c4', '15 a=next'])
})

test('a reader at any offset finds the next record that is left', async () => {
  const { directory, log } = await compactedLog()
  for (let index = 0; index < 40; index++) await put(log, `k${index % 3}`, String(index))
  log.roll()
  await directory.clean()
  const left = readAll(log).filter(({ bytes }) => bytes.readInt32BE(57) > 0)
  for (let offset = 0; offset < 40; offset++) {
    const [first] = RecordBatch.read(log.read(offset, { maxBytes: 1 }).records)
    assert.ok(first !== undefined && first.lastOffset >= offset)
  }
  assert.equal(left.length, 3)
})

test('a deletion stays until delete.retention.ms have passed since it was first compacted', async () => {
  const { time, directory, log } = await compactedLog({ deleteRetentionMs: 1000 })
  await put(log, 'a', 'x')
  await put(log, 'a', null)
  await put(log, 'b', 'y')
  log.roll()
  await directory.clean()
  assert.deepEqual(contentOf(log), ['1 a=null', '2 b=y'])
  const [tombstone] = RecordBatch.read(log.read(1, { maxBytes: 1 }).records)
  assert.equal(tombstone?.hasDeleteHorizon, true)
  assert.equal(tombstone?.baseTimestamp, time.nowMs + 1000)
  const cursor = tombstone?.records()
  assert.ok(cursor?.next())
  assert.equal(cursor?.timestamp, 1_700_000_000_000)
  time.advance(999)
  await put(log, 'c', 'z')
  log.roll()
  await directory.clean()
  assert.deepEqual(contentOf(log), ['1 a=null', '2 b=y', '3 c=z'])
  time.advance(1)
  await put(log, 'd', 'z')
  log.roll()
  await directory.clean()
  assert.deepEqual(contentOf(log), ['2 b=y', '3 c=z', '4 d=z'])
})

test('batches of many records, with headers and of every codec, lose what is outdated and keep the rest', async () => {
  for (const compression of compressionTypes) {
    const { directory, log } = await compactedLog({ segmentBytes: 100_000 })
    for (let batch = 0; batch < 3; batch++) {
      const builder = new RecordBatchBuilder({ compression })
      for (let index = 0; index < 20; index++) {
        const headers = [{ key: 'h', value: Buffer.from(String(index)) }]
        builder.append(
          1_700_000_000_000 + index,
          `k${(batch * 10 + index) % 40}`,
          index === 7 ? null : `v${batch}`,
          headers,
        )
      }
      await log.append(Buffer.from(builder.build({}))).written
    }
    const before = contentOf(log)
    log.roll()
    await directory.clean()
    const after = contentOf(log)
    assert.deepEqual(tableOf(after), tableOf(before), compression)
    assert.equal(new Set(after.map((line) => /^\d+ (\w+)/.exec(line)?.[1])).size, after.length)
    for (const { bytes } of readAll(log)) {
      const batch = new RecordBatch(bytes, 0, bytes.length)
      assert.equal(batch.compression, compression)
      const cursor = batch.records()
      while (cursor.next()) {
        assert.equal(cursor.headers()[0]?.value?.toString(), String(cursor.timestamp - 1_700_000_000_000))
      }
    }
  }
})

test('records that are too young are left, and what is past max.compaction.lag.ms does not wait for more', async () => {
  const young = await compactedLog({ minCompactionLagMs: 1000 })
  for (let index = 0; index < 12; index++) await put(young.log, 'a', String(index), young.time.nowMs)
  young.log.roll()
  await young.directory.clean()
  assert.equal(contentOf(young.log).length, 12)
  young.time.advance(1001)
  await young.directory.clean()
  assert.deepEqual(contentOf(young.log), ['11 a=11'])

  const { time, directory, log } = await compactedLog({ minCleanableDirtyRatio: 1, maxCompactionLagMs: 5000 })
  await put(log, 'a', '0', time.nowMs)
  await put(log, 'a', '1', time.nowMs)
  // The age of the first record closes the segment, too.
  await put(log, 'b', '2', time.nowMs + 5001)
  assert.equal(log.segmentCount, 2)
  await directory.clean()
  assert.equal(contentOf(log).length, 3)
  time.advance(5001)
  await directory.clean()
  assert.deepEqual(contentOf(log), ['1 a=1', '2 b=2'])
})

test('a log with more keys than fit into memory is compacted in several passes', async () => {
  const { directory, log } = await compactedLog({}, { cleanerMapBytesMax: 24 * 8 })
  for (let round = 0; round < 2; round++) {
    for (let key = 0; key < 30; key++) await put(log, `k${key}`, String(round))
  }
  const table = tableOf(contentOf(log))
  log.roll()
  await directory.clean()
  assert.deepEqual(tableOf(contentOf(log)), table)
  const keys = contentOf(log).length
  assert.ok(keys >= 30 && keys < 60)
})

test('small segments are joined; snapshots and deletion marks of the old ones go', async () => {
  const { time, storage, directory, log } = await compactedLog()
  for (let index = 0; index < 100; index++) await put(log, `k${index % 4}`, String(index))
  log.roll()
  const before = log.segmentCount
  await directory.clean()
  // By the sizes that they had, nothing could be joined; now it can.
  await put(log, 'k0', 'next')
  log.roll()
  await directory.clean()
  assert.ok(log.segmentCount < before / 2)
  time.advance(60_000)
  await new Promise(setImmediate)
  const names = storage.list(log.directory).filter((name) => /\.(cleaned|swap|deleted)$/.test(name))
  assert.deepEqual(names, [])
  assert.equal(storage.list(log.directory).filter((name) => name.endsWith('.log')).length, log.segmentCount)
})

test('how far a log is clean is known after a restart, and forgotten when its topic is made anew', async () => {
  const { storage, directory, log } = await compactedLog()
  for (let index = 0; index < 10; index++) await put(log, 'a', String(index))
  log.roll()
  await directory.clean()
  const checkpoint = (): string => storage.readFile('/data/cleaner-offset-checkpoint').toString()
  assert.equal(checkpoint(), '0\n1\ntopic 0 10\n')
  await directory.close()
  const again = await openDirectory(storage, { settings: compact })
  assert.deepEqual(contentOf(again.get('topic', 0) ?? log), ['9 a=9'])
  again.delete('topic', 0)
  await again.close()
  assert.equal(checkpoint(), '0\n0\n')
})

test('compact,delete: old segments go by time as well', async () => {
  const { time, directory, log } = await compactedLog({ cleanupPolicy: ['compact', 'delete'], retentionMs: 1000 })
  for (let index = 0; index < 12; index++) await put(log, `k${index % 2}`, String(index), time.nowMs)
  log.roll()
  await directory.clean()
  assert.equal(contentOf(log).length, 2)
  time.advance(1001)
  await put(log, 'x', 'y', time.nowMs)
  await directory.applyRetention()
  assert.deepEqual(contentOf(log), ['12 x=y'])
})

async function inTransaction(log: PartitionLog, producerId: number, sequence: number, key: string, value: string) {
  const fields = { producerId, producerEpoch: 0, baseSequence: sequence, isTransactional: true }
  await log.append(batchOf({ key, values: [value], ...fields })).written
}

async function end(log: PartitionLog, producerId: number, outcome: 'commit' | 'abort') {
  await log.append(markerOf(outcome, producerId, 0), { origin: 'coordinator' }).written
}

test('aborted records go at once, markers when nothing of their transaction is left; open ones stop it', async () => {
  const { time, directory, log } = await compactedLog({ deleteRetentionMs: 1000 })
  await inTransaction(log, 1, 0, 'a', 'committed')
  await end(log, 1, 'commit')
  await inTransaction(log, 2, 0, 'a', 'aborted')
  await end(log, 2, 'abort')
  await inTransaction(log, 3, 0, 'b', 'open')
  log.roll()
  await put(log, 'c', 'x')
  log.roll()
  await directory.clean()
  // The aborted record does not count, nor is it there; its producer's last batch keeps its header.
  const committed = ['0 a=committed']
  assert.deepEqual(contentOf(log, 'read_committed'), committed)
  assert.ok(contentOf(log).includes('4 b=open'))
  await end(log, 3, 'abort')
  await put(log, 'a', 'newer')
  log.roll()
  await directory.clean()
  assert.deepEqual(contentOf(log, 'read_committed'), ['5 c=x', '7 a=newer'])
  assert.equal(log.lastStableOffset, log.highWatermark)
  // Markers wait for their horizon, and then go.
  const markers = (): number => readAll(log).filter(({ bytes }) => (bytes.readInt16BE(21) & 0x20) !== 0).length
  assert.ok(markers() > 0)
  for (let pass = 0; pass < 3; pass++) {
    time.advance(1001)
    await put(log, `more${pass}`, 'x')
    log.roll()
    await directory.clean()
  }
  assert.ok(markers() <= 3)
})

test('a producer goes on with its sequence after its last record was compacted away, also after a restart', async () => {
  const { storage, directory, log } = await compactedLog()
  const producer = { producerId: 7, producerEpoch: 3 }
  await log.append(batchOf({ key: 'a', values: ['x'], ...producer, baseSequence: 0 })).written
  await log.append(batchOf({ key: 'a', values: ['y'], ...producer, baseSequence: 1 })).written
  await put(log, 'a', 'from another')
  log.roll()
  await directory.clean()
  assert.deepEqual(contentOf(log), ['2 a=from another'])
  for (const name of storage.list(log.directory)) {
    if (name.endsWith('.snapshot')) storage.removeFile(`${log.directory}/${name}`)
  }
  const again = (await reopenKilled(storage, { settings: compact })).get('topic', 0) ?? log
  assert.throws(() => again.append(batchOf({ key: 'a', values: ['z'], ...producer, baseSequence: 5 })), {
    code: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  })
  await again.append(batchOf({ key: 'a', values: ['z'], ...producer, baseSequence: 2 })).written
})

/** Writes some of everything, and compacts in between. */
async function history(directory: LogDirectory, log: PartitionLog, seed: number, steps: number): Promise<void> {
  let state = seed >>> 0
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const sequences = [0, 0, 0]
  const open = new Set<number>()
  for (let step = 0; step < steps; step++) {
    const key = `k${random(6)}`
    const producerId = random(3)
    const choice = random(12)
    if (choice < 5) await put(log, key, String(step))
    else if (choice === 5) await put(log, key, null)
    else if (choice < 9) {
      await inTransaction(log, producerId, sequences[producerId] ?? 0, key, `t${step}`)
      sequences[producerId] = (sequences[producerId] ?? 0) + 1
      open.add(producerId)
    } else if (choice === 9 && open.delete(producerId)) await end(log, producerId, random(2) === 0 ? 'commit' : 'abort')
    else if (choice === 10) await directory.clean()
  }
  for (const producerId of open) await end(log, producerId, 'abort')
}

test('at random: readers of both levels make the same table before and after, and so after a kill at any moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.nat(400), async (seed, changesLeft) => {
      // The same history without compaction says what must be seen.
      const settings = { ...compact, deleteRetentionMs: 1e9 }
      const plain = await newLog({ settings: { ...settings, cleanupPolicy: ['delete'], retentionMs: -1 } })
      await history(plain.directory, plain.log, seed, 60)
      const expected = tableOf(contentOf(plain.log, 'read_committed'))
      const disk = new KilledStorage(new MemoryStorage(), Infinity)
      const made = await openDirectory(disk as unknown as MemoryStorage, { settings })
      const log = made.create('topic', 0, '50FiR1YzRC-zyoskInssLA')
      await history(made, log, seed, 60)
      assert.equal(log.endOffset, plain.log.endOffset)
      assert.deepEqual(tableOf(contentOf(log, 'read_committed')), expected)
      log.roll()
      await made.flush()
      disk.killAfter(changesLeft % 40)
      await made.clean()
      assert.deepEqual(tableOf(contentOf(log, 'read_committed')), expected)
      const again = await reopenKilled(disk.survivor, { settings })
      const survived = again.get('topic', 0) ?? log
      assert.deepEqual(tableOf(contentOf(survived, 'read_committed')), expected)
      assert.equal(survived.endOffset, log.endOffset)
      assert.equal(survived.lastStableOffset, survived.highWatermark)
      await again.clean()
      assert.deepEqual(tableOf(contentOf(survived, 'read_committed')), expected)
    }),
    { numRuns: 60, seed: 20_261_121 },
  )
})

test('a disk that fails while segments are swapped costs nothing, then and after a restart', async () => {
  for (let failsAt = 0; failsAt < 12; failsAt++) {
    const disk = new RenamesFail(new MemoryStorage())
    const made = await openDirectory(disk as unknown as MemoryStorage, { settings: compact })
    const log = made.create('topic', 0, '50FiR1YzRC-zyoskInssLA')
    for (let index = 0; index < 20; index++) await put(log, `k${index % 5}`, String(index))
    log.roll()
    const expected = tableOf(contentOf(log))
    disk.renamesLeft = failsAt
    await made.clean()
    disk.renamesLeft = Infinity
    assert.deepEqual(tableOf(contentOf(log)), expected, `rename ${failsAt} fails`)
    const again = await reopenKilled(disk.inner, { settings: compact })
    assert.deepEqual(tableOf(contentOf(again.get('topic', 0) ?? log)), expected, `rename ${failsAt} failed`)
  }
})

/** A disk on which nothing can be renamed any more after a while. */
class RenamesFail extends FaultyStorage {
  renamesLeft = Infinity

  override rename(from: string, to: string): void {
    if (this.renamesLeft-- <= 0) throw Object.assign(new Error('EIO: as the test wants it'), { code: 'EIO' })
    super.rename(from, to)
  }
}
