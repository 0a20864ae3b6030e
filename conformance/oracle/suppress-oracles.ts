import type { Random } from '@streamwright/std'
import { SessionWindows, SlidingWindows, Suppressed, serdes } from '@streamwright/streams'
import { randomFold } from './folds.ts'
import type { Input, Oracle, Scenario } from './scenario.ts'
import { chance, pick, randomInputs } from './scenario.ts'
import { sessionRows } from './session-oracles.ts'
import { latest, rowsOf } from './table-oracles.ts'
import { sendRows } from './uses.ts'
import { groupedInput, slidingRows, storeOptions, windowName } from './windowed-oracles.ts'

/** So long that no record is late. */
const graceMs = 1000
/** Moves time on, so that nothing is held back any more. */
const closing: Input = { topic: 'in', key: 'end', value: 'end', timestamp: 100_000 }

function isBeforeEnd({ key }: Input): boolean {
  return key !== closing.key
}

/** Sessions and sliding windows, each told once, when it has closed. */
function windowScenario(random: Random): Scenario {
  const kind = pick(random, ['session', 'sliding'] as const)
  const lengthMs = 1 + random.below(20)
  const fold = randomFold(random, false)
  return {
    parameters: { kind, lengthMs, fold: fold.name },
    inputs: [...randomInputs(random), closing],
    build(builder, store) {
      const group = groupedInput(builder, 'in', false)
      const { initializer, aggregator } = fold
      const merge = (_key: string, left: { values: string[] }, right: { values: string[] }): { values: string[] } => ({
        values: [...left.values, ...right.values],
      })
      const table =
        kind === 'session'
          ? group
              .windowedBy(SessionWindows.ofInactivityGapAndGrace(lengthMs, graceMs))
              .aggregate(initializer, aggregator, merge, storeOptions(store))
          : group
              .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(lengthMs, graceMs))
              .aggregate(initializer, aggregator, storeOptions(store))
      sendRows(table.suppress(Suppressed.untilWindowCloses()), 'rows', windowName)
    },
    expected(inputs) {
      const given = inputs.filter(isBeforeEnd)
      return kind === 'session'
        ? sessionRows(given, lengthMs, graceMs, fold, 'onWindowUpdate')
        : slidingRows(given, lengthMs, graceMs, fold, 'onWindowUpdate')
    },
    survivesRestart: true,
    endsWithLast: true,
    results: 'eachOnce',
  }
}

/** Changes of rows that are held back for a time, or until there are too many: in the end each row is what it was last. */
function timeScenario(random: Random): Scenario {
  const timeLimitMs = random.below(60)
  const maxRecords = chance(random, 0.3) ? 1 + random.below(2) : undefined
  return {
    parameters: { timeLimitMs, maxRecords },
    inputs: [...randomInputs(random, { nullValues: 0.3 }), closing],
    build(builder, store) {
      rowsOf(builder, 'in', store, false)
        .suppress(Suppressed.untilTimeLimit(timeLimitMs, maxRecords === undefined ? {} : { maxRecords }))
        .toStream()
        .to('out', { key: serdes.string, value: serdes.json<string>() })
    },
    expected(inputs) {
      return latest(timeLimitMs === 0 ? inputs : inputs.filter(isBeforeEnd))
    },
    survivesRestart: true,
    endsWithLast: true,
    results: 'atEnd',
  }
}

export const suppressOracles: readonly Oracle[] = [
  { name: 'sessions and sliding windows, suppressed until they close', scenario: windowScenario },
  { name: 'tables, suppressed for a time', scenario: timeScenario },
]
