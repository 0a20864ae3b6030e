import type { FailureReason } from './failure-reason.ts'
import type { Position } from './position.ts'
import type { PositionBound } from './position-bound.ts'
import type { Query } from './query.ts'

interface QueryResultCommon {
  /** How far the store had come when it answered. Undefined where nobody can tell: the partition is not here. */
  readonly position: Position | undefined
  /** What was done for the answer, if the request asked for it. */
  readonly executionInfo: readonly string[]
}

/** The answer of one partition. It may be null: see the query. An iterator among it has to be closed. */
export interface SucceededQueryResult<R> extends QueryResultCommon {
  readonly isSuccess: true
  readonly result: R
}

/** Why one partition did not answer. */
export interface FailedQueryResult extends QueryResultCommon {
  readonly isSuccess: false
  readonly failureReason: FailureReason
  readonly failureMessage: string
}

/** What came of a query in one partition. Look at `isSuccess` first. Java: `QueryResult`. */
export type QueryResult<R> = SucceededQueryResult<R> | FailedQueryResult

/** What a store needs to answer a query; ours and those of users. */
export const QueryResult: {
  readonly forResult: <R>(result: R, position?: Position) => SucceededQueryResult<R>
  readonly forFailure: (failureReason: FailureReason, failureMessage: string, position?: Position) => FailedQueryResult
  readonly forUnknownQueryType: (query: Query<unknown>, store: string, position?: Position) => FailedQueryResult
  readonly notUpToBound: (current: Position, bound: PositionBound, partition: number) => FailedQueryResult
} = {
  forResult: (result, position) => ({ isSuccess: true, result, position, executionInfo: [] }),
  forFailure,
  forUnknownQueryType: (query, store, position) =>
    forFailure('UNKNOWN_QUERY_TYPE', `The store ${store} cannot answer a ${String(query)}`, position),
  notUpToBound: (current, bound, partition) =>
    forFailure(
      'NOT_UP_TO_BOUND',
      `Partition ${partition} of the store has come to ${String(current)}, not yet to ${String(bound)}`,
      current,
    ),
}

function forFailure(failureReason: FailureReason, failureMessage: string, position?: Position): FailedQueryResult {
  return { isSuccess: false, failureReason, failureMessage, position, executionInfo: [] }
}
