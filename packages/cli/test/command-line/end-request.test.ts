import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, test } from 'node:test'
import type { Environment } from '@streamwright/std'
import { environmentWith } from '@streamwright/std'
import { EndRequest } from '../../src/command-line/end-request.ts'

/** The outside of a process, at a time that the test sets. */
class Outside extends EventEmitter {
  ppid = 100
  nowMs = 0
  readonly exits: number[] = []
  #tick: (() => void) | undefined
  readonly environment: Environment = environmentWith({
    clock: { wallMs: () => this.nowMs, monotonicMs: () => this.nowMs },
    timers: {
      after: () => ({ cancel: () => undefined }),
      every: (_intervalMs, action) => {
        this.#tick = action
        return { cancel: () => (this.#tick = undefined) }
      },
      afterIo: () => undefined,
    },
  })

  exit(status: number): void {
    this.exits.push(status)
  }

  tick(): void {
    this.#tick?.()
  }
}

describe('the wish that a program ends', () => {
  test('npm repeats the Ctrl-C of the terminal: both are one wish, and the program may end in order', () => {
    const outside = new Outside()
    const end = new EndRequest(outside, outside.environment)
    assert.deepEqual([end.asked.aborted, end.exitStatus], [false, undefined])
    outside.emit('SIGINT')
    assert.deepEqual([end.asked.aborted, end.exitStatus], [true, 130])
    outside.nowMs = 2
    outside.emit('SIGINT')
    assert.deepEqual(outside.exits, [])
  })

  test('who asks again, a while later, means now', () => {
    const outside = new Outside()
    const end = new EndRequest(outside, outside.environment)
    outside.emit('SIGTERM')
    outside.nowMs = 600
    outside.emit('SIGINT')
    assert.deepEqual([end.exitStatus, outside.exits], [143, [130]])
  })

  test('a closed terminal counts only where a terminal was', () => {
    const outside = new Outside()
    const end = new EndRequest(outside, outside.environment)
    outside.emit('SIGHUP')
    assert.equal(end.asked.aborted, false)
    end.endWithTerminal()
    outside.emit('SIGHUP')
    assert.deepEqual([end.asked.aborted, end.exitStatus], [true, 129])
  })

  test('another parent means that the first is gone', () => {
    const outside = new Outside()
    const end = new EndRequest(outside, outside.environment)
    end.endWithParent()
    outside.tick()
    assert.equal(end.asked.aborted, false)
    outside.ppid = 1
    outside.tick()
    outside.tick()
    assert.deepEqual([end.asked.aborted, end.exitStatus, outside.exits], [true, 143, []])
  })
})
