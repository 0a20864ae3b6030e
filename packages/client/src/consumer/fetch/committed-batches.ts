import { controlTypeOf } from '@streamwright/protocol'
import type { RecordBatch } from '@streamwright/protocol'

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
}

/**
 * The batches that a reader of committed data sees. A transaction that was aborted reaches from its first offset to
 * its producer's next abort marker; the same producer may abort several times in one response, and a response may end
 * before the marker. So the set of producers inside an aborted transaction is kept over the whole response, and markers
 * end what the list began. Java: `CompletedFetch.nextFetchedRecord`.
 */
export function* committedBatches(
  batches: readonly RecordBatch[],
  aborted: readonly AbortedTransaction[],
): Generator<{ readonly batch: RecordBatch; readonly isVisible: boolean }> {
  const pending = aborted.toSorted((left, right) => left.firstOffset - right.firstOffset)
  const insideAborted = new Set<number>()
  let next = 0
  for (const batch of batches) {
    for (
      let first = pending[next];
      first !== undefined && first.firstOffset <= batch.lastOffset;
      first = pending[++next]
    ) {
      insideAborted.add(first.producerId)
    }
    if (batch.isControl) {
      if (isAbortMarker(batch)) insideAborted.delete(batch.producerId)
      yield { batch, isVisible: false }
    } else yield { batch, isVisible: !(batch.isTransactional && insideAborted.has(batch.producerId)) }
  }
}

function isAbortMarker(batch: RecordBatch): boolean {
  const cursor = batch.records()
  return cursor.next() && controlTypeOf(cursor.key()) === 'abort'
}
