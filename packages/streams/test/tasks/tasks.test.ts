import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { decodeCommitMetadata, encodeCommitMetadata } from '../../src/tasks/commit-metadata.ts'
import { PunctuationQueue } from '../../src/tasks/punctuation-queue.ts'
import { assignTasks } from '../../src/runtime/assignment/task-assignment.ts'
import { decodeAssignmentInfo, encodeAssignmentInfo } from '../../src/runtime/assignment/assignment-info.ts'
import { decodeSubscriptionInfo, encodeSubscriptionInfo } from '../../src/runtime/assignment/subscription-info.ts'

describe('commit metadata', () => {
  test('is what Java writes', () => {
    assert.equal(encodeCommitMetadata(42, new Map()), 'AgAAAAAAAAAq')
    assert.equal(encodeCommitMetadata(42, new Map([['st', 30]])), 'AgAAAAAAAAAqAAAAAQAAAAJzdAAAAAAAAAAe')
    assert.deepEqual(decodeCommitMetadata('AgAAAAAAAAAqAAAAAQAAAAJzdAAAAAAAAAAe'), {
      partitionTimeMs: 42,
      processors: new Map([['st', 30]]),
    })
    assert.equal(decodeCommitMetadata('').partitionTimeMs, -1)
  })

  test('that is cut off or of somebody else is no error', () => {
    const whole = Buffer.from('AgAAAAAAAAAqAAAAAQAAAAJzdAAAAAAAAAAe', 'base64')
    for (let length = 0; length < whole.length; length++) {
      const { processors } = decodeCommitMetadata(whole.subarray(0, length).toString('base64'))
      assert.equal(processors.size, 0)
    }
  })
})

describe('punctuations', () => {
  test('missed intervals are skipped, and the grid stays', () => {
    const queue = new PunctuationQueue()
    const calls: number[] = []
    queue.schedule(0, 10, (nowMs) => calls.push(nowMs))
    for (const nowMs of [0, 5, 10, 47, 49, 50]) queue.run(nowMs)
    assert.deepEqual(calls, [0, 10, 47, 50])
  })

  test('a punctuation may cancel itself', () => {
    const queue = new PunctuationQueue()
    let calls = 0
    const schedule = queue.schedule(0, 1, () => {
      calls += 1
      schedule.cancel()
    })
    queue.run(10)
    queue.run(20)
    assert.equal(calls, 1)
    assert.equal(queue.isEmpty, true)
  })
})

describe('task assignment', () => {
  const task = fc.record({ subtopology: fc.integer({ min: 0, max: 3 }), partition: fc.integer({ min: 0, max: 5 }) })
  const unique = fc.uniqueArray(task, { selector: ({ subtopology, partition }) => `${subtopology}_${partition}` })

  test('every task goes to one member, evenly, and a balanced assignment stays as it is', () => {
    fc.assert(
      fc.property(unique, fc.integer({ min: 1, max: 5 }), (tasks, count) => {
        const members = Array.from({ length: count }, (_none, index) => ({ id: `m${index}`, previousTasks: [] }))
        const first = assignTasks(tasks, members)
        const sizes = [...first.values()].map((own) => own.length)
        assert.equal(
          sizes.reduce((sum, size) => sum + size, 0),
          tasks.length,
        )
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1)
        const again = assignTasks(
          tasks,
          members.map(({ id }) => ({ id, previousTasks: first.get(id) ?? [] })),
        )
        const names = (assignment: typeof first): string[][] =>
          [...assignment.values()].map((own) =>
            own.map(({ subtopology, partition }) => `${subtopology}_${partition}`).toSorted(),
          )
        assert.deepEqual(names(again), names(first))
      }),
    )
  })

  test('subscription and assignment go both ways over the wire', () => {
    const running = [{ subtopology: 0, partition: 1 }]
    const info = decodeSubscriptionInfo(
      encodeSubscriptionInfo('01234567-89ab-4cde-8123-456789abcdef', running, [{ subtopology: 1, partition: 0 }], 3),
    )
    assert.deepEqual(info?.taskOffsetSums, [
      { task: running[0], sum: -2n },
      { task: { subtopology: 1, partition: 0 }, sum: 0n },
    ])
    assert.deepEqual(decodeAssignmentInfo(encodeAssignmentInfo(running)).activeTasks, running)
  })
})
