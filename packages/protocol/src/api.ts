import type { Reader } from './primitives/reader.ts'
import type { Writer } from './primitives/writer.ts'

/** A tagged field of a newer version, kept as it came so that it can be written back. */
export interface UnknownTag {
  readonly tag: number
  readonly data: Uint8Array
}

/**
 * A message to be written: any field may be left out, at any depth, and takes its default. Bytes may be any
 * `Uint8Array`. A decoded message is one, too.
 */
export type Init<M> = M extends Uint8Array
  ? Uint8Array
  : M extends string | number | bigint | boolean | null | undefined
    ? M
    : M extends readonly (infer Element)[]
      ? readonly Init<Element>[]
      : { readonly [Field in keyof M]?: (Field extends 'unknownTags' ? M[Field] : Init<M[Field]>) | undefined }

/** Reads and writes one message in all its versions. Generated, one object per message. */
export interface MessageCodec<M> {
  readonly name: string
  readonly minVersion: number
  readonly maxVersion: number
  /** The first version with compact lengths and tagged fields; 32767 = none. */
  readonly flexibleFrom: number
  /**
   * Reads from the reader's position; what stands behind the message is left there. Bytes and records are views of the
   * reader's buffer. Throws `ProtocolError` (`MALFORMED_MESSAGE`, `UNSUPPORTED_VERSION`).
   */
  decode(reader: Reader, version: number): M
  /**
   * Appends the message. Throws `ProtocolError` (`UNSUPPORTED_FIELD`, `NULL_NOT_ALLOWED`, `UNSUPPORTED_VERSION`) when
   * the version cannot carry what the message says; the writer then holds a part of it and is of no more use.
   */
  encode(writer: Writer, version: number, message: Init<M>): void
}

/** A request and the response to it. */
export interface Api<Request, Response> {
  readonly key: number
  readonly name: string
  readonly request: MessageCodec<Request>
  readonly response: MessageCodec<Response>
}
