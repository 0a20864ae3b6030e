import type { Random } from '@streamwright/std'
import type { StreamJoinedOptions } from '@streamwright/streams'
import { JoinWindows, serdes } from '@streamwright/streams'
import type { Input, Oracle, Scenario, StoreChoice } from './scenario.ts'
import { chance, pick, randomInputs } from './scenario.ts'

const strings = { key: serdes.string, value: serdes.string }
/** So long that no record is late; what has no match is told when time jumps beyond it. */
const graceMs = 100_000
const endMs = 1_000_000
/** Moves the time of both streams on, so that all windows close. */
const closing: readonly Input[] = [
  { topic: 'l', key: 'end', value: 'end-l', timestamp: endMs },
  { topic: 'r', key: 'other end', value: 'end-r', timestamp: endMs },
]

type Kind = 'inner' | 'left' | 'outer'

interface Bounds {
  readonly beforeMs: number
  readonly afterMs: number
}

function scenario(random: Random): Scenario {
  const kind: Kind = pick(random, ['inner', 'left', 'outer'])
  const bounds = { beforeMs: random.below(20), afterMs: random.below(20) }
  const { beforeMs, afterMs } = bounds
  const closes = chance(random, 0.8)
  const someAreLate = chance(random, 0.6)
  const drawn = randomInputs(random, { topics: ['l', 'r'], ...(someAreLate ? {} : { lateness: () => 0 }) })
  // Each value is another, so that each result has a name.
  const inputs = drawn.map((input, index) => ({
    ...input,
    value: input.value === null ? null : `${input.value}${index}`,
  }))
  return {
    parameters: { kind, beforeMs, afterMs, closes, someAreLate },
    inputs: closes ? [...inputs, ...closing] : inputs,
    build(builder, store) {
      const windows = JoinWindows.ofTimeDifferenceAndGrace(0, graceMs).before(beforeMs).after(afterMs)
      const [left, right] = [builder.stream('l', strings), builder.stream('r', strings)]
      const options = storesOf(store)
      const pair = (leftValue: string | null, rightValue: string | null): string =>
        `${leftValue ?? '-'}+${rightValue ?? '-'}`
      const joined =
        kind === 'inner'
          ? left.join(right, pair, windows, options)
          : kind === 'left'
            ? left.leftJoin(right, pair, windows, options)
            : left.outerJoin(right, pair, windows, options)
      joined.map((_key, text) => [text, text] as const).to('out', { key: serdes.string, value: serdes.json<string>() })
    },
    expected: (given) => joinedRows(given, kind, bounds),
    // The time of a join starts anew: what would have been too late to wait for a match then waits.
    survivesRestart: !someAreLate || kind === 'inner',
    results: 'eachOnce',
    commitsEach: true,
  }
}

function storesOf(store: StoreChoice): StreamJoinedOptions<string, string, string> {
  return { ...strings, otherValue: serdes.string, storeType: store.engine }
}

/**
 * Every pair within the bounds. What found none when it came is told at once where it has no key or where, but for the
 * grace, its window is over by then, as in Java; otherwise when its window has closed, if it has found none until then.
 */
function joinedRows(inputs: readonly Input[], kind: Kind, { beforeMs, afterMs }: Bounds): Map<string, string> {
  const rows = new Map<string, string>()
  const add = (text: string): void => void rows.set(text, text)
  const hasClosed = inputs.some(({ timestamp }) => timestamp === endMs)
  let streamTimeMs = -1
  for (const [index, record] of inputs.entries()) {
    const isLeft = record.topic === 'l'
    // A record without key or value moves the time of a join, too.
    streamTimeMs = Math.max(streamTimeMs, record.timestamp)
    if (record.value === null) continue
    const isMatch = (other: Input): boolean =>
      isLeft ? matches(record, other, beforeMs, afterMs) : matches(other, record, beforeMs, afterMs)
    const earlier = inputs.slice(0, index).filter(isMatch)
    for (const other of earlier) add(isLeft ? pairText(record, other) : pairText(other, record))
    if (kind === 'inner' || (kind === 'left' && !isLeft) || earlier.length > 0) continue
    const isOver = record.timestamp + (isLeft ? afterMs : beforeMs) < streamTimeMs
    const isTold = record.key === null || isOver || (hasClosed && record.timestamp !== endMs && !inputs.some(isMatch))
    if (isTold) add(isLeft ? pairText(record, undefined) : pairText(undefined, record))
  }
  return rows
}

