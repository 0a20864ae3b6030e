import type { TopicPartition } from '@streamwright/client'
import type { TaskId } from '../processor/task-id.ts'

/** A task of a thread, and the partitions it reads. Java: `TaskMetadata`. */
export interface TaskMetadata {
  readonly taskId: TaskId
  readonly topicPartitions: readonly TopicPartition[]
}

/** What a stream thread of this instance is doing. Java: `ThreadMetadata`. */
export interface ThreadMetadata {
  readonly threadName: string
  /** In Java's words: CREATED, STARTING, PARTITIONS_ASSIGNED, RUNNING, PENDING_SHUTDOWN or DEAD. */
  readonly threadState: string
  readonly activeTasks: readonly TaskMetadata[]
}
