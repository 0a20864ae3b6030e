import { RecordBatch } from '@streamwright/protocol'

const overheadBytes = 12
const headerBytes = 61
const magicAt = 16

/** The whole batches at the beginning of a segment, up to what is cut off or is no batch. */
export function* segmentBatches(buffer: Buffer, end: number = buffer.length): Generator<RecordBatch> {
  for (let at = 0; at + headerBytes <= end;) {
    const size = buffer.readInt32BE(at + 8) + overheadBytes
    if (size < headerBytes || at + size > end || buffer.readInt8(at + magicAt) !== 2) return
    yield new RecordBatch(buffer, at, size)
    at += size
  }
}
