/**
 * `npm run test:three-nodes -- [--records N] [--rate PER_SECOND] [--every SECONDS] [--kafka VERSION]`: three nodes of
 * Apache Kafka, one of which is killed (-9) and started again every 15 s, while an idempotent producer writes a million
 * numbers and two applications copy them in transactions, one in a group of each protocol. In the end every number is
 * there once and in order, in the topic and in both copies. Needs a JDK and Maven, and takes about three minutes.
 */
import { Admin, Producer } from '@streamwright/client'
import { parseArgs } from 'node:util'
import { startKafkaCluster } from './apache-kafka/cluster.ts'
import { installKafka, kafkaVersion } from './apache-kafka/installation.ts'
import { CheckList } from './kafka-checks/check-list.ts'
import { fetchesFromItsRack } from './kafka-checks/three-nodes/follower-fetch.ts'
import { KillAndRestart } from './kafka-checks/three-nodes/kill-and-restart.ts'
import { checkNumbers, partitions, writeNumbers } from './kafka-checks/three-nodes/numbered-records.ts'
import { TransactionalCopy } from './kafka-checks/three-nodes/transactional-copy.ts'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '10000' },
    every: { type: 'string', default: '15' },
    kafka: { type: 'string', default: kafkaVersion },
  },
})
const count = Number(values.records)
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const cluster = await startKafkaCluster(installKafka(values.kafka), 3)
const { bootstrapServers } = cluster
const list = new CheckList(1_800_000)
try {
  await list.check('a consumer reads from the replica in its rack', () => fetchesFromItsRack(cluster))
  const admin = new Admin({ bootstrapServers })
  const copies = (['classic', 'consumer'] as const).map((groupProtocol) => ({
    groupProtocol,
    to: `copies-${groupProtocol}`,
  }))
  await admin.createTopics(['numbers', ...copies.map(({ to }) => to)].map((name) => ({ name, partitions })))
  await admin.close()
  const trouble = new KillAndRestart(cluster, Number(values.every) * 1_000, print)
  const writing = list.check(`${count} idempotent records are written`, async () => {
    // Time to deliver is not what is tested.
    const producer = new Producer({ bootstrapServers, deliveryTimeoutMs: 600_000, lingerMs: 5 })
    await writeNumbers(producer, 'numbers', { count, perSecond: Number(values.rate) })
    await producer.close()
  })
  const copying = copies.map(({ groupProtocol, to }) =>
    list.check(`they are copied in transactions, by a ${groupProtocol} group`, async () => {
      const copy = new TransactionalCopy({ bootstrapServers, from: 'numbers', to, groupProtocol, count })
      await copy.run()
      print(`        ${copy.commits} transactions committed, ${copy.aborts} aborted`)
    }),
  )
  await Promise.all([writing, ...copying])
  await trouble.end()
  print(`${trouble.kills} kills`)
  for (const topic of ['numbers', ...copies.map(({ to }) => to)])
    await list.check(`each is in ${topic} once, in order`, () => checkNumbers(bootstrapServers, topic, count))
} finally {
  await cluster.stop()
}
process.exitCode = list.report() ? 0 : 1
