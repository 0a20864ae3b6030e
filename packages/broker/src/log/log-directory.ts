import { dirname } from 'node:path'
import { isInternalTopic } from '@streamwright/protocol'
import type { Environment, Timer } from '@streamwright/std'
import { ReusableMemory, asError, assert, systemEnvironment } from '@streamwright/std'
import { BackgroundJobs } from './background-jobs.ts'
import type { PartitionOffset } from './checkpoint-file.ts'
import { CheckpointFile } from './checkpoint-file.ts'
import { LogCleaner } from './cleaner/log-cleaner.ts'
import type { LogDirectorySettings } from './directory-settings.ts'
import { logDirectoryDefaults } from './directory-settings.ts'
import type { LogContext } from './log-context.ts'
import { storageFailed } from './log-errors.ts'
import {
  checkpointDelayMs,
  logsPerCreationSlice,
  logsPerRetentionSlice,
  readMemoryLimits,
  segmentsPerRetentionSlice,
} from './limits.ts'
import type { LoadedLog } from './log-loader.ts'
import { createLog, loadLog } from './log-loader.ts'
import type { LogSettings } from './log-settings.ts'
import type { MetaProperties } from './meta-properties.ts'
import { openMetaProperties } from './meta-properties.ts'
import { NodeStorage } from './node-storage.ts'
import { OpenSegments } from './open-segments.ts'
import { decodePartitionMetadata, encodePartitionMetadata } from './partition-metadata.ts'
import { PartitionLog } from './partition-log.ts'
import { ProducerState } from './producer-state.ts'
import type { TopicPartition } from './segment-names.ts'
import {
  deletedDirectoryName,
  isDeletedDirectoryName,
  parseLogDirectoryName,
  partitionMetadataFile,
} from './segment-names.ts'
import type { DiskSpace, Storage } from './storage.ts'
import { TailBudget } from './tail-cache.ts'

const cleanShutdownFile = '.kafka_cleanshutdown'
/** Apache Kafka's own metadata, when the directory comes from it: not a partition of ours, and left alone. */
const kafkaMetadataDirectory = '__cluster_metadata-0'
const hourMs = 60 * 60 * 1000

export interface LogDirectoryOptions extends Partial<LogDirectorySettings> {
  /** Absolute. Created when missing. */
  readonly path: string
  /** Default: the file system. `new MemoryStorage()` keeps everything in memory. */
  readonly storage?: Storage
  readonly environment?: Environment
  /** Written to meta.properties when it does not exist yet; must agree with it when it does. Default: a random one. */
  readonly clusterId?: string
  /** The same for the broker's number. Default: what meta.properties says, else 1. */
  readonly nodeId?: number
  /** Settings of a topic's logs. Called for each log found and created; see {@link LogDirectory.updateSettings}. */
  readonly settingsOf: (topic: string) => LogSettings
  /** Default 10 min (`producer.id.expiration.check.interval.ms`). */
  readonly producerIdExpirationCheckIntervalMs?: number
  /** Default 5 min (`log.retention.check.interval.ms`). */
  readonly retentionCheckIntervalMs?: number
  /** Recovery points, start offsets: every 60 s (`log.flush.offset.checkpoint.interval.ms`). */
  readonly checkpointIntervalMs?: number
}

/** All partitions under one data directory: opened and recovered, created, deleted, checkpointed, flushed. */
export class LogDirectory {
  readonly path: string
  readonly clusterId: string
  readonly nodeId: number
  /** 22-character uuid of meta.properties' directory.id. */
  readonly directoryId: string
  /** The last shutdown was in order. */
  readonly wasCleanShutdown: boolean
  /** Where batches are read to: who has sent them gives their memory back. */
  readonly readMemory: ReusableMemory = new ReusableMemory(readMemoryLimits)
  readonly #context: LogContext
  readonly #settingsOf: (topic: string) => LogSettings
  readonly #unlock: () => void
  readonly #logs = new Map<string, PartitionLog>()
  readonly #checkpoints: Checkpoints
  readonly #cleaner: LogCleaner
  readonly #timers: Timer[] = []
  #settings: LogDirectorySettings
  #cleanerTimer: Timer | undefined
  readonly #toWrite = new Set<{ writePending(): void }>()
  #isWriteScheduled = false
  #checkpointTimer: Timer | undefined
  #retentionPass: Promise<void> | undefined
  #isClosed = false

