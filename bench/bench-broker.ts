import { startKafkaBroker } from '../tools/apache-kafka/broker.ts'
import { installKafka } from '../tools/apache-kafka/installation.ts'
import { startBrokerProcess } from './broker-process.ts'

/** Ours, or Apache Kafka. */
export const brokerKinds = ['embedded', 'kafka'] as const
export type BrokerKind = (typeof brokerKinds)[number]

export interface BenchBroker {
  readonly bootstrapServers: string
  readonly pid: number
  stop(): Promise<void>
}

const kafkaHeap = '1g'

/** A broker in a process and a temporary directory of its own, on the given cores where the system can pin it. */
export function startBench(kind: BrokerKind, cpus?: string): Promise<BenchBroker> {
  if (kind === 'embedded') return startBrokerProcess(cpus)
  return startKafkaBroker(installKafka(), { heap: kafkaHeap, ...(cpus === undefined ? {} : { cpus }) })
}
