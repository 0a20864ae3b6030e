import { Admin, Consumer, Producer } from '@streamwright/client'
import type { Environment, Log } from '@streamwright/std'
import {
  ConfigurationError,
  StateMachine,
  asError,
  deferred,
  delay,
  readSettings,
  systemEnvironment,
} from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import { instanceMetrics } from '../metrics/instance-metrics.ts'
import { Metrics } from '../metrics/metric.ts'
import type { ExceptionHandlers } from '../handlers/exception-handlers.ts'
import { exceptionHandlers } from '../handlers/handler-options.ts'
import type { StateQueryRequest } from '../queries/state-query-request.ts'
import type { StateQueryResult } from '../queries/state-query-result.ts'
import type { StoreQueryParameters } from '../queries/store-query-parameters.ts'
import { readOnlyStore } from '../state/read-only-stores.ts'
import type { StateStore } from '../state/store.ts'
import type { TopologyConfig } from '../topology/define.ts'
import type { TimestampExtractor, TopologyDefinition } from '../topology/definition.ts'
import { StreamsAssignor } from './assignment/streams-assignor.ts'
import {
  clientSettings,
  defaultTimestampExtractor,
  handlerOptions,
  ownSettings,
  topicSettings,
} from './client-settings.ts'
import { GlobalStores } from './global-stores.ts'
import { parseHostInfo } from './host-info.ts'
import type { HostInfo } from './host-info.ts'
import type { StorePartitionLags } from './store-lags.ts'
import type { KeyLocation, KeyQueryMetadata, StreamsMetadata } from './streams-metadata.ts'
import { InteractiveQueries } from './interactive-queries.ts'
import type { QueriedInstance } from './interactive-queries.ts'
import { InternalTopics } from './internal-topics.ts'
import { closeTimeoutMs, settleTimeoutMs, restoreFetchBytes, restorePollRecords } from './limits.ts'
import type { RestoreListener } from './restorer.ts'
import { Sources } from './sources.ts'
import { StateDirectory, defaultStateDirectory, removeState } from './state-directory.ts'
import { StreamThread } from './stream-thread.ts'
import type { ThreadMetadata } from './thread-metadata.ts'
import { streamsSettings } from './streams-settings.ts'
import type { StreamsConfig, StreamsSettings } from './streams-settings.ts'
import { streamsTransitions } from './streams-state.ts'
import type { StreamsState } from './streams-state.ts'

/** What can be run: `builder.build()`, or a `Topology` made by hand. */
export interface RunnableTopology {
  define(config: TopologyConfig): TopologyDefinition
  /** Its text is shown among the metrics. */
  describe?(): { toString(): string }
}

export interface CloseOptions {
  /** How long to wait for the last commit. Default 30 s. */
  readonly timeoutMs?: number
  /** Whether the group is told, so that others go on at once. Default: yes, unless `group.instance.id` is set. */
  readonly leaveGroup?: boolean
}

interface RunningThread {
  readonly thread: StreamThread
  readonly consumer: Consumer
  readonly restoreConsumer: Consumer
  readonly producer: Producer
  done: Promise<void>
}

/**
 * A streams application: one instance of it. Instances with the same `applicationId` share its tasks.
 *
 * `start()` resolves when the instance is RUNNING and rejects with the first fatal error. Java: `KafkaStreams`.
 */
export class KafkaStreams {
  readonly #settings: StreamsSettings
  readonly #handlers: ExceptionHandlers
  readonly #timestampExtractor: TimestampExtractor | undefined
  readonly #config: StreamsConfig
  readonly #definition: TopologyDefinition
  /** The same with the topics that its patterns match among those that exist. */
  readonly #define: (existingTopics: readonly string[]) => TopologyDefinition
  readonly #sources: Sources
  readonly #description: string
  readonly #environment: Environment
  readonly #log: Log
  readonly #machine: StateMachine<StreamsState>
  readonly #stateListeners = new Set<(state: StreamsState, previous: StreamsState) => void>()
  readonly #ready = new Map<StreamThread, boolean>()
  readonly #firstRunning = deferred()
  #restoreListener: RestoreListener = {}
  #failureListener: ((error: Error) => void) | undefined
  #threads: RunningThread[] = []
  #admin: Admin | undefined
  #stateDirectory: StateDirectory | undefined
  #failedThreads = 0
  #closing: Promise<void> | undefined
  #globalStores: GlobalStores | undefined
  #globalConsumer: Consumer | undefined
  #internalTopics: InternalTopics | undefined
  readonly #queries: InteractiveQueries
  #isPaused = false

