import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin } from '@streamwright/client'
import { startBench } from './bench-broker.ts'
import type { BenchBroker, BrokerKind } from './bench-broker.ts'
import { runClient } from './client-process.ts'
import type { Operation } from './client-process.ts'
import { cpuSeconds } from './process-figures.ts'
import { median } from './statistics.ts'

const roundsDefault = 5
const idleMs = 3000
const brokerCpus = '0'
const clientCpus = '1'
const sizeBytes = 1024
/** 256 MB a run at the default of a million. */
const recordShare = 1 / 4
const ticksPerSecond = 100

export interface BrokerBenchOptions {
  readonly records: number
  readonly rounds: number | undefined
  readonly brokers: readonly BrokerKind[]
}

/** What a broker costs, medians of the rounds. */
export interface BrokerFigure {
  readonly broker: BrokerKind
  /** From the start of the process to its first answer to ApiVersions; good to 10 ms, for Apache Kafka to 60. */
  readonly startMs: number
  /** Resident, some seconds after the start, before anybody used it. */
  readonly idleMegabytes: number
  readonly ingestCpuMsPerMegabyte: number
  readonly serveCpuMsPerMegabyte: number
}

/** Start to the first answer and memory when idle, not pinned; then CPU under the load of our client, pinned. */
export async function brokerBench(options: BrokerBenchOptions): Promise<BrokerFigure[]> {
  const rounds = options.rounds ?? roundsDefault
  const figures: BrokerFigure[] = []
  for (const broker of options.brokers) {
    const starts: number[] = []
    const idle: number[] = []
    for (let round = 0; round < rounds; round++) {
      const started = await startBench(broker)
      try {
        starts.push('startMs' in started ? Number(started.startMs) : processAgeMs(started.pid))
        await sleep(idleMs)
        idle.push(residentMegabytes(started.pid))
      } finally {
        await started.stop()
      }
    }
    const load = await cpuUnderLoad(broker, options.records, rounds)
    const figure = { broker, startMs: median(starts), idleMegabytes: median(idle), ...load }
    figures.push(figure)
    print(figure)
  }
  return figures
}

async function cpuUnderLoad(
  kind: BrokerKind,
  records: number,
  rounds: number,
): Promise<Pick<BrokerFigure, 'ingestCpuMsPerMegabyte' | 'serveCpuMsPerMegabyte'>> {
  const broker = await startBench(kind, brokerCpus)
  const spent: Record<Operation, number[]> = { produce: [], consume: [] }
  try {
    const admin = new Admin({ bootstrapServers: broker.bootstrapServers })
    for (let round = 0; round < rounds; round++) {
      const topic = `bench-${round}`
      await admin.createTopics([{ name: topic, partitions: 1, replicationFactor: 1 }])
      const share = Math.max(1, Math.round(records * recordShare))
      for (const operation of ['produce', 'consume'] as const)
        spent[operation].push(await cpuMsPerMegabyte(broker, operation, topic, share))
      await admin.deleteTopics([topic])
    }
    await admin.close()
  } finally {
    await broker.stop()
  }
  return { ingestCpuMsPerMegabyte: median(spent.produce), serveCpuMsPerMegabyte: median(spent.consume) }
}

async function cpuMsPerMegabyte(
  broker: BenchBroker,
  operation: Operation,
  topic: string,
  records: number,
): Promise<number> {
  const { bootstrapServers, pid } = broker
  const before = cpuSeconds(pid)
  await runClient('fields', { operation, bootstrapServers, topic, records, sizeBytes }, clientCpus)
  return ((cpuSeconds(pid) - before) * 1000) / ((records * sizeBytes) / 1e6)
}

function print(figure: BrokerFigure): void {
  const { broker, startMs, idleMegabytes, ingestCpuMsPerMegabyte, serveCpuMsPerMegabyte } = figure
  process.stdout.write(
    `${broker.padEnd(9)} start to the first answer ${startMs.toFixed(0)} ms, idle ${idleMegabytes.toFixed(0)} MB, ` +
      `CPU ms per MB: ${ingestCpuMsPerMegabyte.toFixed(2)} ingested, ${serveCpuMsPerMegabyte.toFixed(2)} served\n`,
  )
}

/** By the system's clock, for a process whose start this program did not see. */
function processAgeMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const startedTicks = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19])
  const upSeconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  return (upSeconds - startedTicks / ticksPerSecond) * 1000
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
}
