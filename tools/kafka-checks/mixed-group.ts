import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConsumerConfig } from '@streamwright/client'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'
import { JavaMember } from './java-member.ts'

const partitions = 6
const count = 600

/** A member of Java's and one of ours share a group: each has half, all is read once, and who stays takes over. */
export async function mixedGroup(
  kafka: KafkaInstallation,
  bootstrapServers: string,
  groupProtocol: 'classic' | 'consumer',
): Promise<void> {
  const topic = `mixed-${groupProtocol}`
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([{ name: topic, partitions }])
  await admin.close()
  const config: ConsumerConfig = { bootstrapServers, groupId: topic, groupProtocol, autoOffsetReset: 'earliest' }
  const strategy = groupProtocol === 'classic' ? { partitionAssignmentStrategy: 'range', heartbeatIntervalMs: 200 } : {}
  const ours = new Consumer({ ...config, ...strategy })
  const java = new JavaMember(kafka, [
    ...['--bootstrap-server', bootstrapServers, '--topic', topic, '--group-id', topic, '--reset-policy', 'earliest'],
    ...['--group-protocol', groupProtocol],
    ...(groupProtocol === 'classic'
      ? ['--assignment-strategy', 'org.apache.kafka.clients.consumer.RangeAssignor']
      : []),
  ])
  let read = 0
  ours.subscribe([topic])
  const poll = async (): Promise<void> => {
    for (const { partition } of eachRecord(await ours.poll(50))) {
      assert.ok(!java.owned.has(partition), `partition ${partition} is Java's`)
      read += 1
    }
  }
  const write = async (): Promise<void> => {
    const producer = new Producer({ bootstrapServers })
    await producer.send(
      Array.from({ length: count }, (_none, index) => ({ topic, partition: index % partitions, value: String(index) })),
    )
    await producer.close()
  }
  while (!(ours.assignment().length === partitions / 2 && java.owned.size === partitions / 2)) await poll()
  await write()
  while (read + java.records < count) await poll()
  assert.deepEqual([read, java.records], [count / 2, count / 2])
  await java.close()
  while (ours.assignment().length < partitions) await poll()
  const successor = new JavaMember(kafka, [
    ...[
      '--bootstrap-server',
      bootstrapServers,
      '--topic',
      topic,
      '--group-id',
      topic,
      '--group-protocol',
      groupProtocol,
    ],
    ...(groupProtocol === 'classic'
      ? ['--assignment-strategy', 'org.apache.kafka.clients.consumer.RangeAssignor']
      : []),
  ])
  while (successor.owned.size < partitions / 2) await poll()
  await ours.close()
  while (successor.owned.size < partitions) await sleep(50)
  await write()
  while (successor.records < count) await sleep(50)
  await successor.close()
  assert.deepEqual([read, successor.records], [count / 2, count])
}
