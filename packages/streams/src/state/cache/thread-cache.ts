import type { CachedStore } from './named-cache.ts'
import { NamedCache } from './named-cache.ts'

/**
 * Below this size of the cache every write measures its value, so that eviction comes exactly when Java's does. Above
 * it a value is measured on its first write and then on each sixteenth, since measuring means serializing, which is
 * what the cache is there to avoid.
 */
export const exactSizesBelowBytes: number = 1024 * 1024

/** All record caches of a stream thread, which share `statestore.cache.max.bytes`. Java: `ThreadCache`. */
export class ThreadCache {
  readonly maxBytes: number
  readonly exactSizes: boolean
  readonly #caches = new Set<{ readonly bytes: number }>()

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
    this.exactSizes = maxBytes < exactSizesBelowBytes
  }

  /** `cleanMax`: beyond so many entries, unless sizes are exact, only what is not written through yet stays. */
  open<T>(store: CachedStore<T>, cleanMax: number = Infinity): NamedCache<T> {
    const cache = new NamedCache(store, this.exactSizes, this.exactSizes ? Infinity : cleanMax)
    this.#caches.add(cache)
    return cache
  }

  close<T>(cache: NamedCache<T>): void {
    this.#caches.delete(cache)
  }

  /** Evicts from the cache that was just written until all of them fit again. */
  makeRoom<T>(cache: NamedCache<T>): void {
    while (cache.size > 0 && this.bytes > this.maxBytes) cache.evictOldest()
  }

  get bytes(): number {
    let bytes = 0
    for (const cache of this.#caches) bytes += cache.bytes
    return bytes
  }
}
