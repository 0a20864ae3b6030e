import { assert } from '@streamwright/std'
import type { LogContext } from './log-context.ts'
import type { LogSettings } from './log-settings.ts'
import { segmentMsMax } from './log-settings.ts'
import type { LogSyncs } from './log-syncs.ts'
import type { PendingWrite } from './pending-write.ts'
import { encodeProducerSnapshot } from './producer-snapshot.ts'
import type { ProducerState } from './producer-state.ts'
import type { WrittenBatch } from './segment.ts'
import { Segment } from './segment.ts'
import type { SegmentList } from './segment-list.ts'
import { segmentFileName } from './segment-names.ts'

/** Of one log. */
interface RolledLog {
  readonly directory: string
  readonly segments: SegmentList
  readonly producers: ProducerState
  readonly syncs: LogSyncs
  /** Of the newest snapshot of producers that is there. */
  readonly snapshotOffset: number
}

/** Decides when the segment that is written to is full, closes it with its snapshot of producers, and begins the next. */
export class SegmentRoller {
  readonly #context: LogContext
  readonly #log: RolledLog
  #snapshotOffset: number
  #activeSinceMs: number

  constructor(context: LogContext, log: RolledLog) {
    this.#context = context
    this.#log = log
    this.#snapshotOffset = log.snapshotOffset
    this.#activeSinceMs = context.environment.clock.wallMs()
  }

  /** Where the log ended when the producers were last written down. */
  get snapshotOffset(): number {
    return this.#snapshotOffset
  }

  /**
   * Whether the next batch still belongs into the segment that is written to, which takes `pending` first: by
   * `segment.bytes`, by `segment.ms` in the time of its records (of its own age where they have none) and by the room
   * in its indexes.
   */
  hasRoom(next: WrittenBatch, pending: PendingWrite | undefined, settings: LogSettings): boolean {
    const { active } = this.#log.segments
    const nowMs = this.#context.environment.clock.wallMs()
    const sizeInBytes = active.sizeInBytes + (pending?.sizeInBytes ?? 0)
    if (sizeInBytes === 0) {
      this.#activeSinceMs = nowMs
      return true
    }
    const firstTimestamp = active.firstTimestamp ?? pending?.batches[0]?.maxTimestamp ?? -1
    const ageMs = firstTimestamp >= 0 ? next.maxTimestamp - firstTimestamp : nowMs - this.#activeSinceMs
    return (
      sizeInBytes <= settings.segmentBytes - next.sizeInBytes &&
      ageMs <= segmentMsMax(settings) &&
      active.takes(next.lastOffset, settings.segmentIndexBytes, pending?.batches.length ?? 0)
    )
  }

  /** Begins a segment at `endOffset`. Throws the storage's error; the old segment then stays the one written to. */
  roll(endOffset: number): void {
    const { directory, segments, syncs } = this.#log
    const closing = segments.active
    assert(closing.sizeInBytes > 0, 'An empty segment is not closed')
    closing.saveIndexes()
    this.writeSnapshot(endOffset)
    segments.push(Segment.create(this.#context, directory, endOffset))
    this.#activeSinceMs = this.#context.environment.clock.wallMs()
    syncs.noteSegment(closing)
    syncs.notePath(directory)
    this.#context.background.add(() => syncs.sync())
  }

  /** Writes down what is known of producers at `endOffset`, once. */
  writeSnapshot(endOffset: number): void {
    if (this.#snapshotOffset === endOffset) return
    const { directory, producers, syncs } = this.#log
    const path = `${directory}/${segmentFileName(endOffset, 'snapshot')}`
    this.#context.storage.writeFile(path, encodeProducerSnapshot(producers.entries()))
    this.#snapshotOffset = endOffset
    syncs.notePath(path)
  }
}
