import type { Serde } from '@streamwright/formats'
import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import type { KeptForm, StoreEngine } from '../state/store-definition.ts'
import type { MaterializedOptions } from './options.ts'
import type { StoreSupplier } from './stores.ts'
import { isOnDisk, isPersistent } from '../state/store-definition.ts'
import { StreamsError } from '../errors.ts'
import { rowBounds } from './stores.ts'
import { validateName } from '../topology/names.ts'
import { requireSerde } from '../topology/require-serde.ts'

type AnySerde = Serde<unknown> | undefined

/** How a result is kept, after names were made up and serdes inherited. Java: `MaterializedInternal`. */
export interface Materialization {
  readonly storeName: string
  /** Whether the user named the store, so that it can be queried. */
  readonly isQueryable: boolean
  readonly supplier: StoreSupplier | undefined
  readonly key: AnySerde
  readonly value: AnySerde
  readonly engine: StoreEngine | undefined
  readonly caching: boolean
  readonly logging: false | Readonly<Record<string, string>>
  readonly retentionMs: number | undefined
}

type AnyOptions = MaterializedOptions<never, never> | MaterializedOptions<unknown, unknown>

const fields = ['store', 'supplier', 'key', 'value', 'engine', 'caching', 'logging', 'retentionMs'] as const

/** Whether a field of `Materialized` was given: Java's overload with that parameter is then the one that counts. */
export function isMaterialized(options: object): boolean {
  return fields.some((field) => field in options)
}

/** The store name the user gave, if any. Validated. */
export function givenStoreName(options: AnyOptions): string | undefined {
  if (options.supplier !== undefined) return options.supplier.name
  if (options.store !== undefined) validateName(options.store)
  return options.store
}

/** Resolves the options; a store without a name gets one, which uses up a number. */
export function materialize(
  builder: GraphBuilder,
  options: AnyOptions,
  prefix: string,
  inherited: { readonly key: AnySerde; readonly value: AnySerde },
): Materialization {
  const given = givenStoreName(options)
  const { engine, caching = true, logging = true, retentionMs, supplier } = options
  const storeName = given ?? builder.names.store(prefix)
  if (given === undefined) {
    builder.noteUnnamed('store', storeName)
    if (logging !== false) builder.noteUnnamed('changelog', `${storeName}-changelog`)
  }
  return {
    storeName,
    isQueryable: given !== undefined,
    supplier,
    key: options.key ?? inherited.key,
    value: options.value ?? inherited.value,
    engine,
    caching,
    logging: logging === true ? {} : logging,
    retentionMs,
  }
}

/** The common part of all store definitions; asks for the serdes only when the graph is written. */
function common(builder: GraphBuilder, materialization: Materialization, owner: string) {
  const { storeName, supplier, key, value, engine, caching, logging } = materialization
  const defaults = builder.options.defaults
  return {
    name: storeName,
    engine: supplier?.engine ?? engine ?? builder.options.storeEngine,
    caching,
    logging,
    key: requireSerde(key ?? defaults.key, owner, 'key'),
    value: requireSerde(value ?? defaults.value, owner, 'value'),
  }
}

/** A store of rows with their timestamps, or with all their versions. */
export function keyValueStore(builder: GraphBuilder, materialization: Materialization, owner: string): StoreFactory {
  const { supplier } = materialization
  if (supplier?.kind === 'versionedKeyValue') {
    const { historyRetentionMs, segmentIntervalMs } = supplier
    return () => ({
      ...common(builder, materialization, owner),
      // A record cache would hide versions.
      caching: false,
      kind: 'versionedKeyValue',
      historyRetentionMs,
      segmentIntervalMs,
    })
  }
  if (supplier !== undefined && supplier.kind !== 'keyValue') throw wrongSupplier(owner, 'keyValue', supplier)
  return () => {
    const base = common(builder, materialization, owner)
    const bounds = supplier === undefined ? {} : rowBounds(supplier, { timestamped: true })
    return { ...base, kind: 'keyValue', ...rowForm(builder, base.engine, supplier), ...bounds }
  }
}

