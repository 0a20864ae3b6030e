import { int32Max } from '@streamwright/std'
import type { BackgroundJobs } from './background-jobs.ts'
import type { LogSettings } from './log-settings.ts'
import type { LogSyncs } from './log-syncs.ts'

/** When a log is synced by `flush.messages` and `flush.ms`, beside the syncs at the end of a segment and on closing. */
export class FlushPolicy {
  readonly #syncs: LogSyncs
  readonly #background: BackgroundJobs
  #recordsSinceSync = 0
  #isScheduled = false

  constructor(syncs: LogSyncs, background: BackgroundJobs) {
    this.#syncs = syncs
    this.#background = background
  }

  /** After `recordCount` more records were written. A promise: they count as written only when it resolves. */
  wrote(recordCount: number, settings: Pick<LogSettings, 'flushMessages' | 'flushMs'>): Promise<void> | undefined {
    this.#recordsSinceSync += recordCount
    if (this.#recordsSinceSync >= settings.flushMessages) return this.sync()
    if (settings.flushMs < int32Max && !this.#isScheduled) {
      this.#isScheduled = true
      this.#background.addAfter(settings.flushMs, () => this.sync())
    }
    return undefined
  }

  /** Now, whatever the policy says. */
  sync(): Promise<void> {
    this.#recordsSinceSync = 0
    this.#isScheduled = false
    return this.#syncs.sync()
  }
}
