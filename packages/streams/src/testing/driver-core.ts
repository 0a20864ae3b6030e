import { assert, createLog, environmentWith, seededRandom } from '@streamwright/std'
import type { Log } from '@streamwright/std'
import { Metrics } from '../metrics/metric.ts'
import { globalTaskId } from '../metrics/task-metrics.ts'
import { ThreadMetrics } from '../metrics/thread-metrics.ts'
import { taskIdText } from '../processor/task-id.ts'
import { exceptionHandlers } from '../handlers/handler-options.ts'
import type { HandlerOptions } from '../handlers/handler-options.ts'
import { StreamsError, UnknownStateStoreError } from '../errors.ts'
import { answerGlobally, answerRequest } from '../queries/answer-request.ts'
import type { StateQueryRequest } from '../queries/state-query-request.ts'
import type { StateQueryResult } from '../queries/state-query-result.ts'
import { ThreadCache } from '../state/cache/thread-cache.ts'
import { openEngineSpace } from '../state/engine/open-engine-space.ts'
import type { RestoredRecord } from '../state/task-store.ts'
import { GlobalTask } from '../tasks/global-task.ts'
import { Task } from '../tasks/task.ts'
import type { TopicPartition } from '../tasks/task.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { StateStore } from '../state/store.ts'
import type {
  NodeDefinition,
  SourceDefinition,
  TimestampExtractor,
  TopologyDefinition,
} from '../topology/definition.ts'
import { matchesWhole } from '../topology/topic-pattern.ts'
import { CapturingCollector } from './capturing-collector.ts'
import { SingleRecord } from './list-source.ts'
import type { RawRecord } from './list-source.ts'
import { ManualClock } from './manual-clock.ts'
import { ManualTimers } from './manual-timers.ts'

export interface DriverCoreOptions extends HandlerOptions {
  readonly startTimeMs?: number
  /** `statestore.cache.max.bytes`; 0 is no cache. */
  readonly cacheMaxBytes?: number
  readonly defaultTimestampExtractor?: TimestampExtractor | undefined
  /** `max.task.idle.ms`; undefined never waits. */
  readonly maxTaskIdleMs?: number
  readonly config?: Readonly<{ [name: string]: unknown }>
  /** What stores are restored from before the start: the records of their changelogs, by store. */
  readonly changelogs?: ReadonlyMap<string, readonly RestoredRecord[]>
  readonly log?: Log
}

/**
 * The test driver in bytes: one task over all sub-topologies, one partition a topic, time that stands still. Java:
 * `TopologyTestDriver`. The typed driver and the conformance runner are both thin layers on it.
 */
export class DriverCore {
  readonly definition: TopologyDefinition
  readonly task: Task
  readonly globalTasks: readonly GlobalTask[]
  readonly clock: ManualClock
  readonly timers: ManualTimers
  readonly #metrics: ThreadMetrics
  readonly #collector = new CapturingCollector()
  readonly #sources: readonly SourceDefinition[]
  readonly #offsets = new Map<string, number>()
  readonly #maxTaskIdleMs: number | undefined
  #idleSinceMs: number | undefined
  #produced: RawRecord[] = []

