import { asError } from '@streamwright/std'
import type { CheckpointFile, PartitionOffset } from '../checkpoint-file.ts'
import type { LogDirectorySettings } from '../directory-settings.ts'
import type { LogContext } from '../log-context.ts'
import type { PartitionLog } from '../partition-log.ts'
import type { CleanedLog } from './clean-log.ts'
import { cleanLog } from './clean-log.ts'
import type { Cleanable } from './cleanable.ts'
import { findCleanable } from './cleanable.ts'
import { CleaningAbandoned, Slices } from './slices.ts'

interface Candidate {
  readonly log: PartitionLog
  readonly cleaned: CleanedLog
  readonly cleanable: Cleanable
}

/** What a cleaner looks after, where it remembers how far it is, and what holds now. */
export interface CleanerOptions {
  readonly logs: () => Iterable<PartitionLog>
  readonly checkpoint: CheckpointFile
  readonly settings: () => LogDirectorySettings
}

/** Compacts the logs that want it, one at a time, the dirtiest first. */
export class LogCleaner {
  readonly #context: LogContext
  readonly #logs: () => Iterable<PartitionLog>
  readonly #checkpoint: CheckpointFile
  readonly #settings: () => LogDirectorySettings
  /** By the log's name: up to where it is clean. */
  readonly #cleanUntil = new Map<string, PartitionOffset>()
  /** Logs that could not be compacted. They are left alone until the next start. */
  readonly #failed = new WeakSet<PartitionLog>()
  #pass: Promise<void> | undefined
  #isClosed = false

  constructor(context: LogContext, { logs, checkpoint, settings }: CleanerOptions) {
    this.#context = context
    this.#logs = logs
    this.#checkpoint = checkpoint
    this.#settings = settings
    for (const entry of checkpoint.read() ?? []) this.#cleanUntil.set(`${entry.topic}-${entry.partition}`, entry)
  }

  /** Compacts until nothing is dirty enough. A pass that is under way is joined. Never rejects. */
  run(): Promise<void> {
    this.#pass ??= this.#run().finally(() => (this.#pass = undefined))
    return this.#pass
  }

  /** The log is deleted: one that is made under its name later has nothing to do with it. */
  forget(log: PartitionLog): void {
    if (this.#cleanUntil.delete(log.name)) this.#saveInBackground()
  }

  /** Begins nothing more, and resolves when what was begun has stopped. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#pass
  }

  async #run(): Promise<void> {
    for (;;) {
      const candidate = this.#isClosed ? undefined : this.#dirtiest()
      if (candidate === undefined) return
      await this.#clean(candidate)
    }
  }

  #dirtiest(): Candidate | undefined {
    const nowMs = this.#context.environment.clock.wallMs()
    let found: Candidate | undefined
    for (const log of this.#logs()) {
      if (!log.settings.cleanupPolicy.includes('compact') || this.#failed.has(log)) continue
      const cleaned = log.cleaning
      const cleanable = findCleanable(cleaned, this.#cleanUntil.get(log.name)?.offset ?? -1, nowMs)
      if (cleanable === undefined) continue
      const isWanted = cleanable.isOverdue || cleanable.dirtyRatio > log.settings.minCleanableDirtyRatio
      const isDirtier = found === undefined || cleanable.dirtyRatio > found.cleanable.dirtyRatio
      if (isWanted && isDirtier) found = { log, cleaned, cleanable }
    }
    return found
  }

  async #clean({ log, cleaned, cleanable }: Candidate): Promise<void> {
    const { environment } = this.#context
    const sizeBefore = log.sizeInBytes
    const slices = new Slices(environment, {
      isStopped: () => this.#isClosed || cleaned.isGone(),
      bytesPerSecondMax: () => this.#settings().cleanerBytesPerSecondMax,
    })
    try {
      const offset = await cleanLog(cleaned, cleanable, this.#settings().cleanerMapBytesMax, slices)
      this.#cleanUntil.set(log.name, { topic: log.topic, partition: log.partition, offset })
      await this.#save()
      environment.log.debug('A log was compacted', { log: log.name, sizeBefore, size: log.sizeInBytes, offset })
    } catch (error) {
      if (error instanceof CleaningAbandoned) return
      this.#failed.add(log)
      environment.log.error('A log could not be compacted, and is left as it is until the next start', {
        log: log.name,
        error: asError(error),
      })
    }
  }

  #saveInBackground(): void {
    if (!this.#isClosed) this.#context.background.add(() => this.#save())
  }

  #save(): Promise<void> {
    return this.#checkpoint.write([...this.#cleanUntil.values()])
  }
}
