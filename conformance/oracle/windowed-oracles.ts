import type { Random } from '@streamwright/std'
import type {
  EmitStrategy,
  KGroupedStream,
  KTable,
  MaterializedOptions,
  StreamsBuilder,
  Windowed,
} from '@streamwright/streams'
import { SlidingWindows, Suppressed, TimeWindows, UnlimitedWindows, serdes } from '@streamwright/streams'
import type { Collected, Fold, Use } from './folds.ts'
import { randomFold, randomUse } from './folds.ts'
import type { Input, Oracle, Scenario, StoreChoice } from './scenario.ts'
import { chance, pick, randomInputs, windowText } from './scenario.ts'
import { sendRows, usedRows } from './uses.ts'

/** A record that counts: it has a key. */
export interface Keyed {
  readonly key: string
  readonly value: string | null
  readonly timestamp: number
}

/** The windows of a record as far as they are open, by the stream time then. */
interface Grid {
  readonly sizeMs: number
  readonly advanceMs: number
  readonly originMs: number
  readonly graceMs: number
}

/** Long enough that nothing expires in the store: what is late is the operator's to say. */
export const retentionMs = 100_000

export function storeOptions(store: StoreChoice, named = 'store'): MaterializedOptions<string, Collected> {
  return { store: named, engine: store.engine, caching: store.caching, value: serdes.json(), retentionMs }
}

/** The stream of the input, grouped: as it is, or behind a repartition topic. */
export function groupedInput(
  builder: StreamsBuilder,
  topic: string,
  repartitioned: boolean,
): KGroupedStream<string, string> {
  const stream = builder.stream(topic, { key: serdes.string, value: serdes.string })
  return repartitioned
    ? stream.groupBy((key) => key, { key: serdes.string, value: serdes.string })
    : stream.groupByKey()
}

export function windowName({ key, window }: Windowed<string>): string {
  return windowText(key, window.startMs, window.endMs)
}

export function* keyed(inputs: readonly Input[]): Generator<Keyed> {
  for (const { key, value, timestamp } of inputs) if (key !== null) yield { key, value, timestamp }
}

/** Appends to the list under a name. */
export function append<T>(lists: Map<string, T[]>, name: string, value: T): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [value])
  else list.push(value)
}

function foldAll(lists: ReadonlyMap<string, readonly (string | null)[]>, fold: Fold): Map<string, Collected> {
  const rows = new Map<string, Collected>()
  for (const [name, values] of lists) {
    const row = fold.of(values)
    if (row !== null) rows.set(name, row)
  }
  return rows
}

function timeScenario(random: Random, emit: EmitStrategy): Scenario {
  const sizeMs = 1 + random.below(30)
  const advanceMs = chance(random, 0.5) ? sizeMs : 1 + random.below(sizeMs)
  const graceMs = pick(random, [0, 5, 1000])
  const fold = randomFold(random, emit === 'onWindowUpdate')
  const use: Use = emit === 'onWindowUpdate' ? randomUse(random) : 'rows'
  const repartitioned = chance(random, 0.2)
  const grid = { sizeMs, advanceMs, originMs: 0, graceMs }
  return {
    parameters: { sizeMs, advanceMs, graceMs, fold: fold.name, use, repartitioned },
    inputs: randomInputs(random),
    build(builder, store) {
      const windows = TimeWindows.ofSizeAndGrace(sizeMs, graceMs).advanceBy(advanceMs)
      const windowed = groupedInput(builder, 'in', repartitioned).windowedBy(windows).emitStrategy(emit)
      sendRows(windowed.aggregate(fold.initializer, fold.aggregator, storeOptions(store)), use, windowName)
    },
    expected: (inputs) => usedRows(windowRows(inputs, grid, fold, emit), use),
    survivesRestart: graceMs === 1000 && emit === 'onWindowUpdate',
    results: emit === 'onWindowClose' ? 'eachOnce' : 'always',
  }
}

