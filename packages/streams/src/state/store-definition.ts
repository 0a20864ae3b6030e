import type { Serde } from '@streamwright/formats'
import type { CustomEngineFactory } from './engine/custom-engine.ts'
import type { CustomStore, StoreContext } from './custom-store.ts'

/**
 * Where a store keeps its committed bytes. `persistent` is the default of those on disk, LMDB; `log` an append-only file
 * with an index in memory, for many keys that change at random in small commits: each key takes some 50 bytes of memory.
 * An object is an engine of one's own.
 */
export type StoreEngine = 'memory' | 'persistent' | 'log' | CustomEngineFactory

/** Whether an engine of ours keeps the bytes on disk. */
export function isOnDisk(engine: StoreEngine): engine is 'persistent' | 'log' {
  return engine === 'persistent' || engine === 'log'
}

/** Whether the bytes outlive the process, in an engine of ours or of the user's. */
export function isPersistent(engine: StoreEngine): boolean {
  return isOnDisk(engine) || (typeof engine === 'object' && engine.persistent)
}

interface StoreDefinitionCommon {
  readonly name: string
  readonly engine: StoreEngine
  /** Whether a record cache stands before the store. */
  readonly caching: boolean
  /** `false`: no changelog. Otherwise topic settings that override the defaults of the changelog topic. */
  readonly logging: false | Readonly<Record<string, string>>
}

/** How much of what comes with a value a store keeps: nothing, the timestamp, or the headers too. */
export type KeptForm = 'value' | 'timestamp' | 'headers'

/** What stores of values with timestamps and headers have in common. */
interface ValueFormDefinition {
  /** Callers give and get the timestamp of the record beside each value. */
  readonly timestamped: boolean
  /** Callers give and get the headers of the record too (KIP-1271). Default: no. */
  readonly withHeaders?: boolean
  /**
   * What is read back of that. Default: all. A plain persistent store under an operator forgets timestamps: what is
   * read has the timestamp −1, as in Java.
   */
  readonly keeps?: KeptForm
}

/** A store as data: what the builder knows, and all that the runtime needs to make one per task. */
export type StoreDefinition =
  | KeyValueStoreDefinition
  | VersionedKeyValueStoreDefinition
  | WindowStoreDefinition
  | SessionStoreDefinition
  | SuppressBufferDefinition
  | JoinBufferDefinition
  | UnjoinedStoreDefinition
  | CustomStoreDefinition

export interface KeyValueStoreDefinition extends StoreDefinitionCommon, ValueFormDefinition {
  readonly kind: 'keyValue'
  /** At most so many rows: the one that was used longest ago goes. */
  readonly maxEntries?: number
  /** Rows go so many milliseconds after they were put, by the latest timestamp that was put. */
  readonly ttlMs?: number
  /** Whether the changelog is told of rows that go. Default: yes. */
  readonly logsEvictions?: boolean
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
}

export interface VersionedKeyValueStoreDefinition extends StoreDefinitionCommon {
  readonly kind: 'versionedKeyValue'
  /** How far back versions are kept and late ones are accepted, from the latest timestamp that was put. */
  readonly historyRetentionMs: number
  /** Old versions are dropped in stretches of this length. */
  readonly segmentIntervalMs: number
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
}

export interface WindowStoreDefinition extends StoreDefinitionCommon, ValueFormDefinition {
  readonly kind: 'window'
  readonly retentionMs: number
  readonly windowSizeMs: number
  /** Keeps every put of a key and window start (stream-stream joins). */
  readonly retainDuplicates: boolean
  /** How much longer than the retention entries are still read. The changelog topic does not count it. */
  readonly extraReadMs?: number
  /** Windows of one key are read as ranges of time, not only by their start: they are then kept together. */
  readonly readsRanges?: boolean
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
}

export interface SessionStoreDefinition extends StoreDefinitionCommon {
  readonly kind: 'session'
  readonly retentionMs: number
  /** Callers give and get headers beside each aggregate (KIP-1271). Default: no. */
  readonly withHeaders?: boolean
  /** Whether headers are read back. Default: yes, where callers give them. */
  readonly keeps?: KeptForm
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
}

/** The changes that a `suppress` holds back. Always in memory, and never cached. */
export interface SuppressBufferDefinition extends StoreDefinitionCommon {
  readonly kind: 'suppressBuffer'
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
}

/** The records of an outer join of two streams that wait for a match. Never cached. */
export interface UnjoinedStoreDefinition extends StoreDefinitionCommon {
  readonly kind: 'unjoined'
  readonly key: Serde<unknown>
  /** Of the values of each side. */
  readonly left: Serde<unknown>
  readonly right: Serde<unknown>
}

/** A store of the user's own. */
export interface CustomStoreDefinition extends StoreDefinitionCommon {
  readonly kind: 'custom'
  /** Makes the store of one task; called once per task. */
  readonly create: (context: StoreContext) => CustomStore
}

/** The records of a stream that wait for late updates of the versioned table that they are joined with. */
export interface JoinBufferDefinition extends StoreDefinitionCommon {
  readonly kind: 'joinBuffer'
  readonly graceMs: number
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
}
