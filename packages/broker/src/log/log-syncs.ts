import type { Segment } from './segment.ts'
import type { Storage } from './storage.ts'

/**
 * What of a log is written and not yet known to be on the disk. One sync runs at a time; all who ask meanwhile share
 * the next one. After a failed sync nobody knows what the disk has (the system forgets the pages), so every later one
 * fails, too, until the log is opened again and recovered.
 */
export class LogSyncs {
  readonly #storage: Storage
  readonly #segments = new Set<Segment>()
  readonly #paths = new Set<string>()
  /** Told where the log ended when a sync that succeeded began. */
  readonly #succeeded: (endOffset: number) => void
  readonly #endOffset: () => number
  readonly #isWritten: (segment: Segment) => boolean
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #failure: Error | undefined
  #isAbandoned = false

  /** `isWritten`: the segment still grows, its indexes are in memory and not worth a sync. */
  constructor(
    storage: Storage,
    log: { isWritten(segment: Segment): boolean; endOffset(): number; synced(endOffset: number): void },
  ) {
    this.#storage = storage
    this.#isWritten = (segment) => log.isWritten(segment)
    this.#endOffset = () => log.endOffset()
    this.#succeeded = (endOffset) => log.synced(endOffset)
  }

  get failure(): Error | undefined {
    return this.#failure
  }

  noteSegment(segment: Segment): void {
    this.#segments.add(segment)
  }

  /** A small file, or a directory whose entries changed. */
  notePath(path: string): void {
    this.#paths.add(path)
  }

  /** The log is removed: nothing of it need be on the disk, and nothing that fails from now on matters. */
  abandon(): void {
    this.#isAbandoned = true
    this.#segments.clear()
    this.#paths.clear()
  }

  /** The segment's files are gone. */
  forget(segment: Segment): void {
    this.#segments.delete(segment)
  }

  /** Everything noted so far is on the disk when it resolves. */
  sync(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#syncNoted().finally(() => (this.#running = undefined))
      return this.#running
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.sync()
      })
    return this.#next
  }

  async #syncNoted(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    const segments = [...this.#segments]
    const paths = [...this.#paths]
    const endOffset = this.#endOffset()
    this.#segments.clear()
    this.#paths.clear()
    try {
      await Promise.all(segments.map((segment) => segment.sync(!this.#isWritten(segment))))
      for (const path of paths) await this.#storage.sync(path)
    } catch (error) {
      if (this.#isAbandoned) return
      this.#failure = error instanceof Error ? error : new Error(String(error))
      throw error
    }
    this.#succeeded(endOffset)
  }
}
