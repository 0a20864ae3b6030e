import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { asError, assert } from '@streamwright/std'
import { abortedBetween } from './aborted-between.ts'
import { checkProduced, withoutRest } from './append-check.ts'
import type { CleanedLog } from './cleaner/clean-log.ts'
import { placeProduced, placeTrusted } from './append-place.ts'
import type { PlacedBatch } from './append-place.ts'
import { placeBatch, producedPlace, producerIdOf } from './batch-header.ts'
import { producedBatchAt } from './produced-batch.ts'
import { FlushPolicy } from './flush-policy.ts'
import type { LogContext } from './log-context.ts'
import { offsetOutOfRange, storageFailed } from './log-errors.ts'
import type { LoadedLog } from './log-loader.ts'
import type { LogSettings } from './log-settings.ts'
import { LogSyncs } from './log-syncs.ts'
import type {
  ActiveProducer,
  AppendOptions,
  AppendResult,
  Isolation,
  LogIdentity,
  OffsetAndTimestamp,
  ReadOptions,
  ReadResult,
} from './log-types.ts'
import type { LeaderEpochs } from './leader-epochs.ts'
import { pendingBytesMax, segmentsPerRetentionSlice } from './limits.ts'
import { LogReader } from './log-reader.ts'
import { lookupOffset } from './offset-lookup.ts'
import { PendingWrite } from './pending-write.ts'
import { activeProducer } from './producer-entry.ts'
import type { ProducerState } from './producer-state.ts'
import { expiredSegments } from './retention.ts'
import type { Segment, WrittenBatch } from './segment.ts'
import type { SegmentList } from './segment-list.ts'
import { leaderEpochFile } from './segment-names.ts'
import { removeSegment } from './segment-removal.ts'
import { SegmentRoller } from './segment-roller.ts'
import { TailCache } from './tail-cache.ts'

/** Called after records became readable (written, or the last stable offset moved). */
type AdvanceListener = (log: PartitionLog) => void

/**
 * The log of one partition: appends, reads, lookups, trimming. All but syncing is synchronous; what an append writes
 * reaches the file at the end of the event-loop turn, together with the other appends of that turn.
 * Made by {@link LogDirectory}.
 */
export class PartitionLog {
  readonly topic: string
  readonly partition: number
  /** 22 characters of URL-safe base64. */
  readonly topicId: string
  readonly directory: string
  /** May be replaced at any time. */
  settings: LogSettings
  readonly #context: LogContext
  readonly #segments: SegmentList
  readonly #producers: ProducerState
  readonly #epochs: LeaderEpochs
  readonly #tail: TailCache
  readonly #reader: LogReader
  readonly #syncs: LogSyncs
  readonly #flushes: FlushPolicy
  readonly #roller: SegmentRoller
  readonly #listeners = new Set<AdvanceListener>()
  #pending: PendingWrite | undefined
  #startOffset: number
  #endOffset: number
  #highWatermark: number
  #lastStableOffset: number
  #recoveryPoint: number
  /** The file may hold bytes that do not count. */
  #isTorn = false
  #failure: Error | undefined
  #isClosed = false
  #isDeleted = false

