/**
 * `node packages/protocol/test/fuzz.ts [--seconds N] [--seed N]`: hostile bytes for as long as one likes. Prints the
 * seed, so that what it finds can be found again.
 */
import { parseArgs } from 'node:util'
import { seededRandom, systemClock, systemRandom } from '@streamwright/std'
import { fuzzTargets } from './fuzzing.ts'

/** No case may take longer: what a frame of a few hundred bytes can cause is bounded. */
const caseMsMax = 1000

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } })
const durationMs = Number(values.seconds ?? 5) * 1000
const seed = Number(values.seed ?? systemRandom.below(2 ** 31))
const random = seededRandom(seed)
const targets = await fuzzTargets()

process.stdout.write(`seed ${seed}\n`)
const end = systemClock.monotonicMs() + durationMs
let cases = 0
for (let before = systemClock.monotonicMs(); before < end; cases++) {
  targets[random.below(targets.length)]?.(random)
  const after = systemClock.monotonicMs()
  if (after - before > caseMsMax) throw new Error(`Case ${cases} of seed ${seed} took ${after - before} ms`)
  before = after
}
process.stdout.write(`${cases} cases, none misbehaved\n`)
