import { clientChannels } from '@streamwright/client'
import type { ProduceEvent, Producer } from '@streamwright/client'
import type { Clock } from '@streamwright/std'
import { ClientMeasures, named, Sample } from './client-measures.ts'
import type { MetricValues } from './metrics-table.ts'

/** The metrics of a producer that writes to one topic. Listens from when it is made until it is disposed of. */
export class ProducerMeasures implements Disposable {
  readonly #producer: Producer
  readonly #topic: string
  readonly #client: ClientMeasures
  readonly #unsubscribe: () => void
  readonly #batchBytes = new Sample()
  #sentRecords = 0

  constructor(producer: Producer, topic: string, clock: Clock) {
    this.#producer = producer
    this.#topic = topic
    this.#client = new ClientMeasures(producer.settings, clock)
    this.#unsubscribe = clientChannels.produce.subscribe((event) => this.#produced(event))
  }

  metrics(): MetricValues {
    const { clientId, bufferMemory } = this.#producer.settings
    const { splits, failedRecords, records, bytes, bufferedBytes } = this.#producer.metrics
    const client = this.#client
    const produced = client.latency('Produce')
    const outcome = {
      ...client.counted('record-error', failedRecords),
      ...client.counted('record-send', records),
    }
    const tags = { 'client-id': clientId }
    const values = [
      ...named('app-info', tags, { 'start-time-ms': String(client.startWallMs) }),
      ...named('producer-metrics', tags, {
        ...client.metrics(),
        ...outcome,
        ...client.counted('batch-split', splits),
        'batch-size-avg': this.#batchBytes.average,
        'batch-size-max': this.#batchBytes.largest,
        'buffer-available-bytes': Math.max(bufferMemory - bufferedBytes, 0),
        'buffer-total-bytes': bufferMemory,
        'records-per-request-avg': this.#sentRecords / produced.count,
        'request-latency-avg': produced.average,
        'request-latency-max': produced.largest,
      }),
      ...named(
        'producer-topic-metrics',
        { ...tags, topic: this.#topic },
        { ...outcome, ...client.counted('byte', bytes) },
      ),
    ]
    return new Map([...values, ...named('kafka-metrics-count', tags, { count: values.length + 1 })])
  }

  [Symbol.dispose](): void {
    this.#unsubscribe()
    this.#client[Symbol.dispose]()
  }

  #produced({ clientId, bytes, records }: ProduceEvent): void {
    if (clientId !== this.#producer.settings.clientId) return
    this.#batchBytes.add(bytes)
    this.#sentRecords += records
  }
}
