import { Admin } from '@streamwright/client'
import { startBench } from './bench-broker.ts'
import type { BenchBroker, BrokerKind } from './bench-broker.ts'
import { clients, installPeers, isOurs, runClient, titleOf } from './client-process.ts'
import type { Client, ClientResult, Operation } from './client-process.ts'
import { cpuSeconds } from './process-figures.ts'
import { median, short } from './statistics.ts'

/** Two cores, so that a row measures the client: collecting garbage and syncing files need not wait for requests. */
const brokerCpus = '0,2'
const clientCpus = '1'
const operations: readonly Operation[] = ['produce', 'consume']
const roundsDefault = 3
const sizesBytes = [100, 1024]
/** Records of 1 KB are fewer, so that all sizes take about as long. */
const largeFromBytes = 500
const largeShare = 1 / 2
const batchRecords = 1000
/** What is consumed, in terms of what is produced: consuming is faster, and runs should last about as long. */
const consumeFactor = 4

export interface ClientBenchOptions {
  readonly records: number
  readonly rounds: number | undefined
  readonly brokers: readonly BrokerKind[]
}

/** One row: what a client reached in an operation, medians of the rounds. */
export interface ClientFigure {
  readonly broker: BrokerKind
  readonly operation: Operation
  readonly sizeBytes: number
  readonly client: Client
  readonly recordsPerSecond: number
  readonly slowestRecordsPerSecond: number
  readonly fastestRecordsPerSecond: number
  readonly cpuSecondsPerMillion: number
  /** Of one core; the broker has two. Near 1, the row may measure our broker, which has one thread for requests. */
  readonly brokerBusy: number
}

interface Run extends ClientResult {
  readonly brokerCpuSeconds: number
}

/** Produces and consumes with each client in turn, several rounds, and prints medians and ratios. */
export async function clientBench(options: ClientBenchOptions): Promise<ClientFigure[]> {
  installPeers()
  const figures: ClientFigure[] = []
  for (const kind of options.brokers) {
    const broker = await startBench(kind, brokerCpus)
    try {
      for (const sizeBytes of sizesBytes) figures.push(...(await benchSize(kind, broker, sizeBytes, options)))
    } finally {
      await broker.stop()
    }
  }
  return figures
}

async function benchSize(
  kind: BrokerKind,
  broker: BenchBroker,
  sizeBytes: number,
  options: ClientBenchOptions,
): Promise<ClientFigure[]> {
  const { bootstrapServers } = broker
  const wanted = sizeBytes >= largeFromBytes ? options.records * largeShare : options.records
  const produced = Math.max(1, Math.round(wanted / batchRecords)) * batchRecords
  const records = { produce: produced, consume: produced * consumeFactor }
  const runs = new Map<string, Run[]>()
  const admin = new Admin({ bootstrapServers })
  // All consume the same topic. Writing it, and another before it, lets the broker's code get warm.
  const filled = `bench-${sizeBytes}`
  for (const topic of [`${filled}-warm`, filled]) {
    await admin.createTopics([{ name: topic, partitions: 1, replicationFactor: 1 }])
    const fill = { operation: 'produce', bootstrapServers, topic, records: records.consume, sizeBytes } as const
    await runClient('fields', fill, clientCpus)
  }
  await admin.deleteTopics([`${filled}-warm`])
  // The first member of a group makes the broker create the topic that groups are kept in.
  const first = { operation: 'consume', bootstrapServers, topic: filled, records: batchRecords, sizeBytes } as const
  for (const client of clients) await runClient(client, first, clientCpus)
  for (let round = 0; round < (options.rounds ?? roundsDefault); round++) {
    // Each begins a round in its turn.
    for (const client of [...clients.slice(round % clients.length), ...clients.slice(0, round % clients.length)]) {
      const own = `${filled}-${client}-${round}`
      await admin.createTopics([{ name: own, partitions: 1, replicationFactor: 1 }])
      for (const operation of operations) {
        const topic = operation === 'produce' ? own : filled
        const before = cpuSeconds(broker.pid)
        const run = { operation, bootstrapServers, topic, records: records[operation], sizeBytes }
        const result = await runClient(client, run, clientCpus)
        const list = runs.get(`${operation} ${client}`) ?? []
        list.push({ ...result, brokerCpuSeconds: cpuSeconds(broker.pid) - before })
        runs.set(`${operation} ${client}`, list)
      }
      await admin.deleteTopics([own])
    }
  }
  await admin.deleteTopics([filled])
  await admin.close()
  const figures = operations.flatMap((operation) =>
    clients.map((client) =>
      figureOf(
        { broker: kind, operation, sizeBytes, client },
        runs.get(`${operation} ${client}`) ?? [],
        records[operation],
      ),
    ),
  )
  print(figures)
  return figures
}

function figureOf(
  what: Pick<ClientFigure, 'broker' | 'operation' | 'sizeBytes' | 'client'>,
  runs: readonly Run[],
  records: number,
): ClientFigure {
  const seconds = runs.map((run) => run.seconds)
  return {
    ...what,
    recordsPerSecond: records / median(seconds),
    slowestRecordsPerSecond: records / Math.max(...seconds),
    fastestRecordsPerSecond: records / Math.min(...seconds),
    cpuSecondsPerMillion: (median(runs.map((run) => run.cpuSeconds)) / records) * 1e6,
    // What the broker did while the client connected counts too, so short runs can come out above 1.
    brokerBusy: median(runs.map((run) => run.brokerCpuSeconds / run.seconds)),
  }
}

function print(figures: readonly ClientFigure[]): void {
  for (const operation of operations) {
    const rows = figures.filter((figure) => figure.operation === operation)
    for (const figure of rows) process.stdout.write(`${lineOf(figure)}\n`)
    const peers = rows.filter(({ client }) => !isOurs(client))
    const fastest = Math.max(...peers.map(({ recordsPerSecond }) => recordsPerSecond))
    const cheapest = Math.min(...peers.map(({ cpuSecondsPerMillion }) => cpuSecondsPerMillion))
    for (const ours of rows) {
      if (!isOurs(ours.client)) continue
      const ratio = (ours.recordsPerSecond / fastest).toFixed(1)
      const cpuRatio = (cheapest / ours.cpuSecondsPerMillion).toFixed(1)
      const name = titleOf(ours.client)
      process.stdout.write(
        `  ${name} / the faster peer: ${ratio} in records/s, ${cpuRatio} in records per CPU second\n`,
      )
    }
  }
}

function lineOf(figure: ClientFigure): string {
  const { recordsPerSecond, sizeBytes } = figure
  const range = `${short(figure.slowestRecordsPerSecond)} to ${short(figure.fastestRecordsPerSecond)}`
  return [
    figure.broker.padEnd(9),
    figure.operation.padEnd(8),
    `${sizeBytes} B`.padStart(7),
    titleOf(figure.client).padEnd(27),
    `${short(recordsPerSecond).padStart(7)}/s (${range})`.padEnd(30),
    `${((recordsPerSecond * sizeBytes) / 1e6).toFixed(0).padStart(4)} MB/s`,
    `${figure.cpuSecondsPerMillion.toFixed(2).padStart(6)} CPU s/M`,
    `broker ${(figure.brokerBusy * 100).toFixed(0)} % busy`,
  ].join(' ')
}
