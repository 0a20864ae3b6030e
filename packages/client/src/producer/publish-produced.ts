import type { Environment } from '@streamwright/std'
import { clientChannels } from '../diagnostics.ts'
import type { ProducerBatch } from './producer-batch.ts'

/** Tells whoever listens on the channel what became of a batch. */
export function publishProduced(
  clientId: string,
  { clock }: Environment,
  { builder, createdAtMs, queue, recordCount: records }: ProducerBatch,
  error: Error | null,
  baseOffset: number,
): void {
  if (!clientChannels.produce.hasSubscribers) return
  const { topic, partition } = queue
  const durationMs = clock.monotonicMs() - createdAtMs
  const bytes = builder.sizeInBytes
  clientChannels.produce.publish({
    clientId,
    topic,
    partition,
    records,
    bytes,
    baseOffset,
    durationMs,
    error: error ?? undefined,
  })
}
