import { describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import { matchesRecordedSession } from '../kafka-checks/recorded-word-count.ts'

/** The same comparison runs against Apache Kafka in `npm run test:kafka`. */
describe('the word count writes what Java wrote', () => {
  for (const session of ['cache-0', 'cache-default']) {
    test(`changelog, repartition and output, byte for byte: ${session}`, async () => {
      const broker = await startBroker({ port: 0, inMemory: true })
      try {
        await matchesRecordedSession(broker.bootstrapServers, session)
      } finally {
        await broker.close()
      }
    })
  }
})
