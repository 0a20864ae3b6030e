import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker } from '@streamwright/broker'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'
import { JavaTools } from '../admin-tools/java-tools.ts'
import type { CheckList } from '../check-list.ts'
import { copiersShareGroup } from './copiers.ts'
import { consumes, measuresLatency, producesInTransactions, producesWithEachCodec } from './performance.ts'
import { verifiesGroup } from './verifiable.ts'

const count = 50_000

/**
 * Java's tools that make load, on our broker: all that they sent is there, and all of it is read. `quick` leaves out the
 * copiers by the classic protocol, of which `java-on-our-broker.ts` has one.
 */
export async function javaLoad(
  list: CheckList,
  kafka: KafkaInstallation,
  classes: string,
  { quick }: { quick: boolean },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-java-load-'))
  const broker = await startBroker({
    host: '127.0.0.1',
    port: 0,
    dataDirectory: folder,
    settings: {
      'group.min.session.timeout.ms': 1_000,
      'group.consumer.min.session.timeout.ms': 1_000,
      'group.consumer.session.timeout.ms': 4_000,
      'group.consumer.min.heartbeat.interval.ms': 200,
      'group.consumer.heartbeat.interval.ms': 300,
    },
  })
  const { bootstrapServers } = broker
  const tools = await JavaTools.start(kafka, classes)
  const bench = { bootstrapServers, dataDirectory: folder, tools }
  try {
    await list.check("Java's producer-perf-test, with each codec and idempotent, on our broker", () =>
      producesWithEachCodec(bench, count),
    )
    await list.check("Java's producer-perf-test with transactions, on our broker", () => producesInTransactions(bench))
    await list.check("Java's consumer-perf-test reads all of it", () => consumes(bench, count))
    await list.check("Java's end-to-end latency tool, on our broker", () => measuresLatency(bench))
    for (const protocol of ['classic', 'consumer'] as const) {
      await list.check(`kafka-verifiable-producer and -consumer, one of two killed, by the ${protocol} protocol`, () =>
        verifiesGroup(kafka, bootstrapServers, protocol),
      )
      if (quick && protocol === 'classic') continue
      await list.check(`two transactional copiers, killed time after time, by the ${protocol} protocol`, () =>
        copiersShareGroup(kafka, classes, bootstrapServers, protocol),
      )
    }
  } finally {
    await tools.close()
    await broker.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
