import { CommitFailedError } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { StreamwrightError } from '@streamwright/std'

/** Whether the group is about to change, or has changed without this member. Java: `TaskMigratedException`. */
export function isRebalance(error: unknown): boolean {
  if (error instanceof CommitFailedError) return true
  return error instanceof KafkaError && error.errorCode === ErrorCode.REBALANCE_IN_PROGRESS
}

/** Whether it may go better later. Java: `TimeoutException`, which counts for `task.timeout.ms`. */
export function isRetriable(error: unknown): boolean {
  return error instanceof StreamwrightError && error.retriable
}