  constructor(definition: TopologyDefinition, options: DriverCoreOptions = {}) {
    this.definition = definition
    this.clock = new ManualClock(options.startTimeMs ?? 0)
    this.timers = new ManualTimers(this.clock)
    this.#metrics = new ThreadMetrics('main', this.clock.wallMs())
    this.#maxTaskIdleMs = options.maxTaskIdleMs
    const nodes: NodeDefinition[] = definition.subtopologies.flatMap((subtopology) => [...subtopology.nodes])
    this.#sources = nodes.filter((node) => node.kind === 'source')
    // In a driver nothing outlives the test: every store is in memory.
    const stores = definition.subtopologies.flatMap((subtopology) => [...subtopology.stores])
    const log = options.log ?? createLog({ level: 'silent' })
    const cacheMaxBytes = options.cacheMaxBytes ?? 10 * 1024 * 1024
    const shared = {
      applicationId: definition.applicationId,
      handlers: exceptionHandlers(options),
      ...(options.defaultTimestampExtractor === undefined
        ? {}
        : { defaultTimestampExtractor: options.defaultTimestampExtractor }),
      stateDirectory: '',
      config: options.config ?? {},
      environment: environmentWith({ clock: this.clock, timers: this.timers, random: seededRandom(1), log }),
    }
    this.globalTasks = definition.globalNodes.map(
      (global) =>
        new GlobalTask({
          ...shared,
          definition: global,
          partitions: partitionsOf(global.source),
          engines: openEngineSpace([global.store], undefined, log),
          metrics: this.#metrics.openTask(globalTaskId),
        }),
    )
    this.task = new Task({
      ...shared,
      globalStores: new Map(this.globalTasks.map((global) => [global.storeName, global.store])),
      id: driverTaskId,
      metrics: this.#metrics.openTask(taskIdText(driverTaskId)),
      nodes,
      stores,
      partitions: this.#sources.flatMap(partitionsOf),
      changelogTopics: new Map(
        definition.subtopologies.flatMap((subtopology) =>
          [...subtopology.changelogTopics].map(([store, topic]) => [store, topic.name] as const),
        ),
      ),
      collector: this.#collector,
      onUndelivered: () => assert(false, 'The collector of the driver takes everything'),
      engines: openEngineSpace(stores, undefined, log),
      cache: cacheMaxBytes === 0 ? undefined : new ThreadCache(cacheMaxBytes),
    })
    this.task.processingTimeMs = this.clock.wallMs()
    this.task.open()
    for (const [store, records] of options.changelogs ?? []) this.task.restore(store, records, records.length)
    this.task.start()
    this.#collect()
  }

  /** Pipes one record and runs everything that follows from it, with a commit after each record. */
  pipe(record: RawRecord): void {
    this.#enqueue(record)
    this.#completeAll()
  }

  /** Pipes several records as one commit interval: all are processed before the first commit. */
  pipeBatch(records: readonly RawRecord[]): void {
    for (const record of records) this.#enqueue(record)
    while (this.#isProcessable()) {
      while (this.#isProcessable() && this.#processOne()) this.task.punctuateStreamTime()
      this.#commit()
      this.#collect()
    }
  }

  advanceWallClock(byMs: number): void {
    this.#advance(byMs)
    this.task.punctuateWallClock()
    this.#commit()
    this.#collect()
    this.#completeAll()
  }

  /**
   * Waits until asynchronous operators have no record left, with all that follows from their results. Where only back-offs
   * are left to wait for, the clock jumps to the end of the next one.
   */
  async settle(): Promise<void> {
    const { task } = this
    for (;;) {
      if (task.deliverResults()) {
        task.punctuateStreamTime()
        this.#collect()
        this.#completeAll()
      } else if (task.pendingRecords === 0) {
        this.#commit()
        this.#collect()
        this.#completeAll()
        if (task.pendingRecords === 0) return
      } else if (task.runningCalls > 0) await task.nextProgress()
      else {
        const nextMs = this.timers.nextMs
        assert(nextMs !== undefined, 'A record that is not called for waits for a timer')
        this.#advance(Math.max(0, nextMs - this.clock.monotonicMs()))
      }
    }
  }

  /** A store of the topology, global ones among them. */
  store(name: string): StateStore | undefined {
    return this.task.store(name) ?? this.task.globalStore(name)
  }

  /** Java's driver has no such method: there, a query goes to the store itself. */
  query<R>(request: StateQueryRequest<R>): StateQueryResult<R> {
    const { storeName } = request
    const global = this.globalTasks.find((task) => task.storeName === storeName)
    if (global !== undefined) return answerGlobally(request, global.taskStore, this.clock)
    const store = this.task.stores.get(storeName)
    if (store === undefined) throw new UnknownStateStoreError(storeName, this.storeNames)
    return answerRequest(request, [{ store, partition: 0, isRunning: true }], 1, this.clock)
  }

  storeDefinition(name: string): StoreDefinition | undefined {
    const { subtopologies, globalNodes } = this.definition
    for (const { stores } of subtopologies) for (const store of stores) if (store.name === name) return store
    return globalNodes.find(({ store }) => store.name === name)?.store
  }

  get storeNames(): string[] {
    return [...this.task.stores.keys(), ...this.globalTasks.map(({ storeName }) => storeName)]
  }

  /** Records left out on purpose by all tasks: `dropped-records-total`. */
  get droppedRecords(): number {
    return this.globalTasks.reduce((sum, global) => sum + global.droppedRecords, this.task.droppedRecords)
  }

  /** All figures as they are now, under Kafka's names. */
  metrics(): Metrics {
    return new Metrics(this.#metrics.read(this.clock.monotonicMs(), this.task.state === 'running' ? 'RUNNING' : 'DEAD'))
  }

  /** What was written since the last call, to all topics, in order. */
  takeProduced(): RawRecord[] {
    this.#collect()
    const produced = this.#produced
    this.#produced = []
    return produced
  }

  close(): void {
    if (this.task.state === 'closed') return
    this.task.close()
    for (const global of this.globalTasks) global.close()
    this.#collect()
  }

  #completeAll(): void {
    while (this.#isProcessable()) {
      this.#processOne()
      this.task.punctuateStreamTime()
      this.#commit()
      this.#collect()
    }
  }

  #advance(byMs: number): void {
    this.clock.advance(byMs)
    this.task.processingTimeMs = this.clock.wallMs()
    this.timers.fire()
  }

