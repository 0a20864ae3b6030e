import type { Environment } from '@streamwright/std'
import { StateMachine, assert } from '@streamwright/std'
import type { Headers, Serialized } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { Cancellable, PunctuationType, ScheduleOptions } from '../processor/processor-context.ts'
import type { ExceptionHandlers } from '../handlers/exception-handlers.ts'
import { CurrentRecordContext } from '../processor/record-context.ts'
import type { TaskId } from '../processor/task-id.ts'
import { taskIdText } from '../processor/task-id.ts'
import type { ThreadCache } from '../state/cache/thread-cache.ts'
import type { EngineSpace } from '../state/engine/engine.ts'
import { openStore } from '../state/open-store.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../state/store-host.ts'
import type { StateStore } from '../state/store.ts'
import type { RowBatch } from '../state/rows/row-batch.ts'
import type { RestoredRecord, RowRestorer, TaskStore } from '../state/task-store.ts'
import type { NodeDefinition, TimestampExtractor } from '../topology/definition.ts'
import { encodeCommitMetadata } from './commit-metadata.ts'
import type { Sensor } from '../metrics/sensor.ts'
import type { TaskMetrics } from '../metrics/task-metrics.ts'
import { unreadTaskMetrics } from '../metrics/thread-metrics.ts'
import { FailureHandling } from './failure-handling.ts'
import type { DeliveryFailure, SourceBytes } from './failure-handling.ts'
import type { PendingWork } from '../asynchronous/pending-work.ts'
import { AsynchronousWork } from './asynchronous-work.ts'
import type { CompletingNode } from './asynchronous-work.ts'
import type { NodeHost } from './node-context.ts'
import { PartitionGroup } from './partition-group.ts'
import { PunctuationQueue } from './punctuation-queue.ts'
import type { RecordCollector } from './record-collector.ts'
import { RecordQueue } from './record-queue.ts'
import type { RecordSource } from './record-source.ts'
import { commitStores, discardStores, restoredWrites } from './store-writes.ts'
import { TaskGraph } from './task-graph.ts'
import type { TaskNode } from './task-node.ts'
import type { TaskState } from './task-state.ts'
import { taskTransitions } from './task-state.ts'

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export interface CommittableOffset extends TopicPartition {
  readonly offset: number
  readonly metadata: string
}

export interface TaskOptions {
  readonly id: TaskId
  readonly applicationId: string
  readonly nodes: readonly NodeDefinition[]
  readonly stores: readonly StoreDefinition[]
  /** The source partitions of this task, in the order of its sources. */
  readonly partitions: readonly TopicPartition[]
  /** Changelog topic of each store that is logged to one; the partition is the task's. */
  readonly changelogTopics: ReadonlyMap<string, string>
  /** Undefined for global stores, which write nothing. */
  readonly collector: RecordCollector | undefined
  /** Stores that every task may read, by name. */
  readonly globalStores?: ReadonlyMap<string, StateStore>
  readonly engines: EngineSpace
  readonly cache: ThreadCache | undefined
  readonly handlers: ExceptionHandlers
  /** A record that the task wrote was not delivered, and its handler does not let the task go on. */
  readonly onUndelivered: (failure: DeliveryFailure) => void
  readonly defaultTimestampExtractor?: TimestampExtractor | undefined
  readonly stateDirectory: string
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly environment: Environment
  /** What it measures is recorded here, for whoever reads metrics. Default: for nobody. */
  readonly metrics?: TaskMetrics
  /** A call of an asynchronous operator has ended: {@link Task.deliverResults} may have something to do. */
  readonly onProgress?: () => void
}

/**
 * One sub-topology over one partition number: its graph, its stores, its buffered records, and the two steps of a
 * commit. Runs records synchronously; everything that waits is its owner's work.
 */
