import type { Clock } from '@streamwright/std'
import type { TaskStore } from '../state/task-store.ts'
import { answerQuery } from './answer-query.ts'
import { PositionBound } from './position-bound.ts'
import type { QueryConfig } from './query-config.ts'
import { QueryResult } from './query-result.ts'
import type { StateQueryRequest } from './state-query-request.ts'
import { StateQueryResult } from './state-query-result.ts'

/** A store of one task that is here. */
export interface LocalStore {
  readonly store: TaskStore
  readonly partition: number
  /** Whether its task processes records now, so that it has seen all that was committed. */
  readonly isRunning: boolean
}

/**
 * Has the stores that are here answer, each for its partition. `partitionCount` is how many there are anywhere;
 * undefined where nobody knows.
 */
export function answerRequest<R>(
  request: StateQueryRequest<R>,
  stores: Iterable<LocalStore>,
  partitionCount: number | undefined,
  clock: Clock,
): StateQueryResult<R> {
  const { partitions, query } = request
  const results = new Map<number, QueryResult<R>>()
  for (const { store, partition, isRunning } of stores) {
    if (partitions !== undefined && !partitions.has(partition)) continue
    const refusal = request.isRequireActive && !isRunning ? notActive(partition) : undefined
    results.set(partition, refusal ?? answerQuery(store, query, configOf(request, partition), clock))
  }
  for (const partition of partitions ?? []) {
    if (!results.has(partition)) results.set(partition, absent(request.storeName, partition, partitionCount))
  }
  return new StateQueryResult(results)
}

/** Has a global store answer: it has all partitions of its topic in one. Undefined while it is filled at the start. */
export function answerGlobally<R>(
  request: StateQueryRequest<R>,
  store: TaskStore | undefined,
  clock: Clock,
): StateQueryResult<R> {
  const result =
    store === undefined
      ? QueryResult.forFailure('NOT_PRESENT', `The global store ${request.storeName} is still being filled`)
      : answerQuery(store, request.query, configOf(request, 0), clock)
  return new StateQueryResult(new Map(), result)
}

function configOf(
  { isRequireActive, positionBound, executionInfoEnabled, isOfTable }: StateQueryRequest<unknown>,
  partition: number,
): QueryConfig {
  // An active task is never behind what anybody has seen, as Java has it.
  const bound = isRequireActive ? PositionBound.unbounded() : positionBound
  return { partition, executionInfoEnabled, isOfTable, positionBound: bound }
}

function notActive(partition: number): QueryResult<never> {
  return QueryResult.forFailure('NOT_ACTIVE', `The task of partition ${partition} does not process records now`)
}

function absent(store: string, partition: number, partitionCount = Infinity): QueryResult<never> {
  return partition < partitionCount
    ? QueryResult.forFailure('NOT_PRESENT', `Partition ${partition} of the store ${store} is not on this instance now`)
    : QueryResult.forFailure(
        'DOES_NOT_EXIST',
        `The store ${store} has ${partitionCount} partitions, and no ${partition}`,
      )
}
