import type { KeyValue, ReadOnlySessionStore, StoreIterator, Windowed } from '../state/store.ts'
import { CompositeStore } from './composite-store.ts'

type Sessions<K, T> = StoreIterator<KeyValue<Windowed<K>, T>>

/**
 * Sessions of all partitions that are here. Java: `CompositeReadOnlySessionStore`, which stops at the first partition
 * that has any, for ranges of keys too; here these go through all.
 */
export class CompositeSessionStore<K, T>
  extends CompositeStore<ReadOnlySessionStore<K, T>>
  implements ReadOnlySessionStore<K, T>
{
  fetchSession(key: K, startMs: number, endMs: number): T | null {
    return this.first((store) => store.fetchSession(key, startMs, endMs))
  }

  findSessions(key: K, earliestSessionEndMs: number, latestSessionStartMs: number): Sessions<K, T> {
    return this.ofKey((store) => store.findSessions(key, earliestSessionEndMs, latestSessionStartMs))
  }

  backwardFindSessions(key: K, earliestSessionEndMs: number, latestSessionStartMs: number): Sessions<K, T> {
    return this.ofKey((store) => store.backwardFindSessions(key, earliestSessionEndMs, latestSessionStartMs))
  }

  findSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): Sessions<K, T> {
    return this.ofKeys((store) =>
      store.findSessionsKeyRange(fromKey, toKey, earliestSessionEndMs, latestSessionStartMs),
    )
  }

  backwardFindSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): Sessions<K, T> {
    return this.ofKeys((store) =>
      store.backwardFindSessionsKeyRange(fromKey, toKey, earliestSessionEndMs, latestSessionStartMs),
    )
  }

  fetch(key: K): Sessions<K, T> {
    return this.ofKey((store) => store.fetch(key))
  }

  backwardFetch(key: K): Sessions<K, T> {
    return this.ofKey((store) => store.backwardFetch(key))
  }

  fetchKeyRange(fromKey: K | null, toKey: K | null): Sessions<K, T> {
    return this.ofKeys((store) => store.fetchKeyRange(fromKey, toKey))
  }

  backwardFetchKeyRange(fromKey: K | null, toKey: K | null): Sessions<K, T> {
    return this.ofKeys((store) => store.backwardFetchKeyRange(fromKey, toKey))
  }
}
