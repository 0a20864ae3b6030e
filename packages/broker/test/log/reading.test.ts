import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { TailBudget, TailCache } from '../../src/log/tail-cache.ts'
import { batchOf } from './batches.ts'
import { batchesIn, newLog, openDirectory, readAll } from './harness.ts'

test('a read returns the whole batch that holds the offset', async () => {
  const { directory, log } = await newLog()
  await log.append(batchOf({ values: ['a', 'b', 'c'] })).written
  await log.append(batchOf({ values: ['d'] })).written
  assert.deepEqual(
    batchesIn(log.read(2, { maxBytes: 1 << 20 }).records).map((batch) => batch.baseOffset),
    [0, 3],
  )
  await directory.close()
})

test('the first batch comes whole whatever the limit, unless that is not wanted', async () => {
  const { directory, log } = await newLog()
  const batch = batchOf({ values: ['x'.repeat(500)] })
  await log.append(Buffer.from(batch)).written
  await log.append(Buffer.from(batch)).written
  for (const maxBytes of [0, 1, 100, batch.length, batch.length * 2 - 1]) {
    assert.equal(log.read(0, { maxBytes }).records.length, batch.length)
    const strict = log.read(0, { maxBytes, atLeastOne: false }).records.length
    assert.equal(strict, maxBytes < batch.length ? 0 : batch.length)
  }
  assert.equal(log.read(0, { maxBytes: batch.length * 2 }).records.length, batch.length * 2)
  await directory.close()
})

test('offsets outside the log are out of range; its end is an empty read', async () => {
  const { directory, log } = await newLog()
  await log.append(batchOf({ values: ['a', 'b'] })).written
  for (const offset of [-1, 3, 100]) {
    assert.throws(() => log.read(offset, { maxBytes: 100 }), { code: 'OFFSET_OUT_OF_RANGE' })
  }
  assert.equal(log.read(2, { maxBytes: 100 }).records.length, 0)
  await directory.close()
})

test('what is read is the same from memory and from files, at any offset and limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(60), fc.boolean()), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 400, max: 3000 }),
      fc.nat(1000),
      // Small batches are written together, large ones as they are.
      fc.constantFrom(1, 200),
      async (appends, segmentSize, limit, scale) => {
        const settings = { segmentBytes: segmentSize * scale, indexIntervalBytes: 50 * scale }
        const maxBytes = limit * scale
        const { storage, directory, log } = await newLog({ settings })
        const expected: string[] = []
        for (const [count, size, endsTurn] of appends) {
          const batch = batchOf({
            values: Array.from({ length: count }, () => Buffer.alloc(size * scale, expected.length)),
          })
          const { written, baseOffset } = log.append(batch)
          for (let index = 0; index < count; index++) expected[baseOffset + index] = batch.toString('hex')
          if (endsTurn) await written
        }
        await log.flush()
        await directory.close()
        const fromFiles = await openDirectory(storage, { settings })
        const reopened = fromFiles.get('topic', 0)
        assert.ok(reopened !== undefined)
        for (const [offset, bytes] of expected.entries()) {
          const found = batchesIn(reopened.read(offset, { maxBytes }).records)
          assert.equal(found[0]?.bytes.toString('hex'), bytes)
        }
        assert.equal(readAll(reopened, 0, maxBytes).length, appends.length)
        await fromFiles.close()
      },
    ),
    { seed: 20261121, numRuns: 100 },
  )
})

test('a reader at the end of the log needs no file', async () => {
  const { storage, directory, log } = await newLog()
  for (let index = 0; index < 50; index++) await log.append(batchOf({ values: [`${index}`] })).written
  const path = `${log.directory}/00000000000000000000.log`
  storage.open(path, 'update').write([Buffer.alloc(100)], 0)
  const read = log.read(40, { maxBytes: 1 << 20 })
  assert.equal(batchesIn(read.records).length, 10)
  await directory.close()
})

test('the tails of all partitions stay within their budget, the idlest giving way', () => {
  const budget = new TailBudget(1_000_000)
  const tails = Array.from({ length: 10 }, () => new TailCache(budget, 400_000))
  for (let round = 0; round < 200; round++) {
    for (const [index, tail] of tails.entries()) {
      const batch = batchOf({ values: [Buffer.alloc(5000)] })
      batch.writeBigInt64BE(BigInt(round), 0)
      tail.push(tail.gather([batch], batch.length), round, round + 1)
      assert.ok(tail.bytes <= 400_000)
      assert.ok(budget.bytes <= 1_000_000, `after ${index}`)
    }
  }
  assert.equal(
    budget.bytes,
    tails.reduce((sum, tail) => sum + tail.bytes, 0),
  )
  assert.ok(tails.at(-1)?.read(199, 1000, true, 200) !== undefined)
})

test('damage in the middle of a log is an error for its readers, and for no others', async () => {
  const { storage, directory, log } = await newLog({ settings: { indexIntervalBytes: 100 } })
  const size = batchOf({ values: ['0'] }).length
  for (let index = 0; index < 10; index++) log.append(batchOf({ values: [`${index}`] }))
  await log.flush()
  await directory.close()
  storage.open(`${log.directory}/00000000000000000000.log`, 'update').write([Buffer.alloc(size, 0xff)], size * 5)
  const again = await openDirectory(storage)
  const damaged = again.get('topic', 0)
  assert.ok(damaged !== undefined)
  assert.equal(batchesIn(damaged.read(0, { maxBytes: size * 5 }).records).length, 5)
  assert.throws(() => damaged.read(5, { maxBytes: 100 }), { code: 'CORRUPT_MESSAGE' })
  assert.equal(batchesIn(damaged.read(9, { maxBytes: 1000 }).records).length, 1)
  await again.close()
})
