import type { TimelineKeyForm } from './timeline-state-store.ts'
import { writeTime } from './time-bytes.ts'

const longBytes = 8
const suffixBytes = 16

/** Keys of session stores in a changelog, and so for Java: `key | int64 end | int64 start`. */
export const sessionKeyForm: TimelineKeyForm = {
  // End, start, and the segment that Java's cache puts before them.
  extraCacheBytes: 24,

  changelogKey(key, endMs, startMs) {
    const bytes = Buffer.allocUnsafe(key.length + suffixBytes)
    key.copy(bytes, 0)
    writeTime(bytes, endMs, key.length)
    writeTime(bytes, startMs, key.length + longBytes)
    return bytes
  },

  parse(bytes) {
    const keyEnd = bytes.length - suffixBytes
    if (keyEnd < 0) return undefined
    return {
      key: bytes.subarray(0, keyEnd),
      timeMs: Number(bytes.readBigInt64BE(keyEnd)),
      otherMs: Number(bytes.readBigInt64BE(keyEnd + longBytes)),
    }
  },
}
