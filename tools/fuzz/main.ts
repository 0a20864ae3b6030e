/**
 * `npm run fuzz -- [codecs|broker|segments …] [--cases N] [--seed N]`: hostile bytes against the decoders, a broker and
 * its files on disk. Prints the seed, so that what it finds can be found again; fails at the first misbehaviour.
 */
import { parseArgs } from 'node:util'
import { seededRandom, systemClock, systemRandom, systemTimers } from '@streamwright/std'
import type { Random } from '@streamwright/std'
import { fuzzTargets } from '../../packages/protocol/test/fuzzing.ts'
import { fuzzBroker } from './broker-frames.ts'
import { fuzzSegments } from './segments.ts'

type Fuzz = (cases: number, random: Random, progress: (cases: number) => void) => Promise<void>

/** No decoding may take longer: what a frame of a few hundred bytes can cause is bounded. */
const caseMsMax = 1000
/** Nor may memory grow with what was refused. */
const residentGrowthMax = 600 * 1024 * 1024
const progressEveryMs = 30_000

async function fuzzCodecs(cases: number, random: Random, progress: (cases: number) => void): Promise<void> {
  const targets = await fuzzTargets()
  for (let index = 0, before = systemClock.monotonicMs(); index < cases; index++) {
    targets[random.below(targets.length)]?.(random)
    if (index % 1000 !== 999) continue
    const after = systemClock.monotonicMs()
    if (after - before > caseMsMax * 10) throw new Error(`1000 cases until ${index} took ${after - before} ms`)
    before = after
    progress(index + 1)
    // Codecs of Node.js give their memory back when the event loop turns.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise<void>((resolve) => systemTimers.afterIo(resolve))
  }
}

const kinds: Readonly<Record<string, { readonly fuzz: Fuzz; readonly cases: number }>> = {
  codecs: { fuzz: fuzzCodecs, cases: 10_000_000 },
  broker: { fuzz: fuzzBroker, cases: 10_000_000 },
  segments: { fuzz: fuzzSegments, cases: 100_000 },
}

const { values, positionals } = parseArgs({
  options: { cases: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const seed = Number(values.seed ?? systemRandom.below(2 ** 31))

for (const name of positionals.length === 0 ? Object.keys(kinds) : positionals) {
  const kind = kinds[name]
  if (kind === undefined) throw new Error(`There is no ${name}; there are ${Object.keys(kinds).join(', ')}`)
  const cases = Number(values.cases ?? kind.cases)
  const startMs = systemClock.monotonicMs()
  let saidMs = startMs
  let residentAtFirst: number | undefined
  process.stdout.write(`${name}: ${cases} cases, seed ${seed}\n`)
  // One kind after the other: each has the machine for itself.
  // oxlint-disable-next-line no-await-in-loop
  await kind.fuzz(cases, seededRandom(seed), (done) => {
    const resident = process.memoryUsage.rss()
    residentAtFirst ??= resident
    if (resident - residentAtFirst > residentGrowthMax)
      throw new Error(`Memory grew from ${residentAtFirst} to ${resident} bytes within ${done} cases`)
    const nowMs = systemClock.monotonicMs()
    if (nowMs - saidMs < progressEveryMs) return
    saidMs = nowMs
    process.stdout.write(`  ${done} cases, ${Math.round(resident / 2 ** 20)} MB\n`)
  })
  const seconds = ((systemClock.monotonicMs() - startMs) / 1000).toFixed(0)
  process.stdout.write(`${name}: ${cases} cases in ${seconds} s, none misbehaved\n`)
}
