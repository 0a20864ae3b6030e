import type { Admin, Consumer, FetchedBatch, Producer, TopicPartition } from '@streamwright/client'
import type { Environment } from '@streamwright/std'
import { assert, deferred } from '@streamwright/std'
import type { Metric } from '../metrics/metric.ts'
import { producerMetrics } from '../metrics/producer-metrics.ts'
import { ThreadMetrics } from '../metrics/thread-metrics.ts'
import type { TaskId } from '../processor/task-id.ts'
import { taskIdText } from '../processor/task-id.ts'
import type { ExceptionHandlers } from '../handlers/exception-handlers.ts'
import type { StateStore } from '../state/store.ts'
import type { DeliveryFailure } from '../tasks/failure-handling.ts'
import type { Task } from '../tasks/task.ts'
import type { TimestampExtractor, TopologyDefinition } from '../topology/definition.ts'
import { FullPartitions } from './full-partitions.ts'
import { IdlingTasks } from './idling-tasks.ts'
import { fullProducerWaitMs, processingSliceMs, recordsPerClockRead } from './limits.ts'
import { OffsetCommits } from './offset-commits.ts'
import { ProducerCollector } from './producer-collector.ts'
import { RepartitionPurge } from './repartition-purge.ts'
import { Restorer } from './restorer.ts'
import type { RestoreListener } from './restorer.ts'
import { explained } from './sources.ts'
import type { Sources } from './sources.ts'
import type { StateDirectory } from './state-directory.ts'
import type { StreamsSettings } from './streams-settings.ts'
import type { ThreadMetadata } from './thread-metadata.ts'
import { TaskCreation } from './task-creation.ts'
import type { AssignedTask } from './task-creation.ts'
import { TaskRestoration } from './task-restoration.ts'

export interface StreamThreadOptions {
  readonly name: string
  readonly definition: TopologyDefinition
  readonly sources: Sources
  readonly settings: StreamsSettings
  readonly handlers: ExceptionHandlers
  readonly defaultTimestampExtractor: TimestampExtractor | undefined
  readonly config: Readonly<{ [name: string]: unknown }>
  readonly consumer: Consumer
  readonly restoreConsumer: Consumer
  readonly producer: Producer
  readonly admin: Admin
  /** Stores that every task may read. */
  readonly globalStores: ReadonlyMap<string, StateStore>
  readonly stateDirectory: StateDirectory
  readonly restoreListener: RestoreListener
  readonly environment: Environment
  /** How long asynchronous operators may take to end what they have begun when partitions go. */
  readonly settleTimeoutMs: number
  /** Records wait, and punctuations do: `KafkaStreams.pause`. */
  readonly isPaused: () => boolean
  /** The thread has got its first (or next) partitions and all their state: true; or is about to lose some: false. */
  readonly onReady: (ready: boolean) => void
}

/**
 * One loop that polls, processes, punctuates and commits the tasks of one member of the group. It knows nothing of
 * workers: several can run in one event loop.
 */
export class StreamThread {
  readonly #options: StreamThreadOptions
  readonly #collector: ProducerCollector
  readonly #creation: TaskCreation
  readonly #restoration: TaskRestoration
  readonly #purge: RepartitionPurge
  readonly #metrics: ThreadMetrics
  readonly #tasks = new Map<string, Task>()
  /** Of each source partition, the task that reads it. */
  readonly #owners = new Map<string, Task>()
  readonly #full: FullPartitions
  readonly #offsetCommits: OffsetCommits
  readonly #idling: IdlingTasks
  #unrestored: Task[] = []
  /** Running tasks whose records were not delivered, so that they have to go back to their last commit. */
  readonly #corrupted = new Set<Task>()
  #stopping = false
  #ended = false
  #lastCommitMs = 0
  /** A commit is due: no new records are taken until the asynchronous operators are empty. */
  #committing = false
  #settleTimeoutMs: number
  #done: Promise<void> | undefined

