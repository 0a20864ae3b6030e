import assert from 'node:assert/strict'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { eventually } from './eventually.ts'

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const recordsPerCodec = 2000

export async function topicAdministration(bootstrapServers: string): Promise<void> {
  await using admin = disposable(new Admin({ bootstrapServers }))
  await admin.createTopics([
    { name: 'administered', partitions: 2, replicationFactor: 1, config: { 'retention.ms': '1000' } },
  ])
  await eventually(() => admin.createPartitions({ administered: { count: 3 } }))
  await eventually(async () =>
    assert.equal((await admin.describeTopics(['administered'])).get('administered')?.partitions.length, 3),
  )
  const configs = (await admin.describeConfigs([{ type: 'topic', name: 'administered' }])).get('topic:administered')
  assert.ok(configs?.some(({ name }) => name === 'retention.ms'))
  await admin.deleteTopics(['administered'])
  await eventually(async () => assert.ok(!(await admin.listTopics()).some(({ name }) => name === 'administered')))
}

/** Thousands of records per codec, without waiting for one, arrive once each and in order. */
export async function producerOrderAndCodecs(bootstrapServers: string): Promise<void> {
  for (const compressionType of codecs) {
    const topic = `ordered-${compressionType}`
    const producer = new Producer({ bootstrapServers, compressionType, lingerMs: 1, batchSize: 1000 })
    const sends = Array.from({ length: recordsPerCodec }, (_none, index) =>
      producer.send({
        topic,
        key: 'k',
        value: `value ${index}`,
        headers: [{ key: 'n', value: Buffer.from(String(index)) }],
      }),
    )
    await Promise.all(sends)
    await producer.close()
    const values: string[] = []
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false })
    consumer.assign([{ topic, partition: 0 }])
    consumer.seek({ topic, partition: 0 }, 0)
    while (values.length < recordsPerCodec) {
      for (const { value, headers } of eachRecord(await consumer.poll(200))) {
        values.push(value?.toString() ?? '')
        assert.equal(Buffer.from(headers[0]?.value ?? []).toString(), String(values.length - 1))
      }
    }
    await consumer.close()
    assert.deepEqual(
      values,
      Array.from({ length: recordsPerCodec }, (_none, index) => `value ${index}`),
    )
  }
}

export async function groupOffsetsAndSeek(bootstrapServers: string): Promise<void> {
  const topic = 'positions'
  const place = { topic, partition: 0 }
  const producer = new Producer({ bootstrapServers })
  await producer.send(
    Array.from({ length: 10 }, (_none, index) => ({ topic, value: String(index), timestamp: 1000 + index })),
  )
  await producer.close()
  const config = {
    bootstrapServers,
    groupId: 'positions',
    autoOffsetReset: 'earliest',
    enableAutoCommit: false,
  } as const
  const first = new Consumer(config)
  first.subscribe([topic])
  assert.deepEqual(await take(first, 10), ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  await first.commit([{ ...place, offset: 4, metadata: 'here' }])
  assert.deepEqual(await first.committed([place]).then((committed) => committed.get('positions-0')?.metadata), 'here')
  first.seek(place, 8)
  assert.deepEqual(await take(first, 2), ['8', '9'])
  assert.equal(await first.position(place), 10)
  await first.close()
  const second = new Consumer(config)
  second.subscribe([topic])
  assert.deepEqual(await take(second, 6), ['4', '5', '6', '7', '8', '9'])
  assert.equal((await second.offsetsForTimes([{ ...place, timestamp: 1003 }])).get('positions-0')?.offset, 3)
  await second.close()
}

/** A second member gets its share, and when the first leaves, all; nothing is read by nobody. */
export async function groupHandover(bootstrapServers: string): Promise<void> {
  await using admin = disposable(new Admin({ bootstrapServers }))
  await admin.createTopics([{ name: 'shared', partitions: 4, replicationFactor: 1 }])
  const join = (strategy: string): Consumer => {
    const consumer = new Consumer({
      bootstrapServers,
      groupId: `shared-${strategy}`,
      partitionAssignmentStrategy: strategy,
      heartbeatIntervalMs: 200,
      autoOffsetReset: 'earliest',
    })
    consumer.subscribe(['shared'])
    return consumer
  }
  for (const strategy of ['range', 'cooperative-sticky']) {
    const members = [join(strategy), join(strategy)]
    const sizes = (): number[] => members.map((member) => member.assignment().length)
    while (sizes().join() !== '2,2') await Promise.all(members.map((member) => member.poll(100)))
    await members.shift()?.close()
    while (sizes().join() !== '4') await Promise.all(members.map((member) => member.poll(100)))
    await members[0]?.close()
  }
}

async function take(consumer: Consumer, count: number): Promise<string[]> {
  const values: string[] = []
  while (values.length < count)
    for (const { value } of eachRecord(await consumer.poll(200))) values.push(value?.toString() ?? '')
  return values
}

function disposable<T extends { close(): Promise<void> }>(closable: T): T & AsyncDisposable {
  return Object.assign(closable, { [Symbol.asyncDispose]: () => closable.close() })
}
