import type { ProducerMetrics } from '@streamwright/client'
import { MetricGroup } from './metric-group.ts'
import type { Metric } from './metric.ts'

/** What a stream thread's producer counts, as far as Kafka has a name for it. */
export function producerMetrics(clientId: string, metrics: ProducerMetrics): Metric[] {
  return new MetricGroup('producer-metrics', { 'client-id': clientId }, 0)
    .add('record-send-total', 'The number of records sent', metrics.records)
    .add('record-error-total', 'The number of records that could not be sent', metrics.failedRecords)
    .add('batch-split-total', 'The number of batches that were too large and went in parts', metrics.splits)
    .add('outgoing-byte-total', 'The number of bytes of batches sent', metrics.bytes).metrics
}
