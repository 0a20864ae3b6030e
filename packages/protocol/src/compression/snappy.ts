import { malformedCompression, decompressedTooLarge } from './compression-error.ts'
import { wasmOutputBytesMax, xerialBlockBytes } from './limits.ts'
import type { SnappyBlock } from './snappy-block.ts'
import { decompressSnappyBody, readSnappyLength } from './snappy-block.ts'
import { tryWasm, wasmCodecs } from './wasm-codecs.ts'

/** What Java's snappy stream begins with: a magic, then its version and the lowest one that can read it, both 1. */
const xerialHeader: Buffer = Buffer.from('82534e41505059000000000100000001', 'hex')
const xerialMagicBytes = 8

/** Java's framing: the header, then blocks of at most 32 KiB, each after its compressed length as int32. */
export function compressSnappy(bytes: Buffer): Buffer {
  const codecs = wasmCodecs()
  const parts: Buffer[] = [xerialHeader]
  for (let start = 0; start < bytes.length; start += xerialBlockBytes) {
    const block = codecs.snappyCompress(bytes.subarray(start, start + xerialBlockBytes))
    const length = Buffer.allocUnsafe(4)
    length.writeInt32BE(block.length)
    parts.push(length, block)
  }
  return Buffer.concat(parts)
}

/** Java's framing, or one raw block, which is what some clients in C, Go and JavaScript send. */
export function decompressSnappy(bytes: Buffer, limitBytes: number): Buffer {
  if (isXerial(bytes)) return decompressXerial(bytes, limitBytes)
  const block = readSnappyLength(bytes, 0, bytes.length, limitBytes)
  return fastBlock(bytes, 0, bytes.length, block.decompressedBytes) ?? slowBlock(bytes, bytes.length, block)
}

/** By WebAssembly; undefined where that has failed or is not to be tried. */
function fastBlock(bytes: Buffer, start: number, end: number, length: number): Buffer | undefined {
  if (length === 0 || length > wasmOutputBytesMax) return undefined
  const output = tryWasm('snappyDecompress', bytes.subarray(start, end))
  return output?.length === length ? output : undefined
}

function slowBlock(bytes: Buffer, end: number, block: SnappyBlock): Buffer {
  const target = Buffer.allocUnsafe(block.decompressedBytes)
  decompressSnappyBody(bytes, block.bodyStart, end, target, 0, target.length)
  return target
}

function isXerial(bytes: Buffer): boolean {
  if (bytes.length < xerialHeader.length) return false
  for (let index = 0; index < xerialMagicBytes; index++) if (bytes[index] !== xerialHeader[index]) return false
  return true
}

function decompressXerial(bytes: Buffer, limitBytes: number): Buffer {
  let total = 0
  let blocks = 0
  forEachBlock(bytes, (start, end) => {
    total += readSnappyLength(bytes, start, end, limitBytes).decompressedBytes
    if (total > limitBytes) throw decompressedTooLarge('snappy', limitBytes)
    blocks += 1
  })
  if (blocks === 1) {
    const start = xerialHeader.length + 4
    const block = readSnappyLength(bytes, start, bytes.length, limitBytes)
    return fastBlock(bytes, start, bytes.length, total) ?? slowBlock(bytes, bytes.length, block)
  }
  const target = Buffer.allocUnsafe(total)
  let to = 0
  forEachBlock(bytes, (start, end) => {
    const { decompressedBytes, bodyStart } = readSnappyLength(bytes, start, end, limitBytes)
    const fast = fastBlock(bytes, start, end, decompressedBytes)
    if (fast === undefined) decompressSnappyBody(bytes, bodyStart, end, target, to, to + decompressedBytes)
    else fast.copy(target, to)
    to += decompressedBytes
  })
  return target
}

function forEachBlock(bytes: Buffer, visit: (start: number, end: number) => void): void {
  let at = xerialHeader.length
  while (at < bytes.length) {
    if (bytes.length - at < 4) throw malformedCompression('snappy', 'the length of a block is cut off')
    const length = bytes.readInt32BE(at)
    at += 4
    if (length < 0 || length > bytes.length - at) throw malformedCompression('snappy', 'a block is cut off')
    visit(at, at + length)
    at += length
  }
}
