import { ProtocolError } from '../errors/protocol-error.ts'

/** The codecs of a record batch; the index of each is its number in the attributes. */
export const compressionTypes = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

/** How the records of a batch are compressed. */
export type CompressionType = (typeof compressionTypes)[number]

/** The codec's number in the attributes of a batch. */
export function compressionId(type: CompressionType): number {
  return compressionTypes.indexOf(type)
}

/** The codec with this number. Throws {@link ProtocolError} for 5, 6 and 7, which nothing has yet. */
export function compressionOfId(id: number): CompressionType {
  const type = compressionTypes[id]
  if (type === undefined) {
    throw new ProtocolError(`Unknown compression codec ${id}: the batch comes from a newer client or is damaged`)
  }
  return type
}
