import type { Serde, Serialized } from '@streamwright/formats'
import { Headers, SerdeError, toBytes } from '@streamwright/formats'
import { asBuffer, utf8Write } from '@streamwright/std'
import type { KeptForm } from './store-definition.ts'
import { ByteCursor } from './byte-cursor.ts'
import { copyBytes } from './rows/copy-bytes.ts'
import { readTime, writeTime } from './stores/time-bytes.ts'
import { decodeHeaders, encodeHeaders, varint } from './stores/header-bytes.ts'

const noHeaders = new Headers()
const timestampBytes = 8

/** What a value has for its timestamp where the store does not keep timestamps. */
export const unknownTimestamp = -1

/** What a store keeps for a key while it is live: the value, and what came with it as far as the store keeps that. */
export interface Stored<V> {
  readonly value: V
  readonly timestamp: number
  /** Undefined where there are none. */
  readonly headers?: Headers | undefined
}

/** What comes with a value. */
export interface Kept {
  readonly timestamps: boolean
  readonly headers: boolean
}

/**
 * How the values of a store become bytes: for its changelog as they are, for its engine with what the store keeps
 * besides before them: `varint length | headers`, `int64 timestamp`.
 */
export class ValueForm<V> {
  readonly immutable: boolean
  readonly #serde: Serde<V>
  readonly #topic: string
  readonly #timestamped: boolean
  readonly #withHeaders: boolean
  readonly #shown: Kept

  /** `shown` is what callers give and get; a store may keep less of it. */
  constructor(
    serde: Serde<V>,
    topic: string,
    keepsTimestamps: boolean,
    keepsHeaders = false,
    shown: Kept = { timestamps: keepsTimestamps, headers: keepsHeaders },
  ) {
    this.#shown = shown
    this.immutable = serde.immutable === true
    this.#serde = serde
    this.#topic = topic
    this.#timestamped = keepsTimestamps
    this.#withHeaders = keepsHeaders
  }

  serialize(value: V): Serialized {
    return this.#serde.serialize(value, this.#topic, noHeaders)
  }

  deserialize(serialized: Serialized): V {
    return this.#read(toBytes(serialized))
  }