/** Every window that a record lies in, unless it had closed by then. */
function windowRows(inputs: readonly Input[], grid: Grid, fold: Fold, emit: EmitStrategy): Map<string, Collected> {
  const { sizeMs, advanceMs, originMs, graceMs } = grid
  const lists = new Map<string, (string | null)[]>()
  let streamTimeMs = -1
  for (const { key, value, timestamp } of keyed(inputs)) {
    streamTimeMs = Math.max(streamTimeMs, timestamp)
    for (let startMs = originMs; startMs <= timestamp; startMs += advanceMs) {
      const endMs = startMs + sizeMs
      if (timestamp < endMs && endMs > streamTimeMs - graceMs) append(lists, windowText(key, startMs, endMs), value)
    }
  }
  const rows = foldAll(lists, fold)
  return emit === 'onWindowUpdate' ? rows : closedRows(rows, (endMs) => endMs <= streamTimeMs - graceMs)
}

function closedRows(
  rows: ReadonlyMap<string, Collected>,
  isClosed: (endMs: number) => boolean,
): Map<string, Collected> {
  return new Map([...rows].filter(([name]) => isClosed(Number(name.slice(name.lastIndexOf('-') + 1)))))
}

/** Windows whose results are held back until they have closed, by the time of the results themselves. */
function suppressedScenario(random: Random): Scenario {
  const sizeMs = 1 + random.below(30)
  const graceMs = pick(random, [0, 5, 20])
  const fold = randomFold(random, false)
  const grid = { sizeMs, advanceMs: sizeMs, originMs: 0, graceMs }
  return {
    parameters: { sizeMs, graceMs, fold: fold.name },
    inputs: randomInputs(random),
    build(builder, store) {
      const windowed = groupedInput(builder, 'in', false).windowedBy(TimeWindows.ofSizeAndGrace(sizeMs, graceMs))
      const table = windowed.aggregate(fold.initializer, fold.aggregator, storeOptions(store))
      sendRows(table.suppress(Suppressed.untilWindowCloses({})), 'rows', windowName)
    },
    expected(inputs) {
      let streamTimeMs = -1
      for (const { timestamp } of keyed(inputs)) streamTimeMs = Math.max(streamTimeMs, timestamp)
      return closedRows(windowRows(inputs, grid, fold, 'onWindowUpdate'), (endMs) => endMs <= streamTimeMs - graceMs)
    },
    results: 'eachOnce',
  }
}

function unlimitedScenario(random: Random): Scenario {
  const startMs = random.below(60)
  const fold = randomFold(random, true)
  const use = randomUse(random)
  return {
    parameters: { startMs, fold: fold.name, use },
    inputs: randomInputs(random),
    build(builder, store) {
      const { retentionMs: _none, ...options } = storeOptions(store)
      const windowed = groupedInput(builder, 'in', false).windowedBy(UnlimitedWindows.of().startOn(startMs))
      const table = windowed.aggregate(fold.initializer, fold.aggregator, options)
      sendRows(table, use, ({ key, window }) => `${key}@${window.startMs}`)
    },
    expected(inputs) {
      const lists = new Map<string, (string | null)[]>()
      for (const { key, value, timestamp } of keyed(inputs)) {
        if (timestamp >= startMs) append(lists, `${key}@${startMs}`, value)
      }
      return usedRows(foldAll(lists, fold), use)
    },
    survivesRestart: true,
  }
}

function slidingScenario(random: Random, emit: EmitStrategy): Scenario {
  const differenceMs = 1 + random.below(20)
  const graceMs = pick(random, [5, 20, 1000])
  const fold = randomFold(random, false)
  const use: Use = emit === 'onWindowUpdate' ? randomUse(random) : 'rows'
  return {
    parameters: { differenceMs, graceMs, fold: fold.name, use },
    inputs: clearlyLateOrNot(randomInputs(random), differenceMs, graceMs),
    build(builder, store) {
      const windows = SlidingWindows.ofTimeDifferenceAndGrace(differenceMs, graceMs)
      const windowed = groupedInput(builder, 'in', false).windowedBy(windows).emitStrategy(emit)
      sendRows(windowed.aggregate(fold.initializer, fold.aggregator, storeOptions(store)), use, windowName)
    },
    expected: (inputs) => usedRows(slidingRows(inputs, differenceMs, graceMs, fold, emit), use),
    survivesRestart: graceMs === 1000 && emit === 'onWindowUpdate',
    results: emit === 'onWindowClose' ? 'eachOnce' : 'always',
  }
}

