import type { Oracle } from './scenario.ts'
import { sessionOracles } from './session-oracles.ts'
import { streamJoinOracles } from './stream-join-oracles.ts'
import { tableOracles } from './table-oracles.ts'
import { windowedOracles } from './windowed-oracles.ts'

/** All operators that have a naive twin. */
export const oracles: readonly Oracle[] = [...tableOracles, ...streamJoinOracles, ...windowedOracles, ...sessionOracles]
