import { SerdeError } from '@streamwright/formats'
import type { Clock } from '@streamwright/std'
import { present } from '@streamwright/std'
import { CustomTaskStore } from '../state/stores/custom-task-store.ts'
import { KeyValueStateStore } from '../state/stores/key-value-state-store.ts'
import { SessionStateStore } from '../state/stores/session-state-store.ts'
import { VersionedStateStore } from '../state/stores/versioned-state-store.ts'
import type { TaskStore } from '../state/task-store.ts'
import type { Answer } from './answers.ts'
import { answerOfKeyValues, answerOfSessions, answerOfVersions, answerOfWindows } from './answers.ts'
import type { Position } from './position.ts'
import type { QueryConfig } from './query-config.ts'
import { handOut, isStoreIterator } from './open-iterators.ts'
import { QueryResult } from './query-result.ts'
import { isWindowStore } from './window-stores.ts'
import type { Query } from './query.ts'
import { WindowRangeQuery } from './window-query.ts'

/**
 * Has a store of a task answer a query, as Java's stores do. Throws what serdes throw, and where Java throws: a
 * versioned store that is asked for plain values.
 */
export function answerQuery<R>(store: TaskStore, query: Query<R>, config: QueryConfig, clock: Clock): QueryResult<R> {
  const startMs = clock.monotonicMs()
  const result = answer(store, query, config)
  if (!config.executionInfoEnabled) return result
  const tookUs = Math.round((clock.monotonicMs() - startMs) * 1000)
  const info = `Handled ${String(query)} in partition ${config.partition} of ${store.name} in ${tookUs} us`
  return { ...result, executionInfo: [...result.executionInfo, info] }
}

function answer<R>(store: TaskStore, query: Query<R>, config: QueryConfig): QueryResult<R> {
  const { positionBound, partition } = config
  if (store instanceof CustomTaskStore) {
    return store.exposed.query?.(query, config) ?? QueryResult.forUnknownQueryType(query, store.name)
  }
  const found = answerOf(store, query, config)
  if (found === undefined) return QueryResult.forUnknownQueryType(query, store.name, positionOfUnknown(store, query))
  const position = present(positionOf(store, found.readsCache), 'A store that can answer knows its position')
  if (!positionBound.isReachedBy(position, partition)) {
    return QueryResult.notUpToBound(position, positionBound, partition)
  }
  try {
    const result = found.read()
    // The type of a query says what it brings: `answers.ts` holds to it.
    return QueryResult.forResult((isStoreIterator(result) ? handOut(store, result) : result) as R, position)
  } catch (error) {
    if (error instanceof SerdeError) throw error
    return QueryResult.forFailure('STORE_EXCEPTION', `The store ${store.name} failed: ${String(error)}`, position)
  }
}

function answerOf(store: TaskStore, query: Query<unknown>, { isOfTable }: QueryConfig): Answer | undefined {
  if (store instanceof KeyValueStateStore) return answerOfKeyValues(store, query)
  if (store instanceof VersionedStateStore) return answerOfVersions(store, query)
  if (store instanceof SessionStateStore) return answerOfSessions(store, query)
  return isWindowStore(store) ? answerOfWindows(store, query, isOfTable) : undefined
}

function positionOf(store: TaskStore, readsCache: boolean): Position | undefined {
  const position = store.position?.current
  if (!readsCache || !(store instanceof KeyValueStateStore)) return position
  return store.cachedPosition === undefined ? position : position?.merge(store.cachedPosition.current)
}

/** Java's window and session stores refuse each other's range at once, and tell no position then. */
function positionOfUnknown(store: TaskStore, query: Query<unknown>): Position | undefined {
  const refusesAtOnce = store instanceof SessionStateStore || isWindowStore(store)
  return refusesAtOnce && query instanceof WindowRangeQuery ? undefined : store.position?.current
}
