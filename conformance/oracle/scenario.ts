import type { Random } from '@streamwright/std'
import type { StoreEngine, StreamsBuilder } from '@streamwright/streams'

/** One record of the input, in the order of arrival. */
export interface Input {
  readonly topic: string
  readonly key: string | null
  readonly value: string | null
  readonly timestamp: number
}

/** What a scenario says its results must be: rows under a text each. */
export type Rows = ReadonlyMap<string, unknown>

/** One random case of an operator: a topology, an input, and the same thing computed naively. */
export interface Scenario {
  /** The parameters that were drawn, for whoever reads a failure. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly inputs: readonly Input[]
  /** Builds the topology: its result goes to the topic `out`, as JSON under string keys; null deletes a row. */
  build(builder: StreamsBuilder, store: StoreChoice): void
  /** What stands in `out` once these inputs have been processed and committed, computed anew from all of them. */
  expected(inputs: readonly Input[]): Rows
  /**
   * - `always`: after each commit (the default);
   * - `atEnd`: once all inputs are in, where the time of results is not settled before;
   * - `eachOnce`: each row is written once, and all are there at the end: emission on close;
   * - `sequence`: after each commit, where records are no updates of rows: the row of each is named by its number.
   */
  readonly results?: 'always' | 'atEnd' | 'eachOnce' | 'sequence'
  /** The last input ends the case, so that nothing is open any more: it cannot be left out to make the case smaller. */
  readonly endsWithLast?: boolean
  /** The order of records of different topics counts: each is committed on its own. */
  readonly commitsEach?: boolean
  /**
   * The result is the same when the application ends somewhere in between and goes on with what it restores from its
   * changelogs: not where records may be late, since the time of an operator starts anew.
   */
  readonly survivesRestart?: boolean
}

/** How the stores of a scenario are kept. */
export interface StoreChoice {
  readonly engine: StoreEngine
  readonly caching: boolean
}

/** An operator of the library with its naive twin. */
export interface Oracle {
  readonly name: string
  scenario(random: Random): Scenario
}

export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[random.below(choices.length)] ?? choices[0]
}

export function chance(random: Random, probability: number): boolean {
  return random.fraction() < probability
}

export interface InputOptions {
  readonly topics?: readonly [string, ...string[]]
  readonly values?: readonly [string, ...string[]]
  readonly nullValues?: number
  readonly nullKeys?: number
  /** How far behind stream time a record may be, as a choice for each record. Default: up to 20. */
  readonly lateness?: (random: Random) => number
  /** How far stream time moves at most from record to record. Default: 8. */
  readonly stepMs?: number
}

const keys = ['a', 'b', 'c'] as const
const values = ['u', 'v', 'w', 'x'] as const

/** Records of a few keys, most in order, some late, some without key or value. */
export function randomInputs(random: Random, options: InputOptions = {}): Input[] {
  const { topics = ['in'], nullValues = 0.1, nullKeys = 0.05, stepMs = 8 } = options
  const lateness = options.lateness ?? (() => random.below(20))
  let streamTimeMs = random.below(30)
  return Array.from({ length: 1 + random.below(24) }, () => {
    streamTimeMs += chance(random, 0.1) ? random.below(stepMs * 8) : random.below(stepMs)
    const timestamp = chance(random, 0.4) ? Math.max(0, streamTimeMs - lateness(random)) : streamTimeMs
    return {
      topic: pick(random, topics),
      key: chance(random, nullKeys) ? null : pick(random, keys),
      value: chance(random, nullValues) ? null : pick(random, options.values ?? values),
      timestamp,
    }
  })
}

/** The name of a windowed row. */
export function windowText(key: string, startMs: number, endMs: number): string {
  return `${key}@${startMs}-${endMs}`
}
