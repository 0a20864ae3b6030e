import type { Random } from '@streamwright/std'
import type { KTable, MaterializedOptions, Serde, StreamsBuilder } from '@streamwright/streams'
import { SessionWindows, SlidingWindows, TimeWindows, serdes } from '@streamwright/streams'
import type { Collected } from './folds.ts'
import { randomFold, randomUse } from './folds.ts'
import type { Input, Oracle, Scenario, StoreChoice } from './scenario.ts'
import { chance, pick, randomInputs, windowText } from './scenario.ts'
import { sendRows, usedRows } from './uses.ts'
import { append, groupedInput, keyed, retentionMs, windowName } from './windowed-oracles.ts'

export const collectedSerde: Serde<Collected> = serdes.json<Collected>()
export const strings: { readonly key: Serde<string>; readonly value: Serde<string> } = {
  key: serdes.string,
  value: serdes.string,
}

export function storeOptions(store: StoreChoice, named: string): MaterializedOptions<string, never> {
  return { store: named, engine: store.engine, caching: store.caching }
}

function aggregateScenario(random: Random): Scenario {
  const fold = randomFold(random, true)
  const use = randomUse(random)
  const repartitioned = chance(random, 0.3)
  return {
    survivesRestart: true,
    parameters: { fold: fold.name, use, repartitioned },
    inputs: randomInputs(random),
    build(builder, store) {
      const options = { ...storeOptions(store, 'store'), value: collectedSerde }
      const group = groupedInput(builder, 'in', repartitioned)
      sendRows(group.aggregate(fold.initializer, fold.aggregator, options), use, (key) => key)
    },
    expected(inputs) {
      const rows = new Map<string, Collected>()
      for (const [key, values] of valuesByKey(inputs)) {
        const row = fold.of(values)
        if (row !== null) rows.set(key, row)
      }
      return usedRows(rows, use)
    },
  }
}

function valuesByKey(inputs: readonly Input[]): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const { key, value } of keyed(inputs)) if (value !== null) append(lists, key, value)
  return lists
}

function countAndReduceScenario(random: Random): Scenario {
  const counts = chance(random, 0.5)
  return {
    survivesRestart: true,
    parameters: { counts },
    inputs: randomInputs(random),
    build(builder, store) {
      const group = groupedInput(builder, 'in', false)
      const options = storeOptions(store, 'store')
      if (counts) send(group.count(options), serdes.json<number>())
      else
        send(
          group.reduce((left, right) => left + right, { ...options, value: serdes.string }),
          serdes.json<string>(),
        )
    },
    expected: (inputs) =>
      new Map([...valuesByKey(inputs)].map(([key, values]) => [key, counts ? values.length : values.join('')])),
  }
}

function send<V extends number | string>(table: KTable<string, V>, value: Serde<NonNullable<V>>): void {
  table.toStream().to('out', { key: serdes.string, value })
}

/** The last value of each key, as a table read from a topic or made of a stream. */
export function latest(inputs: readonly Input[], topic = 'in'): Map<string, string> {
  const rows = new Map<string, string>()
  for (const input of inputs) {
    if (input.topic !== topic || input.key === null) continue
    if (input.value === null) rows.delete(input.key)
    else rows.set(input.key, input.value)
  }
  return rows
}

export function rowsOf(
  builder: StreamsBuilder,
  topic: string,
  store: StoreChoice,
  fromStream: boolean,
): KTable<string, string> {
  const options = { ...storeOptions(store, `${topic}-store`), ...strings }
  return fromStream ? builder.stream(topic, strings).toTable(options) : builder.table(topic, options)
}

function derivedScenario(random: Random): Scenario {
  const fromStream = chance(random, 0.5)
  const isMaterialized = chance(random, 0.5)
  const isTransformed = chance(random, 0.5)
  const use = randomUse(random)
  const collect = (value: string): Collected => ({ values: [value] })
  return {
    survivesRestart: true,
    parameters: { fromStream, isMaterialized, isTransformed, use },
    inputs: randomInputs(random, { nullValues: 0.3 }),
    build(builder, store) {
      const options = isMaterialized ? { ...storeOptions(store, 'store'), value: collectedSerde } : {}
      const kept = rowsOf(builder, 'in', store, fromStream).filter((_key, value) => value !== 'w')
      const transform = (value: string | null): Collected | null => (value === null ? null : collect(value))
      const rows = isTransformed
        ? kept.transformValues(() => ({ transform }), options)
        : kept.mapValues(collect, options)
      sendRows(rows, use, (key) => key)
    },
    expected(inputs) {
      const kept = [...latest(inputs)].filter(([, value]) => value !== 'w')
      return usedRows(new Map(kept.map(([key, value]) => [key, collect(value)])), use)
    },
  }
}

/** Rows under another key: what leaves a group is taken away, what comes is added. */
function regroupedScenario(random: Random): Scenario {
  const kind = pick(random, ['aggregate', 'count', 'reduce'])
  const fromStream = chance(random, 0.5)
  return {
    survivesRestart: true,
    parameters: { kind, fromStream },
    inputs: randomInputs(random, { nullValues: 0.3 }),
    build(builder, store) {
      const group = rowsOf(builder, 'in', store, fromStream).groupBy((key, value) => [value, key] as const, strings)
      const options = storeOptions(store, 'store')
      if (kind === 'count') send(group.count(options), serdes.json<number>())
      else if (kind === 'reduce') send(group.reduce(sorted, without, options), serdes.json<string>())
      else
        send(
          group.aggregate<string>(
            () => '',
            (_group, key, keys) => sorted(keys, key),
            (_group, key, keys) => without(keys, key),
            { ...options, value: serdes.string },
          ),
          serdes.json<string>(),
        )
    },
    expected(inputs) {
      const groups = new Map<string, string>()
      // A group that has lost all its rows stays, with nothing in it.
      for (const index of inputs.keys()) {
        for (const group of latest(inputs.slice(0, index + 1)).values()) groups.set(group, '')
      }
      for (const [key, group] of latest(inputs)) groups.set(group, sorted(groups.get(group) ?? '', key))
      return new Map([...groups].map(([group, keys]) => [group, kind === 'count' ? keys.length : keys]))
    },
    // With a cache a group that came and went within a commit was never there.
    commitsEach: true,
  }
}

