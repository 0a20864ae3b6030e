import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { batchOf } from './batches.ts'
import { FaultyStorage } from './faulty-storage.ts'
import { newLog, readAll, reopenKilled, root } from './harness.ts'

const storageError = { code: 'KAFKA_STORAGE_ERROR', retriable: true }

async function faultyLog(settings = {}) {
  const faulty = new FaultyStorage(new MemoryStorage())
  return { faulty, ...(await newLog({ storage: faulty, settings }, faulty.inner)) }
}

test('a full disk fails the appends of the turn, all of them, and the log goes on when there is space', async () => {
  const { faulty, directory, log } = await faultyLog()
  await log.append(batchOf({ values: ['before'] })).written
  const { sizeInBytes } = log
  faulty.freeBytes = 100
  const sent = batchOf({ values: ['lost'], producerId: 1, producerEpoch: 0, baseSequence: 0 })
  const original = Buffer.from(sent)
  const first = log.append(sent)
  const second = log.append(batchOf({ values: ['lost, too'] }))
  assert.deepEqual([first.baseOffset, second.baseOffset, log.endOffset], [1, 2, 3])
  await assert.rejects(first.written, storageError)
  await assert.rejects(second.written, storageError)
  assert.deepEqual([log.endOffset, log.highWatermark, log.sizeInBytes], [1, 1, sizeInBytes])
  assert.equal(faulty.inner.status(`${root}/topic-0/00000000000000000000.log`)?.sizeInBytes, sizeInBytes)
  assert.deepEqual(sent, original, 'the producer can send the same bytes again')
  assert.ok(log.failure !== undefined)
  faulty.freeBytes = Infinity
  const again = log.append(sent)
  assert.deepEqual([again.baseOffset, again.isDuplicate], [1, false])
  await again.written
  assert.equal(log.failure, undefined)
  assert.equal(readAll(log).length, 2)
  await directory.close()
})

test('a file that cannot be cut back refuses appends until it can, and a reader never sees the torn bytes', async () => {
  const { faulty, storage, directory, log } = await faultyLog()
  await log.append(batchOf({ values: ['before'] })).written
  faulty.freeBytes = 30
  faulty.failsTruncate = true
  await assert.rejects(log.append(batchOf({ values: ['torn'] })).written, storageError)
  faulty.freeBytes = Infinity
  assert.throws(() => log.append(batchOf()), storageError)
  assert.equal(readAll(log).length, 1)
  await assert.rejects(directory.close(), storageError)
  assert.equal(storage.exists(`${root}/.kafka_cleanshutdown`), false)
  const recovered = await reopenKilled(storage)
  const found = recovered.get('topic', 0)
  assert.ok(found !== undefined)
  assert.equal(found.endOffset, 1)
  await recovered.close()
})

test('a roll that fails leaves the old segment in use', async () => {
  const { faulty, directory, log } = await faultyLog({ segmentBytes: 150 })
  await log.append(batchOf({ values: ['x'.repeat(60)] })).written
  faulty.freeBytes = 0
  const batch = batchOf({ values: ['y'.repeat(60)], producerId: 5, producerEpoch: 0, baseSequence: 0 })
  const original = Buffer.from(batch)
  assert.throws(() => log.append(batch), storageError)
  assert.deepEqual(batch, original)
  assert.equal(log.segmentCount, 1)
  faulty.freeBytes = Infinity
  await log.append(batch).written
  assert.equal(log.segmentCount, 2)
  assert.equal(readAll(log).length, 2)
  await directory.close()
})

test('after a failed sync nothing is acknowledged any more, and the next start recovers', async () => {
  const { faulty, storage, directory, log } = await faultyLog({ flushMessages: 1 })
  await log.append(batchOf()).written
  assert.ok(faulty.synced.some((path) => path.endsWith('.log')))
  faulty.failsSync = true
  await assert.rejects(log.append(batchOf()).written, storageError)
  faulty.failsSync = false
  assert.throws(() => log.append(batchOf()), storageError)
  await assert.rejects(directory.close())
  const recovered = await reopenKilled(storage)
  assert.equal(recovered.wasCleanShutdown, false)
  assert.equal(recovered.get('topic', 0)?.endOffset, 2)
  await recovered.close()
})

function held(batches: ReturnType<typeof readAll>): readonly string[] {
  return batches.map((batch) => batch.bytes.toString('hex'))
}

test('whatever the disk has room for, acknowledged batches are there after a kill and the others are not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(300), fc.boolean(), fc.option(fc.nat(600), { nil: undefined })), { maxLength: 25 }),
      async (steps) => {
        const { faulty, storage, log } = await faultyLog({ segmentBytes: 600, indexIntervalBytes: 100 })
        const acknowledged: string[] = []
        let sequence = 0
        for (const [size, endsTurn, freeBytes] of steps) {
          faulty.freeBytes = freeBytes ?? Infinity
          const batch = batchOf({
            values: [Buffer.alloc(size, 'v')],
            producerId: 3,
            producerEpoch: 0,
            baseSequence: sequence,
          })
          try {
            const { written, baseOffset } = log.append(batch)
            if (endsTurn) log.writePending()
            await written
            assert.equal(baseOffset, acknowledged.length)
            acknowledged.push(batch.toString('hex'))
            sequence++
          } catch (error) {
            assert.equal((error as { code?: string }).code, 'KAFKA_STORAGE_ERROR')
          }
        }
        assert.deepEqual(held(readAll(log)), acknowledged)
        const recovered = await reopenKilled(storage)
        const found = recovered.get('topic', 0)
        assert.ok(found !== undefined)
        assert.deepEqual(held(readAll(found)), acknowledged)
        await recovered.close()
      },
    ),
    { seed: 20261121, numRuns: 200 },
  )
})
