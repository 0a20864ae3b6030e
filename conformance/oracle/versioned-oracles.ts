import type { Random } from '@streamwright/std'
import type { KTable, StreamsBuilder } from '@streamwright/streams'
import { Stores, serdes } from '@streamwright/streams'
import type { Collected } from './folds.ts'
import { randomUse } from './folds.ts'
import type { Input, Oracle, Scenario, StoreChoice } from './scenario.ts'
import { chance, pick, randomInputs } from './scenario.ts'
import { foreignRows, joinKinds, joined, joinedRows, randomForeignKey } from './table-join-oracles.ts'
import { collectedSerde, latest, storeOptions, strings } from './table-oracles.ts'
import { sendRows, usedRows } from './uses.ts'

/** So long that no version is too old. */
const historyRetentionMs = 1_000_000

/** A table whose rows go by their timestamps, in whatever order they come. */
function versionedRows(builder: StreamsBuilder, topic: string, { engine }: StoreChoice): KTable<string, string> {
  const supplier = Stores.onEngine(
    Stores.persistentVersionedKeyValueStore(`${topic}-store`, { historyRetentionMs }),
    engine,
  )
  return builder.table(topic, { ...strings, supplier })
}

/** Each at a time of its own, so that it is settled which is the latest; late ones stay as late. */
function timedInputs(random: Random, topics?: readonly [string, ...string[]]): Input[] {
  const inputs = randomInputs(random, { nullValues: 0.3, ...(topics === undefined ? {} : { topics }) })
  return inputs.map((input, index) => ({ ...input, timestamp: input.timestamp * inputs.length + index }))
}

function byTime(inputs: readonly Input[]): Input[] {
  return inputs.toSorted((left, right) => left.timestamp - right.timestamp)
}

function regroupedScenario(random: Random): Scenario {
  const isMapped = chance(random, 0.5)
  const isFiltered = chance(random, 0.5)
  return {
    survivesRestart: true,
    parameters: { isMapped, isFiltered },
    inputs: timedInputs(random),
    build(builder, store) {
      const rows = versionedRows(builder, 'in', store)
      const kept = isFiltered ? rows.filter((_key, value) => value !== 'w') : rows
      const mapped = isMapped ? kept.mapValues((value) => `${value}!`) : kept
      sendRows(
        mapped.mapValues((value): Collected => ({ values: [value] })),
        'regrouped',
        (key) => key,
      )
    },
    expected(inputs) {
      const rows = [...latest(byTime(inputs))].filter(([, value]) => !isFiltered || value !== 'w')
      return usedRows(
        new Map(rows.map(([key, value]) => [key, { values: [isMapped ? `${value}!` : value] }])),
        'regrouped',
      )
    },
  }
}

function joinScenario(random: Random): Scenario {
  const kind = pick(random, joinKinds)
  const isMaterialized = chance(random, 0.5)
  const use = randomUse(random)
  return {
    survivesRestart: true,
    parameters: { kind, isMaterialized, use },
    inputs: timedInputs(random, ['l', 'r']),
    build(builder, store) {
      const options = isMaterialized ? { ...storeOptions(store, 'store'), value: collectedSerde } : {}
      const [left, right] = [versionedRows(builder, 'l', store), versionedRows(builder, 'r', store)]
      sendRows(joined(kind, left, right, options), use, (key) => key)
    },
    expected: (inputs) => usedRows(joinedRows(kind, latest(byTime(inputs), 'l'), latest(byTime(inputs), 'r')), use),
  }
}

