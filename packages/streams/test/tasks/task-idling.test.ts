import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TaskIdling } from '../../src/tasks/task-idling.ts'

const left = { topic: 'left', partition: 0 }
const right = { topic: 'right', partition: 0 }

function taskWith(leftRecords: number, rightRecords: number): Parameters<TaskIdling['isReady']>[0] {
  return {
    partitions: [left, right],
    hasRecords: leftRecords + rightRecords > 0,
    allPartitionsHaveRecords: leftRecords > 0 && rightRecords > 0,
    partitionsWithRecords: Math.sign(leftRecords) + Math.sign(rightRecords),
    bufferedRecords: (topic) => (topic === 'left' ? leftRecords : rightRecords),
  }
}

describe('idling of a task with two partitions', () => {
  test('it goes on at once when both have records, and never without any', () => {
    const idling = new TaskIdling(0)
    assert.equal(idling.isReady(taskWith(1, 1), 0), true)
    assert.equal(idling.isReady(taskWith(0, 0), 0), false)
  })

  test('0: it waits until the consumer has caught up with the empty one, and no longer', () => {
    const idling = new TaskIdling(0)
    assert.equal(idling.isReady(taskWith(1, 0), 0), false)
    idling.learnEnd(right, 5)
    idling.learnPosition(right, 3)
    assert.equal(idling.isReady(taskWith(1, 0), 1000), false)
    idling.learnPosition(right, 5)
    assert.equal(idling.isReady(taskWith(1, 0), 1000), true)
    idling.learnEnd(right, 6)
    assert.equal(idling.isReady(taskWith(1, 0), 1001), false)
  })

  test('more: it waits that long beyond, counted anew whenever the partition was not idle', () => {
    const idling = new TaskIdling(100)
    idling.learnEnd(right, 0)
    idling.learnPosition(right, 0)
    assert.equal(idling.isReady(taskWith(1, 0), 50), false)
    assert.equal(idling.isReady(taskWith(1, 0), 149), false)
    assert.equal(idling.isReady(taskWith(1, 0), 150), true)
    assert.equal(idling.isReady(taskWith(1, 1), 160), true)
    assert.equal(idling.isReady(taskWith(1, 0), 170), false)
    assert.equal(idling.isReady(taskWith(1, 0), 270), true)
  })
})