  constructor(options: StreamThreadOptions) {
    this.#options = options
    const { settings, environment } = options
    this.#settleTimeoutMs = options.settleTimeoutMs
    this.#collector = new ProducerCollector(options.producer)
    this.#purge = new RepartitionPurge(
      options.admin,
      options.definition,
      settings.repartitionPurgeIntervalMs,
      environment,
    )
    this.#metrics = new ThreadMetrics(options.name, environment.clock.wallMs())
    this.#full = new FullPartitions(options.consumer, settings.bufferedRecordsPerPartition)
    this.#offsetCommits = new OffsetCommits({ ...options, thread: options.name, taskTimeoutMs: settings.taskTimeoutMs })
    this.#idling = new IdlingTasks(options.consumer, settings.maxTaskIdleMs, environment.clock)
    this.#creation = new TaskCreation({
      ...options,
      collector: this.#collector,
      metrics: this.#metrics,
      onProgress: () => options.consumer.wakeup(),
      onUndelivered: (task, failure) => this.#undelivered(task, failure),
    })
    const restorer = new Restorer(options.restoreConsumer, environment, options.restoreListener)
    this.#restoration = new TaskRestoration(options.consumer, restorer, this.#creation)
  }

  /** Figures of this thread and its tasks, as they are now. */
  metrics(): Metric[] {
    const { environment, name, producer } = this.#options
    return [
      ...this.#metrics.read(environment.clock.monotonicMs(), this.#stateName),
      ...producerMetrics(`${name}-producer`, producer.metrics),
    ]
  }

  /** Everything is closed, in order or with an error. */
  get hasEnded(): boolean {
    return this.#ended
  }

  /** In Java's words. */
  get #stateName(): string {
    if (this.#done === undefined) return 'CREATED'
    if (this.#ended) return 'DEAD'
    if (this.#stopping) return 'PENDING_SHUTDOWN'
    if (this.#unrestored.length > 0) return 'PARTITIONS_ASSIGNED'
    return this.#owners.size > 0 ? 'RUNNING' : 'STARTING'
  }

  get tasks(): ReadonlyMap<string, Task> {
    return this.#tasks
  }

  /** What the thread is doing, for `KafkaStreams.metadataForLocalThreads`. */
  get metadata(): ThreadMetadata {
    return {
      threadName: this.#options.name,
      threadState: this.#stateName,
      activeTasks: [...this.#tasks.values()].map(({ taskId, partitions }) => ({ taskId, topicPartitions: partitions })),
    }
  }

  /** Tasks that run here, for the next assignment. */
  get runningTasks(): TaskId[] {
    return [...this.#tasks.values()].map((task) => task.taskId)
  }

  /** Joins the group and runs until {@link stop}. Resolves when everything is committed and closed; rejects on a fatal error. */
  run(): Promise<void> {
    assert(this.#done === undefined, 'A stream thread runs once')
    this.#done = this.#run()
    return this.#done
  }

  /**
   * Ends the loop in order: commits, closes the tasks, and leaves the clients to their owner. Asynchronous operators get
   * `settleTimeoutMs` to end what they have begun.
   */
  stop(settleTimeoutMs: number = this.#settleTimeoutMs): void {
    this.#stopping = true
    this.#settleTimeoutMs = Math.min(this.#settleTimeoutMs, settleTimeoutMs)
    this.#options.consumer.wakeup()
  }

  async #run(): Promise<void> {
    const { consumer, sources, environment } = this.#options
    this.#lastCommitMs = environment.clock.monotonicMs()
    let clean = false
    try {
      consumer.subscribe(sources.subscription, {
        onPartitionsRevoked: () => this.#revoked(),
        onPartitionsAssigned: (partitions) => this.#assigned(partitions),
        onPartitionsLost: () => this.#lost(),
      })
      while (!this.#stopping) await this.#turn()
      if (this.#unrestored.length === 0) await this.#commitLast()
      clean = true
    } catch (error) {
      throw explained(error)
    } finally {
      this.#closeTasks(clean)
      this.#ended = true
    }
  }

  async #turn(): Promise<void> {
    const { consumer, settings } = this.#options
    const { clock } = this.#options.environment
    this.#collector.throwFailure()
    if (this.#corrupted.size > 0) await this.#revive()
    const busy = this.#hasWork()
    const startMs = clock.monotonicMs()
    const batches = await consumer.poll(busy ? 0 : settings.pollMs)
    const polledMs = clock.monotonicMs()
    this.#metrics.poll.record(polledMs - startMs)
    this.#metrics.pollRecords.record(batches.reduce((sum, { batch }) => sum + batch.recordCount, 0))
    this.#metrics.tick(polledMs)
    for (const fetched of batches) this.#take(fetched)
    if (this.#unrestored.length > 0) {
      await this.#restore()
      return
    }
    await this.#idling.learnPositions()
    if (!this.#options.isPaused()) {
      if (!this.#collector.isFull) this.#process()
      for (const task of this.#tasks.values()) task.punctuateWallClock()
    }
    this.#full.resume(this.#owners)
    this.#committing ||= this.#shouldCommit()
    if (this.#committing) await this.#commitWhenSettled()
    if (this.#hasWork()) await this.#afterIo()
  }

  #hasWork(): boolean {
    if (this.#options.isPaused()) return false
    for (const task of this.#tasks.values()) if (!this.#committing && this.#isProcessable(task)) return true
    return false
  }

  /** A full producer needs the event loop until it has sent something: turns that can do nothing only cost. */
  async #afterIo(): Promise<void> {
    const { timers } = this.#options.environment
    const turn = deferred()
    if (!this.#collector.isFull) {
      timers.afterIo(turn.resolve)
      return turn.promise
    }
    const late = timers.after(fullProducerWaitMs, turn.resolve)
    await Promise.race([turn.promise, this.#collector.drained()])
    late.cancel()
  }

  #take(fetched: FetchedBatch): void {
    const { topic, partition, batch } = fetched
    const task = this.#owners.get(`${topic}-${partition}`)
    if (task === undefined || task.state !== 'running') return
    task.add(topic, partition, batch.records(), batch.recordCount, fetched.skipBefore)
    this.#idling.learnEnd(task, fetched)
    this.#full.pauseIfFull(task, fetched)
  }

  /** One slice of work over all tasks, so that the event loop gets its turn. */
  #process(): void {
    const { clock } = this.#options.environment
    const startMs = clock.monotonicMs()
    const nowMs = clock.wallMs()
    let any = true
    let processed = 0
    for (const task of this.#tasks.values()) task.processingTimeMs = nowMs
    while (any && clock.monotonicMs() < startMs + processingSliceMs) {
      any = false
      for (const task of this.#tasks.values()) {
        for (let count = 0; count < recordsPerClockRead && !this.#collector.isFull; count++) {
          if (task.deliverResults()) any = true
          else if (this.#processOne(task)) processed += 1
          else break
          any = true
          task.punctuateStreamTime()
        }
      }
    }
    if (processed === 0) return
    const tookMs = clock.monotonicMs() - startMs
    this.#metrics.processTime.record(tookMs)
    this.#metrics.processLatency.record(tookMs / processed)
    this.#metrics.processRecords.record(processed)
  }

  #processOne(task: Task): boolean {
    if (this.#committing || !this.#isProcessable(task)) return false
    if (this.#idling.isEnforced(task)) task.metrics.enforced.record(1)
    return task.processOne()
  }

  #isProcessable(task: Task): boolean {
    return !task.isSaturated && this.#idling.isReady(task)
  }

  #shouldCommit(): boolean {
    const { settings, environment } = this.#options
    let needed = false
    let uncommitted = 0
    for (const task of this.#tasks.values()) {
      if (task.commitRequested) return true
      needed ||= task.needsCommit
      uncommitted += task.uncommittedBytes
    }
    if (settings.statestoreUncommittedMaxBytes >= 0 && uncommitted > settings.statestoreUncommittedMaxBytes) return true
    return needed && environment.clock.monotonicMs() - this.#lastCommitMs >= settings.commitIntervalMs
  }

  /** Commits, unless an asynchronous operator still has records: then the loop goes on, and a later turn commits. */
  async #commitWhenSettled(): Promise<void> {
    if (this.#hasPendingRecords()) return
    // What the caches forward may get into an asynchronous operator.
    for (const task of this.#tasks.values()) if (task.state === 'running') task.prepareCommit()
    if (this.#hasPendingRecords()) return
    this.#committing = false
    await this.#commit(false)
  }

  #hasPendingRecords(): boolean {
    for (const task of this.#tasks.values()) if (task.pendingRecords > 0) return true
    return false
  }

  /**
   * The commit before partitions go or the thread ends. Waits for the asynchronous operators, for a limited time: what
   * they have not done by then is aborted, nothing since the last commit counts, and the next owner repeats it. Nor does
   * it if the group does not take the commit. Whether all is committed.
   */
  async #commitLast(): Promise<boolean> {
    this.#committing = false
    if (await this.#settle()) {
      const isCommitted = await this.#commit(true)
      for (const task of isCommitted ? this.#corrupted : this.#tasks.values()) task.discardUncommitted()
      this.#corrupted.clear()
      return isCommitted
    }
    this.#options.environment.log.warn(
      'Asynchronous operators did not end in time: the records since the last commit are processed again',
      { thread: this.#options.name, waitedMs: this.#settleTimeoutMs },
    )
    for (const task of this.#tasks.values()) task.discardUncommitted()
    return false
  }

  async #settle(): Promise<boolean> {
    const { clock, timers } = this.#options.environment
    const endMs = clock.monotonicMs() + this.#settleTimeoutMs
    for (;;) {
      let any = false
      for (const task of this.#tasks.values()) any = task.deliverResults() || any
      if (any) continue
      if (!this.#hasPendingRecords()) {
        for (const task of this.#tasks.values()) if (task.state === 'running') task.prepareCommit()
        if (!this.#hasPendingRecords()) return true
      }
      const leftMs = endMs - clock.monotonicMs()
      if (leftMs <= 0) return false
      const late = deferred()
      const timer = timers.after(leftMs, late.resolve)
      await Promise.race([late.promise, ...[...this.#tasks.values()].map((task) => task.nextProgress())])
      timer.cancel()
    }
  }

  /**
   * Caches are emptied, what was written is acknowledged, the offsets are committed, and then the writes reach the
   * engines: in this order, so that a crash anywhere repeats work but loses none. Whether the group has taken it.
   */
  async #commit(isLast: boolean): Promise<boolean> {
    const tasks = [...this.#tasks.values()].filter((task) => task.state === 'running' && task.needsCommit)
    const { clock } = this.#options.environment
    this.#lastCommitMs = clock.monotonicMs()
    if (tasks.length === 0) return true
    for (const task of tasks) task.prepareCommit()
    await this.#collector.flush()
    const sound = tasks.filter((task) => !this.#corrupted.has(task))
    const offsets = sound.flatMap((task) => task.committableOffsets())
    if (!(await this.#offsetCommits.commit(offsets, isLast))) return false
    for (const task of sound) task.completeCommit(this.#changelogPositions(task))
    this.#metrics.commit.record(clock.monotonicMs() - this.#lastCommitMs)
    this.#purge.committed(offsets)
    return true
  }

  // ---- records that were not delivered ----

  #undelivered(task: Task, failure: DeliveryFailure): void {
    if (failure.kind === 'fail') this.#collector.fail(failure.error)
    else {
      this.#options.environment.log.warn('A task goes back to its last commit', {
        task: taskIdText(task.taskId),
        error: failure.error,
      })
      this.#corrupted.add(task)
    }
    this.#options.consumer.wakeup()
  }

  /** Takes corrupted tasks back to their last commit, with the state that their changelogs have. */
  async #revive(): Promise<void> {
    // What is on its way may reach a changelog, too.
    await this.#collector.flush()
    const tasks = [...this.#corrupted].filter(({ state }) => state === 'running')
    this.#corrupted.clear()
    if (tasks.length === 0) return
    this.#options.onReady(false)
    const places = tasks.flatMap((task) => [...task.partitions])
    this.#options.consumer.pause(places)
    this.#full.forget(places)
    for (const task of tasks) {
      await this.#goBack(task)
      task.discardUncommitted()
      this.#closeTask(task)
      // A new one, since operators know more by now than was committed.
      for (const assigned of this.#creation.tasksOf(task.partitions).values()) this.#open(assigned)
    }
  }

  /** Sets the consumer to the committed offsets, or to where it began if there is none. */
  async #goBack(task: Task): Promise<void> {
    const { consumer } = this.#options
    const committed = await consumer.committed(task.partitions)
    for (const place of task.partitions) {
      const offset = committed.get(`${place.topic}-${place.partition}`)?.offset ?? task.firstOffset(place)
      // Without either, nothing was read yet.
      if (offset !== undefined) consumer.seek(place, offset)
    }
  }

  #changelogPositions(task: Task): Map<string, number> {
    const positions = new Map<string, number>()
    for (const [store, topic] of this.#creation.changelogs(task)) {
      const offset = this.#collector.changelogOffset(topic, task.taskId.partition)
      if (offset !== undefined) positions.set(store, offset)
    }
    return positions
  }

  // ---- rebalances ----

  /** Everything is committed before anybody else goes on; the tasks stay open in case they come back. */
  async #revoked(): Promise<void> {
    this.#options.onReady(false)
    const isCommitted = this.#unrestored.length > 0 || (await this.#commitLast())
    this.#unrestored = []
    if (!isCommitted) {
      // A task that came back would go on from its last commit with a state that is ahead of it.
      this.#closeTasks(false)
      return
    }
    for (const task of this.#tasks.values()) task.suspend()
    this.#owners.clear()
    this.#full.clear()
  }

  /** The group went on without this member: what is not committed is somebody else's to repeat. */
  #lost(): Promise<void> {
    this.#options.onReady(false)
    this.#closeTasks(false)
    return Promise.resolve()
  }

  async #assigned(partitions: readonly TopicPartition[]): Promise<void> {
    const wanted = this.#creation.tasksOf(partitions)
    for (const [name, task] of this.#tasks) {
      if (wanted.has(name)) continue
      this.#closeTask(task)
      this.#tasks.delete(name)
    }
    const topics = this.#options.definition.subtopologies.flatMap((subtopology) => [...subtopology.sinkTopics])
    await this.#collector.learnPartitions(new Set(topics))
    for (const [name, assigned] of wanted) this.#open(assigned, this.#keptTask(name, assigned.places))
    this.#options.consumer.pause(partitions)
    if (wanted.size === 0) this.#options.onReady(true)
  }

  /** Opens a task, a new one unless there is one to go on with. It runs when it is restored. */
  #open(assigned: AssignedTask, task: Task = this.#creation.create(assigned)): void {
    this.#tasks.set(taskIdText(task.taskId), task)
    for (const { topic, partition } of assigned.places) this.#owners.set(`${topic}-${partition}`, task)
    for (const topic of this.#creation.changelogs(task).values()) this.#collector.track(topic, assigned.partition)
    task.open()
    this.#unrestored.push(task)
  }

  /** The task of this name, if it is here and reads the same: a pattern may have come to match another topic. */
  #keptTask(name: string, places: readonly TopicPartition[]): Task | undefined {
    const task = this.#tasks.get(name)
    if (task === undefined) return undefined
    const before = new Set(task.partitions.map(({ topic }) => topic))
    if (before.size === places.length && places.every(({ topic }) => before.has(topic))) return task
    this.#closeTask(task)
    return undefined
  }

  async #restore(): Promise<void> {
    const tasks = this.#unrestored
    // A rebalance may come while records are fetched: then there is another set of tasks, and this one is done with.
    const stopped = (): boolean => this.#stopping || this.#unrestored !== tasks
    await this.#restoration.restore(tasks, stopped)
    if (stopped()) return
    await this.#idling.add(tasks)
    if (stopped()) return
    this.#unrestored = []
    for (const task of tasks) task.start()
    this.#options.consumer.resume(tasks.flatMap((task) => [...task.partitions]))
    this.#options.onReady(true)
  }

  #closeTask(task: Task): void {
    this.#corrupted.delete(task)
    for (const topic of this.#creation.changelogs(task).values()) this.#collector.untrack(topic, task.taskId.partition)
    this.#idling.delete(task)
    this.#metrics.closeTask(task.metrics)
    task.close()
  }

  #closeTasks(clean: boolean): void {
    for (const task of this.#tasks.values()) {
      if (!clean) task.discardUncommitted()
      this.#closeTask(task)
    }
    this.#tasks.clear()
    this.#owners.clear()
    this.#unrestored = []
  }
}
