// kafkajs: admin, an idempotent producer, two members of a group, commits. Arguments: the bootstrap server.
const assert = require('node:assert/strict')
const { Kafka, logLevel } = require('kafkajs')

const total = 100

async function main() {
  const kafka = new Kafka({ clientId: 'kafkajs', brokers: [process.argv[2]], logLevel: logLevel.ERROR })
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic: 'kafkajs', numPartitions: 2 }] })
  assert.ok((await admin.listTopics()).includes('kafkajs'))

  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const messages = Array.from({ length: total }, (_none, index) => ({
    key: `k${index}`,
    value: `v${index}`,
    headers: { n: String(index) },
  }))
  await producer.send({ topic: 'kafkajs', messages, compression: 1 })
  await producer.disconnect()

  const seen = new Map()
  let enough
  const done = new Promise((resolve) => (enough = resolve))
  const members = [kafka.consumer({ groupId: 'kafkajs-group' }), kafka.consumer({ groupId: 'kafkajs-group' })]
  for (const member of members) {
    await member.connect()
    await member.subscribe({ topic: 'kafkajs', fromBeginning: true })
    await member.run({
      eachMessage: async ({ partition, message }) => {
        assert.equal(message.headers.n.toString(), message.value.toString().slice(1))
        seen.set(message.key.toString(), `${partition}`)
        if (seen.size === total) enough()
      },
    })
  }
  await done
  assert.equal(new Set(seen.values()).size, 2, 'both partitions were used')
  for (const member of members) await member.disconnect()
  const [{ partitions }] = await admin.fetchOffsets({ groupId: 'kafkajs-group', topics: ['kafkajs'] })
  const committed = partitions.reduce((sum, { offset }) => sum + Number(offset), 0)
  assert.equal(committed, total, 'everything read is committed')
  assert.equal((await admin.describeGroups(['kafkajs-group'])).groups[0].state, 'Empty')
  await admin.disconnect()
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