export class Task implements NodeHost, StoreHost {
  readonly taskId: TaskId
  readonly applicationId: string
  readonly stateDirectory: string
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly context: CurrentRecordContext = new CurrentRecordContext()
  readonly engines: EngineSpace
  readonly cache: ThreadCache | undefined
  readonly partitions: readonly TopicPartition[]
  readonly metrics: TaskMetrics
  /** The time by which ages of records are measured: set by the owner before it processes, at least once a slice. */
  processingTimeMs = 0
  commitRequested = false
  currentStreamTimeMs = -1
  readonly #machine: StateMachine<TaskState>
  readonly #options: TaskOptions
  readonly #graph: TaskGraph
  readonly #group: PartitionGroup
  readonly #queues = new Map<string, RecordQueue>()
  readonly #stores = new Map<string, TaskStore>()
  readonly #streamTime = new PunctuationQueue()
  readonly #wallClock = new PunctuationQueue()
  readonly #asynchronous: AsynchronousWork
  readonly #failures: FailureHandling
  readonly #processorMetadata = new Map<string, number>()
  readonly #lateness: Sensor
  /** Whose head is being processed, or was last. */
  #current: RecordQueue | undefined
  readonly #droppedFor = new Set<string>()
  #dirty = false

  constructor(options: TaskOptions) {
    this.#options = options
    this.taskId = options.id
    this.applicationId = options.applicationId
    this.stateDirectory = options.stateDirectory
    this.config = options.config
    this.engines = options.engines
    this.cache = options.cache
    this.partitions = options.partitions
    this.metrics = options.metrics ?? unreadTaskMetrics()
    this.metrics.bufferedRecords = () => [...this.#queues.values()].reduce((sum, { size }) => sum + size, 0)
    this.#lateness = this.metrics.lateness
    this.#machine = new StateMachine(`Task ${taskIdText(options.id)}`, taskTransitions, 'created')
    const { environment, handlers, collector, onUndelivered, onProgress } = options
    this.#failures = new FailureHandling({
      taskId: options.id,
      handlers,
      collector,
      log: environment.log,
      context: this.context,
      sourceBytes: () => this.#sourceBytes(),
      onDropped: (reason) => this.recordDropped(reason),
      onUndelivered,
    })
    this.#asynchronous = new AsynchronousWork(() => onProgress?.())
    this.#graph = new TaskGraph(options.nodes, this, collector, this.#failures)
    for (const { topic, partition } of options.partitions) {
      const source = this.#graph.sourceOf(topic)
      assert(source !== undefined, `A partition of ${topic} belongs to a task that reads it`)
      this.#queues.set(
        queueName(topic, partition),
        new RecordQueue({
          topic,
          partition,
          node: source.node,
          source: source.definition,
          defaultExtractor: options.defaultTimestampExtractor,
          age: this.metrics.latencyOf(source.definition.name),
          consumed: this.metrics.consumedBy(source.definition.name, topic),
          failures: this.#failures,
          onDropped: (reason) => this.recordDropped(reason),
        }),
      )
    }
    this.#group = new PartitionGroup([...this.#queues.values()])
  }

  get state(): TaskState {
    return this.#machine.state
  }

  get environment(): Environment {
    return this.#options.environment
  }

  /** Records left out on purpose: late, without a key, unreadable. `dropped-records-total`. */
  get droppedRecords(): number {
    return this.metrics.dropped.total
  }

  get currentSystemTimeMs(): number {
    return this.#options.environment.clock.wallMs()
  }

  // ---- life cycle ----

  /** Opens the stores. What they lack of their changelogs is to be restored before {@link start}. */
  open(): void {
    this.#machine.transitionTo('restoring')
    this.#failures.reset()
    for (const definition of this.#options.stores) {
      if (!this.#stores.has(definition.name)) this.#stores.set(definition.name, openStore(definition, this))
    }
  }

  /** Begins to process: the stores are complete. */
  start(): void {
    this.#machine.transitionTo('running')
    this.#graph.init()
  }

  /** Ends processing and forgets what is buffered; stores stay open until {@link close}. */
  suspend(): void {
    if (this.#machine.is('suspended', 'closed')) return
    const wasRunning = this.#machine.is('running')
    this.#machine.transitionTo('suspended')
    this.#streamTime.clear()
    this.#wallClock.clear()
    this.#group.clear()
    this.#asynchronous.abort()
    if (wasRunning) this.#graph.close()
  }

  close(): void {
    this.suspend()
    if (this.#machine.is('closed')) return
    this.#machine.transitionTo('closed')
    for (const store of this.#stores.values()) store.close()
    this.engines.close()
  }

  // ---- stores ----

  store(name: string): StateStore | undefined {
    const store = this.#stores.get(name)
    return store?.exposed ?? store
  }

  globalStore(name: string): StateStore | undefined {
    return this.#options.globalStores?.get(name)
  }

  get stores(): ReadonlyMap<string, TaskStore> {
    return this.#stores
  }

  changelogTopic(store: string): string {
    return this.#options.changelogTopics.get(store) ?? `${this.applicationId}-${store}-changelog`
  }

  changelog(store: string): ChangelogWriter | undefined {
    const topic = this.#options.changelogTopics.get(store)
    if (topic === undefined) return undefined
    const { collector } = this.#options
    assert(collector !== undefined, 'A store that is logged belongs to a task that writes')
    const { partition } = this.taskId
    const failures = this.#failures
    const delivered = failures.delivery(null)
    const append = (timestamp: number, key: Serialized, value: Serialized | null, headers?: Headers): void => {
      const onDelivered = failures.needsUndelivered
        ? failures.deliveryOf(null, topic, partition, timestamp, key, value, headers)
        : delivered
      collector.send(topic, partition, timestamp, key, value, headers, onDelivered)
    }
    return { topic, append }
  }

  /** Applies records of a changelog to the store behind it; `nextOffset` is where the changelog stands after them. */
  restore(store: string, records: Iterable<RestoredRecord>, nextOffset: number): void {
    assert(this.#machine.is('restoring'), 'Only a task that is not running yet is restored')
    const target = this.#stores.get(store)
    assert(target !== undefined, `The store ${store} is one of the task`)
    const writes = restoredWrites(target, records)
    this.engines.commit(new Map([[store, writes]]), new Map([[store, nextOffset]]))
  }

  /** How records of a changelog become rows that {@link restoreRows} takes; undefined where they go by {@link restore}. */
  rowRestorer(store: string): RowRestorer | undefined {
    return this.#stores.get(store)?.restoreRow
  }

  /** As {@link restore}, of rows that were made of the records. */
  restoreRows(store: string, rows: RowBatch, nextOffset: number): void {
    assert(this.#machine.is('restoring'), 'Only a task that is not running yet is restored')
    this.engines.commit(new Map([[store, rows]]), new Map([[store, nextOffset]]))
  }

  /** Forgets everything of a store whose changelog no longer fits it, the time that it has observed included. */
  wipe(store: string): void {
    assert(this.#machine.is('restoring'), 'Only a task that is not running yet is wiped')
    const target = this.#stores.get(store)
    assert(target !== undefined, `The store ${store} is one of the task`)
    this.engines.wipe(store)
    target.discard()
    target.position?.clear()
  }

  // ---- records ----

  add(topic: string, partition: number, records: RecordSource, count: number, skipBefore = 0): void {
    const queue = this.#queue(topic, partition)
    const wasEmpty = queue.head === undefined
    queue.add(records, count, skipBefore)
    if (wasEmpty && queue.head !== undefined) this.#group.offer(queue)
  }

  /** Where reading of the partition began; undefined before the first record. */
  firstOffset({ topic, partition }: TopicPartition): number | undefined {
    return this.#queue(topic, partition).firstOffset
  }

  bufferedRecords(topic: string, partition: number): number {
    return this.#queue(topic, partition).size
  }

  /** Sets where the partition's time stood when its last owner committed. */
  seedPartitionTime(topic: string, partition: number, partitionTimeMs: number): void {
    const queue = this.#queue(topic, partition)
    queue.partitionTimeMs = Math.max(queue.partitionTimeMs, partitionTimeMs)
    this.currentStreamTimeMs = Math.max(this.currentStreamTimeMs, partitionTimeMs)
  }

  /** Sets what operators knew when the last owner committed; of several partitions the furthest counts. */
  seedProcessorMetadata(processors: ReadonlyMap<string, number>): void {
    for (const [name, value] of processors) {
      this.#processorMetadata.set(name, Math.max(value, this.#processorMetadata.get(name) ?? value))
    }
  }

  processorMetadata(name: string): number | undefined {
    return this.#processorMetadata.get(name)
  }

  setProcessorMetadata(name: string, value: number): void {
    this.#processorMetadata.set(name, value)
  }

  get hasRecords(): boolean {
    return !this.#group.isEmpty
  }

  get partitionsWithRecords(): number {
    return this.#group.size
  }

  /** Whether every partition has a record, so that none of them can be overtaken. */
  get allPartitionsHaveRecords(): boolean {
    return this.#group.allHaveRecords
  }

  /** Runs the next record through the graph. False when there is none. */
  processOne(): boolean {
    const queue = this.#group.poll()
    const record = queue?.head
    if (queue === undefined || record === undefined) return false
    const context = this.context
    this.#current = queue
    context.topic = queue.headTopic
    context.partition = queue.partition
    context.offset = queue.headOffset
    context.timestamp = record.timestamp
    context.headers = record.headersIfPresent
    if (record.timestamp > this.currentStreamTimeMs) this.currentStreamTimeMs = record.timestamp
    this.#dirty = true
    this.#lateness.record(this.currentStreamTimeMs - record.timestamp)
    queue.age.record(this.processingTimeMs - record.timestamp)
    try {
      queue.node.process(record)
    } catch (thrown) {
      this.#failures.escaped(queue.node.name, thrown)
    }
    queue.take()
    if (queue.head !== undefined) this.#group.offer(queue)
    return true
  }

  // ---- asynchronous operators ----

  addPendingWork(node: CompletingNode, work: PendingWork): void {
    this.#asynchronous.add(node, work)
  }

  progressed(): void {
    this.#asynchronous.progressed()
  }

  /** Records inside asynchronous operators: as long as there is one, nothing can be committed. */
  get pendingRecords(): number {
    return this.#asynchronous.size
  }

  /** Calls of asynchronous operators that run at this moment. */
  get runningCalls(): number {
    return this.#asynchronous.running
  }

  /** Whether an asynchronous operator is full, so that no new record may be processed. */
  get isSaturated(): boolean {
    return this.#asynchronous.isFull
  }

  /** Passes on the results that have come. False when there was none. */
  deliverResults(): boolean {
    if (!this.#asynchronous.deliver(this.context)) return false
    this.#dirty = true
    return true
  }

  /** Resolves when another call of an asynchronous operator has ended, or the task. */
  nextProgress(): Promise<void> {
    return this.#asynchronous.nextProgress()
  }

  /** The first record of each reason is told of, unless it is in the nature of things; all are counted. */
  recordDropped(reason: string, isNatural: boolean = false): void {
    this.metrics.dropped.record(1)
    if (isNatural || this.#droppedFor.has(reason)) return
    this.#droppedFor.add(reason)
    const { topic, partition, offset } = this.context
    this.#options.environment.log.warn(
      'A record was left out; more for this reason are only counted, in dropped-records-total',
      { reason, task: taskIdText(this.taskId), topic, partition, offset },
    )
  }

  /** What comes late, out of a cache or from an asynchronous call, has lost the bytes that it was read from. */
  #sourceBytes(): SourceBytes {
    const { topic, partition, offset } = this.context
    const queue = this.#current
    const isHead = queue?.headTopic === topic && queue.partition === partition && queue.headOffset === offset
    return (isHead ? queue.headBytes() : undefined) ?? { key: null, value: null }
  }

  requestCommit(): void {
    this.commitRequested = true
  }

  // ---- punctuation ----

  schedule(
    node: TaskNode,
    intervalMs: number,
    type: PunctuationType,
    punctuate: (timestampMs: number) => void,
    options: ScheduleOptions,
  ): Cancellable {
    const call = (timestampMs: number): void => this.#punctuate(node, punctuate, timestampMs)
    if (type === 'stream-time') return this.#streamTime.schedule(options.startTimeMs ?? 0, intervalMs, call)
    const nowMs = this.currentSystemTimeMs
    const { startTimeMs } = options
    let firstMs = startTimeMs ?? nowMs + intervalMs
    // An anchor in the past only gives the grid: the first call is at a point of it that is yet to come.
    if (firstMs < nowMs) firstMs += (Math.floor((nowMs - firstMs) / intervalMs) + 1) * intervalMs
    return this.#wallClock.schedule(firstMs, intervalMs, call)
  }

  punctuateStreamTime(): boolean {
    return !this.#streamTime.isEmpty && this.currentStreamTimeMs >= 0 && this.#streamTime.run(this.currentStreamTimeMs)
  }

  punctuateWallClock(): boolean {
    return !this.#wallClock.isEmpty && this.#wallClock.run(this.currentSystemTimeMs)
  }

  #punctuate(node: TaskNode, punctuate: (timestampMs: number) => void, timestampMs: number): void {
    this.#dirty = true
    this.context.restore({ topic: null, partition: -1, offset: -1, timestamp: timestampMs, headers: undefined })
    const { clock } = this.environment
    const startMs = clock.monotonicMs()
    try {
      punctuate(timestampMs)
      this.metrics.punctuated(clock.monotonicMs() - startMs)
    } catch (cause) {
      this.#failures.punctuationFailed(node.name, cause)
    }
  }

  // ---- commit ----

  /** Whether there is anything to commit: a record was processed, or a punctuation ran. */
  get needsCommit(): boolean {
    return this.#dirty
  }

  get uncommittedBytes(): number {
    let bytes = 0
    for (const store of this.#stores.values()) bytes += store.uncommittedBytes
    return bytes
  }

  /** First step: caches are emptied, in the order of the stores. What they forward goes to the collector. */
  prepareCommit(): void {
    for (const store of this.#stores.values()) store.flushCache()
  }

  /** What the group is told, once everything handed to the collector is acknowledged. */
  committableOffsets(): CommittableOffset[] {
    const offsets: CommittableOffset[] = []
    for (const { topic, partition, nextOffset, partitionTimeMs } of this.#queues.values()) {
      if (nextOffset >= 0)
        offsets.push({
          topic,
          partition,
          offset: nextOffset,
          metadata: encodeCommitMetadata(partitionTimeMs, this.#processorMetadata),
        })
    }
    return offsets
  }

  /** Second step, after the offsets are committed: the writes reach the engine, with the changelog positions. */
  completeCommit(positions: ReadonlyMap<string, number>): void {
    assert(this.pendingRecords === 0, 'What is committed is done, in asynchronous operators too')
    commitStores(this.#stores.values(), this.engines, positions)
    this.#dirty = false
    this.commitRequested = false
  }

  /** The commit failed: what was written since the last one is forgotten here; the changelog says what is true. */
  discardUncommitted(): void {
    discardStores(this.#stores.values())
    this.#dirty = false
  }

  #queue(topic: string, partition: number): RecordQueue {
    const queue = this.#queues.get(queueName(topic, partition))
    if (queue === undefined) {
      throw new StreamsError(`Task ${taskIdText(this.taskId)} does not read ${topic}-${partition}`, {
        code: 'UNKNOWN_PARTITION',
      })
    }
    return queue
  }
}

function queueName(topic: string, partition: number): string {
  return `${topic}-${partition}`
}
