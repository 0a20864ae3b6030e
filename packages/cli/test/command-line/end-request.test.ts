import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, test } from 'node:test'
import type { Environment } from '@streamwright/std'
import { environmentWith } from '@streamwright/std'
import { EndRequest } from '../../src/command-line/end-request.ts'

/** The outside of a process, at a time that the test sets. */
class Outside extends EventEmitter {
  readonly pid = 7
  ppid = 100
  nowMs = 0
  /** Signals that nobody listened to any more. */
  readonly ended: string[] = []
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

  kill(pid: number, signal: string): void {
    assert.equal(pid, this.pid)
    if (this.listenerCount(signal) === 0) this.ended.push(signal)
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
    assert.deepEqual(outside.ended, [])
  })

  test('who asks again, a while later, means now', () => {
    const outside = new Outside()
    const end = new EndRequest(outside, outside.environment)
    outside.emit('SIGTERM')
    outside.nowMs = 600
    outside.emit('SIGINT')
    assert.deepEqual([end.exitStatus, outside.ended], [143, ['SIGINT']])
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
    assert.deepEqual([end.asked.aborted, end.exitStatus, outside.ended], [true, 143, []])
  })
})