  private constructor(options: LogDirectoryOptions, storage: Storage, unlock: () => void, meta: MetaProperties) {
    const environment = options.environment ?? systemEnvironment
    this.path = options.path
    this.clusterId = meta.clusterId
    this.nodeId = meta.nodeId
    this.directoryId = meta.directoryId
    this.#settingsOf = options.settingsOf
    this.#settings = settingsFrom(options)
    this.#unlock = unlock
    this.#checkpoints = new Checkpoints(storage, options.path)
    this.wasCleanShutdown = storage.exists(`${options.path}/${cleanShutdownFile}`)
    this.#context = {
      storage,
      environment,
      openSegments: new OpenSegments(),
      readMemory: this.readMemory,
      tailBudget: new TailBudget(),
      background: new BackgroundJobs(environment.timers, environment.log),
      producerIdExpirationMs: () => this.#settings.producerIdExpirationMs,
      scheduleWrite: (log) => this.#scheduleWrite(log),
      scheduleCheckpoint: () => this.#scheduleCheckpoint(),
    }
    const cleanerCheckpoint = new CheckpointFile(storage, `${options.path}/cleaner-offset-checkpoint`)
    this.#cleaner = new LogCleaner(this.#context, {
      logs: () => this.#logs.values(),
      checkpoint: cleanerCheckpoint,
      settings: () => this.#settings,
    })
  }

  /**
   * Opens a data directory, repairing what a crash left. Throws a `StreamwrightError` when it is in use by another
   * process or belongs to another broker, and the system's error when it cannot be read.
   */
  static async open(options: LogDirectoryOptions): Promise<LogDirectory> {
    const storage = options.storage ?? new NodeStorage()
    const random = (options.environment ?? systemEnvironment).random
    if (!storage.exists(options.path)) {
      storage.makeDirectory(options.path)
      // Else a loss of power could take the whole directory with all that is synced in it.
      await storage.sync(dirname(options.path))
    }
    const unlock = storage.lock(options.path)
    try {
      const meta = openMetaProperties(storage, options.path, options, random)
      const directory = new LogDirectory(options, storage, unlock, meta)
      await directory.#load()
      directory.#startTimers(options)
      return directory
    } catch (error) {
      unlock()
      throw error
    }
  }

  async #load(): Promise<void> {
    const { storage, environment } = this.#context
    // From here on the files change: were the mark still there after a crash, they would be trusted wrongly.
    storage.removeFile(`${this.path}/${cleanShutdownFile}`)
    await storage.sync(this.path)
    const recoveryPoints = this.#checkpoints.read('recovery-point-offset-checkpoint')
    const startOffsets = this.#checkpoints.read('log-start-offset-checkpoint')
    const isNew = recoveryPoints.size === 0
    for (const name of storage.list(this.path)) {
      const directory = `${this.path}/${name}`
      if (isDeletedDirectoryName(name)) this.#removeDirectoryLater(directory, 0)
      const identity = name === kafkaMetadataDirectory ? undefined : parseLogDirectoryName(name)
      if (identity === undefined || storage.status(directory)?.isDirectory !== true) continue
      const settings = this.#settingsOf(identity.topic)
      const loaded = loadLog(this.#context, {
        directory,
        isClean: this.wasCleanShutdown,
        recoveryPoint: recoveryPoints.get(name) ?? 0,
        startOffset: startOffsets.get(name) ?? 0,
        indexIntervalBytes: settings.indexIntervalBytes,
      })
      const log = this.#add(identity, this.#readTopicId(directory), settings, loaded)
      if (loaded.unsyncedPaths.length > 0) this.#context.background.add(() => log.flush())
      if (!this.wasCleanShutdown) await nextTurn(environment)
    }
    if (!this.wasCleanShutdown && !isNew) environment.log.info('Recovered the logs', { count: this.#logs.size })
  }

  #readTopicId(directory: string): string {
    const path = `${directory}/${partitionMetadataFile}`
    const { storage } = this.#context
    return decodePartitionMetadata(storage.exists(path) ? storage.readFile(path).toString('utf8') : '')
  }

  #add(identity: TopicPartition, topicId: string, settings: LogSettings, loaded: LoadedLog): PartitionLog {
    const name = nameOf(identity.topic, identity.partition)
    const log = new PartitionLog(
      this.#context,
      { ...identity, topicId, directory: `${this.path}/${name}` },
      settings,
      loaded,
    )
    this.#logs.set(name, log)
    return log
  }

  #startTimers(options: LogDirectoryOptions): void {
    const { timers, clock } = this.#context.environment
    const every = (intervalMs: number, action: () => void): void => {
      this.#timers.push(timers.every(intervalMs, action, { background: true }))
    }
    every(options.retentionCheckIntervalMs ?? hourMs / 12, () => {
      if (this.#retentionPass === undefined) void this.applyRetention()
    })
    this.#startCleaning()
    every(options.checkpointIntervalMs ?? hourMs / 60, () => this.#checkpointInBackground())
    every(options.producerIdExpirationCheckIntervalMs ?? hourMs / 6, () => {
      for (const log of this.#logs.values()) log.removeExpiredProducers(clock.wallMs())
    })
  }

  #startCleaning(): void {
    this.#cleanerTimer?.cancel()
    const { cleanerBackoffMs } = this.#settings
    if (cleanerBackoffMs === Infinity) return
    // Without any pause nothing else would have its turn.
    const intervalMs = Math.max(cleanerBackoffMs, 1)
    const clean = (): void => void this.#cleaner.run()
    this.#cleanerTimer = this.#context.environment.timers.every(intervalMs, clean, { background: true })
  }

  /** Goes on with other settings: from the next look, batch or compaction on. */
  reconfigure(settings: LogDirectorySettings): void {
    const { cleanerBackoffMs } = this.#settings
    this.#settings = settings
    if (settings.cleanerBackoffMs !== cleanerBackoffMs) this.#startCleaning()
  }

  get(topic: string, partition: number): PartitionLog | undefined {
    return this.#logs.get(nameOf(topic, partition))
  }

  /** Of the disk; `undefined`: there is no telling. */
  space(): DiskSpace | undefined {
    return this.#context.storage.space(this.path)
  }

  /** Of the directory as a whole; `undefined`: as far as can be told without writing, it takes what is written. */
  whyNotWritable(): string | undefined {
    if (this.#isClosed) return 'The log directory is closed'
    if (!this.#context.storage.exists(this.path)) return `The log directory ${this.path} is gone`
    return this.space()?.usableBytes === 0 ? `There is no space left for the log directory ${this.path}` : undefined
  }

  all(): IterableIterator<PartitionLog> {
    return this.#logs.values()
  }

  /**
   * Makes an empty log. Its files are there when it returns, and reach the disk soon after; a coordinator's, with what is
   * written first. Throws KAFKA_STORAGE_ERROR.
   * That the log does not exist is asserted.
   */
  create(topic: string, partition: number, topicId: string): PartitionLog {
    assert(!this.#isClosed, 'No log is made in a closed directory')
    const name = nameOf(topic, partition)
    assert(!this.#logs.has(name), 'A log is made once')
    const directory = `${this.path}/${name}`
    const { storage, background } = this.#context
    const metadataPath = `${directory}/${partitionMetadataFile}`
    let loaded: LoadedLog
    try {
      storage.makeDirectory(directory)
      storage.writeFile(metadataPath, encodePartitionMetadata(topicId))
      loaded = createLog(this.#context, directory, new ProducerState())
    } catch (error) {
      storage.removeDirectory(directory)
      throw storageFailed(directory, error)
    }
    const unsyncedPaths = [metadataPath, ...loaded.unsyncedPaths, this.path]
    const log = this.#add({ topic, partition }, topicId, this.#settingsOf(topic), { ...loaded, unsyncedPaths })
    // Those of a coordinator come fifty at a time, would keep the disk from what clients wait for, and what is written
    // to them is synced with their files: one that a crash takes was empty, and is made anew at first use.
    if (!isInternalTopic(topic))
      background.add(() => (this.#logs.get(name) === log && !this.#isClosed ? log.flush() : undefined))
    return log
  }

  /** Asks for the `log` of each, which is made then, some in each turn, as long as they are wanted. */
  createGradually(partitions: readonly { readonly log: PartitionLog }[], isWanted: () => boolean): void {
    const { background, environment } = this.#context
    background.add(async () => {
      for (let start = 0; start < partitions.length; start += logsPerCreationSlice) {
        await nextTurn(environment)
        if (this.#isClosed || !isWanted()) return
        for (const partition of partitions.slice(start, start + logsPerCreationSlice)) void partition.log
      }
    })
  }

  /** Gone at once for readers; its files are removed later. No error when there is none. */
  delete(topic: string, partition: number): void {
    const name = nameOf(topic, partition)
    const log = this.#logs.get(name)
    if (log === undefined) return
    const { storage, environment } = this.#context
    this.#logs.delete(name)
    this.#toWrite.delete(log)
    log.abandon()
    this.#cleaner.forget(log)
    const renamed = `${this.path}/${deletedDirectoryName(topic, partition, environment.random.bytes(16))}`
    storage.rename(log.directory, renamed)
    this.#removeDirectoryLater(renamed, log.settings.fileDeleteDelayMs)
    this.#scheduleCheckpoint()
  }

  #removeDirectoryLater(directory: string, delayMs: number): void {
    this.#context.background.addAfter(delayMs, () => this.#context.storage.removeDirectory(directory))
  }

  /** Asks `settingsOf` again for the topic's logs. */
  updateSettings(topic: string): void {
    for (const log of this.#logs.values()) if (log.topic === topic) log.settings = this.#settingsOf(topic)
  }

  /** Writes what all logs have appended in this turn now. */
  writePending(): void {
    const logs = [...this.#toWrite]
    this.#toWrite.clear()
    for (const log of logs) log.writePending()
  }

  #scheduleWrite(log: { writePending(): void }): void {
    this.#toWrite.add(log)
    if (this.#isWriteScheduled) return
    this.#isWriteScheduled = true
    this.#context.environment.timers.afterIo(() => {
      this.#isWriteScheduled = false
      this.writePending()
    })
  }

  /** A whole pass of retention over all logs, as the timer makes it, with pauses for other work. Never rejects. */
  applyRetention(): Promise<void> {
    const pass = (this.#retentionPass ?? Promise.resolve())
      .then(() => this.#applyRetention())
      .finally(() => {
        if (this.#retentionPass === pass) this.#retentionPass = undefined
      })
    this.#retentionPass = pass
    return pass
  }

  /** Compacts all logs that are dirty enough, as the timer does it. Never rejects. */
  clean(): Promise<void> {
    return this.#cleaner.run()
  }

  async #applyRetention(): Promise<void> {
    const { environment } = this.#context
    let looked = 0
    for (const log of this.#logs.values()) {
      for (let removed = segmentsPerRetentionSlice; removed === segmentsPerRetentionSlice;) {
        if (this.#isClosed || this.get(log.topic, log.partition) !== log) break
        removed = this.#applyRetentionTo(log)
        if (removed > 0 || ++looked % logsPerRetentionSlice === 0) await nextTurn(environment)
      }
    }
  }

  #applyRetentionTo(log: PartitionLog): number {
    const { clock, log: messages } = this.#context.environment
    try {
      return log.applyRetention(clock.wallMs(), segmentsPerRetentionSlice)
    } catch (error) {
      messages.warn('Old segments could not be removed; the next pass tries again', {
        log: log.name,
        error: asError(error),
      })
      return 0
    }
  }

  /** Everything appended so far, in all logs, is on the disk when it resolves. */
  async flush(): Promise<void> {
    await Promise.all([...this.#logs.values()].map((log) => log.flush()))
    await this.#checkpoint()
  }

  #scheduleCheckpoint(): void {
    if (this.#isClosed) return
    this.#checkpointTimer ??= this.#context.environment.timers.after(
      checkpointDelayMs,
      () => this.#checkpointInBackground(),
      { background: true },
    )
  }

  #checkpointInBackground(): void {
    this.#checkpointTimer?.cancel()
    this.#checkpointTimer = undefined
    if (!this.#isClosed) this.#context.background.add(() => this.#checkpoint())
  }

  #checkpoint(): Promise<void> {
    return this.#checkpoints.write([...this.#logs.values()])
  }

  /**
   * Writes, syncs and snapshots all logs, and marks the shutdown as one in order: the next start trusts the files.
   * Rejects, without the mark, when something could not be written; everything is released all the same.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.writePending()
    this.#isClosed = true
    for (const timer of this.#timers) timer.cancel()
    this.#checkpointTimer?.cancel()
    this.#cleanerTimer?.cancel()
    const { storage, background } = this.#context
    try {
      await this.#retentionPass
      await this.#cleaner.close()
      await background.close()
      const outcomes = await Promise.allSettled([...this.#logs.values()].map((log) => log.close()))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
      await this.#checkpoint()
      await storage.replaceFileLater(`${this.path}/${cleanShutdownFile}`, '{"version":0,"brokerEpoch":0}')
    } finally {
      this.#unlock()
    }
  }
}

function settingsFrom(options: LogDirectoryOptions): LogDirectorySettings {
  const { producerIdExpirationMs, cleanerBackoffMs, cleanerMapBytesMax, cleanerBytesPerSecondMax } = options
  return {
    producerIdExpirationMs: producerIdExpirationMs ?? logDirectoryDefaults.producerIdExpirationMs,
    cleanerBackoffMs: cleanerBackoffMs ?? logDirectoryDefaults.cleanerBackoffMs,
    cleanerMapBytesMax: cleanerMapBytesMax ?? logDirectoryDefaults.cleanerMapBytesMax,
    cleanerBytesPerSecondMax: cleanerBytesPerSecondMax ?? logDirectoryDefaults.cleanerBytesPerSecondMax,
  }
}

type CheckpointName =
  | 'recovery-point-offset-checkpoint'
  | 'log-start-offset-checkpoint'
  | 'replication-offset-checkpoint'

/** The checkpoint files that the log keeps; the cleaner's is kept by the cleaner. */
class Checkpoints {
  readonly #files: ReadonlyMap<CheckpointName, CheckpointFile>

  constructor(storage: Storage, directory: string) {
    const names: readonly CheckpointName[] = [
      'recovery-point-offset-checkpoint',
      'log-start-offset-checkpoint',
      'replication-offset-checkpoint',
    ]
    this.#files = new Map(names.map((name) => [name, new CheckpointFile(storage, `${directory}/${name}`)]))
  }

  /** By name of the partition's directory. A damaged file counts as empty: more is then recovered than needed. */
  read(name: CheckpointName): ReadonlyMap<string, number> {
    const entries = this.#files.get(name)?.read() ?? []
    return new Map(entries.map(({ topic, partition, offset }) => [nameOf(topic, partition), offset]))
  }

  async write(logs: readonly PartitionLog[]): Promise<void> {
    const of = (offset: (log: PartitionLog) => number, from: readonly PartitionLog[] = logs): PartitionOffset[] =>
      from.map((log) => ({ topic: log.topic, partition: log.partition, offset: offset(log) }))
    const trimmed = logs.filter((log) => log.startOffset > log.firstSegmentOffset)
    await this.#files.get('log-start-offset-checkpoint')?.write(of((log) => log.startOffset, trimmed))
    await this.#files.get('recovery-point-offset-checkpoint')?.write(of((log) => log.recoveryPoint))
    await this.#files.get('replication-offset-checkpoint')?.write(of((log) => log.highWatermark))
  }
}

function nameOf(topic: string, partition: number): string {
  return `${topic}-${partition}`
}

function nextTurn(environment: Environment): Promise<void> {
  return new Promise((resolve) => environment.timers.afterIo(resolve))
}
