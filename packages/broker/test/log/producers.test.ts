import assert from 'node:assert/strict'
import test from 'node:test'
import { ProducerState } from '../../src/log/producer-state.ts'
import { batchOf, markerOf } from './batches.ts'
import type { BatchFields } from './batches.ts'
import { TestTime, newLog, readAll, testEnvironment } from './harness.ts'

const hourMs = 60 * 60 * 1000

function produced(baseSequence: number, fields: BatchFields = {}): Buffer {
  return batchOf({ producerId: 4, producerEpoch: 0, baseSequence, ...fields })
}

test('a repeated batch gets the offsets of the first one, while it is one of the last five', async () => {
  const { directory, log } = await newLog()
  for (let sequence = 0; sequence < 6; sequence++) log.append(produced(sequence))
  for (let sequence = 1; sequence < 6; sequence++) {
    const again = log.append(produced(sequence))
    assert.deepEqual([again.isDuplicate, again.baseOffset], [true, sequence])
  }
  assert.throws(() => log.append(produced(0)), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  await log.flush()
  assert.equal(readAll(log).length, 6)
  await directory.close()
})

test('a repeated batch that is not written yet is acknowledged with the first one', async () => {
  const { directory, log } = await newLog()
  const first = log.append(produced(0))
  const again = log.append(produced(0))
  assert.equal(again.written, first.written)
  assert.equal(again.isDuplicate, true)
  await directory.close()
})

test('sequences have no gaps, epochs do not go back, and an unknown producer may start anywhere', async () => {
  const { directory, log } = await newLog()
  log.append(produced(0, { values: ['0', '1', '2'] }))
  log.append(produced(3, { values: ['3', '4'] }))
  assert.throws(() => log.append(produced(9)), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  assert.throws(() => log.append(produced(4, { values: ['4', '5', '6'] })), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  assert.throws(() => log.append(produced(1, { producerEpoch: 1 })), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  log.append(produced(0, { producerEpoch: 1 }))
  assert.throws(() => log.append(produced(5)), { code: 'INVALID_PRODUCER_EPOCH' })
  assert.equal(log.append(produced(77, { producerId: 99 })).baseOffset, 6)
  await directory.close()
})

test('sequences go on with 0 after 2^31 - 1', async () => {
  const { directory, log } = await newLog()
  log.append(produced(0x7fff_fffe, { values: ['a', 'b', 'c'] }))
  assert.equal(log.append(produced(1)).isDuplicate, false)
  assert.equal(log.append(produced(0x7fff_fffe, { values: ['a', 'b', 'c'] })).isDuplicate, true)
  await directory.close()
})

function transactional(producerId: number, baseSequence: number): Buffer {
  return produced(baseSequence, { producerId, isTransactional: true })
}

test('the last stable offset waits for the oldest open transaction', async () => {
  const { directory, log } = await newLog()
  log.append(batchOf())
  log.append(transactional(1, 0))
  log.append(transactional(2, 0))
  assert.throws(() => log.append(produced(1, { producerId: 1 })), { code: 'INVALID_TXN_STATE' })
  await log.flush()
  assert.deepEqual([log.lastStableOffset, log.highWatermark], [1, 3])
  assert.equal(log.read(0, { maxBytes: 1000, isolation: 'read_committed' }).records.length, batchOf().length)
  assert.equal(log.read(1, { maxBytes: 1000, isolation: 'read_committed' }).records.length, 0)
  assert.equal(log.offsetForTimestamp(-1, 'read_committed')?.offset, 1)
  log.append(markerOf('abort', 1, 0), { origin: 'coordinator' })
  assert.equal(log.lastStableOffset, 1, 'a marker counts when it is written')
  await log.flush()
  assert.equal(log.lastStableOffset, 2)
  await log.append(markerOf('abort', 2, 0), { origin: 'coordinator' }).written
  assert.equal(log.lastStableOffset, 5)
  const aborted = (from: number) =>
    log.read(from, { maxBytes: 1 << 20, isolation: 'read_committed' }).abortedTransactions
  assert.deepEqual(aborted(0), [
    { producerId: 1, firstOffset: 1 },
    { producerId: 2, firstOffset: 2 },
  ])
  assert.deepEqual(aborted(4), [{ producerId: 2, firstOffset: 2 }])
  assert.equal(log.read(0, { maxBytes: 1000 }).abortedTransactions, null)
  await directory.close()
})

test('markers of an old epoch or coordinator are refused', async () => {
  const { directory, log } = await newLog()
  await log.append(markerOf('commit', 1, 3), { origin: 'coordinator' }).written
  assert.throws(() => log.append(markerOf('commit', 1, 2), { origin: 'coordinator' }), {
    code: 'INVALID_PRODUCER_EPOCH',
  })
  assert.equal(log.activeProducers()[0]?.coordinatorEpoch, 7)
  await directory.close()
})

test('a silent producer is forgotten after a day, unless its transaction is open', async () => {
  const time = new TestTime()
  const { directory, log } = await newLog({ environment: testEnvironment(time) })
  log.append(produced(0, { producerId: 1 }))
  log.append(produced(0, { producerId: 2, isTransactional: true }))
  time.advance(23 * hourMs)
  log.append(produced(0, { producerId: 3, timestamp: 0 }))
  time.advance(2 * hourMs)
  assert.deepEqual(
    log.activeProducers().map(({ producerId }) => producerId),
    [2, 3],
  )
  await directory.close()
})

test('the number of producers that a partition remembers has an end', () => {
  const state = new ProducerState([], 3)
  for (let producerId = 0; producerId < 10; producerId++) {
    state.append(
      {
        producerId,
        producerEpoch: 0,
        firstSequence: 0,
        lastSequence: 0,
        firstOffset: producerId,
        lastOffset: producerId,
        maxTimestamp: 0,
        isTransactional: producerId === 4,
      },
      0,
    )
    state.commit()
  }
  assert.deepEqual(
    [...state.entries()].map(({ producerId }) => producerId),
    [4, 8, 9],
  )
})

test('when each transaction has an epoch of its own, its marker has a higher one; repeated, it does no harm', async () => {
  const { directory, log } = await newLog()
  const versions = { origin: 'coordinator', transactionVersion: 2 } as const
  await log.append(produced(0, { isTransactional: true })).written
  assert.throws(() => log.append(markerOf('abort', 4, 0), versions), { code: 'INVALID_PRODUCER_EPOCH' })
  assert.equal(log.lastStableOffset, 0)
  await log.append(markerOf('abort', 4, 1), versions).written
  assert.equal(log.lastStableOffset, 2)
  await log.append(markerOf('abort', 4, 1), versions).written
  assert.equal(log.lastStableOffset, 3)
  assert.throws(() => log.append(markerOf('abort', 4, 0), versions), { code: 'INVALID_PRODUCER_EPOCH' })
  // By the older protocol the epoch stays.
  await log.append(produced(0, { producerEpoch: 1, isTransactional: true })).written
  await log.append(markerOf('commit', 4, 1), { origin: 'coordinator' }).written
  assert.equal(log.lastStableOffset, log.highWatermark)
  await directory.close()
})

test('a producer that is new to a partition begins with 0 where that is asked for', async () => {
  const { directory, log } = await newLog()
  assert.throws(() => log.append(produced(3), { startsSequence: true }), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  await log.append(produced(0), { startsSequence: true }).written
  await log.append(produced(1), { startsSequence: true }).written
  assert.equal(log.producer(4)?.lastSequence, 1)
  assert.equal(log.producer(5), undefined)
  await directory.close()
})
