import type { Init, MessageCodec, UnknownTag } from './api.ts'
import { ProtocolError } from './errors/protocol-error.ts'
import type { Reader } from './primitives/reader.ts'
import type { Writer } from './primitives/writer.ts'

/** `flexibleFrom` of a message without flexible versions. */
export const neverFlexible = 32_767

/** The default of bytes that are not nullable. */
export const noBytes: Buffer = Buffer.alloc(0)

/** Makes the codec of a generated message out of its two functions, which may rely on a version within the range. */
export function messageCodec<M>(
  name: string,
  versions: { readonly minVersion: number; readonly maxVersion: number; readonly flexibleFrom: number },
  decode: (reader: Reader, version: number) => M,
  encode: (writer: Writer, version: number, message: Init<M>) => void,
): MessageCodec<M> {
  const { minVersion, maxVersion, flexibleFrom } = versions
  const requireVersion = (version: number): void => {
    if (version >= minVersion && version <= maxVersion) return
    const known = `versions ${minVersion} to ${maxVersion} are known`
    throw new ProtocolError(`${name} has no version ${version}: ${known}`, 'UNSUPPORTED_VERSION')
  }
  return {
    name,
    minVersion,
    maxVersion,
    flexibleFrom,
    decode(reader, version) {
      requireVersion(version)
      return decode(reader, version)
    },
    encode(writer, version, message) {
      requireVersion(version)
      encode(writer, version, message)
    },
  }
}

/** The message with the tagged fields that this version of the code does not know, if there were any. */
export function withUnknownTags<M extends { readonly unknownTags?: readonly UnknownTag[] }>(
  message: M,
  unknownTags: readonly UnknownTag[] | undefined,
): M {
  return unknownTags === undefined ? message : { ...message, unknownTags }
}

/** The error for a value of a field that `version` does not have and that must not be dropped silently. */
export function fieldUnsupported(field: string, version: number): ProtocolError {
  return new ProtocolError(
    `${field} cannot be sent in version ${version}: leave it at its default or use another version`,
    'UNSUPPORTED_FIELD',
  )
}

/** The error for a null that `version` cannot express. */
export function nullNotAllowed(field: string, version: number): ProtocolError {
  return new ProtocolError(`${field} cannot be null in version ${version}`, 'NULL_NOT_ALLOWED')
}
