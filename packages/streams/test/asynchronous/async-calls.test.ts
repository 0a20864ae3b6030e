import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deferred, environmentWith, seededRandom, silentLog } from '@streamwright/std'
import type { Deferred } from '@streamwright/std'
import * as fc from 'fast-check'
import { AsyncCalls } from '../../src/asynchronous/async-calls.ts'
import type { AsyncOptions } from '../../src/asynchronous/async-options.ts'
import { asyncSettings } from '../../src/asynchronous/async-options.ts'
import { ManualClock } from '../../src/testing/manual-clock.ts'
import { ManualTimers } from '../../src/testing/manual-timers.ts'

interface Input {
  readonly key: string
  readonly id: number
}

/** One operator whose calls are answered by hand. */
class Bench {
  readonly clock = new ManualClock(0)
  readonly timers = new ManualTimers(this.clock)
  readonly open = new Map<number, Deferred<number>>()
  readonly signals = new Map<number, AbortSignal>()
  readonly started: number[] = []
  readonly passedOn: number[] = []
  mostRunning = 0
  readonly calls: AsyncCalls<Input, number>

  constructor(options: AsyncOptions) {
    const environment = environmentWith({
      clock: this.clock,
      timers: this.timers,
      random: seededRandom(1),
      log: silentLog,
    })
    this.calls = new AsyncCalls<Input, number>({
      settings: asyncSettings(options),
      environment,
      call: ({ id }, { signal }) => {
        this.started.push(id)
        this.signals.set(id, signal)
        const answer = deferred<number>()
        this.open.set(id, answer)
        return answer.promise
      },
      complete: (_input, result) => this.passedOn.push(result),
      onProgress: () => undefined,
    })
  }

  add(id: number, key: string): void {
    this.calls.add({ id, key }, { topic: 't', partition: 0, offset: id, timestamp: id, headers: undefined }, key)
    this.mostRunning = Math.max(this.mostRunning, this.calls.running)
  }

  async answer(id: number): Promise<void> {
    this.#take(id).resolve(id)
    await turn()
  }

  async fail(id: number, error: Error): Promise<void> {
    this.#take(id).reject(error)
    await turn()
  }

  /** Passes on what there is; the errors that came instead of results. */
  deliver(): Error[] {
    const errors: Error[] = []
    for (let next = this.calls.takeResult(); next !== undefined; next = this.calls.takeResult()) {
      try {
        next.complete()
      } catch (error) {
        errors.push(error as Error)
      }
      this.mostRunning = Math.max(this.mostRunning, this.calls.running)
    }
    return errors
  }

  async advance(byMs: number): Promise<void> {
    this.clock.advance(byMs)
    this.timers.fire()
    await turn()
  }

  #take(id: number): Deferred<number> {
    const answer = this.open.get(id)
    assert.ok(answer !== undefined, `a call for ${id} is open`)
    this.open.delete(id)
    return answer
  }
}

/** Lets the promises run that are settled. */
async function turn(): Promise<void> {
  for (let step = 0; step < 4; step++) await Promise.resolve()
}