/**
 * A record either counts in all its windows or in none. What lies in between, where Java goes by what the store still
 * has, is for the vectors: such a record gets the time of its stream.
 */
function clearlyLateOrNot(inputs: readonly Input[], differenceMs: number, graceMs: number): Input[] {
  let streamTimeMs = -1
  return inputs.map((input) => {
    if (input.key === null || input.value === null) return input
    streamTimeMs = Math.max(streamTimeMs, input.timestamp)
    const closeMs = streamTimeMs - graceMs
    const isClear = input.timestamp > closeMs || input.timestamp + differenceMs < closeMs
    return isClear ? input : { ...input, timestamp: streamTimeMs }
  })
}

/** A window that ends with each record, and one that begins behind it, with all that lies within. */
export function slidingRows(
  inputs: readonly Input[],
  differenceMs: number,
  graceMs: number,
  fold: Fold,
  emit: EmitStrategy,
): Map<string, Collected> {
  const accepted: Keyed[] = []
  let streamTimeMs = -1
  let emittedMs = -1
  for (const record of keyed(inputs)) {
    if (record.value === null) continue
    streamTimeMs = Math.max(streamTimeMs, record.timestamp)
    if (record.timestamp + differenceMs < streamTimeMs - graceMs) continue
    accepted.push(record)
    // Records so early that their window would begin before 0 do not emit.
    if (record.timestamp >= differenceMs) emittedMs = streamTimeMs - graceMs
  }
  const lists = new Map<string, (string | null)[]>()
  for (const { key, timestamp } of accepted) {
    for (const startMs of [Math.max(0, timestamp - differenceMs), timestamp + 1]) {
      const endMs = startMs + differenceMs
      const inside = accepted.filter(
        (other) => other.key === key && other.timestamp >= startMs && other.timestamp <= endMs,
      )
      if (inside.length > 0)
        lists.set(
          windowText(key, startMs, endMs),
          inside.map(({ value }) => value),
        )
    }
  }
  const rows = foldAll(lists, fold)
  return emit === 'onWindowUpdate' ? rows : closedRows(rows, (endMs) => endMs < emittedMs)
}

function countScenario(random: Random): Scenario {
  const sizeMs = 1 + random.below(30)
  const kind = pick(random, ['time', 'sliding'])
  const inputs = randomInputs(random, { lateness: () => random.below(40) })
  const graceMs = 1000
  return {
    parameters: { sizeMs, kind },
    inputs,
    build(builder, store) {
      const options = { store: 'store', engine: store.engine, caching: store.caching, retentionMs }
      const group = groupedInput(builder, 'in', false)
      const windowed =
        kind === 'time'
          ? group.windowedBy(TimeWindows.ofSizeAndGrace(sizeMs, graceMs))
          : group.windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(sizeMs, graceMs))
      sendCounts(windowed.count(options))
    },
    expected(inputsSoFar) {
      const fold = randomFold(random, false)
      const grid = { sizeMs, advanceMs: sizeMs, originMs: 0, graceMs }
      const rows =
        kind === 'time'
          ? windowRows(inputsSoFar, grid, fold, 'onWindowUpdate')
          : slidingRows(inputsSoFar, sizeMs, graceMs, fold, 'onWindowUpdate')
      return new Map([...rows].map(([name, { values }]) => [name, values.length]))
    },
    survivesRestart: true,
  }
}

export function sendCounts(table: KTable<Windowed<string>, number>): void {
  table.toStream(windowName).to('out', { key: serdes.string, value: serdes.json<number>() })
}

export const windowedOracles: readonly Oracle[] = [
  { name: 'time windows', scenario: (random) => timeScenario(random, 'onWindowUpdate') },
  { name: 'time windows, emitted on close', scenario: (random) => timeScenario(random, 'onWindowClose') },
  { name: 'time windows, suppressed until they close', scenario: suppressedScenario },
  { name: 'unlimited windows', scenario: unlimitedScenario },
  { name: 'sliding windows', scenario: (random) => slidingScenario(random, 'onWindowUpdate') },
  { name: 'sliding windows, emitted on close', scenario: (random) => slidingScenario(random, 'onWindowClose') },
  { name: 'count in windows', scenario: countScenario },
]