  constructor(topology: RunnableTopology, config: StreamsConfig, environment: Environment = systemEnvironment) {
    this.#settings = readSettings(streamsSettings, ownSettings(config), environment.log)
    if (this.#settings.processingGuarantee !== 'at_least_once') {
      throw new ConfigurationError(
        'processing.guarantee exactly_once_v2 does not exist in this version. Set it to at_least_once',
      )
    }
    this.#handlers = exceptionHandlers(handlerOptions(config, this.#settings))
    this.#timestampExtractor = defaultTimestampExtractor(config)
    this.#config = config
    const { applicationId, statestoreCacheMaxBytes, windowstoreChangelogAdditionalRetentionMs } = this.#settings
    const known = { applicationId, statestoreCacheMaxBytes, windowstoreChangelogAdditionalRetentionMs }
    this.#define = (existingTopics) => topology.define({ ...known, existingTopics })
    this.#definition = topology.define(known)
    this.#sources = new Sources(this.#definition)
    this.#description = topology.describe?.().toString() ?? ''
    this.#environment = environment
    this.#queries = new InteractiveQueries(environment.clock, requiredHost(this.#settings.applicationServer), () =>
      this.#queried(),
    )
    this.#log = environment.log.child({ application: this.#settings.applicationId })
    this.#machine = new StateMachine('KafkaStreams', streamsTransitions, 'CREATED', (state, previous) => {
      this.#log.info(`State ${previous} to ${state}`)
      for (const listener of this.#stateListeners) listener(state, previous)
    })
    // Nobody may be waiting for the first start when it fails.
    this.#firstRunning.promise.catch(() => undefined)
  }

  get state(): StreamsState {
    return this.#machine.state
  }

  /** Called with each change of state. Returns what ends that. */
  onStateChange(listener: (state: StreamsState, previous: StreamsState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  /** Called once when the instance ends with an error. Without a listener it is logged. */
  onFailure(listener: (error: Error) => void): void {
    this.#failureListener = listener
  }

  /** Told how stores are restored. Set it before {@link start}. */
  setRestoreListener(listener: RestoreListener): void {
    this.#restoreListener = listener
  }

  /** Joins the group and begins to process. Resolves when the instance is RUNNING. */
  async start(): Promise<void> {
    if (!this.#machine.can('REBALANCING')) {
      throw new StreamsError(`This instance is ${this.state} and cannot be started (again). Make a new one`, {
        code: 'ALREADY_STARTED',
      })
    }
    this.#machine.transitionTo('REBALANCING')
    try {
      await this.#startThreads()
    } catch (thrown) {
      await this.#fail(asError(thrown))
      throw thrown
    }
    return this.#firstRunning.promise
  }

  /**
   * Ends in order: processes what is at hand, commits, leaves the group. Safe to call more than once. Rejects when the
   * last commit did not succeed in time; the next start then repeats some work.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /**
   * Lets records and punctuations wait until {@link resume}. The instance stays in its group, keeps and restores its
   * state, and commits what was processed; fetched records are held within their bounds. It may be paused before it is
   * started. Of this instance only (KIP-834).
   */
  pause(): void {
    this.#isPaused = true
  }

  /** Goes on after {@link pause}, within `poll.ms`. */
  resume(): void {
    this.#isPaused = false
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /** The stream threads of this instance, and their tasks. Java: `KafkaStreams.metadataForLocalThreads`. */
  metadataForLocalThreads(): readonly ThreadMetadata[] {
    return this.#threads.map(({ thread }) => thread.metadata)
  }

  /** Deletes the local state of the application. Only before `start` or after `close`. */
  cleanUp(): void {
    if (!this.#machine.is('CREATED', 'NOT_RUNNING', 'ERROR')) {
      throw new StreamsError('Local state is in use while the instance runs. Close it first', { code: 'STILL_RUNNING' })
    }
    removeState(this.#settings.stateDir ?? defaultStateDirectory(), this.#settings.applicationId)
  }

  /**
   * Asks the stores of this instance, each partition for itself, or a global store. Rejects with
   * {@link UnknownStateStoreError}, with {@link StreamsNotStartedError} before `start()`, with
   * {@link StreamsStoppedError} after `close()`. Close the iterators among the results. Java: `KafkaStreams.query`.
   */
  // oxlint-disable-next-line require-await -- a store may be in another thread one day, and the caller need not know
  async query<R>(request: StateQueryRequest<R>): Promise<StateQueryResult<R>> {
    return this.#queries.query(request)
  }

  /**
   * The stores of one name that are here, or a global store, as one that can be read: what it gives are copies. Its calls
   * throw {@link InvalidStateStoreError} while partitions are handed out. Java: `KafkaStreams.store`.
   */
  store<T>(parameters: StoreQueryParameters<T>): T {
    return this.#queries.store(parameters)
  }

  /**
   * All instances of the application that have an `application.server`, as the leader of the group told at the last
   * assignment; empty where none has. Java: `KafkaStreams.metadataForAllStreamsClients`.
   */
  metadataForAllStreamsClients(): readonly StreamsMetadata[] {
    return this.#queries.metadata().all()
  }

  /** Those of {@link metadataForAllStreamsClients} that have partitions of a store. */
  streamsMetadataForStore(store: string): readonly StreamsMetadata[] {
    return this.#queries.metadata(store).forStore(store)
  }

  /** In which partition a key of a store is, and which instance has it. Java: `KafkaStreams.queryMetadataForKey`. */
  queryMetadataForKey<K>(store: string, key: K, location: KeyLocation<K> = {}): KeyQueryMetadata {
    return this.#queries.metadata(store).forKey(store, key, location)
  }

  /** How far each store that is here is behind its changelog. Java: `KafkaStreams.allLocalStorePartitionLags`. */
  async allLocalStorePartitionLags(): Promise<StorePartitionLags> {
    return this.#admin === undefined ? new Map() : this.#queries.lags(this.#admin)
  }

  /**
   * The stores of this name in the tasks that run here, by partition, to be read: reads see the live state, as copies,
   * and writes fail.
   */
  localStores(name: string): ReadonlyMap<number, StateStore> {
    const stores = new Map<number, StateStore>()
    for (const { thread } of this.#threads) {
      for (const task of thread.tasks.values()) {
        const store = task.state === 'running' ? task.store(name) : undefined
        if (store !== undefined) stores.set(task.taskId.partition, readOnlyStore(store))
      }
    }
    return stores
  }

  /** A global store of the topology, to be read; undefined before it was filled. */
  globalStore(name: string): StateStore | undefined {
    const store = this.#globalStores?.stores.get(name)
    return store === undefined ? undefined : readOnlyStore(store)
  }

  /**
   * Figures of this instance as they are now, under Kafka's names and groups: of the instance, its threads, tasks, nodes
   * and topics, and what its producers count. Averages, maxima and rates look back 30 to 60 seconds.
   */
  metrics(): Metrics {
    const { applicationId, clientId } = this.#settings
    return new Metrics([
      ...instanceMetrics({
        clientId: clientId ?? `${applicationId}-${this.#stateDirectory?.processId ?? ''}`,
        applicationId,
        description: this.#description,
        state: this.state,
        aliveThreads: this.#threads.filter(({ thread }) => !thread.hasEnded).length,
        failedThreads: this.#failedThreads,
      }),
      ...this.#threads.flatMap(({ thread }) => thread.metrics()),
      ...(this.#globalStores?.metrics() ?? []),
    ])
  }

  #queried(): QueriedInstance {
    return {
      state: this.state,
      threads: this.#threads.map(({ thread }) => ({
        tasks: thread.tasks.values(),
        isRunning: this.#ready.get(thread) === true,
      })),
      globalStores: this.#globalStores?.taskStores ?? new Map(),
      definition: this.#internalTopics?.prepared?.definition ?? this.#definition,
      plan: this.#internalTopics?.prepared?.plan,
    }
  }

  async #startThreads(): Promise<void> {
    const settings = this.#settings
    const directory = new StateDirectory(
      settings.stateDir ?? defaultStateDirectory(),
      settings.applicationId,
      this.#environment,
    )
    this.#stateDirectory = directory
    const clientId = settings.clientId ?? `${settings.applicationId}-${directory.processId}`
    const { bootstrapServers } = settings
    this.#admin = new Admin(
      { ...clientSettings(this.#config, ['admin']), bootstrapServers, clientId: `${clientId}-admin` },
      this.#environment,
    )
    const internalTopics = new InternalTopics({
      admin: this.#admin,
      define: this.#define,
      replicationFactor: settings.replicationFactor,
      settings: topicSettings(this.#config),
      environment: this.#environment,
    })
    this.#internalTopics = internalTopics
    await internalTopics.prepare()
    this.#globalStores = await this.#startGlobalStores(directory, clientId)
    for (let index = 1; index <= settings.numStreamThreads; index++) {
      this.#threads.push(
        this.#createThread(`${clientId}-StreamThread-${index}`, directory, this.#admin, internalTopics),
      )
    }
    this.#globalStores?.run().catch((error: unknown) => this.#fail(asError(error)))
    for (const running of this.#threads) {
      running.done = running.thread.run().catch((error: unknown) => {
        this.#failedThreads += 1
        return this.#fail(asError(error))
      })
    }
  }

  /** Before any task runs, so that what they look up is there. Undefined without global stores. */
  async #startGlobalStores(directory: StateDirectory, clientId: string): Promise<GlobalStores | undefined> {
    const settings = this.#settings
    const definitions = this.#definition.globalNodes
    if (definitions.length === 0) return undefined
    const consumer = new Consumer(
      {
        ...clientSettings(this.#config, ['consumer', 'global.consumer']),
        bootstrapServers: settings.bootstrapServers,
        clientId: `${clientId}-global-consumer`,
        enableAutoCommit: false,
        allowAutoCreateTopics: false,
        autoOffsetReset: 'earliest',
      },
      this.#environment,
    )
    this.#globalConsumer = consumer
    const globalStores = new GlobalStores({
      name: `${clientId}-GlobalStreamThread`,
      applicationId: settings.applicationId,
      definitions,
      consumer,
      pollMs: settings.pollMs,
      commitIntervalMs: settings.commitIntervalMs,
      handlers: this.#handlers,
      defaultTimestampExtractor: this.#timestampExtractor,
      directory: directory.globalDirectory,
      config: this.#config,
      environment: this.#environment,
    })
    this.#globalStores = globalStores
    await globalStores.start()
    return globalStores
  }

  #createThread(name: string, directory: StateDirectory, admin: Admin, internalTopics: InternalTopics): RunningThread {
    const { bootstrapServers, applicationId } = this.#settings
    const assignor = new StreamsAssignor({
      definition: this.#definition,
      processId: directory.processId,
      preparePartitions: () => internalTopics.prepare(),
      ownTasks: () => ({
        running: thread.runningTasks,
        resting: this.#threads.length === 1 ? directory.tasksWithState() : [],
      }),
      applicationServer: this.#settings.applicationServer,
      onHosts: (hosts) => this.#queries.updateHosts(hosts),
    })
    const consumerConfig = clientSettings(this.#config, ['consumer', 'main.consumer'])
    const consumer = new Consumer(
      {
        autoOffsetReset: 'earliest',
        maxPollRecords: 1000,
        ...consumerConfig,
        bootstrapServers,
        groupId: applicationId,
        clientId: `${name}-consumer`,
        enableAutoCommit: false,
        allowAutoCreateTopics: false,
        partitionAssignmentStrategy: [assignor],
        offsetResetOf: (topic) => this.#sources.offsetResetOf(topic),
      },
      this.#environment,
    )
    const restoreConsumer = new Consumer(
      {
        maxPollRecords: restorePollRecords,
        maxPartitionFetchBytes: restoreFetchBytes,
        ...clientSettings(this.#config, ['consumer', 'restore.consumer']),
        bootstrapServers,
        clientId: `${name}-restore-consumer`,
        enableAutoCommit: false,
        autoOffsetReset: 'earliest',
      },
      this.#environment,
    )
    const producer = new Producer(
      { lingerMs: 100, ...clientSettings(this.#config, ['producer']), bootstrapServers, clientId: `${name}-producer` },
      this.#environment,
      { growsBatches: true },
    )
    const thread: StreamThread = new StreamThread({
      name,
      definition: this.#definition,
      sources: this.#sources,
      settings: this.#settings,
      handlers: this.#handlers,
      defaultTimestampExtractor: this.#timestampExtractor,
      config: this.#config,
      consumer,
      restoreConsumer,
      producer,
      admin,
      globalStores: this.#globalStores?.stores ?? new Map(),
      stateDirectory: directory,
      restoreListener: this.#restoreListener,
      isPaused: () => this.#isPaused,
      environment: this.#environment,
      settleTimeoutMs: settleTimeoutMs(consumerConfig['maxPollIntervalMs']),
      onReady: (ready) => this.#threadReady(thread, ready),
    })
    this.#ready.set(thread, false)
    return { thread, consumer, restoreConsumer, producer, done: Promise.resolve() }
  }

  /** The instance runs when all its threads do. */
  #threadReady(thread: StreamThread, ready: boolean): void {
    this.#ready.set(thread, ready)
    const allReady = [...this.#ready.values()].every(Boolean)
    if (allReady && this.#machine.is('REBALANCING')) {
      this.#machine.transitionTo('RUNNING')
      this.#firstRunning.resolve()
    } else if (!allReady && this.#machine.is('RUNNING')) this.#machine.transitionTo('REBALANCING')
  }

  /** Ends the instance with an error: what is not committed is repeated by the next one. */
  async #fail(error: Error): Promise<void> {
    if (!this.#machine.can('PENDING_ERROR')) return
    this.#machine.transitionTo('PENDING_ERROR')
    this.#firstRunning.reject(error)
    if (this.#failureListener === undefined) this.#log.error('The application ended with an error', { error })
    for (const { thread } of this.#threads) thread.stop()
    await Promise.allSettled(this.#threads.map(({ done }) => Promise.race([done, delay(this.#environment.timers, 0)])))
    await this.#closeClients(true)
    this.#machine.transitionTo('ERROR')
    this.#failureListener?.(error)
  }

  async #close(options: CloseOptions): Promise<void> {
    if (this.#machine.is('ERROR', 'PENDING_ERROR')) return
    this.#machine.transitionTo('PENDING_SHUTDOWN')
    this.#firstRunning.reject(new StreamsError('The instance was closed before it was RUNNING', { code: 'CLOSED' }))
    const timeoutMs = options.timeoutMs ?? closeTimeoutMs
    for (const { thread } of this.#threads) thread.stop(timeoutMs / 2)
    const { timers } = this.#environment
    const late = deferred<'late'>()
    const timer = timers.after(timeoutMs, () => late.resolve('late'))
    const outcome = await Promise.race([Promise.all(this.#threads.map(({ done }) => done)), late.promise])
    timer.cancel()
    await this.#closeClients(options.leaveGroup ?? true)
    if (this.#machine.is('PENDING_SHUTDOWN')) this.#machine.transitionTo('NOT_RUNNING')
    if (outcome === 'late') {
      throw new StreamsError(
        `The instance did not commit within ${timeoutMs} ms while closing; the next start repeats some records`,
        {
          code: 'CLOSE_TIMEOUT',
        },
      )
    }
  }

  async #closeClients(leaveGroup: boolean): Promise<void> {
    await this.#globalStores?.stop()
    const closings = this.#threads.flatMap(({ consumer, restoreConsumer, producer }) => [
      consumer.close({ leaveGroup }),
      restoreConsumer.close(),
      producer.close(),
    ])
    await Promise.allSettled([...closings, this.#globalConsumer?.close(), this.#admin?.close()])
    this.#stateDirectory?.close()
  }
}

function requiredHost(applicationServer: string): HostInfo | undefined {
  const host = parseHostInfo(applicationServer)
  if (host === undefined && applicationServer !== '') {
    throw new ConfigurationError(`application.server ${applicationServer} is no address. Give it as host:port`)
  }
  return host
}
