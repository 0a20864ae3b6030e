import { snappyExpansionMax } from './limits.ts'
import { decompressedTooLarge, malformedCompression } from './compression-error.ts'

/**
 * A decoder of our own for raw snappy blocks. The WebAssembly one is faster, but ends in a trap on bad bytes and keeps
 * what it had allocated, so that a stream of bad batches would fill its memory for good. This one writes straight into
 * memory of exactly the promised size; it serves where the other must not be asked, or has failed.
 */
export interface SnappyBlock {
  readonly decompressedBytes: number
  /** Where the block's elements begin, after the length. */
  readonly bodyStart: number
}

/** Reads the length that a block begins with and refuses it when it cannot be true or is larger than `limitBytes`. */
export function readSnappyLength(source: Uint8Array, start: number, end: number, limitBytes: number): SnappyBlock {
  let length = 0
  let at = start
  for (let shift = 0; ; shift += 7) {
    if (at >= end || shift > 28) throw malformedCompression('snappy', 'the length of a block is cut off')
    const byte = source[at++] as number
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  if (length > (end - at) * snappyExpansionMax) {
    throw malformedCompression('snappy', `a block of ${end - at} bytes claims to hold ${length}`)
  }
  if (length > limitBytes) throw decompressedTooLarge('snappy', limitBytes)
  return { decompressedBytes: length, bodyStart: at }
}

/** Decompresses the elements from `start` to `end` of `source` into exactly `targetStart` to `targetEnd` of `target`. */
export function decompressSnappyBody(
  source: Uint8Array,
  start: number,
  end: number,
  target: Buffer,
  targetStart: number,
  targetEnd: number,
): void {
  let at = start
  let to = targetStart
  while (at < end) {
    const tag = source[at++] as number
    const kind = tag & 3
    if (kind === 0) {
      let length = (tag >>> 2) + 1
      if (length > 60) {
        const extra = length - 60
        if (at + extra > end) throw malformedCompression('snappy', 'a literal is cut off')
        length = 1
        for (let index = 0; index < extra; index++) length += (source[at + index] as number) * 2 ** (8 * index)
        at += extra
      }
      if (length > end - at || length > targetEnd - to) {
        throw malformedCompression('snappy', 'a literal is longer than its block')
      }
      if (length <= 32) for (let index = 0; index < length; index++) target[to + index] = source[at + index] as number
      else target.set(source.subarray(at, at + length), to)
      at += length
      to += length
      continue
    }
    if (at + (kind === 3 ? 4 : kind) > end) throw malformedCompression('snappy', 'a copy is cut off')
    let length: number
    let distance: number
    if (kind === 1) {
      length = ((tag >>> 2) & 7) + 4
      distance = ((tag >>> 5) << 8) | (source[at++] as number)
    } else {
      length = (tag >>> 2) + 1
      distance = (source[at] as number) | ((source[at + 1] as number) << 8)
      if (kind === 3) distance += (source[at + 2] as number) * 0x1_0000 + (source[at + 3] as number) * 0x100_0000
      at += kind === 2 ? 2 : 4
    }
    if (distance === 0 || distance > to - targetStart || length > targetEnd - to) {
      throw malformedCompression('snappy', 'a copy points outside its block')
    }
    for (let index = 0; index < length; index++, to++) target[to] = target[to - distance] as number
  }
  if (to !== targetEnd) throw malformedCompression('snappy', 'a block is shorter than it claims')
}
