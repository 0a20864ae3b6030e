import { describe } from 'node:test'
import { adminSuite } from './admin-suite.ts'
import { administrationSuite } from './administration-suite.ts'
import { consumerGroupSuite } from './consumer-group-suite.ts'
import { consumerLifeSuite } from './consumer-life-suite.ts'
import { consumerProtocolSuite } from './consumer-protocol-suite.ts'
import { consumerSuite } from './consumer-suite.ts'
import { producerSuite } from './producer-suite.ts'
import { transactionSuite } from './transaction-suite.ts'

/** The suites against a broker that runs already: `npm run test:kafka` starts Apache Kafka and names it here. */
const bootstrapServers = process.env['STREAMWRIGHT_BOOTSTRAP_SERVERS']
if (bootstrapServers === undefined) throw new Error('Set STREAMWRIGHT_BOOTSTRAP_SERVERS to host:port of a broker')

const servers = (): string => bootstrapServers
const suites: Readonly<Record<string, () => void>> = {
  transactions: () => transactionSuite(servers),
  producer: () => producerSuite(servers),
  admin: () => adminSuite(servers),
  administration: () => administrationSuite(servers),
  consumer: () => consumerSuite(servers),
  'classic-groups': () => consumerGroupSuite(servers, 'classic'),
  'consumer-lives': () => {
    consumerLifeSuite(servers, 'classic')
    consumerLifeSuite(servers, 'consumer')
  },
  'consumer-groups': () => {
    consumerGroupSuite(servers, 'consumer')
    consumerProtocolSuite(servers)
  },
}
/** Names of the suites to run; none: all. */
const only = process.env['STREAMWRIGHT_SUITE']?.split(',') ?? Object.keys(suites)

describe(`against ${bootstrapServers}`, () => {
  for (const name of only) suites[name]?.()
})
