import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordBatchBuilder } from '@streamwright/protocol'
import { seededRandom } from '@streamwright/std'
import { PartitionQueue } from '../../src/producer/partition-queue.ts'
import { StickyPartition } from '../../src/producer/sticky-partition.ts'

function queues(count: number): PartitionQueue[] {
  return Array.from({ length: count }, (_, partition) => {
    const queue = new PartitionQueue('t', partition, {
      grownBatchBytesMax: () => 0,
      batchBytesMax: () => 100,
      takeBuilder: () => new RecordBatchBuilder(),
      nowMs: () => 0,
      opened: () => undefined,
      closed: () => undefined,
    })
    queue.leader = 1
    return queue
  })
}

const options = { turnBytes: 100, isAdaptive: true, isAvailable: () => true }
const noRoom = (): boolean => false

test('stays until a batch’s worth of bytes is produced', () => {
  const sticky = new StickyPartition(options, seededRandom(1))
  const all = queues(50)
  const first = sticky.current(all, 30, noRoom)
  for (let produced = 0; produced + 30 <= 100; produced += 30) {
    assert.equal(sticky.current(all, 30, noRoom), first)
    sticky.produced(30)
  }
  assert.notEqual(sticky.current(all, 30, noRoom), first)
})

test('fills an open batch before it goes on', () => {
  const sticky = new StickyPartition(options, seededRandom(1))
  const all = queues(50)
  const first = sticky.current(all, 30, noRoom)
  sticky.produced(90)
  assert.equal(
    sticky.current(all, 30, () => true),
    first,
  )
})

test('prefers partitions with little waiting, in proportion', () => {
  const all = queues(2)
  // Two batches wait in the first: weights 1 and 3.
  for (let index = 0; index < 2; index++) {
    all[0]?.append(60, 0, null, 'x', undefined, undefined)
    all[0]?.closeOpen()
  }
  const sticky = new StickyPartition(options, seededRandom(7))
  let busy = 0
  for (let turn = 0; turn < 4_000; turn++) {
    if (sticky.current(all, 100, noRoom).partition === 0) busy += 1
    sticky.produced(100)
  }
  assert.ok(Math.abs(busy - 1_000) < 100, `${busy} of 4000 turns`)
})

test('takes partitions without a leader only if there are no others', () => {
  const all = queues(3)
  const [first, second, third] = all
  for (const queue of [first, second]) if (queue !== undefined) queue.leader = -1
  const sticky = new StickyPartition(options, seededRandom(3))
  for (let turn = 0; turn < 20; turn++) {
    assert.equal(sticky.current(all, 100, noRoom), third)
    sticky.produced(100)
  }
})
