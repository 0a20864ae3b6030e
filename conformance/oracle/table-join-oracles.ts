import type { Random } from '@streamwright/std'
import type { GlobalKTable, KStream, KTable } from '@streamwright/streams'
import { serdes } from '@streamwright/streams'
import type { Collected } from './folds.ts'
import { randomUse } from './folds.ts'
import type { Oracle, Scenario } from './scenario.ts'
import { chance, pick, randomInputs } from './scenario.ts'
import { collectedSerde, latest, rowsOf, storeOptions, strings } from './table-oracles.ts'
import { sendRows, usedRows } from './uses.ts'

type Text = string | null

function pair(left: Text, right: Text): Collected {
  return { values: [left ?? '-', right ?? '-'] }
}

export const joinKinds = ['inner', 'left', 'outer'] as const

/** Two tables joined by their keys. */
export function joined(
  kind: (typeof joinKinds)[number],
  left: KTable<string, string>,
  right: KTable<string, string>,
  options: Parameters<typeof left.outerJoin<string, Collected>>[2],
): KTable<string, Collected> {
  if (kind === 'inner') return left.join(right, pair, options)
  return kind === 'left' ? left.leftJoin(right, pair, options) : left.outerJoin(right, pair, options)
}

/** The rows that such a join comes to. */
export function joinedRows(
  kind: (typeof joinKinds)[number],
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
): Map<string, Collected> {
  const rows = new Map<string, Collected>()
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [leftValue, rightValue] = [left.get(key) ?? null, right.get(key) ?? null]
    if (leftValue === null && kind !== 'outer') continue
    if (rightValue === null && kind === 'inner') continue
    rows.set(key, pair(leftValue, rightValue))
  }
  return rows
}

function joinScenario(random: Random): Scenario {
  const kind = pick(random, joinKinds)
  const isMaterialized = chance(random, 0.5)
  const use = randomUse(random)
  return {
    survivesRestart: true,
    parameters: { kind, isMaterialized, use },
    inputs: randomInputs(random, { topics: ['l', 'r'], nullValues: 0.3 }),
    build(builder, store) {
      // A table with a cache shows a join of tables a row before it tells of it, and never tells of one that came and
      // went between two commits: in Java, too, its result then stays. Only the result has a cache here.
      const sources = { ...store, caching: false }
      const [left, right] = [rowsOf(builder, 'l', sources, false), rowsOf(builder, 'r', sources, false)]
      const options = isMaterialized ? { ...storeOptions(store, 'store'), value: collectedSerde } : {}
      sendRows(joined(kind, left, right, options), use, (key) => key)
    },
    expected: (inputs) => usedRows(joinedRows(kind, latest(inputs, 'l'), latest(inputs, 'r')), use),
  }
}

/** What the rows of the left table refer to: nothing, or a row that may be there. */
const references: Readonly<Record<string, string | undefined>> = { u: 'a', v: 'b', w: 'c' }
const byKey: Readonly<Record<string, string>> = { a: 'b', b: 'c', c: 'b' }

/** Finds the key of the other table: in the value, or in the key of the row. */
export type ForeignKey = (value: string, key: string) => string | null

export function randomForeignKey(random: Random): { readonly by: string; readonly foreignKey: ForeignKey } {
  return chance(random, 0.8)
    ? { by: 'value', foreignKey: (value) => references[value] ?? null }
    : { by: 'key', foreignKey: (_value, key) => byKey[key] ?? null }
}

/** The rows that a join by a foreign key comes to. */
export function foreignRows(
  isLeft: boolean,
  left: ReadonlyMap<string, string>,
  right: ReadonlyMap<string, string>,
  foreignKey: ForeignKey,
): Map<string, Collected> {
  const rows = new Map<string, Collected>()
  for (const [key, value] of left) {
    const other = right.get(foreignKey(value, key) ?? '') ?? null
    if (other !== null || isLeft) rows.set(key, pair(value, other))
  }
  return rows
}

function foreignKeyScenario(random: Random): Scenario {
  const isLeft = chance(random, 0.5)
  const isMaterialized = chance(random, 0.5)
  const use = randomUse(random)
  const { by, foreignKey } = randomForeignKey(random)
  return {
    survivesRestart: true,
    parameters: { isLeft, isMaterialized, use, by },
    inputs: randomInputs(random, { topics: ['l', 'r'], nullValues: 0.3 }),
    build(builder, store) {
      const [left, right] = [rowsOf(builder, 'l', store, false), rowsOf(builder, 'r', store, false)]
      const options = { ...(isMaterialized ? storeOptions(store, 'store') : {}), value: collectedSerde }
      const table = isLeft
        ? left.leftJoin(right, foreignKey, pair, options)
        : left.join(right, foreignKey, pair, options)
      sendRows(table, use, (key) => key)
    },
    expected: (inputs) => usedRows(foreignRows(isLeft, latest(inputs, 'l'), latest(inputs, 'r'), foreignKey), use),
    // A row that is deleted and comes back, to refer to nothing that is there, before the deletion was answered: an inner
    // join leaves that answer out, since it is to an older row, and gets none to the new one. In Java, too, the old
    // result then stays.
    commitsEach: !isLeft,
  }
}

function joinedGlobally(
  stream: KStream<string, string>,
  rows: GlobalKTable<string, string>,
  kind: 'inner' | 'left',
): KStream<string, Collected> {
  const rowKey = (_key: string, value: string): Text => references[value] ?? null
  return kind === 'inner' ? stream.join(rows, rowKey, pair) : stream.leftJoin(rows, rowKey, pair)
}

/** Each record of the stream with what the row is then; rows of a global table are found by any key. */
function streamScenario(random: Random, isGlobal: boolean): Scenario {
  const kind = pick(random, ['inner', 'left'] as const)
  const rowKey = (key: Text, value: string): Text => (isGlobal ? (references[value] ?? null) : key)
  return {
    survivesRestart: true,
    parameters: { kind },
    inputs: randomInputs(random, { topics: ['l', 'r'], nullValues: 0.2 }),
    build(builder, store) {
      const stream = builder.stream('l', strings)
      const results = isGlobal
        ? joinedGlobally(stream, builder.globalTable('r', { ...strings, store: 'rows', engine: store.engine }), kind)
        : kind === 'inner'
          ? stream.join(rowsOf(builder, 'r', store, false), pair)
          : stream.leftJoin(rowsOf(builder, 'r', store, false), pair)
      results.to('out', { key: serdes.string, value: collectedSerde })
    },
    expected(inputs) {
      const results = new Map<string, Collected>()
      for (const [index, { topic, key, value }] of inputs.entries()) {
        if (topic !== 'l' || value === null) continue
        const right = latest(inputs.slice(0, index), 'r').get(rowKey(key, value) ?? '') ?? null
        if (right !== null || kind === 'left') results.set(String(results.size), pair(value, right))
      }
      return results
    },
    results: 'sequence',
    commitsEach: true,
  }
}

export const tableJoinOracles: readonly Oracle[] = [
  { name: 'join of tables', scenario: joinScenario },
  { name: 'join of tables by a foreign key', scenario: foreignKeyScenario },
  { name: 'join of a stream with a table', scenario: (random) => streamScenario(random, false) },
  { name: 'join of a stream with a global table', scenario: (random) => streamScenario(random, true) },
]
