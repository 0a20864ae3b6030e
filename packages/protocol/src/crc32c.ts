import { createRequire } from 'node:module'
import { crc32cByTables } from './crc32c-tables.ts'

type NativeCrc32c = (bytes: Uint8Array, seed: number) => number

/**
 * 6.5 GB/s with the processor's own instruction, against 1.6 GB/s by tables on the same core. Below this length the call
 * costs more than it saves: 64 bytes take 142 ns against 79, 256 bytes 179 against 204.
 */
const nativeFromBytes = 256

const native = loadNative()

/**
 * CRC-32C (Castagnoli), the checksum of record batches, of `bytes` from `start` to `end`, as an unsigned integer. For
 * bytes that come in pieces, hand the result for what came before as `seed`: `crc32c(b, 0, b.length, crc32c(a))` is that
 * of `a` followed by `b`.
 */
export function crc32c(bytes: Uint8Array, start = 0, end: number = bytes.length, seed = 0): number {
  if (native === undefined || end - start < nativeFromBytes) return crc32cByTables(bytes, start, end, seed)
  return native(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), seed)
}

/** Undefined where npm has no build for this system, or installed none. */
function loadNative(): NativeCrc32c | undefined {
  try {
    const library: unknown = createRequire(import.meta.url)('@node-rs/crc32')
    return (library as { readonly crc32c: NativeCrc32c }).crc32c
  } catch {
    return undefined
  }
}
