import { ConfigurationError, asBuffer, emptyBytes, unreachable } from '@streamwright/std'
import type { CompressionType } from './compression-type.ts'
import { decompressedBytesMaxDefault } from './limits.ts'
import { compressLz4, decompressLz4 } from './lz4.ts'
import { compressSnappy, decompressSnappy } from './snappy.ts'
import { compressGzip, compressZstd, decompressGzip, decompressZstd } from './zlib-codecs.ts'

/**
 * Compresses the records of a batch as the Java client does. `level` counts for gzip (1–9) and zstd (−131072–22) and is
 * ignored by the others; what is outside of its range throws `ConfigurationError`. With `none` the same memory is
 * returned.
 */
export function compress(type: CompressionType, bytes: Uint8Array, level?: number): Buffer {
  const buffer = asBuffer(bytes)
  if (level !== undefined) checkLevel(type, level)
  switch (type) {
    case 'none':
      return buffer
    case 'gzip':
      return compressGzip(buffer, level)
    case 'snappy':
      return compressSnappy(buffer)
    case 'lz4':
      return compressLz4(buffer)
    case 'zstd':
      return compressZstd(buffer, level)
    default:
      return unreachable(type)
  }
}

/**
 * The bytes that were compressed. Throws `ProtocolError` for bytes that the codec did not write and for more than
 * `limitBytes` of output; never allocates more than that. With `none` the same memory is returned.
 */
export function decompress(
  type: CompressionType,
  bytes: Uint8Array,
  limitBytes: number = decompressedBytesMaxDefault,
): Buffer {
  const buffer = asBuffer(bytes)
  if (buffer.length === 0) return asBuffer(emptyBytes)
  switch (type) {
    case 'none':
      return buffer
    case 'gzip':
      return decompressGzip(buffer, limitBytes)
    case 'snappy':
      return decompressSnappy(buffer, limitBytes)
    case 'lz4':
      return decompressLz4(buffer, limitBytes)
    case 'zstd':
      return decompressZstd(buffer, limitBytes)
    default:
      return unreachable(type)
  }
}

/** The levels of Kafka's settings `compression.gzip.level` and `compression.zstd.level`; −1 is gzip's own default. */
const levels: Readonly<Partial<Record<CompressionType, readonly [number, number]>>> = {
  gzip: [-1, 9],
  zstd: [-131_072, 22],
}

function checkLevel(type: CompressionType, level: number): void {
  const range = levels[type]
  if (range === undefined) return
  const [min, max] = range
  if (Number.isInteger(level) && level >= min && level <= max) return
  throw new ConfigurationError(`Compression level ${level} is not one of ${type}: it must be from ${min} to ${max}`)
}
