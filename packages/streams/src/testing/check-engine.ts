import assert, { AssertionError } from 'node:assert/strict'
import { seededRandom } from '@streamwright/std'
import type { Random } from '@streamwright/std'
import { CustomEngineSpace } from '../state/engine/custom-engine.ts'
import type { CustomEngineFactory } from '../state/engine/custom-engine.ts'
import { EngineAccount } from './engine-account.ts'
import type { EngineStep } from './engine-account.ts'

export interface CheckEngineOptions {
  /** The same seed does the same. Default 1. */
  readonly seed?: number
  /** How many histories, each in a store of its own. Default 200. */
  readonly runs?: number
  /** Where an engine that keeps files may do so. Default: none. */
  readonly directory?: string
}

const stepsPerRun = 60
const shownSteps = 12

/** Few keys, so that what is read has been written to: the empty one, neighbours, and some of thousands of bytes. */
const keys: readonly string[] = [
  ...['', '00', '0000', '01', '0100', '02', 'ff', 'ffff'],
  ...[510, 1977, 1978, 4000].flatMap((length) => ['07'.repeat(length), `${'07'.repeat(length)}00`]),
]

/**
 * Runs an engine of one's own through random histories of commits, reads, snapshots, deletions and restarts, beside a
 * plain account of what each reader must see. Throws an `AssertionError` that names what differs and what led there.
 */
export function checkEngine(factory: CustomEngineFactory, options: CheckEngineOptions = {}): void {
  const { seed = 1, runs = 200, directory } = options
  const random = seededRandom(seed)
  for (let run = 0; run < runs; run++) {
    const history: string[] = []
    try {
      checkHistory(factory, { store: `check-${run}`, directory }, random, history)
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error
      const led = history.slice(-shownSteps).join('\n  ')
      const message = `${error.message}\nRun ${run} of seed ${seed}; the last steps were:\n  ${led}`
      throw new AssertionError({ message, actual: error.actual, expected: error.expected, operator: error.operator })
    }
  }
}

function checkHistory(
  factory: CustomEngineFactory,
  context: { readonly store: string; readonly directory: string | undefined },
  random: Random,
  history: string[],
): void {
  const { store } = context
  const open = (): CustomEngineSpace => new CustomEngineSpace(store, factory.open(context))
  let space = open()
  assert.equal(space.position(), undefined, 'a new engine has no position')
  let account = new EngineAccount(space, store)
  let position: number | undefined
  for (let count = 0; count < stepsPerRun; count++) {
    const step = randomStep(random)
    history.push(JSON.stringify(step, shortened))
    account.do(step)
    if (step.do === 'wipe') position = undefined
    if (step.do === 'commit' && random.below(2) === 0) {
      position = count
      space.commit(new Map(), new Map([[store, position]]))
    }
    assert.equal(space.position(), position, 'the position is that of the last commit that had one')
    if (random.below(stepsPerRun) > 0) continue
    history.push('restart')
    account.end()
    space.close()
    space = open()
    if (!factory.persistent) position = undefined
    account = new EngineAccount(space, store, factory.persistent ? account.rows : new Map())
    assert.equal(space.position(), position, 'the position after a restart')
  }
  account.end()
  space.close()
}

/** How often each is done, out of their sum. */
const weights: Readonly<Record<EngineStep['do'], number>> = {
  commit: 6,
  range: 4,
  snapshot: 3,
  rangeOfSnapshot: 4,
  read: 8,
  get: 4,
  closeRange: 2,
  closeSnapshot: 2,
  wipe: 1,
}
const chances = Object.entries(weights).flatMap(([name, weight]) =>
  Array.from({ length: weight }, () => name as EngineStep['do']),
)

function randomStep(random: Random): EngineStep {
  const reader = random.below(20)
  const kind = oneOf(random, chances)
  switch (kind) {
    case 'commit':
      return {
        do: kind,
        writes: Array.from({ length: random.below(6) }, () => [oneOf(random, keys), randomValue(random)]),
      }
    case 'range':
      return { do: kind, ...randomBounds(random) }
    case 'rangeOfSnapshot':
      return { do: kind, reader, ...randomBounds(random) }
    case 'read':
      return { do: kind, reader, entries: 1 + random.below(4) }
    case 'get':
      return { do: kind, reader, key: oneOf(random, keys) }
    case 'closeRange':
    case 'closeSnapshot':
      return { do: kind, reader }
    case 'snapshot':
    case 'wipe':
      return { do: kind }
  }
}

function randomValue(random: Random): string | null {
  return random.below(3) === 0 ? null : random.bytes(random.below(4)).toString('hex')
}

function randomBounds(random: Random): { readonly from?: string; readonly to?: string; readonly reverse: boolean } {
  return {
    ...(random.below(2) === 0 ? {} : { from: oneOf(random, keys) }),
    ...(random.below(2) === 0 ? {} : { to: oneOf(random, keys) }),
    reverse: random.below(2) === 0,
  }
}

function oneOf<T>(random: Random, list: readonly T[]): T {
  const found = list[random.below(list.length)]
  assert.ok(found !== undefined)
  return found
}

function shortened(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > 40 ? `${value.slice(0, 8)}…${value.length / 2} bytes` : value
}