  constructor(context: LogContext, identity: LogIdentity, settings: LogSettings, loaded: LoadedLog) {
    this.topic = identity.topic
    this.partition = identity.partition
    this.topicId = identity.topicId
    this.directory = identity.directory
    this.settings = settings
    this.#context = context
    this.#segments = loaded.segments
    this.#producers = loaded.producers
    this.#epochs = loaded.epochs
    this.#tail = new TailCache(context.tailBudget)
    this.#reader = new LogReader(loaded.segments, this.#tail)
    this.#startOffset = loaded.startOffset
    this.#endOffset = loaded.endOffset
    this.#highWatermark = loaded.endOffset
    this.#lastStableOffset = loaded.endOffset
    this.#recoveryPoint = loaded.recoveryPoint
    this.#syncs = new LogSyncs(context.storage, {
      isWritten: (segment) => segment === this.#segments.active && !this.#isClosed,
      endOffset: () => this.#highWatermark,
      synced: (endOffset) => this.#advanceRecoveryPoint(endOffset),
    })
    this.#flushes = new FlushPolicy(this.#syncs, context.background)
    this.#roller = new SegmentRoller(context, { ...loaded, directory: this.directory, syncs: this.#syncs })
    for (const path of loaded.unsyncedPaths) this.#syncs.notePath(path)
    for (const segment of loaded.unsyncedSegments) this.#syncs.noteSegment(segment)
    this.#moveLastStableOffset()
  }

  /** `topic-0`. */
  get name(): string {
    return `${this.topic}-${this.partition}`
  }

  /** The first offset that can be read. */
  get startOffset(): number {
    return this.#startOffset
  }

  /** The offset of the next record appended; includes what was appended in this turn. */
  get endOffset(): number {
    return this.#endOffset
  }

  /** Everything below it is written and can be read. */
  get highWatermark(): number {
    return this.#highWatermark
  }

  /** Below it no transaction is open. */
  get lastStableOffset(): number {
    return this.#lastStableOffset
  }

  get leaderEpoch(): number {
    return this.#epochs.latest
  }

  /** Everything below it is on the disk. */
  get recoveryPoint(): number {
    return this.#recoveryPoint
  }

  /** Of all segments, without indexes. */
  get sizeInBytes(): number {
    return this.#segments.sizeInBytes
  }

  /** First offset of the oldest segment: the start offset may lie behind it until the segment goes. */
  get firstSegmentOffset(): number {
    return this.#segments.first.baseOffset
  }

  get segmentCount(): number {
    return this.#segments.count
  }

  /** Idempotent producers that it remembers. */
  get producerCount(): number {
    return this.#producers.size
  }

  /** Set after a write failed; cleared by the next one that succeeds. A failed sync stays until the log is reopened. */
  get failure(): Error | undefined {
    return this.#syncs.failure ?? this.#failure
  }

  /**
   * Appends a record set. The bytes belong to the log until `written` is settled: it patches base offset and leader epoch
   * in place. Throws `KafkaError` with the code to answer; then nothing was appended.
   */
  append(records: Buffer, options: AppendOptions = {}): AppendResult {
    this.#assertWritable()
    return options.origin === 'coordinator'
      ? this.#appendTrusted(records, options.transactionVersion ?? 0)
      : this.#appendProduced(records, options)
  }

  #appendProduced(received: Buffer, options: AppendOptions): AppendResult {
    const { settings } = this
    const nowMs = this.#context.environment.clock.wallMs()
    const records = withoutRest(received)
    const checked = checkProduced(records, settings, { name: this.name, nowMs, produceVersion: options.produceVersion })
    const isLogAppendTime = settings.messageTimestampType === 'LogAppendTime'
    const produced = producerIdOf(records, 0) >= 0 ? producedBatchAt(records, 0) : undefined
    const duplicate = produced === undefined ? undefined : this.#producers.check(produced, options.startsSequence)
    if (duplicate !== undefined) {
      const { lastOffset, offsetDelta, timestamp } = duplicate
      return this.#result(lastOffset - offsetDelta, lastOffset, isLogAppendTime ? timestamp : -1, true)
    }
    const place = { baseOffset: this.#endOffset, leaderEpoch: this.leaderEpoch }
    const batch = placeProduced(records, checked, settings, place, nowMs)
    try {
      this.#makeRoom(batch)
    } catch (error) {
      placeBatch(batch.buffer, 0, producedPlace.baseOffset, producedPlace.leaderEpoch)
      throw error
    }
    this.#add(batch, nowMs)
    return this.#result(batch.baseOffset, batch.lastOffset, isLogAppendTime ? nowMs : -1, false)
  }

  #appendTrusted(records: Buffer, transactionVersion: number): AppendResult {
    const nowMs = this.#context.environment.clock.wallMs()
    const batches = placeTrusted(records, { baseOffset: this.#endOffset, leaderEpoch: this.leaderEpoch })
    const first = batches[0]
    const last = batches.at(-1)
    assert(first !== undefined && last !== undefined, 'A coordinator appends whole batches')
    for (const { marker } of batches) {
      if (marker !== undefined) this.#producers.checkMarker(marker, transactionVersion)
    }
    this.#makeRoom({ ...last, sizeInBytes: records.length })
    for (const batch of batches) this.#add(batch, nowMs)
    return this.#result(first.baseOffset, last.lastOffset, -1, false)
  }

  #result(baseOffset: number, lastOffset: number, logAppendTimeMs: number, isDuplicate: boolean): AppendResult {
    // A repeated batch may itself still wait for the write of this turn.
    const written = this.#pending !== undefined && lastOffset >= this.#highWatermark ? this.#pending.written : done
    if (this.#pending !== undefined && this.#pending.sizeInBytes >= pendingBytesMax) this.writePending()
    return { baseOffset, lastOffset, logAppendTimeMs, logStartOffset: this.#startOffset, isDuplicate, written }
  }

  #add(batch: PlacedBatch, nowMs: number): void {
    if (batch.produced !== undefined) this.#producers.append(batch.produced, nowMs)
    const aborted = batch.marker === undefined ? undefined : this.#producers.appendMarker(batch.marker, nowMs)
    if (this.#pending === undefined) {
      this.#pending = new PendingWrite(batch.baseOffset)
      this.#context.scheduleWrite(this)
    }
    this.#pending.add({ ...batch, aborted })
    this.#endOffset = batch.lastOffset + 1
  }

  #assertWritable(): void {
    this.#assertOpen()
    if (this.#syncs.failure !== undefined) throw storageFailed(this.directory, this.#syncs.failure)
    if (this.#isTorn) this.#dropTornBytes()
  }

  #assertOpen(): void {
    if (this.#isDeleted) throw this.#deletedError()
    assert(!this.#isClosed, 'A closed log is not used')
  }

  #deletedError(): Error {
    return kafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `${this.name} was deleted`)
  }

  /** Closes the segment that is written to when the next batch does not belong into it any more. */
  #makeRoom(next: WrittenBatch): void {
    if (!this.#roller.hasRoom(next, this.#pending, this.settings)) this.roll()
  }

  /** Begins a new segment. Throws KAFKA_STORAGE_ERROR; the log then goes on in the old one. */
  roll(): void {
    this.writePending()
    this.#assertWritable()
    try {
      this.#roller.roll(this.#endOffset)
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Writes what this turn has appended now instead of at the end of the turn. Failures go to the appenders. */
  writePending(): void {
    const pending = this.#pending
    if (pending === undefined) return
    this.#pending = undefined
    const active = this.#segments.active
    const chunks = pending.chunks(this.#tail)
    try {
      active.write(chunks.map((chunk) => chunk.buffer))
    } catch (error) {
      this.#giveUp(pending, error)
      return
    }
    active.wrote(pending.batches, this.settings.indexIntervalBytes)
    for (const { aborted } of pending.batches) if (aborted !== undefined) active.noteAborted(aborted)
    for (const { buffer, baseOffset, nextOffset, isGathered } of chunks)
      if (isGathered) this.#tail.push(buffer, baseOffset, nextOffset)
    this.#producers.commit()
    this.#highWatermark = this.#endOffset
    this.#moveLastStableOffset()
    this.#failure = undefined
    this.#syncs.noteSegment(active)
    pending.resolve(
      this.#flushes.wrote(this.#endOffset - pending.firstOffset, this.settings)?.catch((error: unknown) => {
        throw this.#failed(error)
      }),
    )
    for (const listener of this.#listeners) listener(this)
  }

  /** What was appended in this turn never happened. */
  #giveUp(pending: PendingWrite, error: unknown): void {
    this.#endOffset = pending.firstOffset
    this.#producers.undo()
    this.#isTorn = true
    pending.reject(this.#failed(error))
    try {
      this.#dropTornBytes()
    } catch {
      // The next append tries again, and fails with this error while it goes on.
    }
  }

  #dropTornBytes(): void {
    try {
      this.#segments.active.dropUncountedBytes()
    } catch (error) {
      throw this.#failed(error)
    }
    this.#isTorn = false
  }

  #failed(error: unknown): Error {
    const failure = storageFailed(this.directory, error)
    if (this.#failure === undefined) this.#context.environment.log.error(failure.message, { error: asError(error) })
    this.#failure = failure
    return failure
  }

  /** Everything appended so far is on the disk when it resolves. */
  flush(): Promise<void> {
    if (this.#isDeleted) return Promise.resolve()
    this.writePending()
    return this.#flushes.sync()
  }

  #advanceRecoveryPoint(endOffset: number): void {
    if (endOffset <= this.#recoveryPoint) return
    this.#recoveryPoint = endOffset
    this.#context.scheduleCheckpoint()
  }

  #moveLastStableOffset(): void {
    const unstable = Math.max(this.#producers.firstUnstableOffset ?? Infinity, this.#startOffset)
    this.#lastStableOffset = Math.min(unstable, this.#highWatermark)
  }

  /** Throws `KafkaError` OFFSET_OUT_OF_RANGE below the start and beyond the high watermark (at it: an empty result). */
  read(offset: number, options: ReadOptions): ReadResult {
    this.#assertOpen()
    if (offset < this.#startOffset || offset > this.#highWatermark) {
      throw offsetOutOfRange(this.name, offset, this.#startOffset, this.#highWatermark)
    }
    const isCommitted = options.isolation === 'read_committed'
    const limit = isCommitted ? this.#lastStableOffset : this.#highWatermark
    const read = this.#reader.read(offset, options.maxBytes, options.atLeastOne ?? true, limit)
    return {
      records: read.records,
      highWatermark: this.#highWatermark,
      lastStableOffset: this.#lastStableOffset,
      logStartOffset: this.#startOffset,
      abortedTransactions: isCommitted ? abortedBetween(this.#segments, offset, read.nextOffset) : null,
    }
  }

  /** By {@link SpecialTimestamp} or by time: the first record at or after it. `null`: there is none. */
  offsetForTimestamp(timestamp: number, isolation: Isolation = 'read_uncommitted'): OffsetAndTimestamp | null {
    this.#assertOpen()
    const limit = isolation === 'read_committed' ? this.#lastStableOffset : this.#highWatermark
    return lookupOffset(timestamp, {
      segments: this.#segments,
      epochs: this.#epochs,
      startOffset: this.#startOffset,
      limit,
    })
  }

  /** For OffsetForLeaderEpoch: the largest epoch not above the asked one, and where it ended. −1, −1: unknown. */
  offsetForLeaderEpoch(epoch: number): { readonly leaderEpoch: number; readonly endOffset: number } {
    return this.#epochs.endOffsetOf(epoch, this.#highWatermark)
  }

  /**
   * DeleteRecords; −1 = up to the high watermark. Returns the new start offset, which never goes back.
   * Throws OFFSET_OUT_OF_RANGE beyond the high watermark.
   */
  deleteRecordsBefore(offset: number): number {
    this.#assertOpen()
    const wanted = offset === -1 ? this.#highWatermark : offset
    if (wanted < 0 || wanted > this.#highWatermark) {
      throw kafkaError(
        ErrorCode.OFFSET_OUT_OF_RANGE,
        `records of ${this.name} can be deleted up to ${this.#highWatermark}, not up to ${offset}`,
      )
    }
    this.#moveStart(wanted)
    this.#removeSegments(0, segmentsPerRetentionSlice)
    return this.#startOffset
  }

  #moveStart(offset: number): void {
    if (offset <= this.#startOffset) return
    this.#startOffset = offset
    this.#moveLastStableOffset()
    if (this.#epochs.truncateFromStart(offset)) this.#saveEpochs()
    this.#context.scheduleCheckpoint()
  }

  #saveEpochs(): void {
    const path = `${this.directory}/${leaderEpochFile}`
    this.#context.background.add(() => {
      if (!this.#isClosed) this.#context.storage.replaceFile(path, this.#epochs.toText())
    })
  }

  /**
   * Removes old segments by time and size (unless the topic is only compacted) and those that lie below the start
   * offset, `segmentsMax` at most. Returns how many; when it is the maximum, there may be more.
   */
  applyRetention(nowMs: number, segmentsMax: number = segmentsPerRetentionSlice): number {
    this.#assertOpen()
    this.writePending()
    const expired = expiredSegments(this.#segments, this.settings, nowMs)
    return this.#removeSegments(Math.min(expired, segmentsMax), segmentsMax)
  }

  /** Removes `expired` segments and further ones below the start offset. */
  #removeSegments(expired: number, segmentsMax: number): number {
    let count = expired
    while (count < segmentsMax && this.#isBelowStart(count)) count++
    if (count === 0) return 0
    if (count === this.#segments.count) this.roll()
    const removed = this.#segments.removeFirst(count)
    this.#moveStart(this.#segments.first.baseOffset)
    for (const segment of removed) this.#removeSegment(segment)
    this.#context.scheduleCheckpoint()
    return count
  }

  #isBelowStart(index: number): boolean {
    const next = this.#segments.at(index + 1)
    return next !== undefined && next.baseOffset <= this.#startOffset
  }

  #removeSegment(segment: Segment, keepsSnapshot = false): void {
    this.#syncs.forget(segment)
    removeSegment(this.#context, segment, {
      deleteDelayMs: this.settings.fileDeleteDelayMs,
      keepsSnapshot: keepsSnapshot || segment.baseOffset === this.#roller.snapshotOffset,
    })
  }

  /** For the cleaner: what it needs of the log's inside. */
  get cleaning(): CleanedLog {
    return {
      context: this.#context,
      settings: this.settings,
      segments: this.#segments,
      startOffset: this.#startOffset,
      lastStableOffset: this.#lastStableOffset,
      isGone: () => this.#isClosed,
      lastOfProducer: (producerId) => this.#producers.lastOf(producerId),
      replaceSegments: (old, cleaned) => this.#replaceSegments(old, cleaned),
    }
  }

  #replaceSegments(old: readonly Segment[], cleaned: Segment): boolean {
    if (this.#isClosed || !this.#segments.replace(old, cleaned)) return false
    // Readers of committed records learn from the new index only what the new segments hold.
    this.#tail.clear()
    for (const segment of old) this.#removeSegment(segment, segment.baseOffset === cleaned.baseOffset)
    cleaned.renameFiles('')
    this.#syncs.notePath(this.directory)
    this.#context.background.add(() => (this.#isClosed ? undefined : this.#syncs.sync()))
    return true
  }

  activeProducers(): readonly ActiveProducer[] {
    return [...this.#producers.entries()].map(activeProducer)
  }

  /** What the partition knows of one producer, including what was appended in this turn. */
  producer(producerId: number): ActiveProducer | undefined {
    const entry = this.#producers.get(producerId)
    return entry === undefined ? undefined : activeProducer(entry)
  }

  /** Forgets producers that were silent for longer than the broker remembers them. */
  removeExpiredProducers(nowMs: number): void {
    this.writePending()
    this.#producers.removeExpired(nowMs, this.#context.producerIdExpirationMs())
  }

  /** Calls back after records became readable, synchronously, until the returned function is called. */
  onAdvance(listener: AdvanceListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Makes everything last and lets go of the files. After an error the log must be recovered at the next start. */
  async close(): Promise<void> {
    this.writePending()
    this.#isClosed = true
    try {
      if (this.#isTorn) this.#dropTornBytes()
      if (this.#segments.active.saveIndexes()) this.#syncs.noteSegment(this.#segments.active)
      if (this.#endOffset > 0) this.#roller.writeSnapshot(this.#endOffset)
      await this.#syncs.sync()
    } finally {
      this.#release()
    }
  }

  /**
   * Lets go of the files without writing anything more: the log is about to be removed. Listeners are told; whatever is
   * asked of the log from now on fails with UNKNOWN_TOPIC_OR_PARTITION.
   */
  abandon(): void {
    this.#isClosed = true
    this.#isDeleted = true
    this.#pending?.reject(this.#deletedError())
    this.#pending = undefined
    this.#syncs.abandon()
    this.#release()
    for (const listener of this.#listeners) listener(this)
  }

  #release(): void {
    this.#tail.clear()
    for (const segment of this.#segments) segment.close()
  }
}

const done = Promise.resolve()
