import { driverCases } from './driver-cases.ts'
import type { MicroCase } from './micro-case.ts'
import { statelessCases } from './operator-cases.ts'
import { serdeCases } from './serde-cases.ts'
import { aggregationCases, tableAndJoinCases } from './stateful-cases.ts'

/** Everything that is measured, in the order of the tables. */
export const microCases: readonly MicroCase[] = [
  ...statelessCases,
  ...aggregationCases,
  ...tableAndJoinCases,
  ...serdeCases,
  ...driverCases,
]
