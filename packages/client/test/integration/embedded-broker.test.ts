import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { after, before, describe } from 'node:test'
import { hideTransactionVersion } from '../support/classic-transactions.ts'
import { quietEnvironment } from '../support/test-broker.ts'
import { adminSuite } from './admin-suite.ts'
import { administrationSuite } from './administration-suite.ts'
import { consumerGroupSuite } from './consumer-group-suite.ts'
import { consumerLifeSuite } from './consumer-life-suite.ts'
import { consumerProtocolSuite } from './consumer-protocol-suite.ts'
import { consumerSuite } from './consumer-suite.ts'
import { producerSuite } from './producer-suite.ts'
import { transactionSuite } from './transaction-suite.ts'

/** Groups of the consumer protocol do not let tests wait. */
const quickGroups = {
  'group.consumer.min.heartbeat.interval.ms': 20,
  'group.consumer.heartbeat.interval.ms': 50,
  'group.consumer.assignment.interval.ms': 0,
}

/** The suites that `npm run test:kafka` runs against Apache Kafka, against our broker over TCP. */
describe('against the embedded broker', () => {
  let broker: Broker | undefined

  before(async () => {
    broker = await startBroker({ inMemory: true, port: 0, environment: quietEnvironment, settings: quickGroups })
  })
  after(() => broker?.close())

  const bootstrapServers = (): string => broker?.bootstrapServers ?? ''
  producerSuite(bootstrapServers)
  adminSuite(bootstrapServers)
  administrationSuite(bootstrapServers)
  consumerSuite(bootstrapServers)
  consumerGroupSuite(bootstrapServers, 'classic')
  consumerGroupSuite(bootstrapServers, 'consumer')
  consumerLifeSuite(bootstrapServers, 'classic')
  consumerLifeSuite(bootstrapServers, 'consumer')
  consumerProtocolSuite(bootstrapServers)
  transactionSuite(bootstrapServers)
})

/** As before KIP-890: each partition is announced to the coordinator, and the epoch stays from one transaction to the next. */
describe('against the embedded broker, by the classic protocol of transactions', () => {
  let broker: Broker | undefined

  before(async () => {
    broker = await startBroker({ inMemory: true, port: 0, environment: quietEnvironment })
    await hideTransactionVersion(broker, { bootstrapServers: broker.bootstrapServers })
  })
  after(() => broker?.close())

  transactionSuite(() => broker?.bootstrapServers ?? '')
})
