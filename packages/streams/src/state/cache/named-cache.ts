import type { CacheEntry } from './cache-entry.ts'

/** The store behind a cache: takes what leaves it. */
export interface CachedStore<T> {
  /** A dirty entry leaves or is flushed: write it below and tell downstream. */
  writeThrough(entry: CacheEntry<T>): void
  /** The entry is gone from the cache: take it out of the index. */
  forget(entry: CacheEntry<T>): void
}

/**
 * The cache of one store in one task: entries by recency, and the dirty ones in the order of their last write, which is
 * the order in which they are flushed. Java: `NamedCache`.
 */
export class NamedCache<T> {
  bytes = 0
  size = 0
  readonly #store: CachedStore<T>
  readonly #isExact: boolean
  readonly #cleanMax: number
  #newest: CacheEntry<T> | undefined
  #oldest: CacheEntry<T> | undefined
  #firstDirty: CacheEntry<T> | undefined
  #lastDirty: CacheEntry<T> | undefined

  /**
   * `isExact`: entries leave in the order of their last use. Otherwise one that was used is passed over once. With more
   * entries than `cleanMax`, those that are written through leave: the store has them as near.
   */
  constructor(store: CachedStore<T>, isExact = true, cleanMax: number = Infinity) {
    this.#store = store
    this.#isExact = isExact
    this.#cleanMax = cleanMax
  }

  insert(entry: CacheEntry<T>, bytes: number): void {
    entry.bytes = bytes
    this.bytes += bytes
    this.size += 1
    this.#pushNewest(entry)
  }

  /** The entry was used: it is the last to be evicted now; where that is not exact, it is passed over once. */
  touch(entry: CacheEntry<T>): void {
    if (!this.#isExact) {
      entry.used = true
      return
    }
    if (this.#newest === entry) return
    this.#unlink(entry)
    this.#pushNewest(entry)
  }

  resize(entry: CacheEntry<T>, bytes: number): void {
    this.bytes += bytes - entry.bytes
    entry.bytes = bytes
  }

  /** The entry was written: it is flushed last now. */
  markDirty(entry: CacheEntry<T>): void {
    if (entry.dirty) {
      if (this.#lastDirty === entry) return
      this.#unlinkDirty(entry)
    }
    entry.dirty = true
    entry.previousDirty = this.#lastDirty
    entry.nextDirty = undefined
    if (this.#lastDirty === undefined) this.#firstDirty = entry
    else this.#lastDirty.nextDirty = entry
    this.#lastDirty = entry
  }

  /** Writes every dirty entry through, in the order of the last writes. Deleted keys leave the cache after that, and in a large cache all of them. */
  flush(): void {
    this.#writeAll(this.#takeDirty())
  }

  /** Drops the entry that was not used for longest, or about. When it is dirty, every other dirty one is flushed with it. */
  evictOldest(): void {
    let oldest = this.#oldest
    while (oldest?.used === true) {
      oldest.used = false
      this.#unlink(oldest)
      this.#pushNewest(oldest)
      oldest = this.#oldest
    }
    if (oldest === undefined) return
    const wasDirty = oldest.dirty
    if (wasDirty) this.#unlinkDirty(oldest)
    this.remove(oldest)
    if (wasDirty) this.#writeAll([oldest, ...this.#takeDirty()])
  }

  remove(entry: CacheEntry<T>): void {
    if (entry.dirty) this.#unlinkDirty(entry)
    this.#unlink(entry)
    this.bytes -= entry.bytes
    this.size -= 1
    this.#store.forget(entry)
  }

  clear(): void {
    while (this.#oldest !== undefined) this.remove(this.#oldest)
  }

  /** Emptied before anything is written through, because that may come back to this cache. */
  #takeDirty(): CacheEntry<T>[] {
    const taken: CacheEntry<T>[] = []
    for (let entry = this.#firstDirty; entry !== undefined; entry = entry.nextDirty) taken.push(entry)
    for (const entry of taken) this.#unlinkDirty(entry)
    return taken
  }

  #writeAll(entries: readonly CacheEntry<T>[]): void {
    for (const entry of entries) this.#store.writeThrough(entry)
    const isLarge = this.size > this.#cleanMax
    for (const entry of entries) {
      const stillThere = entry.newer !== undefined || this.#newest === entry
      if ((entry.live === null || isLarge) && stillThere && !entry.dirty) this.remove(entry)
    }
  }

  #pushNewest(entry: CacheEntry<T>): void {
    entry.older = this.#newest
    entry.newer = undefined
    if (this.#newest === undefined) this.#oldest = entry
    else this.#newest.newer = entry
    this.#newest = entry
  }

  #unlink(entry: CacheEntry<T>): void {
    if (entry.newer === undefined) this.#newest = entry.older
    else entry.newer.older = entry.older
    if (entry.older === undefined) this.#oldest = entry.newer
    else entry.older.newer = entry.newer
    entry.newer = undefined
    entry.older = undefined
  }

  #unlinkDirty(entry: CacheEntry<T>): void {
    if (entry.previousDirty === undefined) this.#firstDirty = entry.nextDirty
    else entry.previousDirty.nextDirty = entry.nextDirty
    if (entry.nextDirty === undefined) this.#lastDirty = entry.previousDirty
    else entry.nextDirty.previousDirty = entry.previousDirty
    entry.nextDirty = undefined
    entry.previousDirty = undefined
    entry.dirty = false
  }
}
