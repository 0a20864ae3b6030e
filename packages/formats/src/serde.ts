import type { Headers } from './headers.ts'

/** What a serializer returns: bytes, or text that stands for its UTF-8 bytes and is written in place later. */
export type Serialized = Uint8Array | string

/**
 * Turns values into bytes and back, synchronously. Null never reaches a serde: a null value is null bytes.
 *
 * Throw any error for bytes or values that do not fit; the caller wraps it in a {@link SerdeError} with topic,
 * partition and offset.
 */
export interface Serde<T> {
  /** For messages and descriptions, such as `string` or `json`. */
  readonly name: string
  /** True when values are never changed after creation, so that they may be shared without a copy. */
  readonly immutable?: boolean
  /** Set when every value has so many bytes: lists of them are then written without lengths. */
  readonly fixedBytes?: number
  serialize(value: T, topic: string, headers: Headers): Serialized
  /** `bytes` is a view that is only valid during the call: copy what must outlive it. */
  deserialize(bytes: Buffer, topic: string, headers: Headers): T
  /**
   * The same as `deserialize` on `buffer[start, end)`, for serdes that need neither topic nor headers. Optional: it
   * saves one Buffer object per record.
   */
  readonly deserializeSlice?: (buffer: Buffer, start: number, end: number) => T
  /** For serdes that may have to fetch something (a schema) first. The partition waits for the promise; others go on. */
  readonly prepare?: (bytes: Buffer, topic: string) => void | Promise<void>
}

/** The value type of a serde. */
export type SerdeValue<S> = S extends Serde<infer T> ? T : never
