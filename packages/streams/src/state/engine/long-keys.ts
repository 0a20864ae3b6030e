import { latin1Write } from '@streamwright/std'

/**
 * LMDB refuses keys beyond 1978 bytes and empty ones. Every key gets a leading byte, and a key that reaches the limit
 * shares one LMDB entry, its *bucket*, with all keys that agree in so many first bytes. A bucket holds its keys in
 * order, so that ranges stay in order: `int32 count | (int32 suffixLength | suffix | int32 valueLength | value)*`.
 */
export const bucketKeyBytes = 1900

const lead = 1

export function isLong(key: Buffer): boolean {
  return key.length >= bucketKeyBytes
}

/** The LMDB key of a key, or of its bucket. */
export function engineKey(key: Buffer): Buffer {
  const length = Math.min(key.length, bucketKeyBytes)
  const bytes = Buffer.allocUnsafe(length + 1)
  bytes[0] = lead
  key.copy(bytes, 1, 0, length)
  return bytes
}

const scratch: Buffer[] = []

/** A key that is not long, of its Latin-1 text. Valid until the next call: for look-ups, which do not keep it. */
export function keyOfText(text: string): Buffer {
  const bytes = scratchOf(text.length)
  latin1Write(bytes, text, 0)
  return bytes
}

/** As {@link keyOfText}, of the bytes of a key. */
export function keyOfBytes(memory: Uint8Array, start: number, end: number): Buffer {
  const bytes = scratchOf(end - start)
  for (let index = start; index < end; index++) bytes[index - start] = memory[index] as number
  return bytes
}

function scratchOf(length: number): Buffer {
  let bytes = scratch[length]
  if (bytes === undefined) {
    bytes = Buffer.allocUnsafeSlow(length)
    scratch[length] = bytes
  }
  return bytes
}

const engineScratch: Buffer[] = []

/** The LMDB key of a key that is not long, of its Latin-1 text. Valid until the next call: LMDB copies it at once. */
export function engineKeyOfText(text: string): Buffer {
  const bytes = engineBytes(text.length)
  latin1Write(bytes, text, lead)
  return bytes
}

/** As {@link engineKeyOfText}, of the bytes of a key that is not long. */
export function engineKeyOf(memory: Uint8Array, start: number, end: number): Buffer {
  const bytes = engineBytes(end - start)
  for (let index = start; index < end; index++) bytes[lead + index - start] = memory[index] as number
  return bytes
}

function engineBytes(keyLength: number): Buffer {
  let bytes = engineScratch[keyLength]
  if (bytes === undefined) {
    bytes = Buffer.allocUnsafeSlow(lead + keyLength)
    bytes[0] = lead
    engineScratch[keyLength] = bytes
  }
  return bytes
}

/** Whether an LMDB key names a bucket. */
export function isBucket(engineKeyBytes: Buffer): boolean {
  return engineKeyBytes.length === bucketKeyBytes + 1
}

export interface BucketEntry {
  readonly suffix: Buffer
  readonly value: Buffer
}

export function decodeBucket(bytes: Buffer): BucketEntry[] {
  const entries: BucketEntry[] = []
  let offset = 4
  for (let left = bytes.readInt32BE(0); left > 0; left--) {
    const suffixEnd = offset + 4 + bytes.readInt32BE(offset)
    const valueEnd = suffixEnd + 4 + bytes.readInt32BE(suffixEnd)
    entries.push({ suffix: bytes.subarray(offset + 4, suffixEnd), value: bytes.subarray(suffixEnd + 4, valueEnd) })
    offset = valueEnd
  }
  return entries
}

export function encodeBucket(entries: readonly BucketEntry[]): Buffer {
  const parts: Buffer[] = [int32(entries.length)]
  for (const { suffix, value } of entries) parts.push(int32(suffix.length), suffix, int32(value.length), value)
  return Buffer.concat(parts)
}

/** The bucket with one key set or deleted. */
export function updateBucket(entries: readonly BucketEntry[], suffix: Buffer, value: Buffer | null): BucketEntry[] {
  const kept = entries.filter((entry) => !entry.suffix.equals(suffix))
  if (value !== null) kept.push({ suffix, value })
  return kept.toSorted((left, right) => Buffer.compare(left.suffix, right.suffix))
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}
