import type { TopicPartition } from '@streamwright/client'
import type { Environment } from '@streamwright/std'
import { present } from '@streamwright/std'
import type { ExceptionHandlers } from '../handlers/exception-handlers.ts'
import type { ThreadMetrics } from '../metrics/thread-metrics.ts'
import { taskIdText } from '../processor/task-id.ts'
import { ThreadCache } from '../state/cache/thread-cache.ts'
import { openEngineSpace } from '../state/engine/open-engine-space.ts'
import type { StateStore } from '../state/store.ts'
import type { DeliveryFailure } from '../tasks/failure-handling.ts'
import type { RecordCollector } from '../tasks/record-collector.ts'
import { Task } from '../tasks/task.ts'
import type { SubtopologyDefinition, TimestampExtractor, TopologyDefinition } from '../topology/definition.ts'
import type { Sources } from './sources.ts'
import type { StateDirectory } from './state-directory.ts'
import type { StreamsSettings } from './streams-settings.ts'

export interface TaskCreationOptions {
  readonly definition: TopologyDefinition
  readonly sources: Sources
  readonly settings: StreamsSettings
  readonly handlers: ExceptionHandlers
  readonly defaultTimestampExtractor: TimestampExtractor | undefined
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly collector: RecordCollector
  readonly metrics: ThreadMetrics
  readonly globalStores: ReadonlyMap<string, StateStore>
  readonly stateDirectory: StateDirectory
  readonly environment: Environment
  readonly onProgress: () => void
  readonly onUndelivered: (task: Task, failure: DeliveryFailure) => void
}

/** A task that is assigned: which one, and what it reads. */
export interface AssignedTask {
  readonly subtopology: SubtopologyDefinition
  readonly partition: number
  readonly places: TopicPartition[]
}

/** Makes the tasks of one stream thread, which share its cache, and says what follows from their sub-topologies. */
export class TaskCreation {
  readonly #options: TaskCreationOptions
  readonly #cache: ThreadCache | undefined

  constructor(options: TaskCreationOptions) {
    this.#options = options
    const { statestoreCacheMaxBytes, numStreamThreads } = options.settings
    const cacheBytes = Math.floor(statestoreCacheMaxBytes / numStreamThreads)
    this.#cache = cacheBytes === 0 ? undefined : new ThreadCache(cacheBytes)
  }

  /** By name: the tasks that these partitions belong to. */
  tasksOf(partitions: readonly TopicPartition[]): Map<string, AssignedTask> {
    const tasks = new Map<string, AssignedTask>()
    for (const place of partitions) {
      const subtopology = this.#options.sources.subtopologyOf(place.topic)
      if (subtopology === undefined) continue
      const name = taskIdText({ subtopology: subtopology.id, partition: place.partition })
      const task = tasks.get(name) ?? { subtopology, partition: place.partition, places: [] }
      task.places.push(place)
      tasks.set(name, task)
    }
    return tasks
  }

  create({ subtopology, partition, places }: AssignedTask): Task {
    const { definition, environment, stateDirectory, config, handlers, collector, globalStores } = this.#options
    const { defaultTimestampExtractor, metrics, onProgress, onUndelivered } = this.#options
    const id = { subtopology: subtopology.id, partition }
    const directory = stateDirectory.taskDirectory(id)
    const task: Task = new Task({
      id,
      applicationId: definition.applicationId,
      nodes: subtopology.nodes,
      stores: subtopology.stores,
      partitions: places,
      changelogTopics: new Map([...subtopology.changelogTopics].map(([store, topic]) => [store, topic.name])),
      collector,
      globalStores,
      engines: openEngineSpace(subtopology.stores, directory, environment.log),
      cache: this.#cache,
      handlers,
      defaultTimestampExtractor,
      metrics: metrics.openTask(taskIdText(id)),
      stateDirectory: directory,
      config,
      environment,
      onProgress,
      onUndelivered: (failure) => onUndelivered(task, failure),
    })
    return task
  }

  /** By store: the topic it is restored from. */
  changelogs(task: Task): Map<string, string> {
    const subtopology = this.subtopologyOf(task)
    return new Map([
      ...[...subtopology.changelogTopics].map(([store, topic]) => [store, topic.name] as const),
      ...subtopology.sourceTopicStores,
    ])
  }

  subtopologyOf(task: Task): SubtopologyDefinition {
    return present(
      this.#options.definition.subtopologies.find(({ id }) => id === task.taskId.subtopology),
      'A task belongs to a sub-topology of the definition',
    )
  }
}