function matches(left: Input, right: Input, beforeMs: number, afterMs: number): boolean {
  return (
    left.topic === 'l' &&
    right.topic === 'r' &&
    left.value !== null &&
    right.value !== null &&
    left.key !== null &&
    left.key === right.key &&
    right.timestamp >= left.timestamp - beforeMs &&
    right.timestamp <= left.timestamp + afterMs
  )
}

function pairText(left: Input | undefined, right: Input | undefined): string {
  return `${left?.value ?? '-'}+${right?.value ?? '-'}`
}

/** Pairs where the grace is short: a record finds what the other side still has, which goes by the time of that side. */
function lateScenario(random: Random): Scenario {
  const [beforeMs, afterMs, shortMs] = [random.below(20), random.below(20), random.below(20)]
  const keptMs = beforeMs + afterMs + shortMs
  // Whether a record without value moves the time of a side differs from store to store, as in Java.
  const options = { topics: ['l', 'r'], nullValues: 0, lateness: () => random.below(80) } as const
  const inputs = randomInputs(random, options).map((input, index) => ({ ...input, value: `${input.value}${index}` }))
  return {
    parameters: { beforeMs, afterMs, graceMs: shortMs },
    inputs,
    build(builder, store) {
      const windows = JoinWindows.ofTimeDifferenceAndGrace(0, shortMs).before(beforeMs).after(afterMs)
      builder
        .stream('l', strings)
        .join(builder.stream('r', strings), (left, right) => `${left}+${right}`, windows, storesOf(store))
        .map((_key, text) => [text, text] as const)
        .to('out', { key: serdes.string, value: serdes.json<string>() })
    },
    expected(given) {
      const texts = given.flatMap((record, index) => {
        const others = given
          .slice(0, index)
          .filter(({ topic, key, value }) => topic !== record.topic && key !== null && value !== null)
        const observedMs = Math.max(...others.map(({ timestamp }) => timestamp))
        return others
          .filter(({ timestamp }) => timestamp > observedMs - keptMs)
          .map((other) => (record.topic === 'l' ? ([record, other] as const) : ([other, record] as const)))
          .filter(([left, right]) => matches(left, right, beforeMs, afterMs))
          .map(([left, right]) => pairText(left, right))
      })
      return new Map(texts.map((text) => [text, text]))
    },
    survivesRestart: true,
    results: 'eachOnce',
    commitsEach: true,
  }
}

/** A stream joined with itself: each record with all within the bounds, itself among them, in both places. */
function selfScenario(random: Random): Scenario {
  const [beforeMs, afterMs] = [random.below(20), random.below(20)]
  const inputs = randomInputs(random, { topics: ['l'] }).map((input, index) => ({
    ...input,
    value: input.value === null ? null : `${input.value}${index}`,
  }))
  return {
    parameters: { beforeMs, afterMs },
    inputs,
    build(builder, store) {
      const windows = JoinWindows.ofTimeDifferenceAndGrace(0, graceMs).before(beforeMs).after(afterMs)
      const stream = builder.stream('l', strings)
      stream
        .join(stream, (left, right) => `${left}+${right}`, windows, storesOf(store))
        .map((_key, text) => [text, text] as const)
        .to('out', { key: serdes.string, value: serdes.json<string>() })
    },
    expected(given) {
      const texts = given.flatMap((left) =>
        given
          .filter((right) => matches(left, { ...right, topic: 'r' }, beforeMs, afterMs))
          .map((right) => pairText(left, right)),
      )
      return new Map(texts.map((text) => [text, text]))
    },
    survivesRestart: true,
    results: 'eachOnce',
  }
}

export const streamJoinOracles: readonly Oracle[] = [
  { name: 'join of streams', scenario },
  { name: 'join of streams with late records', scenario: lateScenario },
  { name: 'join of a stream with itself', scenario: selfScenario },
]
