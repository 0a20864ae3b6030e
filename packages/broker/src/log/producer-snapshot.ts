import { crc32c } from '@streamwright/protocol'
import { int64At, writeInt64 } from './batch-header.ts'
import type { ProducerEntry } from './producer-entry.ts'

const version = 1
const headerBytes = 10
const entryBytes = 46
const crcAt = 2
const crcStart = 6

/**
 * `.snapshot`: the producers of a partition as of the offset in the file's name. Only the last batch of each is stored;
 * a repetition of an older one is not recognised after a restart.
 */
export function encodeProducerSnapshot(entries: Iterable<ProducerEntry>): Buffer {
  const all = [...entries]
  const buffer = Buffer.alloc(headerBytes + all.length * entryBytes)
  buffer.writeInt16BE(version, 0)
  buffer.writeInt32BE(all.length, crcStart)
  let at = headerBytes
  for (const entry of all) {
    const last = entry.batches.at(-1)
    writeInt64(buffer, entry.producerId, at)
    buffer.writeInt16BE(entry.producerEpoch, at + 8)
    buffer.writeInt32BE(last?.lastSequence ?? -1, at + 10)
    writeInt64(buffer, last?.lastOffset ?? -1, at + 14)
    buffer.writeInt32BE(last?.offsetDelta ?? 0, at + 22)
    writeInt64(buffer, entry.lastTimestamp, at + 26)
    buffer.writeInt32BE(entry.coordinatorEpoch, at + 34)
    writeInt64(buffer, entry.transactionStartOffset, at + 38)
    at += entryBytes
  }
  buffer.writeUInt32BE(crc32c(buffer, crcStart), crcAt)
  return buffer.subarray(0, at)
}

/** `undefined` for a file that is damaged or of another version. `nowMs` becomes the time the producers were seen. */
export function decodeProducerSnapshot(buffer: Buffer, nowMs: number): readonly ProducerEntry[] | undefined {
  if (buffer.length < headerBytes || buffer.readInt16BE(0) !== version) return undefined
  if (buffer.readUInt32BE(crcAt) !== crc32c(buffer, crcStart)) return undefined
  const count = buffer.readInt32BE(crcStart)
  if (count < 0 || headerBytes + count * entryBytes > buffer.length) return undefined
  const entries: ProducerEntry[] = []
  for (let at = headerBytes; entries.length < count; at += entryBytes) {
    const lastOffset = int64At(buffer, at + 14)
    const timestamp = int64At(buffer, at + 26)
    const batch = {
      lastSequence: buffer.readInt32BE(at + 10),
      lastOffset,
      offsetDelta: buffer.readInt32BE(at + 22),
      timestamp,
    }
    entries.push({
      producerId: int64At(buffer, at),
      producerEpoch: buffer.readInt16BE(at + 8),
      coordinatorEpoch: buffer.readInt32BE(at + 34),
      lastTimestamp: timestamp,
      transactionStartOffset: int64At(buffer, at + 38),
      batches: lastOffset >= 0 ? [batch] : [],
      seenMs: nowMs,
    })
  }
  return entries
}
