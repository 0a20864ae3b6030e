import { Admin, Consumer, eachRecord, Producer } from '@streamwright/client'
import type { ClientConfig } from '@streamwright/client'

/** The example of the README. */
export async function example(cluster: ClientConfig): Promise<string[]> {
  const admin = new Admin(cluster)
  await admin.createTopics([{ name: 'orders', partitions: 3 }])
  await admin.close()

  const producer = new Producer(cluster)
  const { partition, offset } = await producer.send({ topic: 'orders', key: 'anna', value: '2 coffees' })
  await producer.close()

  const consumer = new Consumer({ ...cluster, groupId: 'baristas', autoOffsetReset: 'earliest' })
  consumer.subscribe(['orders'])
  const orders: string[] = [`${partition}:${offset}`]
  while (orders.length < 2) {
    for (const { key, value } of eachRecord(await consumer.poll(1_000))) {
      orders.push(`${key?.toString()}: ${value?.toString()}`)
    }
  }
  await consumer.commit()
  await consumer.close()
  return orders
}
