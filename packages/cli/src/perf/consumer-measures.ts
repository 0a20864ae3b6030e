import { clientChannels } from '@streamwright/client'
import type { CommitEvent, Consumer, FetchEvent, RebalanceEvent } from '@streamwright/client'
import type { Clock } from '@streamwright/std'
import { ClientMeasures, named, Sample } from './client-measures.ts'
import type { MetricValues } from './metrics-table.ts'

/** Who is measured. */
export interface MeasuredClient {
  readonly clientId: string
  readonly groupId: string
  readonly securityProtocol: string
}

/** The metrics of a consumer in a group. Listens from when it is made until it is disposed of. */
export class ConsumerMeasures implements Disposable {
  readonly #owner: MeasuredClient
  readonly #client: ClientMeasures
  readonly #unsubscribe: readonly (() => void)[]
  readonly #commits = new Sample()
  readonly #fetchedBytes = new Sample()
  #rebalances = 0

  constructor(owner: MeasuredClient, clock: Clock) {
    this.#owner = owner
    this.#client = new ClientMeasures(owner, clock)
    this.#unsubscribe = [
      clientChannels.fetch.subscribe((event) => this.#fetched(event)),
      clientChannels.commit.subscribe((event) => this.#committed(event)),
      clientChannels.rebalance.subscribe((event) => this.#rebalanced(event)),
    ]
  }

  /** `records` and `bytes` are what was consumed: the application counts them. */
  metrics(consumer: Consumer, records: number, bytes: number): MetricValues {
    const client = this.#client
    const fetches = client.latency('Fetch')
    const syncs = client.latency('SyncGroup')
    const heartbeats = client.latency('Heartbeat', 'ConsumerGroupHeartbeat')
    const tags = { 'client-id': this.#owner.clientId }
    const values = [
      ...named('app-info', tags, { 'start-time-ms': String(client.startWallMs) }),
      ...named('consumer-metrics', tags, client.metrics()),
      ...named('consumer-coordinator-metrics', tags, {
        'assigned-partitions': consumer.assignment().length,
        'commit-latency-avg': this.#commits.average,
        'commit-latency-max': this.#commits.largest,
        ...client.counted('commit', this.#commits.count),
        ...client.counted('heartbeat', heartbeats.count),
        'heartbeat-response-time-max': heartbeats.largest,
        'rebalance-total': this.#rebalances,
        ...client.counted('sync', syncs.count),
        'sync-time-avg': syncs.average,
        'sync-time-max': syncs.largest,
      }),
      ...named('consumer-fetch-manager-metrics', tags, {
        ...client.counted('bytes-consumed', bytes),
        'fetch-latency-avg': fetches.average,
        'fetch-latency-max': fetches.largest,
        ...client.counted('fetch', fetches.count),
        'fetch-size-avg': this.#fetchedBytes.sum / fetches.count,
        'fetch-size-max': this.#fetchedBytes.largest,
        ...client.counted('records-consumed', records),
        'records-per-request-avg': records / fetches.count,
      }),
    ]
    return new Map([...values, ...named('kafka-metrics-count', tags, { count: values.length + 1 })])
  }

  [Symbol.dispose](): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#client[Symbol.dispose]()
  }

  #fetched({ clientId, bytes }: FetchEvent): void {
    if (clientId === this.#owner.clientId) this.#fetchedBytes.add(bytes)
  }

  #committed({ groupId, durationMs }: CommitEvent): void {
    if (groupId === this.#owner.groupId) this.#commits.add(durationMs)
  }

  #rebalanced({ groupId, kind }: RebalanceEvent): void {
    if (groupId === this.#owner.groupId && kind === 'assigned') this.#rebalances += 1
  }
}
