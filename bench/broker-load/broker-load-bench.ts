import { setTimeout as sleep } from 'node:timers/promises'
import { Admin } from '@streamwright/client'
import { brokerKinds, startBench } from '../bench-broker.ts'
import type { BenchBroker, BrokerKind } from '../bench-broker.ts'
import type { BrokerBenchOptions } from '../broker-bench.ts'
import { cpuSeconds } from '../process-figures.ts'
import { median, short } from '../statistics.ts'
import { javaLoad } from './java-load.ts'
import { librdkafkaLoad } from './librdkafka-load.ts'
import type { Load } from './load.ts'

const brokerCpus = '0'
const clientCpus = '1-3'
const roundsDefault = 3
/** Produced and consumed before anything is measured: compilers need it, on both sides. */
const warmUpRecords = 300_000
const settleMs = 1000

/** One row: what a program reaches against each broker, medians of the rounds. */
export interface BrokerLoadFigure {
  readonly load: string
  readonly operation: 'produce' | 'consume'
  readonly sizeBytes: number
  readonly acks: '1' | 'all' | undefined
  readonly partitions: number
  readonly brokers: Readonly<Record<string, Reached>>
}

/** Medians of one broker in one row. */
interface Reached {
  readonly recordsPerSecond: number
  readonly cpuSecondsPerGigabyte: number
  /** From the call of `send` to the acknowledgement, as the client tells it, where it does. */
  readonly p99Ms?: number
}

interface Cell {
  readonly load: Load
  readonly operation: 'produce' | 'consume'
  readonly sizeBytes: number
  readonly acks: '1' | 'all'
  readonly partitions: number
}

function cells(loads: readonly Load[]): readonly Cell[] {
  const all: Cell[] = []
  for (const load of loads)
    for (const partitions of [1, 12])
      for (const sizeBytes of [100, 1000]) {
        for (const acks of ['1', 'all'] as const) all.push({ load, operation: 'produce', sizeBytes, acks, partitions })
        all.push({ load, operation: 'consume', sizeBytes, acks: 'all', partitions })
      }
  return all
}

/** Throughput, CPU per gigabyte and latency of brokers under clients that are not ours; both brokers take turns. */
export async function brokerLoadBench(options: BrokerBenchOptions): Promise<BrokerLoadFigure[]> {
  const loads = [await librdkafkaLoad(), javaLoad()]
  const rounds = options.rounds ?? roundsDefault
  const figures: BrokerLoadFigure[] = []
  process.stdout.write('records/s, CPU seconds of the broker per GB, p99 in ms at half of the lower rate\n')
  for (const cell of cells(loads)) {
    const brokers: Record<string, Reached> = {}
    // A broker of its own for each row, so that no row meets the leftovers of another.
    for (const kind of options.brokers) brokers[kind] = await measure(kind, cell, options.records, rounds)
    await addLatencies(brokers, cell)
    const { load, operation, sizeBytes, acks, partitions } = cell
    const figure = {
      load: load.name,
      operation,
      sizeBytes,
      acks: operation === 'produce' ? acks : undefined,
      partitions,
      brokers,
    }
    figures.push(figure)
    process.stdout.write(`${lineOf(figure)}\n`)
  }
  return figures
}

async function measure(
  kind: BrokerKind,
  { load, operation, sizeBytes, acks, partitions }: Cell,
  records: number,
  rounds: number,
): Promise<Reached> {
  const broker = await startBench(kind, brokerCpus)
  const run = { bootstrapServers: broker.bootstrapServers, sizeBytes, acks, cpus: clientCpus }
  const rates: number[] = []
  const costs: number[] = []
  try {
    const count = sizeBytes > 100 ? Math.round(records / 2) : records
    await topic(broker, 'warm-up', partitions)
    await load.produce({ ...run, topic: 'warm-up', records: warmUpRecords })
    await load.consume({ ...run, topic: 'warm-up', records: warmUpRecords })
    if (operation === 'consume') {
      await topic(broker, 'filled', partitions)
      await load.produce({ ...run, topic: 'filled', records: count })
    }
    for (let round = 0; round < rounds; round++) {
      const name = operation === 'consume' ? 'filled' : `round-${round}`
      if (operation === 'produce') await topic(broker, name, partitions)
      await sleep(settleMs)
      const before = cpuSeconds(broker.pid)
      rates.push(await load[operation]({ ...run, topic: name, records: count }))
      costs.push((cpuSeconds(broker.pid) - before) / ((count * sizeBytes) / 1e9))
    }
    return { recordsPerSecond: median(rates), cpuSecondsPerGigabyte: median(costs) }
  } finally {
    await broker.stop()
  }
}

/** At one rate for all brokers, half of what the slowest of them takes: else the faster one would be asked for more. */
async function addLatencies(brokers: Record<string, Reached>, { load, sizeBytes, acks, ...cell }: Cell): Promise<void> {
  if (cell.operation === 'consume' || load.latencyAt === undefined) return
  const rate = Math.min(...Object.values(brokers).map(({ recordsPerSecond }) => recordsPerSecond)) / 2
  for (const kind of brokerKinds) {
    const reached = brokers[kind]
    if (reached === undefined) continue
    const broker = await startBench(kind, brokerCpus)
    const run = { bootstrapServers: broker.bootstrapServers, sizeBytes, acks, cpus: clientCpus }
    try {
      await topic(broker, 'warm-up', cell.partitions)
      await load.produce({ ...run, topic: 'warm-up', records: warmUpRecords })
      await topic(broker, 'latency', cell.partitions)
      const p99Ms = await load.latencyAt({ ...run, topic: 'latency', records: Number.MAX_SAFE_INTEGER }, rate)
      brokers[kind] = { ...reached, p99Ms }
    } finally {
      await broker.stop()
    }
  }
}

async function topic(broker: BenchBroker, name: string, partitions: number): Promise<void> {
  const admin = new Admin({ bootstrapServers: broker.bootstrapServers })
  await admin.createTopics([{ name, partitions, replicationFactor: 1 }])
  await admin.close()
}

function lineOf(figure: BrokerLoadFigure): string {
  const { load, operation, sizeBytes, acks, partitions, brokers } = figure
  const what = `${load} ${operation} ${sizeBytes} B${acks === undefined ? '' : ` acks=${acks}`}, ${partitions} partitions`
  const shown = Object.entries(brokers).map(
    ([kind, { recordsPerSecond, cpuSecondsPerGigabyte, p99Ms }]) =>
      `${kind} ${short(recordsPerSecond)}, ${cpuSecondsPerGigabyte.toFixed(2)}${p99Ms === undefined ? '' : `, ${p99Ms}`}`,
  )
  return `${what.padEnd(52)} ${shown.join('   ')}`
}
