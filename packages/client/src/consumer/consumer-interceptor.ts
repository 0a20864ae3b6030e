import type { FetchedBatch } from './fetch/fetched-batch.ts'
import type { OffsetToCommit } from './offsets/group-offsets.ts'

/**
 * Stands between a consumer and the application. What it throws is logged and changes nothing. Java:
 * `ConsumerInterceptor`.
 */
export interface ConsumerInterceptor {
  /** What a poll is about to return. Returns what it is to return in place of that, or nothing to leave it as it is. */
  onConsume?(batches: readonly FetchedBatch[]): readonly FetchedBatch[] | undefined
  /** These offsets were committed. */
  onCommit?(offsets: readonly OffsetToCommit[]): void
  close?(): void
}
