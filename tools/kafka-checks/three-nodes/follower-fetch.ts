import assert from 'node:assert/strict'
import { Admin, Consumer, Producer, clientChannels, eachRecord } from '@streamwright/client'
import type { KafkaCluster } from '../../apache-kafka/cluster.ts'

const topic = 'racks'

/** A consumer reads from the replica in its rack (KIP-392), and from another when that is gone; nothing is missed. */
export async function fetchesFromItsRack(cluster: KafkaCluster): Promise<void> {
  const { bootstrapServers, nodes, rackOf } = cluster
  const admin = new Admin({ bootstrapServers })
  const producer = new Producer({ bootstrapServers })
  await admin.createTopics([{ name: topic, partitions: 1 }])
  await producer.send({ topic, partition: 0, value: '0' })
  const leader = (await admin.describeTopics([topic])).get(topic)?.partitions[0]?.leader ?? -1
  const near = nodes.map((_node, index) => index + 1).find((id) => id !== leader) ?? 0
  const sources: number[] = []
  const end = clientChannels.fetch.subscribe(({ bytes, broker }) => {
    if (bytes > 0) sources.push(broker)
  })
  const consumer = new Consumer({ bootstrapServers, clientRack: rackOf(near), autoOffsetReset: 'earliest' })
  consumer.assign([{ topic, partition: 0 }])
  const values: string[] = []
  const readTo = async (count: number): Promise<void> => {
    while (values.length < count)
      for (const { value } of eachRecord(await consumer.poll(200))) values.push(value?.toString() ?? '')
  }
  await readTo(1)
  await producer.send({ topic, partition: 0, value: '1' })
  await readTo(2)
  assert.equal(sources.at(-1), near, `read from ${sources.join()} where ${near} is near and ${leader} leads`)
  await nodes[near - 1]?.kill()
  await producer.send({ topic, partition: 0, value: '2' })
  await readTo(3)
  assert.notEqual(sources.at(-1), near)
  await nodes[near - 1]?.start()
  assert.deepEqual(values, ['0', '1', '2'])
  end()
  await Promise.all([consumer.close(), producer.close(), admin.close()])
}