/** Whether headers are kept with a result: where a supplier says so, or the format of the builder's own persistent stores. */
function rowForm(
  builder: GraphBuilder,
  engine: StoreEngine,
  supplier: { readonly engine: StoreEngine; readonly keeps: KeptForm } | undefined,
): { readonly timestamped: true; readonly withHeaders?: true; readonly keeps?: KeptForm } {
  if (supplier === undefined) {
    const hasHeaders = builder.options.storeFormat === 'HEADERS' && isOnDisk(engine)
    return hasHeaders ? { timestamped: true, withHeaders: true } : { timestamped: true }
  }
  const { keeps } = supplier
  const hasHeaders = keeps === 'headers' && isOnDisk(supplier.engine)
  return hasHeaders ? { timestamped: true, withHeaders: true, keeps } : { timestamped: true, keeps }
}

/** Whether the rows are kept with all their versions (KIP-914). */
export function isVersioned(materialization: { readonly supplier?: StoreSupplier | undefined }): boolean {
  return materialization.supplier?.kind === 'versionedKeyValue'
}

export interface WindowStoreNeeds {
  readonly windowSizeMs: number
  readonly graceMs: number
  /** Least time that entries must be kept. */
  readonly retentionMinMs: number
  /** What to say of a shorter one, behind the name of the store. */
  readonly retentionTooShort: (retentionMs: number) => string
  /** A record cache would hide updates that must be seen at once. */
  readonly caching: boolean
  /** Windows are emitted when they close: a persistent store must still read the one that ends with its retention. */
  readonly emitsFinal: boolean
  /** The operator reads ranges of windows of one key. */
  readonly readsRanges: boolean
}

/** A store of windows with the timestamps of their aggregates. */
export function windowStore(
  builder: GraphBuilder,
  materialization: Materialization,
  needs: WindowStoreNeeds,
  owner: string,
): StoreFactory {
  const { supplier, storeName } = materialization
  if (supplier !== undefined && supplier.kind !== 'window') throw wrongSupplier(owner, 'window', supplier)
  const { windowSizeMs, retentionMinMs, readsRanges } = needs
  const retentionMs = supplier?.retentionMs ?? materialization.retentionMs ?? retentionMinMs
  if (retentionMs < retentionMinMs) {
    throw new StreamsError(
      `The retention period of the window store ${storeName} ${needs.retentionTooShort(retentionMs)}`,
      { code: 'INVALID_ARGUMENT' },
    )
  }
  return () => {
    const base = common(builder, materialization, owner)
    return {
      ...base,
      caching: base.caching && needs.caching,
      kind: 'window',
      ...rowForm(builder, base.engine, supplier),
      retentionMs,
      windowSizeMs,
      retainDuplicates: false,
      ...(readsRanges ? { readsRanges } : {}),
      ...(needs.emitsFinal && isPersistent(base.engine) ? { extraReadMs: 1 } : {}),
    }
  }
}

export interface SessionStoreNeeds {
  readonly inactivityGapMs: number
  readonly graceMs: number
  /** A record cache would hide sessions from emission on close. */
  readonly caching: boolean
}

/** A store of sessions. */
export function sessionStore(
  builder: GraphBuilder,
  materialization: Materialization,
  needs: SessionStoreNeeds,
  owner: string,
): StoreFactory {
  const { supplier, storeName } = materialization
  if (supplier !== undefined && supplier.kind !== 'session') throw wrongSupplier(owner, 'session', supplier)
  const { inactivityGapMs, graceMs } = needs
  const retentionMs = supplier?.retentionMs ?? materialization.retentionMs ?? inactivityGapMs + graceMs
  if (retentionMs < inactivityGapMs + graceMs) {
    throw new StreamsError(
      `The retention period of the session store ${storeName} must be no smaller than the session inactivity gap plus the grace period. Got gap=[${inactivityGapMs}], grace=[${graceMs}], retention=[${retentionMs}]`,
      { code: 'INVALID_ARGUMENT' },
    )
  }
  return () => {
    const base = common(builder, materialization, owner)
    const { withHeaders = false } = rowForm(builder, base.engine, supplier)
    const caching = base.caching && needs.caching
    return { ...base, caching, kind: 'session', retentionMs, ...(withHeaders ? { withHeaders } : {}) }
  }
}

function wrongSupplier(owner: string, wanted: string, supplier: StoreSupplier): StreamsError {
  return new StreamsError(
    `${owner} needs a store supplier of kind ${wanted}, but ${supplier.name} is of kind ${supplier.kind}`,
    { code: 'INVALID_ARGUMENT' },
  )
}
