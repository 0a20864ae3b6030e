import assert from 'node:assert/strict'
import test from 'node:test'
import { SimulatedGroup } from './simulated-group.ts'

const seeds = Number(process.env['STREAMWRIGHT_SIMULATION_SEEDS'] ?? 12)

test('no partition has two owners, and the group comes to rest, whatever happens to members, topics and broker', async () => {
  let kills = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const group = new SimulatedGroup(seed)
    try {
      await group.run(150)
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
    kills += group.kills
  }
  assert.ok(kills > 5)
})
