import type { Admin } from '@streamwright/client'
import type { PlannedPartition } from './reassignment-file.ts'

const brokerRates = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'] as const
const directoryRate = 'replica.alter.log.dirs.io.max.bytes.per.second'
const topicReplicas = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'] as const

/** Limits how fast brokers copy to each other, and names the replicas for which it holds. */
export async function setThrottle(
  admin: Admin,
  brokers: readonly number[],
  partitions: readonly PlannedPartition[],
  bytesPerSecond: string,
): Promise<void> {
  await admin.incrementalAlterConfigs(
    brokers.map((id) => ({
      type: 'broker' as const,
      name: String(id),
      set: Object.fromEntries(brokerRates.map((name) => [name, bytesPerSecond])),
    })),
  )
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic)
  await admin.incrementalAlterConfigs(
    Array.from(byTopic, ([name, each]) => {
      const replicas = each.flatMap(({ partition, replicas: ids }) => ids.map((id) => `${partition}:${id}`)).join(',')
      return { type: 'topic' as const, name, set: Object.fromEntries(topicReplicas.map((key) => [key, replicas])) }
    }),
  )
}

/** The same between the directories of brokers. */
export async function setDirectoryThrottle(
  admin: Admin,
  brokers: readonly number[],
  bytesPerSecond: string,
): Promise<void> {
  await admin.incrementalAlterConfigs(
    brokers.map((id) => ({ type: 'broker' as const, name: String(id), set: { [directoryRate]: bytesPerSecond } })),
  )
}

export async function clearThrottles(
  admin: Admin,
  brokers: readonly number[],
  topics: readonly string[],
): Promise<void> {
  await admin.incrementalAlterConfigs([
    ...brokers.map((id) => ({ type: 'broker' as const, name: String(id), delete: [...brokerRates, directoryRate] })),
    ...topics.map((name) => ({ type: 'topic' as const, name, delete: [...topicReplicas] })),
  ])
}
