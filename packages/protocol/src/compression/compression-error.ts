import { ProtocolError } from '../errors/protocol-error.ts'
import type { CompressionType } from './compression-type.ts'

/** The bytes are not what their codec writes. The connection or file that brought them is suspect. */
export function malformedCompression(type: CompressionType, detail: string): ProtocolError {
  return new ProtocolError(`Compressed records cannot be read: ${detail} (${type})`)
}

/** The bytes would grow beyond the limit. */
export function decompressedTooLarge(type: CompressionType, limitBytes: number): ProtocolError {
  return new ProtocolError(
    `Compressed records grow beyond the limit of ${limitBytes} bytes (${type}); have the producer send smaller batches`,
  )
}
