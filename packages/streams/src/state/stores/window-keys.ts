import { writeTime } from './time-bytes.ts'

/**
 * Keys of window stores. In a changelog (and so for Java): `key | int64 start | int32 sequence`. In our engines a
 * segment number stands before it, so that a key's windows of one stretch of time lie together and old stretches can
 * be dropped as ranges.
 */
const longBytes = 8
const suffixBytes = 12

/** Retention is dropped in such steps. Java: `max(retention / 2, 60 s)`. */
export function segmentIntervalMs(retentionMs: number): number {
  return Math.max(Math.floor(retentionMs / 2), 60_000)
}

export function changelogWindowKey(key: Buffer, startMs: number, sequence: number): Buffer {
  const bytes = Buffer.allocUnsafe(key.length + suffixBytes)
  key.copy(bytes, 0)
  writeTime(bytes, startMs, key.length)
  bytes.writeInt32BE(sequence, key.length + longBytes)
  return bytes
}

export interface WindowKeyParts {
  readonly key: Buffer
  readonly startMs: number
  readonly sequence: number
}

/** Undefined for bytes that are too short to be one. */
export function parseChangelogWindowKey(bytes: Buffer): WindowKeyParts | undefined {
  const keyEnd = bytes.length - suffixBytes
  if (keyEnd < 0) return undefined
  return {
    key: bytes.subarray(0, keyEnd),
    startMs: Number(bytes.readBigInt64BE(keyEnd)),
    sequence: bytes.readInt32BE(keyEnd + longBytes),
  }
}

/** `int64 segment | key | int64 start | int32 sequence`. Start times of windows are never negative. */
export function engineWindowKey(segment: number, key: Buffer, startMs: number, sequence: number): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes + key.length + suffixBytes)
  bytes.writeBigInt64BE(BigInt(segment), 0)
  key.copy(bytes, longBytes)
  writeTime(bytes, startMs, longBytes + key.length)
  bytes.writeInt32BE(sequence, longBytes + key.length + longBytes)
  return bytes
}

export function parseEngineWindowKey(bytes: Buffer): WindowKeyParts {
  const keyEnd = bytes.length - suffixBytes
  return {
    key: bytes.subarray(longBytes, keyEnd),
    startMs: Number(bytes.readBigInt64BE(keyEnd)),
    sequence: bytes.readInt32BE(keyEnd + longBytes),
  }
}

export function segmentPrefix(segment: number): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes)
  bytes.writeBigInt64BE(BigInt(segment), 0)
  return bytes
}

export function segmentOf(engineKey: Buffer): number {
  return Number(engineKey.readBigInt64BE(0))
}