  #processOne(): boolean {
    const { task, clock } = this
    if (!this.task.allPartitionsHaveRecords && this.#idleSinceMs !== undefined) task.metrics.enforced.record(1)
    const processed = task.processOne()
    if (processed) this.#metrics.processRecords.record(1)
    this.#metrics.tick(clock.monotonicMs())
    return processed
  }

  /** Java's `PartitionGroup.readyToProcess`, with the driver's clock. */
  #isProcessable(): boolean {
    if (this.task.isSaturated) return false
    if (!this.task.hasRecords) {
      this.#idleSinceMs = undefined
      return false
    }
    const idleMs = this.#maxTaskIdleMs
    if (idleMs === undefined || idleMs < 0 || this.task.allPartitionsHaveRecords) {
      this.#idleSinceMs = undefined
      return true
    }
    this.#idleSinceMs ??= this.clock.wallMs()
    return this.clock.wallMs() - this.#idleSinceMs >= idleMs
  }

  #commit(): void {
    // What asynchronous operators still have is committed by `settle`.
    if (!this.task.needsCommit || this.task.pendingRecords > 0) return
    this.task.prepareCommit()
    if (this.task.pendingRecords > 0) return
    this.task.completeCommit(new Map())
    this.#metrics.commit.record(0)
  }

  #enqueue(record: RawRecord): void {
    const global = this.globalTasks.find(({ partitions }) => partitions.some(({ topic }) => topic === record.topic))
    if (global !== undefined) {
      global.task.add(record.topic, 0, new SingleRecord(record, this.#takeOffset(record.topic, record.offset)), 1)
      global.processAll()
      global.commit(new Map())
      return
    }
    const source = this.#sources.find(({ topics }) =>
      topics instanceof RegExp ? matchesWhole(topics, record.topic) : topics.includes(record.topic),
    )
    if (source === undefined) {
      throw new StreamsError(`The topology has no source that reads ${record.topic}`, { code: 'UNKNOWN_TOPIC' })
    }
    const topic = source.topics instanceof RegExp ? patternTopic(source.topics) : record.topic
    this.task.add(topic, 0, new SingleRecord(record, this.#takeOffset(topic, record.offset)), 1)
  }

  /** Takes what the task wrote; what goes to a topic that the topology reads comes back to it. */
  #collect(): void {
    for (const record of this.#collector.take()) {
      this.#produced.push(record)
      const isGlobal = this.globalTasks.some(({ partitions }) => partitions.some(({ topic }) => topic === record.topic))
      const isSource =
        isGlobal ||
        this.#sources.some(({ topics }) =>
          topics instanceof RegExp ? matchesWhole(topics, record.topic) : topics.includes(record.topic),
        )
      if (isSource) this.#enqueue(record)
      else this.#takeOffset(record.topic)
    }
  }

  #takeOffset(topic: string, given?: number): number {
    const offset = given ?? this.#offsets.get(topic) ?? 0
    this.#offsets.set(topic, offset + 1)
    return offset
  }
}

/** Of the one task over all sub-topologies. */
const driverTaskId = { subtopology: 0, partition: 0 }

/** A pattern subscription has one queue, whatever topics match. */
function patternTopic(pattern: RegExp): string {
  return pattern.source
}

function partitionsOf(source: SourceDefinition): TopicPartition[] {
  if (source.topics instanceof RegExp) return [{ topic: patternTopic(source.topics), partition: 0 }]
  return source.topics.map((topic) => ({ topic, partition: 0 }))
}
