import { baseOffsetOf, batchHeaderBytes, batchPrefixBytes, lastOffsetOf, sizeInBytesOf } from './batch-header.ts'

/**
 * Where the last whole batch ends that starts before `limitOffset` and ends within `maxBytes` of `start`, and the offset
 * after it; −1 when there is none.
 */
export function endOfWholeBatches(
  buffer: Buffer,
  start: number,
  end: number,
  maxBytes: number,
  limitOffset: number,
): { readonly at: number; readonly nextOffset: number } {
  const limit = Math.min(end, start + maxBytes)
  let at = start
  let last = -1
  while (at + batchPrefixBytes <= limit && baseOffsetOf(buffer, at) < limitOffset) {
    const next = at + sizeInBytesOf(buffer, at)
    if (next > limit || next < at + batchHeaderBytes) break
    last = at
    at = next
  }
  return { at, nextOffset: last < 0 ? -1 : lastOffsetOf(buffer, last) + 1 }
}
