import { once } from 'node:events'
import { connect } from 'node:net'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { startKafkaBroker } from '../../apache-kafka/broker.ts'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { Side } from './side.ts'

/** Our broker and Apache Kafka with the same settings. */
export interface TwoBrokers {
  readonly ours: Side
  readonly kafka: Side
  stop(): Promise<void>
}

const settings: Readonly<Record<string, string>> = {
  'offsets.topic.num.partitions': '3',
  'transaction.state.log.num.partitions': '3',
  'group.initial.rebalance.delay.ms': '0',
  'log.retention.ms': '-1',
  'log.cleaner.enable': 'false',
  'group.consumer.min.assignment.interval.ms': '0',
  'group.consumer.assignment.interval.ms': '0',
}

/** Starts both. */
export async function startTwoBrokers(installation: KafkaInstallation): Promise<TwoBrokers> {
  const kafka = await startKafkaBroker(installation, { settings, heap: '1g' })
  const broker: Broker = await startBroker({
    listen: false,
    inMemory: true,
    settings: { ...settings, 'replication.factor.lenient': 'false' },
  })
  const port = Number(kafka.bootstrapServers.split(':')[1])
  const ours = new Side(() => Promise.resolve(broker.connect()))
  const theirs = new Side(async () => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    await once(socket, 'connect')
    return socket
  })
  return {
    ours,
    kafka: theirs,
    async stop() {
      ours.close()
      theirs.close()
      await broker.close()
      await kafka.stop()
    },
  }
}
