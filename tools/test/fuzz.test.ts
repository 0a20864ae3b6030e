import { test } from 'node:test'
import { seededRandom } from '@streamwright/std'
import { fuzzBroker } from '../fuzz/broker-frames.ts'
import { fuzzSegments } from '../fuzz/segments.ts'

// Short runs of what `npm run fuzz` does ten million times. Both throw at the first misbehaviour.

test('frames of all APIs, half of them damaged, neither fail in ways nobody thought of nor block the broker', async () => {
  await fuzzBroker(2000, seededRandom(20_261_121), () => {})
})

test('logs with damaged files open, say what they hold, and go on', async () => {
  await fuzzSegments(150, seededRandom(20_261_121), () => {})
})
