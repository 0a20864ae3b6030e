import { describe } from 'node:test'
import { adminSuite } from './admin-suite.ts'
import { consumerGroupSuite } from './consumer-group-suite.ts'
import { consumerSuite } from './consumer-suite.ts'
import { producerSuite } from './producer-suite.ts'
import { transactionSuite } from './transaction-suite.ts'

/** The suites against a broker that runs already: `npm run test:kafka` starts Apache Kafka and names it here. */
const bootstrapServers = process.env['STREAMWRIGHT_BOOTSTRAP_SERVERS']
if (bootstrapServers === undefined) throw new Error('Set STREAMWRIGHT_BOOTSTRAP_SERVERS to host:port of a broker')

describe(`against ${bootstrapServers}`, () => {
  const servers = (): string => bootstrapServers
  transactionSuite(servers)
  if (process.env['STREAMWRIGHT_SUITE'] === 'transactions') return
  producerSuite(servers)
  adminSuite(servers)
  consumerSuite(servers)
  consumerGroupSuite(servers)
})
