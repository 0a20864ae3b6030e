import type { Serde, Serialized } from '@streamwright/formats'
import { SerdeError, toBytes } from '@streamwright/formats'
import { ConfigurationError } from '@streamwright/std'
import { writeTime } from '../state/stores/time-bytes.ts'
import type { Window } from '../state/store.ts'
import { Windowed } from '../state/store.ts'
import { changelogWindowKey, parseChangelogWindowKey } from '../state/stores/window-keys.ts'

const timestampBytes = 8

/** A serde for keys of a windowed table; sinks partition such keys by the inner key alone. */
export interface WindowedSerde<K> extends Serde<Windowed<K>> {
  readonly inner: Serde<K>
  readonly windowKind: 'time' | 'session'
}

export interface TimeWindowedOptions {
  /** The form of the changelogs of window stores, with a sequence number behind. Default: that of other topics. */
  readonly changelog?: boolean
}

/** The size of windows in milliseconds, or settings as of a Java application, of which `window.size.ms` has it. */
export type WindowSize = number | Readonly<Record<string, unknown>>

/**
 * A key in a time window as Kafka writes it: the key, then the start of the window. The end is not written: reading
 * needs the size of the windows, writing does not. Throws a `ConfigurationError` for settings without a size.
 */
export function timeWindowedSerde<K>(
  inner: Serde<K>,
  size?: WindowSize,
  options: TimeWindowedOptions = {},
): WindowedSerde<K> {
  const sizeMs = typeof size === 'object' ? sizeOf(size) : size
  if (options.changelog === true) return changelogWindowedSerde(inner, sizeMs)
  return {
    name: `timeWindowed(${inner.name})`,
    immutable: inner.immutable ?? false,
    inner,
    windowKind: 'time',
    serialize: (windowed, topic, headers) =>
      withTimes(inner.serialize(windowed.key, topic, headers), [windowed.window.startMs]),
    deserialize(bytes, topic, headers) {
      if (bytes.length === 0) return nothing
      const keyEnd = splitAt(bytes, timestampBytes, 'time-windowed')
      const window = windowOfSize(Number(bytes.readBigInt64BE(keyEnd)), sizeMs)
      return new Windowed(inner.deserialize(bytes.subarray(0, keyEnd), topic, headers), window)
    },
  }
}

function sizeOf(settings: Readonly<Record<string, unknown>>): number {
  const given = settings['window.size.ms']
  const sizeMs = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given
  if (typeof sizeMs === 'number' && sizeMs > 0) return sizeMs
  throw new ConfigurationError(`window.size.ms has to be the size of the windows in milliseconds, not ${String(given)}`)
}

/** A key in the changelog of a window store: the key, the start of the window, and a sequence number, 0 but in joins. */
function changelogWindowedSerde<K>(inner: Serde<K>, sizeMs: number | undefined): WindowedSerde<K> {
  return {
    name: `timeWindowed(${inner.name})`,
    immutable: inner.immutable ?? false,
    inner,
    windowKind: 'time',
    serialize(windowed, topic, headers) {
      const key = toBytes(inner.serialize(windowed.key, topic, headers))
      return changelogWindowKey(key, windowed.window.startMs, 0)
    },
    deserialize(bytes, topic, headers) {
      if (bytes.length === 0) return nothing
      const parts = parseChangelogWindowKey(bytes)
      if (parts === undefined)
        throw new SerdeError(`A key of a window changelog has at least 12 bytes, not ${bytes.length}`)
      const window = windowOfSize(parts.startMs, sizeMs)
      return new Windowed(inner.deserialize(parts.key, topic, headers), window)
    },
  }
}

/** A key of a session as Kafka writes it: the key, the end, the start; both inclusive. */
export function sessionWindowedSerde<K>(inner: Serde<K>): WindowedSerde<K> {
  return {
    name: `sessionWindowed(${inner.name})`,
    immutable: inner.immutable ?? false,
    inner,
    windowKind: 'session',
    serialize: ({ key, window }, topic, headers) =>
      withTimes(inner.serialize(key, topic, headers), [window.endMs, window.startMs]),
    deserialize(bytes, topic, headers) {
      if (bytes.length === 0) return nothing
      const keyEnd = splitAt(bytes, 2 * timestampBytes, 'session-windowed')
      const endMs = Number(bytes.readBigInt64BE(keyEnd))
      const startMs = startOf(Number(bytes.readBigInt64BE(keyEnd + timestampBytes)))
      if (endMs < startMs) throw new SerdeError(`A session from ${startMs} does not end at ${endMs}`)
      return new Windowed(inner.deserialize(bytes.subarray(0, keyEnd), topic, headers), { startMs, endMs })
    },
  }
}

/** Java reads no bytes as null, where a null value and an empty one are not told apart. */
const nothing = null as never

/** Where Java's times end; windows that would end later end there. */
const lastMs = 2 ** 63

function windowOfSize(startMs: number, sizeMs: number | undefined): Window {
  if (sizeMs === undefined) {
    throw new SerdeError('Reading a windowed key needs the size of its windows: serdes.timeWindowed(inner, sizeMs)')
  }
  if (!(sizeMs > 0)) throw new SerdeError(`A window of ${sizeMs} ms does not end behind its start`)
  return { startMs: startOf(startMs), endMs: Math.min(startMs + sizeMs, lastMs) }
}

function startOf(startMs: number): number {
  if (startMs < 0) throw new SerdeError(`A window does not start at ${startMs}: times are not negative`)
  return startMs
}

export function isWindowedSerde(serde: Serde<unknown> | undefined): serde is WindowedSerde<unknown> {
  return serde !== undefined && 'windowKind' in serde
}

function withTimes(key: Serialized, times: readonly number[]): Buffer {
  const keyLength = typeof key === 'string' ? Buffer.byteLength(key) : key.length
  const bytes = Buffer.allocUnsafe(keyLength + times.length * timestampBytes)
  if (typeof key === 'string') bytes.write(key, 0, 'utf8')
  else bytes.set(toBytes(key), 0)
  let offset = keyLength
  for (const time of times) {
    writeTime(bytes, time, offset)
    offset += timestampBytes
  }
  return bytes
}

function splitAt(bytes: Buffer, suffixBytes: number, kind: string): number {
  if (bytes.length < suffixBytes) {
    throw new SerdeError(`A ${kind} key has at least ${suffixBytes} bytes, not ${bytes.length}`)
  }
  return bytes.length - suffixBytes
}