function foreignKeyScenario(random: Random): Scenario {
  const isLeft = chance(random, 0.5)
  const use = randomUse(random)
  const { by, foreignKey } = randomForeignKey(random)
  return {
    survivesRestart: true,
    parameters: { isLeft, use, by },
    inputs: timedInputs(random, ['l', 'r']),
    build(builder, store) {
      const pair = (left: string, right: string | null): Collected => ({ values: [left, right ?? '-'] })
      const [left, right] = [versionedRows(builder, 'l', store), versionedRows(builder, 'r', store)]
      const options = { value: collectedSerde }
      const table = isLeft
        ? left.leftJoin(right, foreignKey, pair, options)
        : left.join(right, foreignKey, pair, options)
      sendRows(table, use, (key) => key)
    },
    expected: (inputs) =>
      usedRows(foreignRows(isLeft, latest(byTime(inputs), 'l'), latest(byTime(inputs), 'r'), foreignKey), use),
    // See the join of tables without versions.
    commitsEach: !isLeft,
  }
}

/** Moves the time of the stream on, so that nothing waits any more. */
const closing: Input = { topic: 'l', key: 'end', value: 'end', timestamp: 1_000_000 - 1 }

/** Each record of the stream with the row of its own time: as it is known at once, or when its grace is over. */
function streamScenario(random: Random): Scenario {
  const isLeft = chance(random, 0.5)
  // With a grace, of which no record is later, so that all wait for their time.
  const graceMs = chance(random, 0.5) ? 1 + random.below(100) : undefined
  const drawn = timedInputs(random, ['l', 'r']).map((input, index) => ({
    ...input,
    key: input.key ?? 'a',
    value: input.value === null ? null : `${input.value}${index}`,
  }))
  return {
    survivesRestart: true,
    endsWithLast: true,
    parameters: { isLeft, graceMs },
    inputs: [...(graceMs === undefined ? drawn : inGrace(drawn, graceMs)), closing],
    build(builder, store) {
      const stream = builder.stream('l', strings)
      const rows = versionedRows(builder, 'r', store)
      const pair = (left: string, right: string | null): Collected => ({ values: [left, right ?? '-'] })
      const options = { ...strings, ...(graceMs === undefined ? {} : { graceMs }) }
      const results = isLeft ? stream.leftJoin(rows, pair, options) : stream.join(rows, pair, options)
      results.selectKey((_key, { values }) => values[0] ?? '').to('out', { key: serdes.string, value: collectedSerde })
    },
    expected(inputs) {
      const results = new Map<string, Collected>()
      for (const [index, { topic, key, value, timestamp }] of inputs.entries()) {
        if (topic !== 'l' || value === null || key === null) continue
        const then = graceMs === undefined ? index : timeIsOver(inputs, index, timestamp + graceMs)
        if (then === undefined) continue
        const known = inputs.slice(0, then).filter((input) => input.timestamp <= timestamp)
        const row = latest(byTime(known), 'r').get(key)
        if (row !== undefined || isLeft) results.set(value, { values: [value, row ?? '-'] })
      }
      return results
    },
    results: 'eachOnce',
    commitsEach: true,
  }
}

/** The record of the stream, this one or one behind it, with which its time reaches an end. */
function timeIsOver(inputs: readonly Input[], from: number, endMs: number): number | undefined {
  const index = inputs.findIndex(
    ({ topic, value, timestamp }, at) => at >= from && topic === 'l' && value !== null && timestamp >= endMs,
  )
  return index < 0 ? undefined : index
}

/** Records of the stream that are later than the grace come at the time of the stream. */
function inGrace(inputs: readonly Input[], graceMs: number): Input[] {
  let streamTimeMs = 0
  return inputs.map((input) => {
    if (input.topic !== 'l' || input.value === null) return input
    streamTimeMs = Math.max(streamTimeMs, input.timestamp)
    return input.timestamp < streamTimeMs - graceMs ? { ...input, timestamp: streamTimeMs } : input
  })
}

export const versionedOracles: readonly Oracle[] = [
  { name: 'versioned tables, filtered, mapped and grouped anew', scenario: regroupedScenario },
  { name: 'join of versioned tables', scenario: joinScenario },
  { name: 'join of versioned tables by a foreign key', scenario: foreignKeyScenario },
  { name: 'join of a stream with a versioned table', scenario: streamScenario },
]
