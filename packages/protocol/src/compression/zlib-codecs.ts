import type * as Zlib from 'node:zlib'
import { asError } from '@streamwright/std'
import type { CompressionType } from './compression-type.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { decompressedTooLarge, malformedCompression } from './compression-error.ts'
import { zstdFramesMax } from './limits.ts'

let loaded: typeof Zlib | undefined

/** Loaded on first use, so that programs without compression start without it. */
function zlib(): typeof Zlib {
  loaded ??= process.getBuiltinModule('node:zlib')
  return loaded
}

/** `level` 1–9; Java's default is 6. */
export function compressGzip(bytes: Uint8Array, level: number | undefined): Buffer {
  return zlib().gzipSync(bytes, level === undefined ? {} : { level })
}

/** `level` −131072–22; Java's default is 3. */
export function compressZstd(bytes: Uint8Array, level: number | undefined): Buffer {
  const { zstdCompressSync, constants } = zlib()
  return zstdCompressSync(bytes, level === undefined ? {} : { params: { [constants.ZSTD_c_compressionLevel]: level } })
}

/** Any number of gzip members, one after the other. */
export function decompressGzip(bytes: Uint8Array, limitBytes: number): Buffer {
  return decompressed('gzip', bytes, limitBytes)
}

/** Any number of zstd frames, one after the other. */
export function decompressZstd(bytes: Uint8Array, limitBytes: number): Buffer {
  return decompressed('zstd', bytes, limitBytes)
}

function decompressed(type: CompressionType & ('gzip' | 'zstd'), bytes: Uint8Array, limitBytes: number): Buffer {
  const chunkSize = Math.min(chunkBytesFor(bytes.length), Math.max(limitBytes, chunkBytesMin))
  try {
    return type === 'gzip'
      ? zlib().gunzipSync(bytes, { maxOutputLength: limitBytes, chunkSize })
      : zstdFrames(bytes, chunkSize, limitBytes)
  } catch (thrown) {
    const error = asError(thrown)
    if (error instanceof ProtocolError) throw error
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw decompressedTooLarge(type, limitBytes)
    throw malformedCompression(type, error.message)
  }
}

/** Node ends after the first zstd frame, and says how far it read; what follows is the next frame. */
function zstdFrames(bytes: Uint8Array, chunkSize: number, limitBytes: number): Buffer {
  const frames: Buffer[] = []
  let length = 0
  for (let at = 0; at < bytes.length;) {
    if (frames.length === zstdFramesMax) throw malformedCompression('zstd', `more than ${zstdFramesMax} frames`)
    // Node wants a limit above zero; what exceeds ours by one byte is refused below.
    const options = { chunkSize, maxOutputLength: Math.max(limitBytes - length, 1) }
    const { buffer, consumed } = zstdFrame(bytes.subarray(at), options)
    if (consumed <= 0) throw malformedCompression('zstd', 'a frame is cut off')
    at += consumed
    length += buffer.length
    if (length > limitBytes) throw decompressedTooLarge('zstd', limitBytes)
    frames.push(buffer)
  }
  return frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames)
}

function zstdFrame(bytes: Uint8Array, options: Zlib.ZstdOptions): { buffer: Buffer; consumed: number } {
  const result: unknown = zlib().zstdDecompressSync(bytes, { ...options, info: true })
  const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } }
  return { buffer, consumed: engine.bytesWritten }
}

/** The smallest chunk that zlib takes. */
const chunkBytesMin = 64

/**
 * Output is collected in chunks of this size and joined, which is a copy unless one chunk holds all. Records shrink
 * about five times; a guess of eight times makes one chunk of nearly every batch.
 */
function chunkBytesFor(compressedBytes: number): number {
  return Math.min(Math.max(compressedBytes * 8, 1024), 1024 * 1024)
}
