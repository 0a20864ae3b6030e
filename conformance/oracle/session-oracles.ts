import type { Random } from '@streamwright/std'
import type { EmitStrategy, Merger } from '@streamwright/streams'
import { SessionWindows } from '@streamwright/streams'
import type { Collected, Fold, Use } from './folds.ts'
import { randomFold, randomUse } from './folds.ts'
import type { Input, Oracle, Scenario } from './scenario.ts'
import { chance, pick, randomInputs, windowText } from './scenario.ts'
import { sendRows, usedRows } from './uses.ts'
import type { Keyed } from './windowed-oracles.ts'
import { groupedInput, keyed, retentionMs, sendCounts, storeOptions, windowName } from './windowed-oracles.ts'

interface Session {
  readonly startMs: number
  readonly endMs: number
  readonly values: readonly (string | null)[]
}

const merge: Merger<string, Collected> = (_key, left, right) => ({ values: [...left.values, ...right.values] })
const mergeInPlace: Merger<string, Collected> = (_key, left, right) => {
  left.values.push(...right.values)
  return left
}

function sessionScenario(random: Random, emit: EmitStrategy): Scenario {
  const gapMs = random.below(20)
  const graceMs = pick(random, [0, 5, 1000])
  const fold = randomFold(random, false)
  const use: Use = emit === 'onWindowUpdate' ? randomUse(random) : 'rows'
  const repartitioned = chance(random, 0.2)
  const merger = chance(random, 0.5) ? merge : mergeInPlace
  return {
    parameters: { gapMs, graceMs, fold: fold.name, use, repartitioned, inPlace: merger === mergeInPlace },
    inputs: randomInputs(random),
    build(builder, store) {
      const windows = SessionWindows.ofInactivityGapAndGrace(gapMs, graceMs)
      const windowed = groupedInput(builder, 'in', repartitioned).windowedBy(windows).emitStrategy(emit)
      sendRows(windowed.aggregate(fold.initializer, fold.aggregator, merger, storeOptions(store)), use, windowName)
    },
    expected: (inputs) => usedRows(sessionRows(inputs, gapMs, graceMs, fold, emit), use),
    survivesRestart: graceMs === 1000 && emit === 'onWindowUpdate',
    results: emit === 'onWindowClose' ? 'eachOnce' : 'always',
  }
}

/** The sessions of each key, from all records that were not too late: each unites what is no further away than the gap. */
export function sessionRows(
  inputs: readonly Input[],
  gapMs: number,
  graceMs: number,
  fold: Fold,
  emit: EmitStrategy,
): Map<string, Collected> {
  const sessions = new Map<string, readonly Session[]>()
  const closed = new Map<string, Collected>()
  let streamTimeMs = -1
  for (const record of keyed(inputs)) {
    streamTimeMs = Math.max(streamTimeMs, record.timestamp)
    const closeMs = streamTimeMs - graceMs - gapMs
    const before = sessions.get(record.key) ?? []
    const { united, others } = unite(before, record, gapMs)
    if (united.endMs >= closeMs) sessions.set(record.key, [...others, united])
    // One that has closed is there to be united as long as the store keeps it; the united one is then told besides.
    for (const [name, row] of rowsOf(sessions, fold, ({ endMs }) => endMs < closeMs)) closed.set(name, row)
  }
  return emit === 'onWindowUpdate' ? rowsOf(sessions, fold, () => true) : closed
}

function rowsOf(
  sessions: ReadonlyMap<string, readonly Session[]>,
  fold: Fold,
  accepts: (session: Session) => boolean,
): Map<string, Collected> {
  const rows = new Map<string, Collected>()
  for (const [key, ofKey] of sessions) {
    for (const session of ofKey.filter(accepts)) {
      const row = fold.of(session.values)
      if (row !== null) rows.set(windowText(key, session.startMs, session.endMs), row)
    }
  }
  return rows
}

function unite(
  sessions: readonly Session[],
  { timestamp, value }: Keyed,
  gapMs: number,
): { readonly united: Session; readonly others: readonly Session[] } {
  const isNear = ({ startMs, endMs }: Session): boolean => endMs >= timestamp - gapMs && startMs <= timestamp + gapMs
  const near = sessions.filter(isNear).toSorted((left, right) => left.endMs - right.endMs)
  const united = {
    startMs: Math.min(timestamp, ...near.map(({ startMs }) => startMs)),
    endMs: Math.max(timestamp, ...near.map(({ endMs }) => endMs)),
    values: [...near.flatMap(({ values }) => values), value],
  }
  return { united, others: sessions.filter((session) => !isNear(session)) }
}

function countScenario(random: Random): Scenario {
  const gapMs = random.below(20)
  const fold = randomFold(random, false)
  return {
    parameters: { gapMs },
    inputs: randomInputs(random),
    build(builder, store) {
      const windows = SessionWindows.ofInactivityGapAndGrace(gapMs, 1000)
      const options = { store: 'store', engine: store.engine, caching: store.caching, retentionMs }
      sendCounts(groupedInput(builder, 'in', false).windowedBy(windows).count(options))
    },
    expected(inputs) {
      const rows = sessionRows(inputs, gapMs, 1000, fold, 'onWindowUpdate')
      return new Map([...rows].map(([name, { values }]) => [name, values.length]))
    },
    survivesRestart: true,
  }
}

export const sessionOracles: readonly Oracle[] = [
  { name: 'sessions', scenario: (random) => sessionScenario(random, 'onWindowUpdate') },
  { name: 'sessions, emitted on close', scenario: (random) => sessionScenario(random, 'onWindowClose') },
  { name: 'count in sessions', scenario: countScenario },
]
