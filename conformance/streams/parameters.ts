import type {
  ConsumedOptions,
  GroupedOptions,
  JoinedOptions,
  MaterializedOptions,
  OffsetReset,
  ProducedOptions,
  RepartitionedOptions,
  StoreSupplier,
  StreamJoinedOptions,
  TableJoinedOptions,
  WindowStoreSupplier,
} from '@streamwright/streams'
import { JoinWindows, Stores, Suppressed } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { objectAt, textAt } from '../json.ts'
import { serdeIfNamed } from './serde-names.ts'
import { partitioner, timestampExtractor } from './time-and-routing.ts'
import { UnsupportedError } from './unsupported.ts'
import { optionalNumber, optionalObject, optionalText } from './vector.ts'

/** Only the members that are there: an option that is present counts as given. */
type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function given<T extends object>(members: T): Given<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}

function serdesOf(json: JsonObject | undefined) {
  return { key: serdeIfNamed(json?.['key']), value: serdeIfNamed(json?.['value']) }
}

export function offsetReset(text: string | undefined): OffsetReset | undefined {
  if (text === undefined) return undefined
  if (text === 'earliest' || text === 'latest' || text === 'none') return text
  const duration = /^byDuration:PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text)
  if (duration === null) throw new UnsupportedError(`offset reset ${text}`)
  const [hours, minutes, seconds] = duration.slice(1).map((part) => Number(part ?? 0))
  return { byDurationMs: ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000 }
}

export function consumed(json: JsonObject | undefined): ConsumedOptions<unknown, unknown> {
  return given({
    ...serdesOf(json),
    name: optionalText(json, 'name'),
    timestampExtractor: timestampExtractor(json?.['timestampExtractor']),
    offsetReset: offsetReset(optionalText(json, 'offsetReset')),
  })
}

export function produced(json: JsonObject | undefined): ProducedOptions<unknown, unknown> {
  return given({
    ...serdesOf(json),
    name: optionalText(json, 'name'),
    partitioner: partitioner(json?.['partitioner']),
  })
}

export function grouped(json: JsonObject | undefined): GroupedOptions<unknown, unknown> {
  return given({ ...serdesOf(json), name: optionalText(json, 'name') })
}

export function joined(json: JsonObject | undefined): JoinedOptions<unknown, unknown, unknown> {
  return given({
    ...serdesOf(json),
    otherValue: serdeIfNamed(json?.['otherValue']),
    name: optionalText(json, 'name'),
    graceMs: json === undefined ? undefined : optionalNumber(json, 'graceMs'),
  })
}

export function joinWindows(json: JsonObject): JoinWindows {
  const { differenceMs, deprecatedOfMs, graceMs, beforeMs, afterMs } = {
    differenceMs: optionalNumber(json, 'differenceMs'),
    deprecatedOfMs: optionalNumber(json, 'deprecatedOfMs'),
    graceMs: optionalNumber(json, 'graceMs'),
    beforeMs: optionalNumber(json, 'beforeMs'),
    afterMs: optionalNumber(json, 'afterMs'),
  }
  let windows: JoinWindows
  if (deprecatedOfMs !== undefined) {
    windows = JoinWindows.of(deprecatedOfMs)
    if (graceMs !== undefined) windows = windows.grace(graceMs)
  } else if (graceMs === undefined) windows = JoinWindows.ofTimeDifferenceWithNoGrace(differenceMs ?? 0)
  else windows = JoinWindows.ofTimeDifferenceAndGrace(differenceMs ?? 0, graceMs)
  if (beforeMs !== undefined) windows = windows.before(beforeMs)
  return afterMs === undefined ? windows : windows.after(afterMs)
}

export function tableJoined(json: JsonObject | undefined): TableJoinedOptions {
  return given({
    name: optionalText(json ?? {}, 'name'),
    partitioner: partitioner(json?.['partitioner']),
    otherPartitioner: partitioner(json?.['otherPartitioner']),
  })
}

export function streamJoined(json: JsonObject | undefined): StreamJoinedOptions<unknown, unknown, unknown> {
  if (json === undefined) return {}
  const logging = json['logging']
  return given({
    ...serdesOf(json),
    otherValue: serdeIfNamed(json['otherValue']),
    name: optionalText(json, 'name'),
    storeName: optionalText(json, 'storeName'),
    storeType: engineNamed(optionalText(json, 'storeType')),
    thisSupplier: windowSupplierOf(json['thisSupplier']),
    otherSupplier: windowSupplierOf(json['otherSupplier']),
    logging: logging === undefined ? undefined : (logging as boolean | Record<string, string>),
  })
}

function windowSupplierOf(json: unknown): WindowStoreSupplier | undefined {
  if (json === undefined) return undefined
  const supplier = supplierOf(objectAt(json, 'supplier'))
  if (supplier.kind !== 'window') throw new UnsupportedError(`join with a ${supplier.kind} store`)
  return supplier
}

