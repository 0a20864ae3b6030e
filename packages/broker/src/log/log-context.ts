import type { Environment } from '@streamwright/std'
import type { BackgroundJobs } from './background-jobs.ts'
import type { SegmentContext } from './segment.ts'
import type { TailBudget } from './tail-cache.ts'

/** What the logs of one data directory share. */
export interface LogContext extends SegmentContext {
  readonly environment: Environment
  readonly tailBudget: TailBudget
  readonly background: BackgroundJobs
  /** In force now: it may change at any time. */
  producerIdExpirationMs(): number
  /** A log has something to write at the end of this turn. */
  scheduleWrite(log: { writePending(): void }): void
  /** A start offset or recovery point has moved: the checkpoint files should follow soon. */
  scheduleCheckpoint(): void
}
