/** Where the fields of a record batch (magic 2) stand, and what its attributes mean. */
export const batchLayout = {
  baseOffset: 0,
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const

/** Base offset and batch length stand before what the batch length counts. */
export const logOverheadBytes = 12

/** The length of a batch is at least that of its header; of a message of magic 0 or 1, at least this. */
export const legacyLengthMin = 14

export const attributeBits = {
  compression: 0x07,
  logAppendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
  deleteHorizon: 0x40,
} as const

/** Where the checksum begins; offset and leader epoch lie before it, so that a leader may set them. */
export const crcStart: number = batchLayout.attributes

/** An int64 of a header as a number. Offsets, times and producer ids of honest batches are far below 2^53. */
export function readLong(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * 0x1_0000_0000 + buffer.readUInt32BE(at + 4)
}

export function writeLong(buffer: Buffer, value: number, at: number): void {
  const high = Math.floor(value / 0x1_0000_0000)
  buffer.writeInt32BE(high, at)
  buffer.writeUInt32BE(value - high * 0x1_0000_0000, at + 4)
}