  /** What is left of a value when it is read back; the same object where nothing is lost. */
  kept(stored: Stored<V>, timestamp: number): Stored<V> {
    const keptTimestamp = this.#timestamped ? timestamp : unknownTimestamp
    const keepsAll = stored.timestamp === keptTimestamp && (this.#withHeaders || stored.headers === undefined)
    if (keepsAll) return stored
    return this.#withHeaders
      ? { ...stored, timestamp: keptTimestamp }
      : { value: stored.value, timestamp: keptTimestamp }
  }

  /**
   * What the value is now, whatever happens to the live object: from its bytes, which are made now unless they are
   * given, or the object itself where it is never changed in place. Null for a deletion.
   */
  copyOf(live: Stored<V> | null, serialized?: Serialized | null): (() => Stored<V>) | null {
    if (live === null) return null
    if (this.immutable) return () => live
    const bytes = serialized ?? this.serialize(live.value)
    return () => ({ ...live, value: this.deserialize(bytes) })
  }

  /** What stands for a value in the engine: itself, as long as nothing stands before it. */
  packedFrom(serialized: Serialized, timestamp: number, headers?: Headers): Serialized {
    return this.#timestamped || this.#withHeaders ? this.pack(serialized, timestamp, headers) : serialized
  }

  /** Bytes for the engine. */
  pack(serialized: Serialized, timestamp: number, headers?: Headers): Buffer {
    if (this.#withHeaders) return this.#packWithHeaders(serialized, timestamp, headers)
    if (!this.#timestamped) return toBytes(serialized)
    const length = lengthOf(serialized)
    const packed = Buffer.allocUnsafe(timestampBytes + length)
    writeTime(packed, timestamp, 0)
    if (typeof serialized === 'string') packed.write(serialized, timestampBytes, 'utf8')
    else packed.set(serialized, timestampBytes)
    return packed
  }

  unpack(packed: Buffer): Stored<V> {
    return this.unpackFrom(packed, 0, packed.length)
  }

  /** As {@link unpack}, of a part of memory. */
  unpackFrom(memory: Buffer, start: number, end: number): Stored<V> {
    if (this.#withHeaders) return this.#unpackWithHeaders(memory.subarray(start, end))
    const timestamp = this.#timestamped ? readTime(memory, start) : unknownTimestamp
    return { value: this.#slice(memory, this.#timestamped ? start + timestampBytes : start, end), timestamp }
  }

  /** The value alone, of bytes for the engine that are a part of memory. */
  valueFrom(memory: Buffer, start: number, end: number): V {
    if (this.#withHeaders) return this.#unpackWithHeaders(memory.subarray(start, end)).value
    return this.#slice(memory, this.#timestamped ? start + timestampBytes : start, end)
  }

  /** The timestamp that is kept with a value. */
  timestampOf(packed: Buffer): number {
    if (!this.#timestamped) return unknownTimestamp
    if (!this.#withHeaders) return readTime(packed, 0)
    const cursor = new ByteCursor(packed)
    cursor.take(cursor.varint())
    return cursor.int64()
  }

  /** Bytes for the engine of a record of the changelog. */
  packRestored(value: Buffer, timestamp: number, headers?: Headers): Buffer {
    return this.#timestamped || this.#withHeaders ? this.pack(value, timestamp, headers) : Buffer.from(value)
  }

  /** Whether values are read from a part of memory, and have no headers beside them. */
  get areReadFromBytes(): boolean {
    return this.#serde.deserializeSlice !== undefined && !this.#withHeaders
  }

  /** Bytes that a value takes in the engine, without headers. */
  packedLength(serialized: Serialized | number): number {
    const length = typeof serialized === 'number' ? serialized : lengthOf(serialized)
    return length + (this.#timestamped ? timestampBytes : 0)
  }

  /** As {@link pack}, into memory with room for it; not for values with headers. */
  packInto(serialized: Serialized, timestamp: number, memory: Buffer, at: number): void {
    if (this.#timestamped) writeTime(memory, timestamp, at)
    const start = this.#timestamped ? at + timestampBytes : at
    if (typeof serialized === 'string') utf8Write(memory, serialized, start)
    else copyBytes(asBuffer(serialized), 0, memory, start, serialized.length)
  }

  /** As {@link packRestored}, into memory with room for it; not for values with headers. */
  packBytes(from: Buffer, start: number, end: number, timestamp: number, memory: Buffer, at: number): void {
    if (this.#timestamped) writeTime(memory, timestamp, at)
    copyBytes(from, start, memory, this.#timestamped ? at + timestampBytes : at, end - start)
  }

  /** Java's size of a value in its cache, which has all that callers give. */
  byteLength(serialized: Serialized, headers: Headers | undefined): number {
    const length = lengthOf(serialized)
    const prefix = this.#shown.timestamps ? timestampBytes : 0
    if (!this.#shown.headers) return length + prefix
    const headerBytes = encodeHeaders(headers).length
    return length + prefix + varint(headerBytes).length + headerBytes
  }

  /** As {@link byteLength}, of a value that takes so many bytes in the engine; undefined where that does not tell. */
  byteLengthOfPacked(packedBytes: number): number | undefined {
    if (this.#shown.headers || this.#withHeaders) return undefined
    return packedBytes + (this.#shown.timestamps ? timestampBytes : 0) - (this.#timestamped ? timestampBytes : 0)
  }

  #packWithHeaders(serialized: Serialized, timestamp: number, headers: Headers | undefined): Buffer {
    const bytes = encodeHeaders(headers)
    const time = Buffer.allocUnsafe(this.#timestamped ? timestampBytes : 0)
    if (this.#timestamped) time.writeBigInt64BE(BigInt(timestamp), 0)
    return Buffer.concat([varint(bytes.length), bytes, time, toBytes(serialized)])
  }

  #unpackWithHeaders(packed: Buffer): Stored<V> {
    const cursor = new ByteCursor(packed)
    const headers = decodeHeaders(cursor.take(cursor.varint()))
    const timestamp = this.#timestamped ? cursor.int64() : unknownTimestamp
    return { value: this.#read(packed.subarray(cursor.offset)), timestamp, headers }
  }

  #slice(memory: Buffer, start: number, end: number): V {
    const { deserializeSlice } = this.#serde
    if (deserializeSlice === undefined) return this.#read(memory.subarray(start, end))
    try {
      return deserializeSlice(memory, start, end)
    } catch (cause) {
      throw this.#unreadable(cause)
    }
  }

  #read(bytes: Buffer): V {
    try {
      return this.#serde.deserialize(bytes, this.#topic, noHeaders)
    } catch (cause) {
      throw this.#unreadable(cause)
    }
  }

  #unreadable(cause: unknown): SerdeError {
    return new SerdeError(`A value of the store behind ${this.#topic} cannot be read as ${this.#serde.name}`, cause)
  }
}

function lengthOf(serialized: Serialized): number {
  return typeof serialized === 'string' ? Buffer.byteLength(serialized, 'utf8') : serialized.length
}

/** The form of the values of a store. */
export function valueFormOf<V>(
  definition: {
    readonly timestamped: boolean
    readonly withHeaders?: boolean
    readonly keeps?: KeptForm
    readonly ttlMs?: number
  },
  serde: Serde<V>,
  topic: string,
): ValueForm<V> {
  const { timestamped, withHeaders = false, keeps = 'headers' } = definition
  const shown = { timestamps: timestamped || withHeaders, headers: withHeaders }
  // A row that goes when its time has come has to keep its time.
  const keepsTimestamps = (shown.timestamps && keeps !== 'value') || definition.ttlMs !== undefined
  return new ValueForm(serde, topic, keepsTimestamps, withHeaders && keeps === 'headers', shown)
}

/** The form of the aggregates of a session store, which have no timestamps. */
export function sessionValueForm<V>(
  definition: { readonly withHeaders?: boolean; readonly keeps?: KeptForm },
  serde: Serde<V>,
  topic: string,
): ValueForm<V> {
  const { withHeaders = false, keeps = 'headers' } = definition
  return new ValueForm(serde, topic, false, withHeaders && keeps === 'headers', {
    timestamps: false,
    headers: withHeaders,
  })
}
