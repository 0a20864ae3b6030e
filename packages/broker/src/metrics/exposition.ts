import { ErrorCode } from '@streamwright/protocol'
import { metricPartitionsMax } from '../limits.ts'
import type { GroupCoordinator } from '../groups/group-coordinator.ts'
import { Group } from '../groups/group.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { ServerFigures } from '../server/server.ts'
import type { BrokerServices } from '../services.ts'
import type { TransactionCoordinator } from '../transactions/transaction-coordinator.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import { MetricsText } from './metrics-text.ts'
import type { ProcessMetrics } from './process-metrics.ts'
import type { ApiCounters } from './request-metrics.ts'
import type { TopicCounters } from './topic-metrics.ts'

/** What is looked at when somebody asks for the metrics. */
export interface MetricSources {
  readonly metrics: BrokerMetrics
  readonly process: ProcessMetrics
  readonly services: Omit<BrokerServices, 'groups' | 'transactions' | 'loadedTransactions' | 'controllerListeners'>
  readonly server: () => ServerFigures
  /** Undefined: there has been no group, no transaction yet. */
  readonly groups: () => GroupCoordinator | undefined
  readonly transactions: () => TransactionCoordinator | undefined
}

/** Whose answers this broker's are. */
const kafkaVersion = '4.3.0'

/** All metrics of a broker in Prometheus' text format. */
export function expose(sources: MetricSources): string {
  const text = new MetricsText()
  writeBroker(text, sources)
  writeTopics(text, sources.metrics.topics.all())
  writeRequests(text, sources.metrics)
  writeServer(text, sources)
  writeLogs(text, [...sources.services.logs.all()])
  writeGroups(text, sources.groups())
  writeTransactions(text, sources.transactions())
  sources.process.write(text)
  return text.toString()
}

function writeBroker(text: MetricsText, { metrics, services }: MetricSources): void {
  const { clusterId, nodeId } = services
  text
    .family('kafka_server_app_info', 'gauge', 'What runs here; always 1.')
    .sample(1, { version: kafkaVersion, cluster_id: clusterId, broker_id: nodeId, software: 'streamwright' })
  text.family('kafka_server_uptime_seconds', 'gauge', 'Since the broker was started.').sample(metrics.uptimeSeconds)
}

const topicFamilies: readonly (readonly [name: string, field: keyof TopicCounters, help: string])[] = [
  ['messagesin', 'messagesIn', 'Records appended.'],
  ['bytesin', 'bytesIn', 'Bytes of record batches appended.'],
  ['bytesout', 'bytesOut', 'Bytes of record batches fetched.'],
  ['totalproducerequests', 'produceRequests', 'Partitions that produce requests were about.'],
  ['totalfetchrequests', 'fetchRequests', 'Partitions that answers to fetch requests were about.'],
  ['failedproducerequests', 'failedProduceRequests', 'Of the partitions in produce requests, those refused.'],
  ['failedfetchrequests', 'failedFetchRequests', 'Of the partitions in fetch requests, those refused.'],
]

function writeTopics(text: MetricsText, topics: ReadonlyMap<string, TopicCounters>): void {
  for (const [name, field, help] of topicFamilies) {
    text.family(`kafka_server_brokertopicmetrics_${name}_total`, 'counter', help)
    for (const [topic, counters] of topics) text.sample(counters[field], { topic })
  }
}

const errorNames: ReadonlyMap<number, string> = new Map(Object.entries(ErrorCode).map(([name, code]) => [code, name]))

function writeRequests(text: MetricsText, { requests }: BrokerMetrics): void {
  const apis = [...requests.all()]
  const name = (suffix: string): string => `kafka_network_requestmetrics_${suffix}`
  text.family(name('requests_total'), 'counter', 'Requests answered, by API and version.')
  for (const api of apis) {
    for (const [version, count] of api.requests.entries()) {
      if (count > 0) text.sample(count, { request: api.name, version })
    }
  }
  text.family(name('errors_total'), 'counter', 'Error codes in answers; NONE: answers without any.')
  for (const api of apis) {
    for (const [code, count] of api.errors) {
      text.sample(count, { request: api.name, error: errorNames.get(code) ?? code })
    }
  }
  const eachApi = (suffix: string, help: string, valueOf: (api: ApiCounters) => number): void => {
    text.family(name(suffix), 'counter', help)
    for (const api of apis) text.sample(valueOf(api), { request: api.name })
  }
  eachApi('requestbytes_total', 'Bytes of requests.', (api) => api.requestBytes)
  eachApi('responsebytes_total', 'Bytes of answers.', (api) => api.responseBytes)
  eachApi(
    'throttled_total',
    'Requests whose client was told to wait, because it is above a quota.',
    (api) => api.throttled,
  )
  eachApi('throttletime_seconds_total', 'For how long they were told to wait.', (api) => api.throttleMs / 1000)
  text.family(name('totaltime_seconds'), 'histogram', 'From a request to its answer, a parked fetch included.')
  for (const api of apis) text.histogram(api.latency, { request: api.name })
  text
    .family('kafka_network_malformed_requests_total', 'counter', 'Frames that were no request that is served.')
    .sample(requests.malformed)
}

