/**
 * `npm run test:kafka-client -- [--kafka VERSION] [--nodes N] [--suite NAME,…]`: the client's integration tests, which
 * `npm test` runs on our broker, on Apache Kafka of any version that Maven Central has (default 4.3.0), on one node or
 * several. Needs a JDK and Maven.
 */
import { parseArgs } from 'node:util'
import { startKafkaCluster } from './apache-kafka/cluster.ts'
import { installKafka, kafkaVersion } from './apache-kafka/installation.ts'
import { clientSuites, quickGroupsOf } from './kafka-checks/client-suites.ts'

const { values } = parseArgs({
  options: {
    kafka: { type: 'string', default: kafkaVersion },
    nodes: { type: 'string', default: '1' },
    suite: { type: 'string' },
  },
})
const kafka = installKafka(values.kafka)
const cluster = await startKafkaCluster(kafka, Number(values.nodes), quickGroupsOf(values.kafka))
process.stdout.write(`Apache Kafka ${kafka.version}, nodes: ${cluster.nodes.length}\n`)
try {
  await clientSuites(cluster.bootstrapServers, values.suite)
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await cluster.stop()
}
