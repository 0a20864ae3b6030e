const twoTo32 = 0x1_0000_0000

/** Writes a time as int64, big-endian. In two halves: a bigint for each took 5 % of a session's update. */
export function writeTime(bytes: Buffer, time: number, offset: number): void {
  if (!Number.isSafeInteger(time)) {
    // Only the end of an unlimited window is that far away.
    bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(time) - 1n), offset)
    return
  }
  const high = Math.floor(time / twoTo32)
  bytes.writeInt32BE(high, offset)
  bytes.writeUInt32BE(time - high * twoTo32, offset + 4)
}

/** Reads a time, which lies within 2^53 unless it is the end of an unlimited window. */
export function readTime(bytes: Buffer, offset: number): number {
  return bytes.readInt32BE(offset) * twoTo32 + bytes.readUInt32BE(offset + 4)
}
