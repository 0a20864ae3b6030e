/**
 * Reads the fixed header of a record batch v2 in place, without an object per batch. `at` is where the batch starts in
 * the buffer. Only the log's hot paths use this; everything else reads batches through the protocol package.
 */

/** Header of a batch, up to the first record. */
export const batchHeaderBytes = 61
/** Base offset and length, which the length field does not count. */
export const batchPrefixBytes = 12
/** No batch is shorter than its header. */
export const batchLengthMin: number = batchHeaderBytes - batchPrefixBytes

const leaderEpochAt = 12
const magicAt = 16
/** What is covered by the checksum begins here. */
export const attributesAt = 21
export const crcAt = 17
const lastOffsetDeltaAt = 23
export const maxTimestampAt = 35
const producerIdAt = 43
const producerEpochAt = 51
const baseSequenceAt = 53
const recordCountAt = 57

const transactionalBit = 0x10
const controlBit = 0x20

/** An int64 that is known to be below 2^53 in practice: offsets, timestamps, producer ids. */
export function int64At(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * 0x1_0000_0000 + buffer.readUInt32BE(at + 4)
}

export function writeInt64(buffer: Buffer, value: number, at: number): void {
  const high = Math.floor(value / 0x1_0000_0000)
  buffer.writeInt32BE(high, at)
  buffer.writeUInt32BE(value - high * 0x1_0000_0000, at + 4)
}

export function baseOffsetOf(buffer: Buffer, at: number): number {
  return int64At(buffer, at)
}

/** The whole batch, prefix included. At least {@link batchHeaderBytes} in a sound batch. */
export function sizeInBytesOf(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + 8) + batchPrefixBytes
}

export function leaderEpochOf(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + leaderEpochAt)
}

export function magicOf(buffer: Buffer, at: number): number {
  return buffer.readInt8(at + magicAt)
}

export function lastOffsetOf(buffer: Buffer, at: number): number {
  return int64At(buffer, at) + buffer.readInt32BE(at + lastOffsetDeltaAt)
}

export function lastOffsetDeltaOf(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + lastOffsetDeltaAt)
}

export function maxTimestampOf(buffer: Buffer, at: number): number {
  return int64At(buffer, at + maxTimestampAt)
}

export function producerIdOf(buffer: Buffer, at: number): number {
  return int64At(buffer, at + producerIdAt)
}

export function producerEpochOf(buffer: Buffer, at: number): number {
  return buffer.readInt16BE(at + producerEpochAt)
}

export function baseSequenceOf(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + baseSequenceAt)
}

export function recordCountOf(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at + recordCountAt)
}

export function isTransactional(buffer: Buffer, at: number): boolean {
  return (buffer.readInt16BE(at + attributesAt) & transactionalBit) !== 0
}

export function isControl(buffer: Buffer, at: number): boolean {
  return (buffer.readInt16BE(at + attributesAt) & controlBit) !== 0
}

/** Where a batch goes in the log. Neither field is covered by the batch's checksum. */
export function placeBatch(buffer: Buffer, at: number, baseOffset: number, leaderEpoch: number): void {
  writeInt64(buffer, baseOffset, at)
  buffer.writeInt32BE(leaderEpoch, at + leaderEpochAt)
}

/** What the two fields hold in a batch as a producer sends it. */
export const producedPlace = { baseOffset: 0, leaderEpoch: -1 } as const
