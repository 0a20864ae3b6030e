import type { Oracle } from './scenario.ts'
import { sessionOracles } from './session-oracles.ts'
import { streamJoinOracles } from './stream-join-oracles.ts'
import { suppressOracles } from './suppress-oracles.ts'
import { tableJoinOracles } from './table-join-oracles.ts'
import { tableOracles } from './table-oracles.ts'
import { versionedOracles } from './versioned-oracles.ts'
import { windowedOracles } from './windowed-oracles.ts'

/** All operators that have a naive twin. */
export const oracles: readonly Oracle[] = [
  ...tableOracles,
  ...tableJoinOracles,
  ...versionedOracles,
  ...streamJoinOracles,
  ...windowedOracles,
  ...sessionOracles,
  ...suppressOracles,
]
