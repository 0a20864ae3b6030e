/**
 * The metadata of a committed offset: base64 of `byte 2 | int64 partition time`. A task that moves goes on with the
 * partition time of its predecessor, Java's included. Version 1 lacks what may follow in version 2.
 */
const version = 2

export function encodeCommitMetadata(partitionTimeMs: number): string {
  const bytes = Buffer.allocUnsafe(9)
  bytes.writeInt8(version, 0)
  bytes.writeBigInt64BE(BigInt(partitionTimeMs), 1)
  return bytes.toString('base64')
}

/** The partition time, or −1 when there is none in it. */
export function decodeCommitMetadata(metadata: string): number {
  const bytes = Buffer.from(metadata, 'base64')
  if (bytes.length < 9 || (bytes[0] !== 1 && bytes[0] !== version)) return -1
  return Number(bytes.readBigInt64BE(1))
}