export function repartitioned(json: JsonObject | undefined): RepartitionedOptions<unknown, unknown> {
  return given({
    ...serdesOf(json),
    name: optionalText(json, 'name'),
    partitions: optionalNumber(json, 'partitions'),
    partitioner: partitioner(json?.['partitioner']),
  })
}

export function named(step: JsonObject): { name?: string } {
  return given({ name: optionalText(step, 'named') })
}

const engines: Readonly<Record<string, 'memory' | 'persistent'>> = { inMemory: 'memory', rocksDB: 'persistent' }

export function engineNamed(name: string | undefined): 'memory' | 'persistent' | undefined {
  return name === undefined ? undefined : engines[name]
}

export function supplierOf(json: JsonObject): StoreSupplier {
  const method = textAt(json, 'supplier')
  const name = textAt(json, 'name')
  const retentionMs = optionalNumber(json, 'retentionMs') ?? 0
  const windows = {
    retentionMs,
    windowSizeMs: optionalNumber(json, 'windowSizeMs') ?? 0,
    retainDuplicates: json['retainDuplicates'] === true,
  }
  switch (method) {
    case 'inMemoryKeyValueStore':
      return Stores.inMemoryKeyValueStore(name)
    case 'lruMap':
      return Stores.lruMap(name, optionalNumber(json, 'maxEntries') ?? 0)
    case 'persistentKeyValueStore':
      return Stores.persistentKeyValueStore(name)
    case 'persistentTimestampedKeyValueStore':
      return Stores.persistentTimestampedKeyValueStore(name)
    case 'persistentTimestampedKeyValueStoreWithHeaders':
      return Stores.persistentTimestampedKeyValueStoreWithHeaders(name)
    case 'persistentVersionedKeyValueStore': {
      const segmentIntervalMs = optionalNumber(json, 'segmentIntervalMs')
      return Stores.persistentVersionedKeyValueStore(name, {
        historyRetentionMs: optionalNumber(json, 'historyRetentionMs') ?? 0,
        ...(segmentIntervalMs === undefined ? {} : { segmentIntervalMs }),
      })
    }
    case 'inMemoryWindowStore':
      return Stores.inMemoryWindowStore(name, windows)
    case 'persistentWindowStore':
      return Stores.persistentWindowStore(name, windows)
    case 'persistentTimestampedWindowStore':
      return Stores.persistentTimestampedWindowStore(name, windows)
    case 'persistentTimestampedWindowStoreWithHeaders':
      return Stores.persistentTimestampedWindowStoreWithHeaders(name, windows)
    case 'inMemorySessionStore':
      return Stores.inMemorySessionStore(name, retentionMs)
    case 'persistentSessionStore':
      return Stores.persistentSessionStore(name, retentionMs)
    case 'persistentSessionStoreWithHeaders':
      return Stores.persistentSessionStoreWithHeaders(name, retentionMs)
    default:
      throw new UnsupportedError(`store supplier ${method}`)
  }
}

/** `fallback` is an option with its default: it says that a Materialized without any field was given. */
export function materialized(step: JsonObject): MaterializedOptions<unknown, unknown> {
  const json = optionalObject(step, 'materialized')
  if (json === undefined) return {}
  const supplier = optionalObject(json, 'supplier')
  const logging = json['logging']
  const options = given({
    ...serdesOf(json),
    store: optionalText(json, 'name'),
    supplier: supplier === undefined ? undefined : supplierOf(supplier),
    engine: engineNamed(optionalText(json, 'storeType')),
    caching: typeof json['caching'] === 'boolean' ? json['caching'] : undefined,
    logging: logging === undefined ? undefined : (logging as boolean | Record<string, string>),
    retentionMs: optionalNumber(json, 'retentionMs'),
  })
  return Object.keys(options).length === 0 ? { caching: true } : options
}

export function suppressed(json: JsonObject): Suppressed<unknown> {
  const buffer = objectAt(json['buffer'], 'buffer')
  const whenFull = optionalText(buffer, 'whenFull') as 'emitEarly' | 'shutDown' | undefined
  const logging = buffer['logging']
  const options = given({
    name: optionalText(json, 'name'),
    maxRecords: optionalNumber(buffer, 'maxRecords'),
    maxBytes: optionalNumber(buffer, 'maxBytes'),
    logging: logging === undefined ? undefined : (logging as boolean | Record<string, string>),
  })
  // Keys of the tables here are unknown to the compiler.
  if (json['until'] === 'windowCloses') return Suppressed.untilWindowCloses(options) as unknown as Suppressed<unknown>
  const limitMs = optionalNumber(json, 'ms') ?? 0
  return Suppressed.untilTimeLimit(limitMs, whenFull === undefined ? options : { ...options, whenFull })
}
