import { installKafka } from '../../tools/apache-kafka/installation.ts'
import { lastNumber, outputOf } from './load.ts'
import type { Load, LoadRun } from './load.ts'

/** Kafka's own `kafka-producer-perf-test` and `kafka-consumer-perf-test`. */
export function javaLoad(): Load {
  const kafka = installKafka()
  const java = (mainClass: string): [string, ...string[]] => [
    'java',
    ...kafka.javaArguments(`org.apache.kafka.tools.${mainClass}`),
  ]
  const produce = (run: LoadRun, records: number, throughput: number): Promise<string> =>
    outputOf(run.cpus, [
      ...java('ProducerPerformance'),
      ...['--topic', run.topic, '--num-records', String(records), '--record-size', String(run.sizeBytes)],
      ...['--throughput', String(throughput), '--bootstrap-server', run.bootstrapServers],
      ...['--command-property', `acks=${run.acks}`, ...(run.acks === '1' ? ['enable.idempotence=false'] : [])],
    ])
  return {
    name: 'Java',
    produce: async (run) => lastNumber(await produce(run, run.records, -1), /records sent, ([\d.]+) records\/sec/g),
    async consume(run) {
      const output = await outputOf(run.cpus, [
        ...java('ConsumerPerformance'),
        ...['--bootstrap-server', run.bootstrapServers, '--topic', run.topic],
        ...['--num-records', String(run.records), '--timeout', '60000'],
      ])
      return Number(output.trim().split('\n').at(-1)?.split(', ').at(-1))
    },
    async latencyAt(run, recordsPerSecond) {
      const records = Math.min(run.records, Math.round(recordsPerSecond * latencySeconds))
      return lastNumber(await produce(run, records, Math.round(recordsPerSecond)), /(\d+) ms 99th/g)
    },
  }
}

const latencySeconds = 10
