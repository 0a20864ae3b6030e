import { CommitFailedError } from '@streamwright/client'
import type { Consumer, OffsetToCommit } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { StreamwrightError } from '@streamwright/std'

export interface OffsetCommitsOptions {
  readonly thread: string
  readonly consumer: Consumer
  /** How long commits may fail for want of a coordinator. */
  readonly taskTimeoutMs: number
  readonly environment: Environment
}

/** Commits the offsets of a stream thread, and knows which failures are none of its own. */
export class OffsetCommits {
  readonly #options: OffsetCommitsOptions
  #failingSinceMs: number | undefined

  constructor(options: OffsetCommitsOptions) {
    this.#options = options
  }

  /**
   * Whether the group has taken the offsets. It does not while it rebalances, or when it has gone on without this
   * member, which the next poll finds out; and if its coordinator cannot be reached, a later commit tries again, unless
   * this is the last one. Throws any other failure.
   */
  async commit(offsets: readonly OffsetToCommit[], isLast: boolean): Promise<boolean> {
    const { consumer, environment, taskTimeoutMs, thread } = this.#options
    const nowMs = environment.clock.monotonicMs()
    try {
      if (offsets.length > 0) await consumer.commit(offsets)
      this.#failingSinceMs = undefined
      return true
    } catch (error) {
      this.#failingSinceMs ??= nowMs
      const mayTryAgain = !isLast && isRetriable(error) && nowMs - this.#failingSinceMs < taskTimeoutMs
      if (!isRebalance(error) && !mayTryAgain) throw error
      environment.log.warn(
        'Offsets were not committed; what was processed since is committed later, or processed again',
        { thread, error },
      )
      return false
    }
  }
}

/** Whether the group is about to change, or has changed without this member. Java: `TaskMigratedException`. */
function isRebalance(error: unknown): boolean {
  if (error instanceof CommitFailedError) return true
  return error instanceof KafkaError && error.errorCode === ErrorCode.REBALANCE_IN_PROGRESS
}

/** Whether it may go better later. Java: `TimeoutException`, which counts for `task.timeout.ms`. */
function isRetriable(error: unknown): boolean {
  return error instanceof StreamwrightError && error.retriable
}
