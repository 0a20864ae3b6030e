import type { Serde } from '@streamwright/formats'
import type { CustomStore, StoreContext } from '../state/custom-store.ts'
import type {
  CustomStoreDefinition,
  KeptForm,
  KeyValueStoreDefinition,
  SessionStoreDefinition,
  StoreEngine,
  VersionedKeyValueStoreDefinition,
  WindowStoreDefinition,
} from '../state/store-definition.ts'
import { StreamsError } from '../errors.ts'
import { versionedSegmentIntervalMs } from '../state/stores/versioned-keys.ts'

/** Which kind of store an operator shall use, and under which name. Made by {@link Stores}. */
export type StoreSupplier =
  | KeyValueStoreSupplier
  | VersionedKeyValueStoreSupplier
  | WindowStoreSupplier
  | SessionStoreSupplier

export interface KeyValueStoreSupplier {
  readonly kind: 'keyValue'
  readonly name: string
  readonly engine: StoreEngine
  /** How much of what comes with a value it keeps, whatever operators and builders give it. */
  readonly keeps: KeptForm
  readonly maxEntries?: number
  readonly ttlMs?: number
  /** Java's `lruMap`: the changelog is told of rows that go by plain stores alone. */
  readonly isLruMap?: boolean
}

/** Bounds of a key-value store, which Java's do not have. A row that goes is deleted from the changelog too. */
export interface KeyValueBounds {
  /** At most so many rows: the one that was used longest ago goes. */
  readonly maxEntries?: number
  /**
   * Rows go so many milliseconds after they were put, by the latest timestamp that was put. Such a store has no record
   * cache. A table on it does not tell that a row has gone.
   */
  readonly ttlMs?: number
}

export interface VersionedKeyValueStoreSupplier {
  readonly kind: 'versionedKeyValue'
  readonly name: string
  readonly engine: StoreEngine
  readonly historyRetentionMs: number
  readonly segmentIntervalMs: number
}

export interface WindowStoreSupplier {
  readonly kind: 'window'
  readonly name: string
  readonly engine: StoreEngine
  readonly retentionMs: number
  readonly windowSizeMs: number
  readonly retainDuplicates: boolean
  /** See {@link KeyValueStoreSupplier}. */
  readonly keeps: KeptForm
}

export interface SessionStoreSupplier {
  readonly kind: 'session'
  readonly name: string
  readonly engine: StoreEngine
  readonly keeps: KeptForm
  readonly retentionMs: number
}

export interface StoreBuilderOptions<K, V> {
  readonly key: Serde<K>
  readonly value: Serde<V>
  /** Whether a record cache stands before the store. Default: no. */
  readonly caching?: boolean
  /** `false`: no changelog. An object: topic settings of the changelog. Default: a changelog with Kafka's settings. */
  readonly logging?: false | Readonly<Record<string, string>>
}

export interface CustomStoreOptions {
  readonly name: string
  /** Makes the store of one task; called once per task. */
  readonly create: (context: StoreContext) => CustomStore
  /** Where what it hands over at commits is kept. Default: in memory. */
  readonly engine?: StoreEngine
  /** `false`: no changelog. An object: topic settings of the changelog. Default: a compacted changelog. */
  readonly logging?: false | Readonly<Record<string, string>>
}

export interface WindowStoreOptions {
  readonly retentionMs: number
  readonly windowSizeMs: number
  /** Keeps every put of a key and window start. Default: the last one. */
  readonly retainDuplicates?: boolean
}

export interface VersionedStoreOptions {
  /** How far back versions are kept and late ones are accepted, in milliseconds of stream time. */
  readonly historyRetentionMs: number
  /** Old versions are dropped in stretches of this length. Default: by the retention, as in Java. */
  readonly segmentIntervalMs?: number
}