function sorted(keys: string, key: string): string {
  return `${keys}${key}`.split('').toSorted().join('')
}

function without(keys: string, key: string): string {
  return keys.replace(key, '')
}

const cogroupWindows = ['none', 'time', 'sliding', 'session'] as const

/** Streams with the same keys in one table: the order of different topics is not settled, so values are sorted. */
function cogroupScenario(random: Random): Scenario {
  const kind = pick(random, cogroupWindows)
  const lengthMs = 1 + random.below(20)
  const use = randomUse(random)
  const initializer = (): Collected => ({ values: [] })
  const add =
    (topic: string) =>
    (_key: string, value: string | null, { values }: Collected): Collected => ({
      values: [...values, `${topic}${value ?? '-'}`].toSorted(),
    })
  return {
    survivesRestart: true,
    parameters: { kind, lengthMs, use },
    inputs: randomInputs(random, { topics: ['l', 'r'] }),
    build(builder, store) {
      const cogrouped = groupedInput(builder, 'l', false)
        .cogroup(add('l'))
        .cogroup(groupedInput(builder, 'r', false), add('r'))
      const options = { ...storeOptions(store, 'store'), key: serdes.string, value: collectedSerde }
      const kept = { ...options, retentionMs }
      if (kind === 'none') sendRows(cogrouped.aggregate(initializer, options), use, (key) => key)
      else if (kind === 'session') {
        const windows = SessionWindows.ofInactivityGapAndGrace(lengthMs, 10_000)
        const merger = (_key: string, left: Collected, right: Collected): Collected => ({
          values: [...left.values, ...right.values].toSorted(),
        })
        sendRows(cogrouped.windowedBy(windows).aggregate(initializer, merger, kept), use, windowName)
      } else {
        const windows =
          kind === 'time'
            ? TimeWindows.ofSizeAndGrace(lengthMs, 10_000)
            : SlidingWindows.ofTimeDifferenceAndGrace(lengthMs, 10_000)
        sendRows(cogrouped.windowedBy(windows).aggregate(initializer, kept), use, windowName)
      }
    },
    expected: (inputs) => usedRows(cogroupRows(inputs, kind, lengthMs), use),
  }
}

interface Placed {
  readonly timestamp: number
  readonly text: string
}

function cogroupRows(
  inputs: readonly Input[],
  kind: (typeof cogroupWindows)[number],
  lengthMs: number,
): Map<string, Collected> {
  const byKey = new Map<string, Placed[]>()
  for (const { topic, key, value, timestamp } of inputs) {
    const isNeeded = kind === 'none' || kind === 'sliding'
    if (key !== null && (value !== null || !isNeeded))
      append(byKey, key, { timestamp, text: `${topic}${value ?? '-'}` })
  }
  const rows = new Map<string, Collected>()
  for (const [key, records] of byKey) {
    for (const [startMs, endMs] of windowsOf(records, kind, lengthMs)) {
      const lastMs = kind === 'time' ? endMs - 1 : endMs
      const inside = records.filter(({ timestamp }) => timestamp >= startMs && timestamp <= lastMs)
      const name = kind === 'none' ? key : windowText(key, startMs, endMs)
      if (inside.length > 0) rows.set(name, { values: inside.map(({ text }) => text).toSorted() })
    }
  }
  return rows
}

function windowsOf(
  records: readonly Placed[],
  kind: (typeof cogroupWindows)[number],
  lengthMs: number,
): (readonly [number, number])[] {
  const times = records.map(({ timestamp }) => timestamp).toSorted((left, right) => left - right)
  switch (kind) {
    case 'none':
      return [[0, Infinity]]
    case 'time':
      return times.map((timeMs) => {
        const startMs = timeMs - (timeMs % lengthMs)
        return [startMs, startMs + lengthMs]
      })
    case 'sliding':
      return times
        .flatMap((timeMs) => [Math.max(0, timeMs - lengthMs), timeMs + 1])
        .map((startMs) => [startMs, startMs + lengthMs])
    case 'session':
      return sessionsOf(times, lengthMs)
  }
}

function sessionsOf(times: readonly number[], gapMs: number): (readonly [number, number])[] {
  const sessions: [number, number][] = []
  for (const timeMs of times) {
    const last = sessions.at(-1)
    if (last !== undefined && timeMs - last[1] <= gapMs) last[1] = timeMs
    else sessions.push([timeMs, timeMs])
  }
  return sessions
}

export const tableOracles: readonly Oracle[] = [
  { name: 'aggregate of a stream', scenario: aggregateScenario },
  { name: 'count and reduce of a stream', scenario: countAndReduceScenario },
  { name: 'tables, filtered, mapped and transformed', scenario: derivedScenario },
  { name: 'aggregate of a table', scenario: regroupedScenario },
  { name: 'cogroup', scenario: cogroupScenario },
]
