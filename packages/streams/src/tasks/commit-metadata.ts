/**
 * The metadata of a committed offset: base64 of `byte 2 | int64 partition time | operators' numbers`, these being nothing
 * or `int32 count | (int32 length | name | int64 value)*`. A task that moves goes on with what its predecessor knew,
 * Java's included. Version 1 lacks the numbers.
 */
const version = 2
const headBytes = 9

export interface CommitMetadata {
  /** −1 when it is not known. */
  readonly partitionTimeMs: number
  /** What operators keep beside the offsets, such as up to where windows have been emitted. */
  readonly processors: ReadonlyMap<string, number>
}

export function encodeCommitMetadata(partitionTimeMs: number, processors: ReadonlyMap<string, number>): string {
  const head = Buffer.allocUnsafe(headBytes)
  head.writeInt8(version, 0)
  head.writeBigInt64BE(BigInt(partitionTimeMs), 1)
  const parts: Buffer[] = [head]
  if (processors.size > 0) parts.push(int32(processors.size))
  for (const [name, value] of processors) {
    const nameBytes = Buffer.from(name, 'utf8')
    const valueBytes = Buffer.allocUnsafe(8)
    valueBytes.writeBigInt64BE(BigInt(value))
    parts.push(int32(nameBytes.length), nameBytes, valueBytes)
  }
  return Buffer.concat(parts).toString('base64')
}

/** Metadata that somebody else wrote tells nothing, and is no error. */
export function decodeCommitMetadata(metadata: string): CommitMetadata {
  const bytes = Buffer.from(metadata, 'base64')
  if (bytes.length < headBytes || (bytes[0] !== 1 && bytes[0] !== version)) {
    return { partitionTimeMs: -1, processors: new Map() }
  }
  return { partitionTimeMs: Number(bytes.readBigInt64BE(1)), processors: readProcessors(bytes.subarray(headBytes)) }
}

function readProcessors(bytes: Buffer): Map<string, number> {
  const processors = new Map<string, number>()
  let offset = 4
  for (let left = bytes.length < 4 ? 0 : bytes.readInt32BE(0); left > 0; left--) {
    if (offset + 4 > bytes.length) break
    const nameEnd = offset + 4 + bytes.readInt32BE(offset)
    if (nameEnd < offset + 4 || nameEnd + 8 > bytes.length) break
    processors.set(bytes.toString('utf8', offset + 4, nameEnd), Number(bytes.readBigInt64BE(nameEnd)))
    offset = nameEnd + 8
  }
  return processors
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}