function versionedSupplier(
  engine: StoreEngine,
  name: string,
  options: VersionedStoreOptions,
): VersionedKeyValueStoreSupplier {
  const { historyRetentionMs, segmentIntervalMs = versionedSegmentIntervalMs(historyRetentionMs) } = options
  if (!(historyRetentionMs >= 0)) {
    throw invalid(`The historyRetentionMs of store ${name} is ${historyRetentionMs}; it cannot be negative`)
  }
  if (!(segmentIntervalMs >= 1)) {
    throw invalid(`The segmentIntervalMs of store ${name} is ${segmentIntervalMs}; it must be at least 1`)
  }
  return { kind: 'versionedKeyValue', name, engine, historyRetentionMs, segmentIntervalMs }
}

function keyValueSupplier(
  engine: StoreEngine,
  name: string,
  keeps: KeptForm,
  bounds: KeyValueBounds = {},
): KeyValueStoreSupplier {
  const { maxEntries, ttlMs } = bounds
  if (maxEntries !== undefined && !(maxEntries >= 0)) {
    throw invalid(`The maxEntries of store ${name} is ${maxEntries}; it cannot be negative`)
  }
  if (ttlMs !== undefined && !(ttlMs >= 1)) {
    throw invalid(`The ttlMs of store ${name} is ${ttlMs}; it must be at least 1`)
  }
  return { kind: 'keyValue', name, engine, keeps, ...bounds }
}

function windowSupplier(
  engine: StoreEngine,
  name: string,
  options: WindowStoreOptions,
  keeps: KeptForm,
): WindowStoreSupplier {
  const { retentionMs, windowSizeMs, retainDuplicates = false } = options
  if (retentionMs < 0) throw invalid(`The retention of store ${name} is ${retentionMs} ms; it cannot be negative`)
  if (windowSizeMs < 0) throw invalid(`The window size of store ${name} is ${windowSizeMs} ms; it cannot be negative`)
  if (windowSizeMs > retentionMs) {
    throw invalid(
      `The retention period of the window store ${name} must be no smaller than its window size. Got size=[${windowSizeMs}], retention=[${retentionMs}]`,
    )
  }
  return { kind: 'window', name, engine, retentionMs, windowSizeMs, retainDuplicates, keeps }
}

function sessionSupplier(
  engine: StoreEngine,
  name: string,
  retentionMs: number,
  keeps: KeptForm,
): SessionStoreSupplier {
  if (retentionMs < 0) throw invalid(`The retention of store ${name} is ${retentionMs} ms; it cannot be negative`)
  return { kind: 'session', name, engine, retentionMs, keeps }
}

/** What all builders make of their options. */
function common<K, V>(
  supplier: StoreSupplier,
  options: StoreBuilderOptions<K, V>,
): Pick<KeyValueStoreDefinition, 'name' | 'engine' | 'caching' | 'logging' | 'key' | 'value'> {
  return {
    name: supplier.name,
    engine: supplier.engine,
    caching: options.caching ?? false,
    logging: options.logging ?? {},
    // The types of a store are known to who uses it; a definition holds its serdes as unknown.
    key: options.key,
    value: options.value,
  }
}

function invalid(message: string): StreamsError {
  return new StreamsError(message, { code: 'INVALID_ARGUMENT' })
}

