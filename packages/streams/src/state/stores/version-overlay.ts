import type { Serialized } from '@streamwright/formats'

/** The last value of a key, not committed yet. Null serialized: the key was deleted. */
export interface PendingLatest<V> {
  readonly validFrom: number
  readonly live: V | null
  readonly serialized: Serialized | null
}

/** A version that another has followed, as bytes: the live value may have been changed in place since. */
export interface PendingVersion {
  readonly validFrom: number
  readonly validTo: number
  readonly serialized: Serialized | null
}

/** The uncommitted versions of one key: each hides the committed one that ended at the same time. */
export class KeyVersions<V> {
  /** Undefined: what is committed holds. */
  latest: PendingLatest<V> | undefined
  /** By `validTo`, ascending. Most records come in order, so that most versions are appended. */
  readonly history: PendingVersion[] = []

  /** Returns the version that was replaced. */
  set(version: PendingVersion): PendingVersion | undefined {
    const index = this.indexAfter(version.validTo - 1)
    const replaced = this.history[index]?.validTo === version.validTo ? this.history[index] : undefined
    this.history.splice(index, replaced === undefined ? 0 : 1, version)
    return replaced
  }

  /** Index of the first version that ended after a time. */
  indexAfter(afterMs: number): number {
    let low = 0
    let high = this.history.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.history[middle]?.validTo ?? 0) <= afterMs) low = middle + 1
      else high = middle
    }
    return low
  }
}
