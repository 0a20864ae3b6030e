import { createRequire } from 'node:module'
import { wasmTrapsMax } from './limits.ts'

interface WasmCodecs {
  lz4Compress(bytes: Buffer): Buffer
  lz4Decompress(bytes: Buffer): Buffer
  snappyCompress(bytes: Buffer): Buffer
  snappyDecompress(bytes: Buffer): Buffer
}

let loaded: WasmCodecs | undefined
let traps = 0

/**
 * The WebAssembly codecs, loaded on first use (10 ms once): most programs never touch these formats. Never hand them an
 * empty buffer, on which they fail, and only bytes that may end in a trap to {@link tryWasm}.
 */
export function wasmCodecs(): WasmCodecs {
  loaded ??= createRequire(import.meta.url)('@platformatic/wasm-utils') as WasmCodecs
  return loaded
}

/**
 * Decompresses by WebAssembly, two to three times faster than our own decoders; undefined where that fails, and from
 * then on after {@link wasmTrapsMax} failures. The caller then decodes by itself, which also finds what is wrong.
 */
export function tryWasm(name: 'lz4Decompress' | 'snappyDecompress', bytes: Buffer): Buffer | undefined {
  if (traps >= wasmTrapsMax) return undefined
  const codecs = wasmCodecs()
  try {
    return codecs[name](bytes)
  } catch {
    traps += 1
    return undefined
  }
}
