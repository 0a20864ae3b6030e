/**
 * Layout of a versioned store in an engine:
 *
 *     0x00                                                  → int64 observed time
 *     0x01 | key                                            → int64 valid from | value
 *     0x02 | int64 segment | int32 length | key | int64 valid to → int64 valid from | byte 1 | value, or byte 0: deleted
 *
 * The length keeps the versions of one key together, whatever keys begin with it.
 */
const latestTag = 1
const historyTag = 2
const segmentOffset = 1
const lengthOffset = 9
const keyOffset = 13
const longBytes = 8

export const observedKey: Buffer = Buffer.from([0])
export const latestRange: readonly [from: Buffer, to: Buffer] = [Buffer.from([latestTag]), Buffer.from([historyTag])]

export function latestKey(key: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(1 + key.length)
  bytes[0] = latestTag
  key.copy(bytes, 1)
  return bytes
}

/** Where a segment of the history begins. */
export function historyStart(segment: number): Buffer {
  const bytes = Buffer.allocUnsafe(lengthOffset)
  bytes[0] = historyTag
  bytes.writeBigInt64BE(BigInt(segment), segmentOffset)
  return bytes
}

export function historyKey(segment: number, key: Buffer, validTo: number): Buffer {
  const bytes = Buffer.allocUnsafe(keyOffset + key.length + longBytes)
  bytes[0] = historyTag
  bytes.writeBigInt64BE(BigInt(segment), segmentOffset)
  bytes.writeInt32BE(key.length, lengthOffset)
  key.copy(bytes, keyOffset)
  bytes.writeBigInt64BE(BigInt(validTo), keyOffset + key.length)
  return bytes
}

export function parseHistoryKey(bytes: Buffer): { readonly segment: number; readonly validTo: number } {
  return {
    segment: Number(bytes.readBigInt64BE(segmentOffset)),
    validTo: Number(bytes.readBigInt64BE(bytes.length - longBytes)),
  }
}

export function packLatest(validFrom: number, value: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes + value.length)
  bytes.writeBigInt64BE(BigInt(validFrom), 0)
  value.copy(bytes, longBytes)
  return bytes
}

export function unpackLatest(packed: Buffer): { readonly validFrom: number; readonly value: Buffer } {
  return { validFrom: Number(packed.readBigInt64BE(0)), value: packed.subarray(longBytes) }
}

export function packHistory(validFrom: number, value: Buffer | null): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes + 1 + (value?.length ?? 0))
  bytes.writeBigInt64BE(BigInt(validFrom), 0)
  bytes[longBytes] = value === null ? 0 : 1
  value?.copy(bytes, longBytes + 1)
  return bytes
}

export function unpackHistory(packed: Buffer): { readonly validFrom: number; readonly value: Buffer | null } {
  const value = packed[longBytes] === 0 ? null : packed.subarray(longBytes + 1)
  return { validFrom: Number(packed.readBigInt64BE(0)), value }
}

export function packObserved(observedMs: number): Buffer {
  const bytes = Buffer.allocUnsafe(longBytes)
  bytes.writeBigInt64BE(BigInt(observedMs), 0)
  return bytes
}

export function unpackObserved(packed: Buffer): number {
  return Number(packed.readBigInt64BE(0))
}

const minuteMs = 60_000

/** Java's choice of the segment interval where none is given: shorter for short histories. */
export function versionedSegmentIntervalMs(historyRetentionMs: number): number {
  const part = (count: number, leastMs: number): number => Math.max(Math.floor(historyRetentionMs / count), leastMs)
  if (historyRetentionMs <= minuteMs) return part(3, 2_000)
  if (historyRetentionMs <= 5 * minuteMs) return part(5, 20_000)
  if (historyRetentionMs <= 60 * minuteMs) return part(12, minuteMs)
  return part(24, 5 * minuteMs)
}
