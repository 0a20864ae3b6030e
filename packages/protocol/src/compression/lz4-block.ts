import { malformedCompression } from './compression-error.ts'

/**
 * Decompresses one raw LZ4 block from `start` to `end` of `source` to `targetStart` of `target`, never beyond
 * `targetEnd`. Returns where the output ended. See snappy-block.ts for why there is a decoder beside WebAssembly's.
 */
export function decompressLz4Block(
  source: Uint8Array,
  start: number,
  end: number,
  target: Buffer,
  targetStart: number,
  targetEnd: number,
): number {
  let at = start
  let to = targetStart
  for (;;) {
    if (at >= end) throw malformedCompression('lz4', 'a block ends without its last literals')
    const token = source[at++] as number
    let literals = token >>> 4
    if (literals === 15) {
      let byte = 255
      while (byte === 255) {
        if (at >= end) throw malformedCompression('lz4', 'a length is cut off')
        byte = source[at++] as number
        literals += byte
      }
    }
    if (literals > end - at || literals > targetEnd - to) {
      throw malformedCompression('lz4', 'literals are longer than their block')
    }
    if (literals <= 32) for (let index = 0; index < literals; index++) target[to + index] = source[at + index] as number
    else target.set(source.subarray(at, at + literals), to)
    at += literals
    to += literals
    if (at === end) return to
    if (at + 2 > end) throw malformedCompression('lz4', 'a match is cut off')
    const distance = (source[at] as number) | ((source[at + 1] as number) << 8)
    at += 2
    let length = (token & 15) + 4
    if (length === 19) {
      let byte = 255
      while (byte === 255) {
        if (at >= end) throw malformedCompression('lz4', 'a length is cut off')
        byte = source[at++] as number
        length += byte
      }
    }
    if (distance === 0 || distance > to - targetStart || length > targetEnd - to) {
      throw malformedCompression('lz4', 'a match points outside its block')
    }
    if (length > 64 && distance >= length) {
      target.copyWithin(to, to - distance, to - distance + length)
      to += length
    } else for (let index = 0; index < length; index++, to++) target[to] = target[to - distance] as number
  }
}
