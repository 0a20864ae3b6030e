import { test } from 'node:test'
import { seededRandom } from '@streamwright/std'
import { fuzzTargets } from './fuzzing.ts'

/** A short run of what `npm run fuzz -- codecs` does ten million times. */
const cases = 6000

test('hostile bytes are refused, never obeyed', async () => {
  const random = seededRandom(20_260_101)
  const targets = await fuzzTargets()
  for (let index = 0; index < cases; index++) targets[random.below(targets.length)]?.(random)
})
