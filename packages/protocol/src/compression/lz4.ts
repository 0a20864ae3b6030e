import { decompressedTooLarge, malformedCompression } from './compression-error.ts'
import { lz4BlockBytes, lz4ExpansionMax, wasmOutputBytesMax } from './limits.ts'
import { decompressLz4Block } from './lz4-block.ts'
import { tryWasm, wasmCodecs } from './wasm-codecs.ts'
import { xxhash32 } from './xxhash32.ts'

const magic = 0x184d_2204
/** Version 1, independent blocks, no checksums of blocks or content, no content size; blocks of at most 64 KiB. */
const descriptor: Buffer = Buffer.from('04224d18604082', 'hex')
const endMark: Buffer = Buffer.alloc(4)
const storedBit = 0x8000_0000
const blockBytesMaxOfCode: Readonly<Record<number, number>> = {
  4: 64 * 1024,
  5: 256 * 1024,
  6: 1024 * 1024,
  7: 4 * 1024 * 1024,
}

/** The frame that Kafka's Java client writes: independent blocks of 64 KiB, without checksums. */
export function compressLz4(bytes: Buffer): Buffer {
  const codecs = wasmCodecs()
  const parts: Buffer[] = [descriptor]
  for (let start = 0; start < bytes.length; start += lz4BlockBytes) {
    const chunk = bytes.subarray(start, start + lz4BlockBytes)
    // The library's frame of so little data is a descriptor, one block with its size, and the end mark.
    const frame = codecs.lz4Compress(chunk)
    parts.push(frame.subarray(descriptor.length, frame.length - endMark.length))
  }
  parts.push(endMark)
  return Buffer.concat(parts)
}

interface FrameDescriptor {
  readonly blockBytesMax: number
  readonly blockChecksums: boolean
  /** Neither checksums nor a content size: what clients write. */
  readonly isPlain: boolean
  readonly blocksStart: number
}

/**
 * Reads one frame. Refused as in Java: another version, blocks that depend on each other, reserved bits, a wrong
 * checksum of the descriptor or of a block, a frame without its end.
 */
export function decompressLz4(bytes: Buffer, limitBytes: number): Buffer {
  const frame = readDescriptor(bytes)
  const fast = decompressFast(bytes, frame, limitBytes)
  if (fast !== undefined) return fast
  let target: Buffer = Buffer.allocUnsafe(Math.min(limitBytes, capacityOf(bytes, frame)))
  let length = 0
  let at = frame.blocksStart
  for (;;) {
    if (bytes.length - at < 4) throw malformedCompression('lz4', 'the frame is cut off')
    const word = bytes.readUInt32LE(at)
    at += 4
    if (word === 0) return target.subarray(0, length)
    const stored = word >= storedBit
    const size = stored ? word - storedBit : word
    if (size > frame.blockBytesMax) throw malformedCompression('lz4', 'a block is larger than the frame allows')
    if (size + (frame.blockChecksums ? 4 : 0) > bytes.length - at)
      throw malformedCompression('lz4', 'a block is cut off')
    const end = at + size
    const needed = length + (stored ? size : Math.min(frame.blockBytesMax, size * lz4ExpansionMax))
    if (target.length < needed && target.length < limitBytes) target = grown(target, length, needed, limitBytes)
    if (stored) {
      if (size > target.length - length) throw decompressedTooLarge('lz4', limitBytes)
      bytes.copy(target, length, at, end)
      length += size
    } else {
      const room = Math.min(target.length, length + frame.blockBytesMax)
      length = decompressWithin(bytes, at, end, target, length, room, limitBytes)
    }
    if (frame.blockChecksums && bytes.readUInt32LE(end) !== xxhash32(bytes, at, end)) {
      throw malformedCompression('lz4', 'the checksum of a block is wrong')
    }
    at = frame.blockChecksums ? end + 4 : end
  }
}

/**
 * By WebAssembly: a plain frame that fills the bytes exactly and cannot grow beyond the limits. Undefined for any other,
 * and where it has failed.
 */
function decompressFast(bytes: Buffer, frame: FrameDescriptor, limitBytes: number): Buffer | undefined {
  if (!frame.isPlain) return undefined
  let at = frame.blocksStart
  let outputMax = 0
  for (;;) {
    if (bytes.length - at < 4) return undefined
    const word = bytes.readUInt32LE(at)
    at += 4
    if (word === 0) break
    const size = word % storedBit
    outputMax += Math.min(frame.blockBytesMax, size * lz4ExpansionMax)
    at += size
  }
  if (at !== bytes.length || outputMax > Math.min(limitBytes, wasmOutputBytesMax)) return undefined
  return tryWasm('lz4Decompress', bytes)
}

function decompressWithin(
  bytes: Buffer,
  start: number,
  end: number,
  target: Buffer,
  length: number,
  room: number,
  limitBytes: number,
): number {
  try {
    return decompressLz4Block(bytes, start, end, target, length, room)
  } catch (error) {
    // Where the limit left less room than a block may take, want of room is the likelier reason.
    if (target.length === limitBytes && room === limitBytes) throw decompressedTooLarge('lz4', limitBytes)
    throw error
  }
}

function readDescriptor(bytes: Buffer): FrameDescriptor {
  if (bytes.length < descriptor.length) throw malformedCompression('lz4', 'the frame is cut off')
  if (bytes.readUInt32LE(0) !== magic) throw malformedCompression('lz4', 'the frame does not begin with its magic')
  const flags = bytes[4] as number
  const blockFlags = bytes[5] as number
  if (flags >>> 6 !== 1) throw malformedCompression('lz4', `frame version ${flags >>> 6} is unknown`)
  if ((flags & 0x20) === 0) throw malformedCompression('lz4', 'blocks that depend on each other are not supported')
  if ((flags & 0x03) !== 0 || (blockFlags & 0x8f) !== 0) throw malformedCompression('lz4', 'reserved bits are set')
  const blockBytesMax = blockBytesMaxOfCode[blockFlags >>> 4]
  if (blockBytesMax === undefined) throw malformedCompression('lz4', 'the block size is unknown')
  const checksumAt = (flags & 0x08) === 0 ? 6 : 14
  if (bytes.length <= checksumAt) throw malformedCompression('lz4', 'the frame is cut off')
  if (((xxhash32(bytes, 4, checksumAt) >>> 8) & 0xff) !== bytes[checksumAt]) {
    throw malformedCompression('lz4', 'the checksum of the descriptor is wrong')
  }
  return {
    blockBytesMax,
    blockChecksums: (flags & 0x10) !== 0,
    isPlain: (flags & 0x1c) === 0,
    blocksStart: checksumAt + 1,
  }
}

/** Room for the output, guessed from sizes that cannot lie by much: of one block exactly its bound, of many a part. */
function capacityOf(bytes: Buffer, frame: FrameDescriptor): number {
  const compressed = bytes.length - frame.blocksStart
  return Math.min(frame.blockBytesMax, compressed * lz4ExpansionMax)
}

function grown(target: Buffer, length: number, needed: number, limitBytes: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(limitBytes, Math.max(needed, target.length * 2)))
  target.copy(larger, 0, 0, length)
  return larger
}
