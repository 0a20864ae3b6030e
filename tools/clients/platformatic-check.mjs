// @platformatic/kafka: admin, producer, a consumer group's stream, commits. Arguments: the bootstrap server.
import assert from 'node:assert/strict'
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'

const total = 100
// One partition, so that the last record of a stream is also the last of its partition.
const bootstrapBrokers = [process.argv[2]]
const admin = new Admin({ clientId: 'platformatic', bootstrapBrokers })
await admin.createTopics({ topics: ['platformatic'], partitions: 1, replicas: 1 })

const producer = new Producer({ clientId: 'platformatic', bootstrapBrokers, serializers: stringSerializers })
await producer.send({
  messages: Array.from({ length: total }, (_none, index) => ({
    topic: 'platformatic',
    key: `k${index}`,
    value: `v${index}`,
    headers: { n: String(index) },
  })),
  compression: 'zstd',
})
await producer.close()

async function read(count, mode) {
  const consumer = new Consumer({
    clientId: 'platformatic',
    groupId: 'platformatic-group',
    bootstrapBrokers,
    deserializers: stringDeserializers,
  })
  const stream = await consumer.consume({ topics: ['platformatic'], mode, autocommit: false })
  const keys = []
  let last
  for await (const message of stream) {
    assert.equal(message.headers.get('n'), message.value.slice(1))
    keys.push(message.key)
    last = message
    if (keys.length === count) break
  }
  // One commit: this client sends each behind a fetch that waits on the same connection.
  await last.commit()
  await stream.close()
  await consumer.close(true)
  return keys
}

const first = await read(total / 2, 'earliest')
const second = await read(total / 2, 'committed')
assert.equal(new Set([...first, ...second]).size, total, 'the second member goes on where the first has committed')
await admin.close()
