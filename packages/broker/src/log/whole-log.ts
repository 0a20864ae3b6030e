import { RecordBatch } from '@streamwright/protocol'
import type { PartitionLog } from './partition-log.ts'

const readBytesMax = 4 * 1024 * 1024

/** Calls back with every batch of a log from its start to its end, control batches included. For internal topics. */
export function readWholeLog(log: PartitionLog, visit: (batch: RecordBatch) => void): void {
  let offset = log.startOffset
  while (offset < log.highWatermark) {
    const { records } = log.read(offset, { maxBytes: readBytesMax })
    let next = offset
    for (const batch of RecordBatch.read(records)) {
      next = batch.nextOffset
      visit(batch)
    }
    if (next === offset) return
    offset = next
  }
}
