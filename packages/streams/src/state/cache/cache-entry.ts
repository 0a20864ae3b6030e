import type { RecordContext } from '../../processor/record-context.ts'

/** Links, dirty flag and context that Java counts for each entry: three references, one byte. */
const entryBytes = 25
const contextBytes = 20

/**
 * One key in a record cache. It hangs in two lists of its cache, by recency of use and by order of the last write, and
 * in the index of its store: intrusive links, because every record moves its entry in both.
 */
export class CacheEntry<T> {
  /** Null: deleted. */
  live: T | null
  dirty = false
  /** Since it was last passed over: caches that are not exact keep this in place of an order of uses. */
  used = false
  context: RecordContext | undefined
  bytes = 0
  /** Counts writes, so that the size of a value is measured on some of them only. */
  writes = 0
  newer: CacheEntry<T> | undefined
  older: CacheEntry<T> | undefined
  nextDirty: CacheEntry<T> | undefined
  previousDirty: CacheEntry<T> | undefined
  readonly mapKey: string
  /** Start of the window; 0 in key-value stores. */
  readonly windowStartMs: number
  /** End of the session; 0 in other stores. */
  readonly windowEndMs: number

  constructor(mapKey: string, windowStartMs: number, live: T | null, windowEndMs: number = 0) {
    this.mapKey = mapKey
    this.windowStartMs = windowStartMs
    this.windowEndMs = windowEndMs
    this.live = live
  }
}

/** Java's estimate of what an entry takes: `LRUNode.size` and `LRUCacheEntry.size`. */
export function cacheEntryBytes(keyBytes: number, valueBytes: number, context: RecordContext | undefined): number {
  let bytes = keyBytes + entryBytes + valueBytes + contextBytes + (context?.topic?.length ?? 0)
  if (context?.headers !== undefined) {
    for (const header of context.headers) bytes += header.key.length + (header.value?.length ?? 0)
  }
  return bytes
}