function writeServer(text: MetricsText, { services, server }: MetricSources): void {
  const { connections, acceptedConnections, refusedConnections, heldBytes, limitBytes } = server()
  text.family('kafka_network_connections', 'gauge', 'Connections that are open.').sample(connections)
  text
    .family('kafka_network_connections_accepted_total', 'counter', 'Connections since the start.')
    .sample(acceptedConnections)
  text
    .family('kafka_network_connections_refused_total', 'counter', 'Connections closed at once, for being too many.')
    .sample(refusedConnections)
  text
    .family('kafka_network_memory_held_bytes', 'gauge', 'Held by connections: requests, and answers that wait.')
    .sample(heldBytes)
  text
    .family('kafka_network_memory_limit_bytes', 'gauge', 'What they may hold; see queued.max.request.bytes.')
    .sample(limitBytes)
  text
    .family('kafka_server_delayedoperationpurgatory_purgatorysize', 'gauge', 'Requests that wait for something.')
    .sample(services.parkedRequests.count, { delayedoperation: 'Fetch' })
  text
    .family('kafka_server_fetchsessioncache_numincrementalfetchsessions', 'gauge', 'Incremental fetch sessions.')
    .sample(services.fetchSessions.count)
}

const logFamilies: readonly (readonly [name: string, help: string, valueOf: (log: PartitionLog) => number])[] = [
  ['size', 'Bytes of all segments.', (log) => log.sizeInBytes],
  ['logstartoffset', 'The first offset that can be read.', (log) => log.startOffset],
  ['logendoffset', 'The offset of the next record.', (log) => log.endOffset],
  ['numlogsegments', 'Segments.', (log) => log.segmentCount],
]

function writeLogs(text: MetricsText, logs: readonly PartitionLog[]): void {
  let producerIds = 0
  let offline = 0
  let bytes = 0
  for (const log of logs) {
    producerIds += log.producerCount
    bytes += log.sizeInBytes
    if (log.failure !== undefined) offline += 1
  }
  const gauge = (name: string, help: string, value: number): void => void text.family(name, 'gauge', help).sample(value)
  gauge('kafka_server_replicamanager_partitioncount', 'Partitions that have a log.', logs.length)
  gauge('kafka_server_replicamanager_offlinereplicacount', 'Partitions that cannot be written.', offline)
  gauge('kafka_server_replicamanager_produceridcount', 'Producers that partitions remember.', producerIds)
  gauge('kafka_log_logs_bytes', 'Bytes of all logs.', bytes)
  const told = logs.slice(0, metricPartitionsMax)
  gauge(
    'kafka_log_partitions_left_out',
    `Partitions without series of their own: the first ${metricPartitionsMax} have them.`,
    logs.length - told.length,
  )
  for (const [name, help, valueOf] of logFamilies) {
    text.family(`kafka_log_log_${name}`, 'gauge', help)
    for (const log of told) text.sample(valueOf(log), { topic: log.topic, partition: log.partition })
  }
}

const groupStates: readonly (readonly [protocol: string, states: readonly string[]])[] = [
  ['classic', ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead']],
  ['consumer', ['Empty', 'Assigning', 'Reconciling', 'Stable']],
]

function writeGroups(text: MetricsText, coordinator: GroupCoordinator | undefined): void {
  const counts = new Map<string, number>()
  let members = 0
  for (const group of coordinator?.all() ?? []) {
    const key = `${group instanceof Group ? 'classic' : 'consumer'}/${group.state}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    members += group.size
  }
  text.family('kafka_server_group_coordinator_metrics_group_count', 'gauge', 'Groups, by protocol and state.')
  for (const [protocol, states] of groupStates) {
    for (const state of states) text.sample(counts.get(`${protocol}/${state}`) ?? 0, { protocol, state })
  }
  text.family('kafka_server_group_coordinator_metrics_member_count', 'gauge', 'Members of all groups.').sample(members)
}

const transactionStates = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
] as const

function writeTransactions(text: MetricsText, coordinator: TransactionCoordinator | undefined): void {
  const counts = new Map<string, number>()
  for (const { state } of coordinator?.all() ?? []) counts.set(state, (counts.get(state) ?? 0) + 1)
  text.family(
    'kafka_server_transaction_coordinator_metrics_transaction_count',
    'gauge',
    'Transactional ids, by state; Ongoing: open transactions.',
  )
  for (const state of transactionStates) text.sample(counts.get(state) ?? 0, { state })
}
