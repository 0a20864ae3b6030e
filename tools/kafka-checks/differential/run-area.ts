import { seededRandom } from '@streamwright/std'
import type { Area } from './ask.ts'
import { Choice } from './ask.ts'
import type { TwoBrokers } from './brokers.ts'
import type { Difference } from './difference.ts'
import { Comparison } from './comparison.ts'

/** Asks both brokers so many random requests of an area, which are the same for the same seed. */
export async function runArea(
  brokers: TwoBrokers,
  area: Area,
  seed: number,
  steps: number,
  tell: (difference: Difference) => void = () => {},
): Promise<Comparison> {
  const comparison = new Comparison(brokers.ours, brokers.kafka, tell)
  const choice = new Choice(seededRandom(seed))
  /* oxlint-disable no-await-in-loop -- one after the other */
  for (const step of area.prepare(choice)) await comparison.run(area.name, step)
  for (let count = 0; count < steps; count++) await comparison.run(area.name, area.next(choice))
  /* oxlint-enable no-await-in-loop */
  return comparison
}