/** Stores for processors and operators, under Java's names. */
export interface Stores {
  readonly inMemoryKeyValueStore: (name: string, bounds?: KeyValueBounds) => KeyValueStoreSupplier
  /** At most `maxEntries` rows in memory: the one that was used longest ago goes. Under an operator the changelog keeps it. */
  readonly lruMap: (name: string, maxEntries: number) => KeyValueStoreSupplier
  /** Keeps values alone: under an operator, or a builder with timestamps, what is read has the timestamp −1. */
  readonly persistentKeyValueStore: (name: string, bounds?: KeyValueBounds) => KeyValueStoreSupplier
  readonly persistentTimestampedKeyValueStore: (name: string, bounds?: KeyValueBounds) => KeyValueStoreSupplier
  /** Keeps headers too (KIP-1271). */
  readonly persistentTimestampedKeyValueStoreWithHeaders: (
    name: string,
    bounds?: KeyValueBounds,
  ) => KeyValueStoreSupplier
  /** Keeps what each key was at earlier times (KIP-889). */
  readonly persistentVersionedKeyValueStore: (
    name: string,
    options: VersionedStoreOptions,
  ) => VersionedKeyValueStoreSupplier
  /** The same in memory; Java has none. */
  readonly inMemoryVersionedKeyValueStore: (
    name: string,
    options: VersionedStoreOptions,
  ) => VersionedKeyValueStoreSupplier
  readonly inMemoryWindowStore: (name: string, options: WindowStoreOptions) => WindowStoreSupplier
  /** Keeps values alone: see `persistentKeyValueStore`. */
  readonly persistentWindowStore: (name: string, options: WindowStoreOptions) => WindowStoreSupplier
  readonly persistentTimestampedWindowStore: (name: string, options: WindowStoreOptions) => WindowStoreSupplier
  readonly persistentTimestampedWindowStoreWithHeaders: (
    name: string,
    options: WindowStoreOptions,
  ) => WindowStoreSupplier
  readonly inMemorySessionStore: (name: string, retentionMs: number) => SessionStoreSupplier
  readonly persistentSessionStore: (name: string, retentionMs: number) => SessionStoreSupplier
  readonly persistentSessionStoreWithHeaders: (name: string, retentionMs: number) => SessionStoreSupplier
  /** The same supplier on another engine, such as one of the user's own. */
  readonly onEngine: <S extends StoreSupplier>(supplier: S, engine: StoreEngine) => S
  readonly keyValueStoreBuilder: <K, V>(
    supplier: KeyValueStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => KeyValueStoreDefinition
  /** Keeps the timestamp of the record beside each value. */
  readonly timestampedKeyValueStoreBuilder: <K, V>(
    supplier: KeyValueStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => KeyValueStoreDefinition
  /** Keeps timestamp and headers of the record beside each value (KIP-1271). */
  readonly timestampedKeyValueStoreWithHeadersBuilder: <K, V>(
    supplier: KeyValueStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => KeyValueStoreDefinition
  /** Versioned stores have no record cache. */
  readonly versionedKeyValueStoreBuilder: <K, V>(
    supplier: VersionedKeyValueStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => VersionedKeyValueStoreDefinition
  readonly windowStoreBuilder: <K, V>(
    supplier: WindowStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => WindowStoreDefinition
  readonly timestampedWindowStoreBuilder: <K, V>(
    supplier: WindowStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => WindowStoreDefinition
  readonly timestampedWindowStoreWithHeadersBuilder: <K, V>(
    supplier: WindowStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => WindowStoreDefinition
  /** A store of the user's own, for processors: see `CustomStore` for what it must do. */
  readonly customStoreBuilder: (options: CustomStoreOptions) => CustomStoreDefinition
  readonly sessionStoreBuilder: <K, V>(
    supplier: SessionStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => SessionStoreDefinition
  readonly sessionStoreWithHeadersBuilder: <K, V>(
    supplier: SessionStoreSupplier,
    options: StoreBuilderOptions<K, V>,
  ) => SessionStoreDefinition
}

export const Stores: Stores = {
  inMemoryKeyValueStore: (name, bounds) => keyValueSupplier('memory', name, 'headers', bounds),
  persistentKeyValueStore: (name, bounds) => keyValueSupplier('persistent', name, 'value', bounds),
  persistentTimestampedKeyValueStore: (name, bounds) => keyValueSupplier('persistent', name, 'timestamp', bounds),
  persistentTimestampedKeyValueStoreWithHeaders: (name, bounds) =>
    keyValueSupplier('persistent', name, 'headers', bounds),
  lruMap: (name, maxEntries) => ({ ...keyValueSupplier('memory', name, 'headers', { maxEntries }), isLruMap: true }),
  persistentVersionedKeyValueStore: (name, options) => versionedSupplier('persistent', name, options),
  inMemoryVersionedKeyValueStore: (name, options) => versionedSupplier('memory', name, options),
  inMemoryWindowStore: (name, options) => windowSupplier('memory', name, options, 'headers'),
  persistentWindowStore: (name, options) => windowSupplier('persistent', name, options, 'value'),
  persistentTimestampedWindowStore: (name, options) => windowSupplier('persistent', name, options, 'timestamp'),
  persistentTimestampedWindowStoreWithHeaders: (name, options) =>
    windowSupplier('persistent', name, options, 'headers'),
  inMemorySessionStore: (name, retentionMs) => sessionSupplier('memory', name, retentionMs, 'headers'),
  persistentSessionStore: (name, retentionMs) => sessionSupplier('persistent', name, retentionMs, 'value'),
  persistentSessionStoreWithHeaders: (name, retentionMs) => sessionSupplier('persistent', name, retentionMs, 'headers'),
  onEngine: (supplier, engine) => ({ ...supplier, engine }),
  keyValueStoreBuilder: (supplier, options) => keyValueDefinition(supplier, options, { timestamped: false }),
  timestampedKeyValueStoreBuilder: (supplier, options) => keyValueDefinition(supplier, options, { timestamped: true }),
  timestampedKeyValueStoreWithHeadersBuilder: (supplier, options) =>
    keyValueDefinition(supplier, options, { timestamped: true, withHeaders: true }),
  versionedKeyValueStoreBuilder: (supplier, options) => {
    if (options.caching === true) {
      throw invalid(`The versioned store ${supplier.name} cannot have a record cache: leave caching out`)
    }
    const { historyRetentionMs, segmentIntervalMs } = supplier
    return { ...common(supplier, options), kind: 'versionedKeyValue', historyRetentionMs, segmentIntervalMs }
  },
  windowStoreBuilder: (supplier, options) => windowDefinition(supplier, options, { timestamped: false }),
  timestampedWindowStoreBuilder: (supplier, options) => windowDefinition(supplier, options, { timestamped: true }),
  timestampedWindowStoreWithHeadersBuilder: (supplier, options) =>
    windowDefinition(supplier, options, { timestamped: true, withHeaders: true }),
  customStoreBuilder: ({ name, create, engine = 'memory', logging = {} }) => ({
    kind: 'custom',
    name,
    create,
    engine,
    caching: false,
    logging,
  }),
  sessionStoreBuilder: (supplier, options) => sessionDefinition(supplier, options, false),
  sessionStoreWithHeadersBuilder: (supplier, options) => sessionDefinition(supplier, options, true),
}

interface Shown {
  readonly timestamped: boolean
  readonly withHeaders?: boolean
}

function keyValueDefinition<K, V>(
  supplier: KeyValueStoreSupplier,
  options: StoreBuilderOptions<K, V>,
  shown: Shown,
): KeyValueStoreDefinition {
  return {
    ...common(supplier, options),
    kind: 'keyValue',
    ...shown,
    keeps: supplier.keeps,
    ...rowBounds(supplier, shown),
  }
}

/** The bounds of a supplier as the definition of a store has them. */
export function rowBounds(
  supplier: KeyValueStoreSupplier,
  shown: { readonly timestamped: boolean },
): Pick<KeyValueStoreDefinition, 'maxEntries' | 'ttlMs' | 'logsEvictions'> {
  const { maxEntries, ttlMs, isLruMap = false } = supplier
  return {
    ...(maxEntries === undefined ? {} : { maxEntries }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
    ...(isLruMap && shown.timestamped ? { logsEvictions: false } : {}),
  }
}

function windowDefinition<K, V>(
  supplier: WindowStoreSupplier,
  options: StoreBuilderOptions<K, V>,
  shown: Shown,
): WindowStoreDefinition {
  const { retentionMs, windowSizeMs, retainDuplicates, keeps } = supplier
  return {
    ...common(supplier, options),
    kind: 'window',
    ...shown,
    keeps,
    retentionMs,
    windowSizeMs,
    retainDuplicates,
    readsRanges: true,
  }
}

function sessionDefinition<K, V>(
  supplier: SessionStoreSupplier,
  options: StoreBuilderOptions<K, V>,
  withHeaders: boolean,
): SessionStoreDefinition {
  const { retentionMs, keeps } = supplier
  const definition = { ...common(supplier, options), kind: 'session', retentionMs } as const
  return withHeaders ? { ...definition, withHeaders, keeps } : definition
}
