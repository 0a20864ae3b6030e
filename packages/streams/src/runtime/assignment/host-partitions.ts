import type { Reader, Writer } from '@streamwright/protocol'
import type { TopicPartition } from '@streamwright/client'
import type { HostInfo } from '../host-info.ts'

/** The source partitions whose tasks run at one instance. */
export interface HostPartitions {
  readonly host: HostInfo
  readonly partitions: readonly TopicPartition[]
}

/** Who has what: the active tasks, and those that stand by. */
export interface PartitionsByHost {
  readonly active: readonly HostPartitions[]
  readonly standby: readonly HostPartitions[]
}

export const noHosts: PartitionsByHost = { active: [], standby: [] }

/** Topics by number, then both lists: `int32 hosts | (text | int32 port | int32 partitions | (int32 topic | int32)*)*`. */
export function writeHosts(writer: Writer, { active, standby }: PartitionsByHost): void {
  const numbers = new Map<string, number>()
  for (const { partitions } of [...active, ...standby]) {
    for (const { topic } of partitions) if (!numbers.has(topic)) numbers.set(topic, numbers.size)
  }
  writer.int32(numbers.size)
  for (const [topic, number] of numbers) {
    writer.int32(number)
    writer.string(topic)
  }
  for (const hosts of [active, standby]) {
    writer.int32(hosts.length)
    for (const { host, partitions } of hosts) {
      writer.string(host.host)
      writer.int32(host.port)
      writer.int32(partitions.length)
      for (const { topic, partition } of partitions) {
        writer.int32(numbers.get(topic) ?? 0)
        writer.int32(partition)
      }
    }
  }
}

export function readHosts(reader: Reader): PartitionsByHost {
  const topics = new Map<number, string>()
  for (let left = reader.int32(); left > 0; left--) topics.set(reader.int32(), reader.string())
  return { active: readList(reader, topics), standby: readList(reader, topics) }
}

function readList(reader: Reader, topics: ReadonlyMap<number, string>): HostPartitions[] {
  const hosts: HostPartitions[] = []
  for (let left = reader.int32(); left > 0; left--) {
    const host = { host: reader.string(), port: reader.int32() }
    const partitions: TopicPartition[] = []
    for (let count = reader.int32(); count > 0; count--) {
      partitions.push({ topic: topics.get(reader.int32()) ?? '', partition: reader.int32() })
    }
    hosts.push({ host, partitions })
  }
  return hosts
}
