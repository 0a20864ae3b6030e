import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startKafkaBroker } from '../tools/apache-kafka/broker.ts'
import { installKafka } from '../tools/apache-kafka/installation.ts'
import { startBrokerProcess } from './broker-process.ts'
import { median } from './statistics.ts'

const idleMs = 3000

/** What a broker costs before anybody uses it. */
export interface BrokerFigure {
  readonly broker: string
  readonly startMs: number | undefined
  readonly idleMegabytes: number
}

/** Start to the first answer, and memory when idle; beside Apache Kafka, whose start contains formatting its storage. */
export async function brokerBench(options: {
  readonly rounds: number
  readonly brokers: readonly ('embedded' | 'kafka')[]
}): Promise<BrokerFigure[]> {
  const figures: BrokerFigure[] = []
  if (options.brokers.includes('embedded')) {
    const starts: number[] = []
    const idle: number[] = []
    for (let round = 0; round < options.rounds; round++) {
      const broker = await startBrokerProcess()
      starts.push(broker.startMs)
      await sleep(idleMs)
      idle.push(residentMegabytes(broker.pid))
      await broker.stop()
    }
    figures.push({ broker: 'embedded', startMs: median(starts), idleMegabytes: median(idle) })
  }
  if (options.brokers.includes('kafka')) {
    const broker = await startKafkaBroker(installKafka(), { heap: '1g' })
    await sleep(idleMs)
    figures.push({ broker: 'kafka', startMs: undefined, idleMegabytes: residentMegabytes(broker.pid) })
    await broker.stop()
  }
  for (const { broker, startMs, idleMegabytes } of figures) {
    const start = startMs === undefined ? '' : `start to first answer ${startMs.toFixed(0)} ms, `
    process.stdout.write(`${broker.padEnd(9)} ${start}idle ${idleMegabytes.toFixed(0)} MB\n`)
  }
  return figures
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
}
