import assert from 'node:assert/strict'
import { seededRandom } from '@streamwright/std'
import type { Random } from '@streamwright/std'
import type { RawRecord } from '@streamwright/streams/testing'
import { Application } from './application.ts'
import type { Input, Oracle, Rows, Scenario, StoreChoice } from './scenario.ts'

/** None; one that holds an entry or two, so that every write evicts; a few; all. */
const cacheSizes = [0, 150, 600, 10 * 1024 * 1024] as const

/** A case that failed, with what is needed to see it again. */
export interface OracleFailure {
  readonly oracle: string
  readonly seed: number
  readonly parameters: Readonly<Record<string, unknown>>
  /** The fewest inputs that still fail. */
  readonly inputs: readonly Input[]
  readonly variant: string
  readonly message: string
}

/** Runs one case of an operator in all variants; undefined when all agree with the naive computation. */
export function runCase(oracle: Oracle, seed: number): OracleFailure | undefined {
  const random = seededRandom(seed)
  const scenario = oracle.scenario(random)
  for (const variant of variantsOf(random, scenario)) {
    const message = failureOf(scenario, scenario.inputs, variant)
    if (message === undefined) continue
    const inputs = fewestFailing(scenario, variant)
    return {
      oracle: oracle.name,
      seed,
      parameters: scenario.parameters,
      inputs,
      variant: JSON.stringify(variant),
      message: failureOf(scenario, inputs, variant) ?? message,
    }
  }
  return undefined
}

export interface Variant {
  readonly store: StoreChoice
  readonly cacheMaxBytes: number
  readonly storeFormat: 'DEFAULT' | 'HEADERS'
  readonly topologyOptimization: 'none' | 'all'
  /** Records in a commit. */
  readonly commitEvery: number
  /** The application is started anew after so many records, at the next commit. */
  readonly restartAfter?: number
}

function variantsOf(random: Random, scenario: Scenario): Variant[] {
  const engine = random.below(2) === 0 ? 'memory' : 'persistent'
  const storeFormat = random.below(2) === 0 ? 'DEFAULT' : 'HEADERS'
  const topologyOptimization = random.below(2) === 0 ? 'none' : 'all'
  const commitEvery = scenario.commitsEach === true ? 1 : 1 + random.below(8)
  const restartAfter = 1 + random.below(scenario.inputs.length)
  return cacheSizes.map((cacheMaxBytes) => ({
    store: { engine, caching: cacheMaxBytes > 0 },
    cacheMaxBytes,
    storeFormat,
    topologyOptimization,
    commitEvery,
    ...(scenario.survivesRestart === true ? { restartAfter } : {}),
  }))
}

function failureOf(scenario: Scenario, inputs: readonly Input[], variant: Variant): string | undefined {
  try {
    check(scenario, inputs, variant)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function check(scenario: Scenario, inputs: readonly Input[], variant: Variant): void {
  const { commitEvery, restartAfter = Infinity } = variant
  const application = new Application(scenario, variant)
  const rows = new Map<string, unknown>()
  try {
    for (let first = 0; first < inputs.length; first += commitEvery) {
      const next = Math.min(first + commitEvery, inputs.length)
      apply(rows, application.process(inputs.slice(first, next)), scenario.results ?? 'always')
      if (scenario.results !== 'eachOnce' && scenario.results !== 'atEnd')
        compare(rows, scenario.expected(inputs.slice(0, next)), `after ${next}`)
      if (first < restartAfter && next >= restartAfter) application.restart()
    }
  } finally {
    application.close()
  }
  compare(rows, scenario.expected(inputs), 'at the end')
}

function apply(
  rows: Map<string, unknown>,
  produced: readonly RawRecord[],
  results: NonNullable<Scenario['results']>,
): void {
  for (const { topic, key, value } of produced) {
    if (topic !== 'out') continue
    const name = results === 'sequence' ? String(rows.size) : (key?.toString() ?? 'null')
    assert.ok(results !== 'eachOnce' || !rows.has(name), `${name} was written twice`)
    if (value === null) rows.delete(name)
    else rows.set(name, JSON.parse(value.toString()))
  }
}

function compare(rows: Rows, expected: Rows, when: string): void {
  const [got, wanted] = [rowsText(rows), rowsText(expected)]
  if (got !== wanted) throw new Error(`${when}:\n  expected ${wanted}\n  but got  ${got}`)
}

function rowsText(rows: Rows): string {
  return JSON.stringify([...rows].toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

/** Leaves out inputs one by one as long as it still fails, until none can be left out. */
function fewestFailing(scenario: Scenario, variant: Variant): readonly Input[] {
  let inputs = scenario.inputs
  for (let index = 0; index < inputs.length - (scenario.endsWithLast === true ? 1 : 0);) {
    const fewer = inputs.toSpliced(index, 1)
    if (fewer.length > 0 && failureOf(scenario, fewer, variant) !== undefined) {
      inputs = fewer
      index = 0
    } else index += 1
  }
  return inputs
}
