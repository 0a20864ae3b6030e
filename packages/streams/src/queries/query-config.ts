import type { PositionBound } from './position-bound.ts'

/** How a query is to be answered, beside what it asks. Java: `QueryConfig` and the bound. */
export interface QueryConfig {
  /** Of the store that is asked. */
  readonly partition: number
  /** How far the store must have come: `positionBound.isReachedBy(position, partition)`. */
  readonly positionBound: PositionBound
  /** Whether the store was named by its table, whose windows have timestamps whatever the store keeps. */
  readonly isOfTable: boolean
  /** Whether the result is to tell what was done for it. */
  readonly executionInfoEnabled: boolean
}
