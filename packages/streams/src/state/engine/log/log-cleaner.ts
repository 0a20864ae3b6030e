import type { Log } from '@streamwright/std'
import { cleanedAtLeastBytes, cleanedPerWritten, liveShareMin, segmentBytesMin } from './limits.ts'
import type { EntryHandler } from './log-frame.ts'
import { putHeadBytes, readEntries, recordBytes } from './log-frame.ts'
import type { LogStores } from './log-stores.ts'
import type { Frame } from './frame-file.ts'
import type { SegmentFile } from './segment-file.ts'
import { segmentHeadBytes } from './segment-file.ts'
import type { StateLog } from './state-log.ts'

/** A record that was copied, to be pointed at when its copy is written. */
interface Moved {
  readonly store: number
  readonly key: Buffer
  readonly valueLength: number
  /** Of the record in the frame, and of its copy. */
  readonly at: number
  readonly offset: number
}

/**
 * Gives back what garbage takes: goes through the oldest segment, copies what is live to the end of the log, and drops
 * the file. Oldest first, so that a deletion need not be kept once its file is the oldest: nothing older is left that
 * it could delete. A slice after each commit, as long as what the commit wrote.
 */
export class LogCleaner {
  readonly #stateLog: StateLog
  readonly #stores: LogStores
  readonly #log: Log
  #segment = -1
  #offset = 0

  constructor(stateLog: StateLog, stores: LogStores, log: Log) {
    this.#stateLog = stateLog
    this.#stores = stores
    this.#log = log
  }

  /** After a commit of so many bytes. */
  clean(committedBytes: number): void {
    let budget = committedBytes * cleanedPerWritten + cleanedAtLeastBytes
    try {
      while (budget > 0 && this.#isDue()) {
        const cleaned = this.#cleanFrame()
        if (cleaned === undefined) this.#stateLog.retireOldest()
        else budget -= cleaned
      }
    } catch (error) {
      // What was committed stands; without room for copies the garbage stays where it is.
      this.#log.warn('Local state cannot be cleaned', { directory: this.#stateLog.directory, error })
    }
  }

  #isDue(): boolean {
    if (this.#stateLog.segments.length < 2) return false
    const live = this.#stores.liveBytes
    return this.#stateLog.bytes > live / liveShareMin + 2 * segmentBytesMin
  }

  /** Copies what is live of one frame of the oldest segment. The bytes gone through; undefined at its end. */
  #cleanFrame(): number | undefined {
    const oldest = this.#stateLog.segments[0]
    if (oldest === undefined) return undefined
    if (oldest.number !== this.#segment) {
      this.#segment = oldest.number
      this.#offset = segmentHeadBytes
    }
    const frame = oldest.frameAt(this.#offset)
    if (frame === undefined) return undefined
    const next = this.#offset + frame.bytes.length
    // If copying fails the frame is gone through again: a file is only dropped when all of it has been.
    this.#copyLive(oldest, frame)
    this.#offset = next
    return frame.bytes.length
  }

  #copyLive(oldest: SegmentFile, frame: Frame): void {
    const live: { readonly store: number; readonly key: Buffer; readonly valueLength: number; readonly at: number }[] =
      []
    const handler: EntryHandler = {
      put: (store, key, valueLength, at) => {
        const { tree } = this.#stores.called(store)
        if (tree.find(key) && tree.segment === oldest.number && tree.offset === frame.offset + at) {
          live.push({ store, key, valueLength, at })
        }
      },
      delete() {},
      wipe() {},
      define() {},
      position() {},
      input() {},
    }
    readEntries(frame.bytes, handler)
    if (live.length === 0) return
    this.#stateLog.begin()
    const moved: Moved[] = live.map(({ store, key, valueLength, at }) => {
      const record = frame.bytes.subarray(at, at + recordBytes(key.length, valueLength))
      return { store, key, valueLength, at, offset: this.#stateLog.copy(record) }
    })
    const { segment } = this.#stateLog.end()
    for (const { store, key, valueLength, at, offset } of moved) {
      const valueAt = at + putHeadBytes + key.length
      this.#stores.called(store).tree.put(key, segment, offset, valueLength, frame.bytes, valueAt)
    }
  }
}
