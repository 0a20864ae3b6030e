import { StreamsError } from '../errors.ts'
import { isStoreIterator } from './open-iterators.ts'
import { Position } from './position.ts'
import type { QueryResult, SucceededQueryResult } from './query-result.ts'

/**
 * What a query brought, of each partition that was asked, or of a global store. `using` closes all iterators that it
 * brought. Java: `StateQueryResult`.
 */
export class StateQueryResult<R> implements Disposable {
  /** By partition; empty for a global store. */
  readonly partitionResults: ReadonlyMap<number, QueryResult<R>>
  /** Of a global store, else undefined. */
  readonly globalResult: QueryResult<R> | undefined

  constructor(partitionResults: ReadonlyMap<number, QueryResult<R>>, globalResult?: QueryResult<R>) {
    this.partitionResults = partitionResults
    this.globalResult = globalResult
  }

  /**
   * The one partition that answered with something: where a key lies is found out by asking all. Undefined when none
   * did; throws when several did.
   */
  get onlyPartitionResult(): SucceededQueryResult<NonNullable<R>> | undefined {
    const found = [...this.partitionResults.values()].filter(hasResult)
    if (found.length > 1) {
      throw new StreamsError(`${found.length} partitions have answered. Read partitionResults, or ask one partition`, {
        code: 'SEVERAL_RESULTS',
      })
    }
    return found[0]
  }

  /** How far the stores had come, all partitions together. A bound for a later query: see `PositionBound.at`. */
  get position(): Position {
    const results = this.globalResult === undefined ? [...this.partitionResults.values()] : [this.globalResult]
    return results.reduce((merged, { position }) => (position === undefined ? merged : merged.merge(position)), nowhere)
  }

  /** Closes the iterators among the answers. */
  close(): void {
    for (const answer of [this.globalResult, ...this.partitionResults.values()]) {
      if (answer?.isSuccess === true && isStoreIterator(answer.result)) answer.result.close()
    }
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

const nowhere = Position.emptyPosition()

function hasResult<R>(result: QueryResult<R>): result is SucceededQueryResult<NonNullable<R>> {
  return result.isSuccess && result.result !== null && result.result !== undefined
}
