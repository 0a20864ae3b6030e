import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { JoinWindows, StreamsBuilder, StreamsError, serdes } from '@streamwright/streams'
import type { KStream } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'

interface Step {
  readonly side: 'left' | 'right'
  readonly key: string | null
  readonly value: string | null
  readonly timestamp: number
}

type Kind = 'join' | 'leftJoin' | 'outerJoin'

const strings = { key: serdes.string, value: serdes.string }
/** Later than every window of the input: closes them all. */
const endMs = 10_000
const config = { '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__': '0' }

const steps = fc.array(
  fc.record<Step>({
    side: fc.constantFrom('left' as const, 'right' as const),
    key: fc.option(fc.constantFrom('a', 'b'), { nil: null, freq: 10 }),
    value: fc.option(fc.stringMatching(/^[a-z]{1,2}$/), { nil: null, freq: 10 }),
    timestamp: fc.nat(60),
  }),
  { maxLength: 25 },
)
const spans = fc
  .record({ beforeMs: fc.integer({ min: -5, max: 15 }), afterMs: fc.integer({ min: -5, max: 15 }) })
  .filter(({ beforeMs, afterMs }) => beforeMs + afterMs >= 0)

const forwardSpans = spans.filter(({ beforeMs, afterMs }) => beforeMs >= 0 && afterMs >= 0)

function joined(kind: Kind, left: KStream<string, string>, right: KStream<string, string>, windows: JoinWindows) {
  const joiner = (own: string | null, other: string | null): string => `${own ?? '-'}+${other ?? '-'}`
  if (kind === 'join') return left.join(right, joiner, windows)
  return kind === 'leftJoin' ? left.leftJoin(right, joiner, windows) : left.outerJoin(right, joiner, windows)
}

/** Every pair within the window, and what has no partner in it; nothing is late, since the grace is long. */
function expected(kind: Kind, input: readonly Step[], span: { beforeMs: number; afterMs: number }): string[] {
  const results: string[] = []
  const matches = (left: Step, right: Step): boolean =>
    left.key !== null &&
    left.key === right.key &&
    right.timestamp >= left.timestamp - span.beforeMs &&
    right.timestamp <= left.timestamp + span.afterMs
  const valid = input.filter(({ value }) => value !== null)
  const lefts = valid.filter(({ side }) => side === 'left')
  const rights = valid.filter(({ side }) => side === 'right')
  for (const left of lefts) {
    for (const right of rights) {
      if (!matches(left, right)) continue
      results.push(`${left.key}=${left.value}+${right.value}@${Math.max(left.timestamp, right.timestamp)}`)
    }
  }
  const alone = (step: Step, others: readonly Step[]): boolean =>
    !others.some((other) => (step.side === 'left' ? matches(step, other) : matches(other, step)))
  if (kind !== 'join') {
    for (const left of lefts) if (alone(left, rights)) results.push(`${left.key}=${left.value}+-@${left.timestamp}`)
  }
  if (kind === 'outerJoin') {
    for (const right of rights)
      if (alone(right, lefts)) results.push(`${right.key}=-+${right.value}@${right.timestamp}`)
  }
  return results.toSorted()
}

describe('joins of streams against all pairs of the input', () => {
  for (const kind of ['join', 'leftJoin', 'outerJoin'] as const) {
    for (const storeEngine of ['memory', 'persistent'] as const) {
      // Java tells of a record that comes out of order at once that it has no match, although one may follow.
      const isInner = kind === 'join'
      test(`${kind}, ${storeEngine} stores, ${isInner ? 'out of order' : 'in order'}, with nulls`, () => {
        fc.assert(
          fc.property(steps, isInner ? spans : forwardSpans, (given, { beforeMs, afterMs }) => {
            const input = isInner ? given : given.toSorted((one, other) => one.timestamp - other.timestamp)
            const builder = new StreamsBuilder({ ...strings, storeEngine })
            const windows = JoinWindows.ofTimeDifferenceAndGrace(20, 1000).before(beforeMs).after(afterMs)
            const left = builder.stream<string, string>('left')
            joined(kind, left, builder.stream<string, string>('right'), windows).to('out')
            const driver = new TopologyTestDriver(builder.build(), { config })
            const topics = {
              left: driver.createInputTopic('left', strings),
              right: driver.createInputTopic('right', strings),
            }
            for (const { side, key, value, timestamp } of input) topics[side].pipe({ key, value, timestamp })
            // On either side: a record closes windows by the time it brings.
            topics.left.pipe({ key: 'end', value: 'end', timestamp: endMs })
            topics.right.pipe({ key: 'end', value: 'end', timestamp: endMs + 1 })
            const seen = driver
              .createOutputTopic('out', strings)
              .readAll()
              .filter(({ key }) => key !== 'end')
              .map(({ key, value, timestamp }) => `${key}=${value}@${timestamp}`)
            assert.deepEqual(seen.toSorted(), expected(kind, input, { beforeMs, afterMs }))
            driver.close()
          }),
          { seed: 11, numRuns: 60 },
        )
      })
    }
  }

  test('a stream joined with itself has the same results from one store as from two', () => {
    fc.assert(
      fc.property(steps, spans, (input, { beforeMs, afterMs }) => {
        const results = (['none', 'single.store.self.join'] as const).map((topologyOptimization) => {
          const builder = new StreamsBuilder({ ...strings, topologyOptimization })
          const stream = builder.stream<string, string>('in')
          const windows = JoinWindows.ofTimeDifferenceAndGrace(20, 1000).before(beforeMs).after(afterMs)
          stream.join(stream, (own, other) => `${own}+${other}`, windows).to('out')
          const driver = new TopologyTestDriver(builder.build())
          const topic = driver.createInputTopic('in', strings)
          for (const { key, value, timestamp } of input) topic.pipe({ key, value, timestamp })
          const output = driver.createOutputTopic('out', strings).readAll()
          driver.close()
          return output.map(({ key, value, timestamp }) => `${key}=${value}@${timestamp}`).toSorted()
        })
        // A record meets itself in any case; a window without its own time does not hold it twice.
        if (beforeMs >= 0 && afterMs >= 0) assert.deepEqual(results[1], results[0])
      }),
      { seed: 12, numRuns: 60 },
    )
  })

  test('windows that end before they begin, and stores that do not fit, are refused by name', () => {
    assert.throws(() => JoinWindows.ofTimeDifferenceWithNoGrace(10).before(-20), StreamsError)
    assert.throws(() => JoinWindows.ofTimeDifferenceAndGrace(10, -1), /Grace/)
  })
})
