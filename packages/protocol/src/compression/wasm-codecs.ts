import { createRequire } from 'node:module'

interface WasmCodecs {
  lz4Compress(bytes: Buffer): Buffer
  snappyCompress(bytes: Buffer): Buffer
}

let loaded: WasmCodecs | undefined

/**
 * The WebAssembly compressors, loaded on first use (10 ms once): most programs never touch these codecs. Never hand
 * them an empty buffer, on which they fail.
 */
export function wasmCodecs(): WasmCodecs {
  loaded ??= createRequire(import.meta.url)('@platformatic/wasm-utils') as WasmCodecs
  return loaded
}
