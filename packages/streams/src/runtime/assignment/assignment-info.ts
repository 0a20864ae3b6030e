import { ProtocolError, Reader, Writer } from '@streamwright/protocol'
import type { TaskId } from '../../processor/task-id.ts'
import type { PartitionsByHost } from './host-partitions.ts'
import { noHosts, readHosts, writeHosts } from './host-partitions.ts'

/** Version that we write; also the latest of Kafka Streams 4.3. */
export const assignmentInfoVersion = 11

/** What the leader tells one member. The active tasks stand in the order of the member's sorted partitions. */
export interface AssignmentInfo {
  readonly activeTasks: readonly TaskId[]
  readonly errorCode: number
  readonly nextRebalanceMs: bigint
  /** Where each instance that has told its address can be asked. */
  readonly hosts: PartitionsByHost
}

const noRebalance = 0x7fff_ffff_ffff_ffffn

/** Java: `AssignmentInfo.encode`, without standby tasks. */
export function encodeAssignmentInfo(activeTasks: readonly TaskId[], hosts: PartitionsByHost = noHosts): Buffer {
  const writer = new Writer()
  writer.int32(assignmentInfoVersion)
  writer.int32(assignmentInfoVersion)
  writer.int32(activeTasks.length)
  for (const task of activeTasks) {
    writer.int32(task.subtopology)
    writer.int32(task.partition)
    writer.int32(0) // no named topology
  }
  writer.int32(0) // standby tasks
  writeHosts(writer, hosts)
  writer.int32(0) // error code
  writer.int64(noRebalance)
  return writer.toBuffer()
}

export function decodeAssignmentInfo(bytes: Buffer): AssignmentInfo {
  const reader = new Reader(bytes)
  const version = reader.int32()
  if (version < 7)
    throw new ProtocolError(`Assignment of version ${version}; this member understands 7 to ${assignmentInfoVersion}`)
  reader.int32()
  const activeTasks: TaskId[] = []
  for (let left = reader.int32(); left > 0; left--) {
    activeTasks.push(readTaskId(reader, version))
  }
  skipStandbyTasks(reader, version)
  const hosts = readHosts(reader)
  return { activeTasks, hosts, errorCode: reader.int32(), nextRebalanceMs: reader.int64() }
}

function readTaskId(reader: Reader, version: number): TaskId {
  const task = { subtopology: reader.int32(), partition: reader.int32() }
  // Since version 10 the name of a named topology follows, as UTF-16; we have none.
  if (version >= 10) reader.skip(reader.int32() * 2)
  return task
}

/** There are none yet; a leader of Java's may hand some out all the same. */
function skipStandbyTasks(reader: Reader, version: number): void {
  for (let left = reader.int32(); left > 0; left--) {
    readTaskId(reader, version)
    for (let count = reader.int32(); count > 0; count--) {
      reader.string()
      reader.int32()
    }
  }
}
