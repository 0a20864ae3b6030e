import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Log } from './log.ts'
import { createLog } from './log.ts'
import type { Random } from './random.ts'
import { systemRandom } from './random.ts'
import type { Timers } from './timers.ts'
import { systemTimers } from './timers.ts'

/** Everything that would make a run unrepeatable, in one value, handed to every component at construction. */
export interface Environment {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
}

export const systemEnvironment: Environment = {
  clock: systemClock,
  timers: systemTimers,
  random: systemRandom,
  log: createLog(),
}

/** The system's environment with some parts replaced. */
export function environmentWith(parts: Partial<Environment>): Environment {
  return { ...systemEnvironment, ...parts }
}
