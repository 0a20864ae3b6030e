// kafkajs: admin, an idempotent producer, two members of a group, commits, transactions with offsets. Arguments: the bootstrap server.
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
  await transactions(kafka, admin)
  await admin.disconnect()
}

/** By the oldest versions of the requests that a broker still takes. */
async function transactions(kafka, admin) {
  await admin.createTopics({ topics: [{ topic: 'kafkajs-transactions', numPartitions: 2 }] })
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, transactionalId: 'kafkajs-id' })
  await producer.connect()
  for (const [value, ends] of [
    ['first', 'commit'],
    ['never', 'abort'],
    ['second', 'commit'],
  ]) {
    const transaction = await producer.transaction()
    await transaction.send({
      topic: 'kafkajs-transactions',
      messages: [
        { value, partition: 0 },
        { value, partition: 1 },
      ],
    })
    await transaction.sendOffsets({
      consumerGroupId: 'kafkajs-transactions-group',
      topics: [{ topic: 'kafkajs', partitions: [{ partition: 0, offset: String(value.length) }] }],
    })
    await transaction[ends]()
  }
  await producer.disconnect()
  const [{ partitions }] = await admin.fetchOffsets({ groupId: 'kafkajs-transactions-group', topics: ['kafkajs'] })
  assert.equal(partitions.find(({ partition }) => partition === 0).offset, String('second'.length))
  const consumer = kafka.consumer({ groupId: 'kafkajs-reader', readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topic: 'kafkajs-transactions', fromBeginning: true })
  const values = new Set()
  let enough
  const done = new Promise((resolve) => (enough = resolve))
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      values.add(`${partition} ${message.value}`)
      if (values.size === 4) enough()
    },
  })
  await done
  await consumer.disconnect()
  assert.deepEqual(values, new Set(['0 first', '0 second', '1 first', '1 second']))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