describe('calls of an asynchronous operator', () => {
  test('of one key follow each other: the next begins when the result of the last has gone on', async () => {
    const bench = new Bench({})
    bench.add(1, 'a')
    bench.add(2, 'a')
    bench.add(3, 'b')
    assert.deepEqual(bench.started, [1, 3])
    await bench.answer(1)
    assert.deepEqual(bench.started, [1, 3], 'the result has not gone on yet')
    bench.deliver()
    assert.deepEqual(bench.started, [1, 3, 2])
    await bench.answer(2)
    await bench.answer(3)
    bench.deliver()
    assert.deepEqual(bench.passedOn, [1, 2, 3])
    assert.equal(bench.calls.size, 0)
  })

  test('in the order of the input overlap, and a slow one holds the others back', async () => {
    const bench = new Bench({ order: 'input' })
    for (const id of [1, 2, 3]) bench.add(id, 'a')
    assert.deepEqual(bench.started, [1, 2, 3])
    await bench.answer(3)
    await bench.answer(2)
    bench.deliver()
    assert.deepEqual(bench.passedOn, [])
    await bench.answer(1)
    bench.deliver()
    assert.deepEqual(bench.passedOn, [1, 2, 3])
  })

  test('that take too long fail, their signal is aborted, and their late answer is ignored', async () => {
    const bench = new Bench({ timeoutMs: 100, maxConcurrent: 1 })
    bench.add(1, 'a')
    bench.add(2, 'b')
    assert.deepEqual(bench.started, [1])
    await bench.advance(100)
    assert.equal(bench.signals.get(1)?.aborted, true)
    assert.deepEqual(bench.started, [1, 2], 'the place is free')
    const [error] = bench.deliver()
    assert.match(error?.message ?? '', /longer than 100 ms/)
    await bench.answer(1)
    await bench.answer(2)
    bench.deliver()
    assert.deepEqual(bench.passedOn, [2])
    assert.equal(bench.calls.size, 0)
  })

  test('that fail are repeated after longer and longer waits, and keep their place in the order', async () => {
    const bench = new Bench({ retries: 2, retryBackoffMs: 100, maxConcurrent: 1 })
    bench.add(1, 'a')
    bench.add(2, 'a')
    bench.add(3, 'b')
    await bench.fail(1, new Error('first'))
    assert.deepEqual(bench.started, [1, 3], 'who waits for a retry makes room for others')
    await bench.answer(3)
    await bench.advance(100)
    assert.deepEqual(bench.started, [1, 3, 1])
    await bench.fail(1, new Error('second'))
    await bench.advance(99)
    assert.equal(bench.open.size, 0, 'the second wait is from 100 to 200 ms')
    await bench.advance(101)
    await bench.fail(1, new Error('third'))
    assert.deepEqual(
      bench.deliver().map(({ message }) => message),
      ['third'],
    )
    await bench.answer(2)
    bench.deliver()
    assert.deepEqual(bench.passedOn, [3, 2])
  })

  test('are not repeated for errors that retryOn declines', async () => {
    const bench = new Bench({ retries: 5, retryOn: (error) => error instanceof TypeError })
    bench.add(1, 'a')
    await bench.fail(1, new RangeError('no'))
    assert.equal(bench.deliver().length, 1)
    assert.deepEqual(bench.started, [1])
  })

  test('end when the task ends: signals are aborted and nothing is left', async () => {
    const bench = new Bench({ maxConcurrent: 2, retries: 1 })
    for (const id of [1, 2, 3, 4]) bench.add(id, `${id}`)
    await bench.fail(1, new Error('is to be repeated'))
    bench.calls.abort()
    assert.equal(bench.signals.get(2)?.aborted, true)
    assert.equal(bench.timers.nextMs, undefined)
    assert.deepEqual([bench.calls.size, bench.calls.running], [0, 0])
    await bench.answer(2)
    assert.equal(bench.calls.takeResult(), undefined)
  })

  test('whatever answers when: every record leaves once, in its order, within the bounds', async () => {
    const script = fc.record({
      order: fc.constantFrom('key' as const, 'input' as const, 'none' as const),
      maxConcurrent: fc.integer({ min: 1, max: 4 }),
      keys: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 }),
      choices: fc.array(fc.nat(), { minLength: 20, maxLength: 60 }),
    })
    await fc.assert(
      fc.asyncProperty(script, async ({ order, maxConcurrent, keys, choices }) => {
        const bench = new Bench({ order, maxConcurrent, retries: 1, retryBackoffMs: 10 })
        let added = 0
        for (const choice of choices) {
          const open = [...bench.open.keys()]
          const picked = open[choice % Math.max(1, open.length)]
          if (choice % 4 === 0 && added < keys.length) bench.add(added, keys[added++] as string)
          else if (choice % 4 === 1 && picked !== undefined) await bench.fail(picked, new Error('again'))
          else if (choice % 4 === 2) bench.deliver()
          else if (picked !== undefined) await bench.answer(picked)
        }
        while (bench.calls.size > 0) {
          for (const id of bench.open.keys()) await bench.answer(id)
          bench.deliver()
          await bench.advance(10)
        }
        assert.ok(bench.mostRunning <= maxConcurrent)
        const ids = bench.passedOn
        assert.equal(new Set(ids).size, ids.length, 'none twice')
        if (order === 'input')
          assert.deepEqual(
            ids,
            ids.toSorted((left, right) => left - right),
          )
        for (const key of order === 'key' ? ['a', 'b', 'c'] : []) {
          const own = ids.filter((id) => keys[id] === key)
          assert.deepEqual(
            own,
            own.toSorted((left, right) => left - right),
          )
        }
      }),
      { seed: 20, numRuns: 200 },
    )
  })
})

test('options out of their range are refused by name', () => {
  assert.throws(() => asyncSettings({ maxConcurrent: 0 }), /maxConcurrent/)
  assert.throws(() => asyncSettings({ maxConcurrent: 10, maxPending: 5 }), /maxPending/)
  assert.throws(() => asyncSettings({ timeoutMs: 0.5 }), /timeoutMs/)
  assert.equal(asyncSettings({ maxConcurrent: 5000 }).maxPending, 5000)
})
