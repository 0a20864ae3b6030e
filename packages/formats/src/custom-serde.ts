import type { Headers } from './headers.ts'
import type { Serde, Serialized } from './serde.ts'

/** Makes bytes, or text that stands for its UTF-8 bytes, of a value that is not null. */
export type Serializer<T> = (value: T, topic: string, headers: Headers) => Serialized

/** Makes a value of bytes, which are only valid during the call: copy what must outlive it. */
export type Deserializer<T> = (bytes: Buffer, topic: string, headers: Headers) => T

export interface CustomSerdeOptions {
  /** For messages and descriptions. Default: `custom`. */
  readonly name?: string
  /** True when values are never changed after creation, so that they may be shared without a copy. */
  readonly immutable?: boolean
}

/**
 * A serde of two functions, or of what has their methods, such as two other serdes. Java: `Serdes.serdeFrom`. Null never
 * reaches them: a null value is null bytes.
 */
export function serdeFrom<T>(
  serializer: Serializer<T> | Pick<Serde<T>, 'serialize'>,
  deserializer: Deserializer<T> | Pick<Serde<T>, 'deserialize'>,
  options: CustomSerdeOptions = {},
): Serde<T> {
  return {
    name: options.name ?? 'custom',
    immutable: options.immutable ?? false,
    serialize: typeof serializer === 'function' ? serializer : (...given) => serializer.serialize(...given),
    deserialize: typeof deserializer === 'function' ? deserializer : (...given) => deserializer.deserialize(...given),
  }
}
