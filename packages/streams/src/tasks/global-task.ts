import type { Environment } from '@streamwright/std'
import type { TaskMetrics } from '../metrics/task-metrics.ts'
import type { ExceptionHandlers } from '../handlers/exception-handlers.ts'
import { assert, present } from '@streamwright/std'
import type { EngineSpace } from '../state/engine/engine.ts'
import type { StateStore } from '../state/store.ts'
import type { TaskStore } from '../state/task-store.ts'
import type { GlobalStoreDefinition, TimestampExtractor } from '../topology/definition.ts'
import { Task } from './task.ts'
import type { TopicPartition } from './task.ts'

export interface GlobalTaskOptions {
  readonly applicationId: string
  readonly definition: GlobalStoreDefinition
  /** All partitions of the topic. */
  readonly partitions: readonly TopicPartition[]
  readonly engines: EngineSpace
  readonly handlers: ExceptionHandlers
  readonly defaultTimestampExtractor?: TimestampExtractor | undefined
  readonly stateDirectory: string
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly environment: Environment
  readonly metrics?: TaskMetrics
}

/**
 * Keeps one global store: every record of its topic, from all partitions, goes through its processor. Java: `GlobalStateUpdateTask`.
 */
export class GlobalTask {
  readonly storeName: string
  readonly partitions: readonly TopicPartition[]
  readonly task: Task

  constructor(options: GlobalTaskOptions) {
    const { definition, partitions, ...rest } = options
    this.storeName = definition.store.name
    this.partitions = partitions
    this.task = new Task({
      ...rest,
      id: { subtopology: definition.id, partition: 0 },
      nodes: [definition.source, definition.processor],
      stores: [definition.store],
      partitions,
      changelogTopics: new Map(),
      collector: undefined,
      onUndelivered: () => assert(false, 'A global store writes to no topic'),
      cache: undefined,
    })
    this.task.open()
    this.task.start()
  }

  get store(): StateStore {
    const store = this.task.store(this.storeName)
    assert(store !== undefined, 'A global task has its store')
    return store
  }

  /** The store as the task sees it. */
  get taskStore(): TaskStore {
    return present(this.task.stores.get(this.storeName), 'A global task has its store')
  }

  get droppedRecords(): number {
    return this.task.droppedRecords
  }

  /** Runs all records at hand through the processor. */
  processAll(): void {
    this.task.processingTimeMs = this.task.currentSystemTimeMs
    while (this.task.processOne());
  }

  /** Writes what was processed to the engine, with where each partition goes on. */
  commit(positions: ReadonlyMap<string, number>): void {
    this.task.prepareCommit()
    this.task.completeCommit(positions)
  }

  close(): void {
    this.task.close()
  }
}
