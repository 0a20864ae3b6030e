import { ReusableMemory } from '@streamwright/std'
import type { Api } from '@streamwright/protocol'
import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { describeCluster } from '@streamwright/protocol/messages/describe-cluster'
import { metadata as metadataApi } from '@streamwright/protocol/messages/metadata'
import type { Environment, Timer } from '@streamwright/std'
import type { Backoff } from '../connection/backoff.ts'
import { addressText } from '../connection/broker-address.ts'
import type { Connection, RequestBody, RequestOptions } from '../connection/connection.ts'
import { ClientClosedError, ConnectionError } from '../errors.ts'
import { metadataTopicsPerRequestMax, receiveMemoryLimits } from '../limits.ts'
import type { ClientSettings } from '../settings/client-settings.ts'
import { checkClientSettings } from '../settings/client-settings.ts'
import type { BrokerNode, Lane } from './broker-node.ts'
import { BrokerPool } from './broker-pool.ts'
import type { CoordinatorKind } from './coordinators.ts'
import { Coordinators } from './coordinators.ts'
import type { BrokersAndTopics } from './metadata-cache.ts'
import { MetadataCache } from './metadata-cache.ts'
import type { MetadataQuestion } from './metadata-requests.ts'
import { MetadataRequests } from './metadata-requests.ts'
import { retrying, within } from './retry.ts'
import type { BrokerMetadata, LeaderAndEpoch, TopicMetadata } from './topic-metadata.ts'

/** Where a request goes: a broker by its id, any broker, or the controller. */
export type Target = number | 'any' | 'controller'

export interface SendOptions extends RequestOptions {
  /** Which of the connections to the broker to take; see {@link Lane}. Default `data`. */
  readonly lane?: Lane
}

/** The first version of a metadata request that may name topics by their ids alone. */
const topicIdsFrom = 12

export interface MetadataOptions {
  /** Whether brokers may create topics that do not exist, if they are set to do so. Default false. */
  readonly allowAutoCreate?: boolean
  /** Ask the cluster even if the answer is known. Default false. */
  readonly refresh?: boolean
  /** Default: `request.timeout.ms`. */
  readonly timeoutMs?: number
}

/** Of DescribeCluster: the cluster by its controllers. */
const controllerEndpoints = 2

interface Connected {
  readonly node: BrokerNode
  readonly connection: Connection
}

/**
 * A Kafka cluster as a client sees it: finds the broker for each request, keeps connections to brokers and what they
 * said about topics. Sends each request once; what to do after a failure is up to the caller (see {@link retrying}).
 */
export class Cluster {
  readonly settings: ClientSettings
  readonly #environment: Environment
  /** Where large responses lie; who is done with one gives it back. */
  readonly receiveMemory: ReusableMemory = new ReusableMemory(receiveMemoryLimits)
  readonly #pool: BrokerPool
  readonly #cache = new MetadataCache()
  readonly #coordinators: Coordinators
  readonly #requests: { readonly creating: MetadataRequests; readonly plain: MetadataRequests }
  readonly #listeners = new Set<(topics: readonly TopicMetadata[]) => void>()
  readonly #abort = new AbortController()
  #refreshTimer: Timer | undefined
  /** Since when metadata is asked for in vain; undefined while the last question was answered. */
  #tryingSinceMs: number | undefined

  /** Connects to nothing yet. Throws `ConfigurationError` for settings that cannot be. */
  constructor(settings: ClientSettings, environment: Environment) {
    checkClientSettings(settings)
    this.settings = settings
    this.#environment = environment
    this.#pool = new BrokerPool(settings, environment, this.receiveMemory, () => this.#cache.invalidateAll())
    this.#coordinators = new Coordinators(
      (api, request, timeoutMs) => this.send('any', api, request, { timeoutMs }),
      (broker) => this.#learnBrokers([broker]),
    )
    const ask = (question: MetadataQuestion): Promise<void> => this.#fetchMetadata(question)
    this.#requests = { creating: new MetadataRequests(true, ask), plain: new MetadataRequests(false, ask) }
  }

  /** Aborted when the cluster is closed: what waits should end. */
  get closing(): AbortSignal {
    return this.#abort.signal
  }

  /** The wait between retries of a request. */
  get retryBackoff(): Backoff {
    return { initialMs: this.settings.retryBackoffMs, maxMs: this.settings.retryBackoffMaxMs }
  }

  /**
   * Sends one request in the highest version that the broker, the client and the options have in common, and resolves
   * with the response, whose error codes the caller has to look at. `request` may be a function of that version. Connects
   * if need be. Rejects with `ConnectionError`, `RequestTimeoutError` (both retriable), `UnsupportedVersionError`,
   * `ClientClosedError`, or a `ConnectionError` with the code `BROKER_NOT_AVAILABLE` for an id that the cluster does not
   * name (now): a node that is away for a moment is taken off its list.
   */
  async send<Request, Response>(
    target: Target,
    api: Api<Request, Response>,
    request: RequestBody<Request>,
    options: SendOptions = {},
  ): Promise<Response> {
    const timeoutMs = options.timeoutMs ?? this.settings.requestTimeoutMs
    const deadlineMs = this.#environment.clock.monotonicMs() + timeoutMs
    const lane = options.lane ?? 'data'
    // What is connected sends within this call: a fetch is at its broker before the caller looks at what came before.
    const { node, connection } = this.#connected(target, lane) ?? (await this.#connect(target, lane, deadlineMs))
    const remainingMs = Math.max(1, deadlineMs - this.#environment.clock.monotonicMs())
    const response = await connection.send(api, request, { ...options, timeoutMs: remainingMs })
    node.throttle(throttleTimeMs(response))
    return response
  }

  /** As {@link send}, for a request without a response: resolves when it was handed to the connection. */
  async sendWithoutResponse<Request>(
    target: Target,
    api: Api<Request, unknown>,
    request: RequestBody<Request>,
    options: SendOptions = {},
  ): Promise<void> {
    const timeoutMs = options.timeoutMs ?? this.settings.requestTimeoutMs
    const deadlineMs = this.#environment.clock.monotonicMs() + timeoutMs
    const { connection } = await this.#connect(target, options.lane ?? 'data', deadlineMs)
    await connection.sendWithoutResponse(api, request, options)
  }

  /** The highest version of `api` in common with a broker, or −1 if there is none. */
  async versionOf(target: Target, api: Api<unknown, unknown>): Promise<number> {
    const { connection } = await this.#connect(target, 'data', this.#deadline())
    return connection.versions.find(api)
  }

  /** The finalized level of a feature of the cluster, such as `transaction.version`; 0 if it has none. */
  async featureLevel(name: string, timeoutMs?: number): Promise<number> {
    const { connection } = await this.#connect('any', 'data', this.#deadline(timeoutMs))
    return connection.versions.feature(name)
  }

  /**
   * What is known of topics, asking the cluster once for those that are not known, not well, or older than
   * `metadata.max.age.ms`. Topics with an error are among the answers, with their `errorCode`.
   */
  async topicMetadata(
    topics: readonly string[] | 'all',
    options: MetadataOptions = {},
  ): Promise<ReadonlyMap<string, TopicMetadata>> {
    const nowMs = this.#environment.clock.monotonicMs()
    const maxAgeMs = this.settings.metadataMaxAgeMs
    const missing =
      topics === 'all' || options.refresh === true
        ? topics
        : topics.filter((topic) => !this.#cache.isFresh(topic, nowMs, maxAgeMs))
    if (missing.length > 0) await this.#request(missing, options)
    const names = topics === 'all' ? this.#cache.usedTopics(-Infinity) : topics
    const found = new Map<string, TopicMetadata>()
    for (const name of names) {
      this.#cache.markUsed(name, nowMs)
      const topic = this.#cache.topic(name)
      if (topic !== undefined) found.set(name, topic)
    }
    return found
  }

  /**
   * A topic that exists and whose partitions have had a leader: waits until it is so. Rejects with the `KafkaError`
   * that stands against it, in an `OperationTimeoutError` if it could have gone away.
   */
  async requireTopic(topic: string, options: MetadataOptions = {}): Promise<TopicMetadata> {
    const { clock } = this.#environment
    const timeoutMs = options.timeoutMs ?? this.settings.requestTimeoutMs
    const deadlineMs = clock.monotonicMs() + timeoutMs
    return retrying(
      this.#environment,
      { what: `Finding topic ${topic}`, deadlineMs, backoff: this.retryBackoff, signal: this.closing },
      async (remainingMs) => {
        const metadata = (await this.topicMetadata([topic], { ...options, timeoutMs: remainingMs })).get(topic)
        const errorCode = metadata?.errorCode ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        if (metadata !== undefined && errorCode === ErrorCode.NONE) return metadata
        throw kafkaError(errorCode, topicProblem(topic, errorCode))
      },
    )
  }

  /** How many partitions a topic has. Waits until it exists. */
  async partitionsFor(topic: string, options: MetadataOptions = {}): Promise<number> {
    return (await this.requireTopic(topic, options)).partitions.length
  }

  /** What is known of a topic right now, without asking anyone. */
  cachedTopic(topic: string): TopicMetadata | undefined {
    return this.#cache.topic(topic)
  }

  /** The leader of a partition as far as it is known right now: undefined if it is not, or if there is none. */
  leaderOf(topic: string, partition: number): LeaderAndEpoch | undefined {
    const known = this.#cache.topic(topic)?.partitions[partition]
    return known === undefined || known.leader < 0 ? undefined : known
  }

  /** Asks the cluster for topics by their ids, once. Those that it does not know (yet) have no name afterwards. */
  async learnTopicIds(topicIds: readonly string[]): Promise<void> {
    const topics = topicIds.map((topicId) => ({ topicId, name: null }))
    const request = { topics, allowAutoTopicCreation: false }
    const response = await this.send('any', metadataApi, request, { minVersion: topicIdsFrom })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Fetching metadata')
    this.#takeOver(response, false)
  }

  /** The name of a topic by its id, as far as it is known. */
  topicName(topicId: string): string | undefined {
    return this.#cache.topicName(topicId)
  }

  /** Keeps a topic among those that are refreshed by `metadata.max.age.ms`. */
  markUsed(topic: string): void {
    this.#cache.markUsed(topic, this.#environment.clock.monotonicMs())
  }

  /** What is known of a topic is wrong: the next {@link topicMetadata} asks again. */
  invalidate(topic: string): void {
    this.#cache.invalidate(topic)
  }

  /** Asks the cluster for its brokers, its controller and all topics in use. */
  async refresh(options: MetadataOptions = {}): Promise<void> {
    await this.#request(this.#usedTopics(), options)
  }

  /** Takes over a leader that a response named beside an error (KIP-951). Returns whether that was news. */
  updateLeader(
    topic: string,
    partition: number,
    leader: LeaderAndEpoch,
    endpoints: readonly BrokerMetadata[] = [],
  ): boolean {
    if (leader.leader < 0) return false
    this.#learnBrokers(endpoints)
    const isNews = this.#pool.broker(leader.leader) !== undefined && this.#cache.updateLeader(topic, partition, leader)
    const metadata = this.#cache.topic(topic)
    if (isNews && metadata !== undefined) this.#announce([metadata])
    return isNews
  }

  /** Calls `listener` with topics whenever the cluster has described them, until the returned function is called. */
  onMetadata(listener: (topics: readonly TopicMetadata[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The broker that coordinates a group or a transaction. Waits until there is one. */
  coordinator(kind: CoordinatorKind, key: string, options: { readonly timeoutMs?: number } = {}): Promise<number> {
    const deadlineMs = this.#deadline(options.timeoutMs)
    const what = `Finding the coordinator of ${kind} ${key}`
    return retrying(
      this.#environment,
      { what, deadlineMs, backoff: this.retryBackoff, signal: this.closing },
      (remainingMs) => this.#coordinators.find(kind, key, remainingMs),
    )
  }

  /** The coordinator has moved, or cannot be reached: the next {@link coordinator} looks it up. */
  invalidateCoordinator(kind: CoordinatorKind, key: string): void {
    this.#coordinators.invalidate(kind, key)
  }

  /** All topics that are known right now. */
  get knownTopics(): readonly TopicMetadata[] {
    return this.#cache.known
  }

  /** Why no broker can be reached, if none can. */
  get lastFailure(): Error | undefined {
    return this.#pool.lastFailure
  }

  /** The brokers as far as they are known. */
  get brokers(): readonly BrokerMetadata[] {
    return this.#cache.brokers
  }

  get clusterId(): string | null {
    return this.#cache.clusterId
  }

  /** Closes all connections. Requests that wait fail with `ClientClosedError`. */
  close(): Promise<void> {
    const reason = new ClientClosedError('The client was closed')
    this.#abort.abort(reason)
    this.#refreshTimer?.cancel()
    this.#pool.close(reason)
    this.#listeners.clear()
    return Promise.resolve()
  }

  #deadline(timeoutMs: number = this.settings.requestTimeoutMs): number {
    return this.#environment.clock.monotonicMs() + timeoutMs
  }

  /** What {@link #connect} would resolve with, if it need not wait. */
  #connected(target: Target, lane: Lane): Connected | undefined {
    if (typeof target !== 'number' || this.closing.aborted) return undefined
    const node = this.#pool.broker(target)
    const connection = node?.throttled() === undefined ? node?.openConnection(lane) : undefined
    return node === undefined || connection === undefined ? undefined : { node, connection }
  }

  async #connect(target: Target, lane: Lane, deadlineMs: number): Promise<Connected> {
    const { clock } = this.#environment
    const resolved = this.#pool.resolved()
    if (resolved !== undefined) await resolved
    this.closing.throwIfAborted()
    for (;;) {
      const node = target === 'any' ? this.#pool.any() : await this.#node(target, deadlineMs)
      const remainingMs = Math.max(1, deadlineMs - clock.monotonicMs())
      try {
        const opening = node.connection(lane)
        const what = `Connecting to ${addressText(node.address)}`
        const connection = node.isConnected
          ? await opening
          : await within(this.#environment, remainingMs, what, opening, () => node.lastFailure)
        const throttled = node.throttled()
        if (throttled !== undefined) await throttled
        return { node, connection }
      } catch (error) {
        // Another broker may do; a known address that nobody listens on may be the only one, and come back.
        const mayTryOther = target === 'any' && error instanceof ConnectionError && error.retriable
        if (!mayTryOther || clock.monotonicMs() >= deadlineMs) throw error
        this.closing.throwIfAborted()
      }
    }
  }

  async #node(target: number | 'controller', deadlineMs: number): Promise<BrokerNode> {
    const find = (): BrokerNode | undefined =>
      this.#pool.broker(target === 'controller' ? this.#cache.controllerId : target)
    const known = find()
    if (known !== undefined) return known
    await this.#request([], { timeoutMs: Math.max(1, deadlineMs - this.#environment.clock.monotonicMs()) })
    const found = find()
    if (found !== undefined) return found
    const who = target === 'controller' ? 'the controller' : `broker ${target}`
    throw new ConnectionError(`The cluster does not name ${who} at the moment`, {
      address: who,
      code: 'BROKER_NOT_AVAILABLE',
    })
  }

  async #request(topics: readonly string[] | 'all', options: MetadataOptions): Promise<void> {
    const requests = options.allowAutoCreate === true ? this.#requests.creating : this.#requests.plain
    const timeoutMs = options.timeoutMs ?? this.settings.requestTimeoutMs
    await within(
      this.#environment,
      timeoutMs,
      'Fetching metadata',
      requests.request(topics),
      () => this.#pool.lastFailure,
    )
  }

  async #fetchMetadata({ topics, allowAutoCreate }: MetadataQuestion): Promise<void> {
    if (topics === 'all') return this.#fetchSome(null, allowAutoCreate)
    const size = metadataTopicsPerRequestMax
    for (let start = 0; start === 0 || start < topics.length; start += size) {
      await this.#fetchSome(topics.slice(start, start + size), allowAutoCreate)
    }
  }

  async #fetchSome(topics: readonly string[] | null, allowAutoTopicCreation: boolean): Promise<void> {
    const nowMs = this.#environment.clock.monotonicMs()
    this.#tryingSinceMs ??= nowMs
    if (nowMs - this.#tryingSinceMs > this.settings.metadataRecoveryRebootstrapTriggerMs) this.#rebootstrap()
    if (this.settings.asksControllers === true) return this.#fetchControllers(topics)
    const response = await this.send(
      'any',
      metadataApi,
      { topics: topics === null ? null : topics.map((name) => ({ name })), allowAutoTopicCreation },
      // Older versions cannot say that topics are not to be created.
      { minVersion: 4 },
    )
    if (response.errorCode === ErrorCode.REBOOTSTRAP_REQUIRED) this.#rebootstrap()
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Fetching metadata')
    this.#takeOver(response, topics === null)
  }

  /** Controllers name each other, and no topics. */
  async #fetchControllers(topics: readonly string[] | null): Promise<void> {
    if (topics === null || topics.length > 0) {
      const why = 'This Admin API is not yet supported when communicating directly with the controller quorum.'
      throw new KafkaError(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, why)
    }
    const request = { endpointType: controllerEndpoints }
    const response = await this.send('any', describeCluster, request, { minVersion: 1 })
    const { errorCode, errorMessage, clusterId, controllerId } = response
    if (errorCode !== ErrorCode.NONE) throw new KafkaError(errorCode, errorMessage ?? 'Describing the controllers')
    const brokers = response.brokers.map(({ brokerId, host, port, rack }) => ({ nodeId: brokerId, host, port, rack }))
    this.#takeOver({ brokers, clusterId, controllerId, topics: [] }, false)
  }

  #rebootstrap(): void {
    if (this.settings.metadataRecoveryStrategy !== 'rebootstrap') return
    this.#environment.log.info('Metadata could not be had from the known brokers: bootstrap.servers are asked again')
    this.#pool.rebootstrap()
    this.#tryingSinceMs = this.#environment.clock.monotonicMs()
  }

  #takeOver(response: BrokersAndTopics, isComplete: boolean): void {
    this.#tryingSinceMs = undefined
    const topics = this.#cache.update(response, this.#environment.clock.monotonicMs(), isComplete)
    this.#pool.update(this.#cache.brokers)
    this.#announce(topics)
    this.#scheduleRefresh()
  }

  #announce(topics: readonly TopicMetadata[]): void {
    if (topics.length > 0) for (const listener of this.#listeners) listener(topics)
  }

  #learnBrokers(brokers: readonly BrokerMetadata[]): void {
    if (brokers.length === 0) return
    this.#cache.updateBrokers(brokers)
    this.#pool.update(this.#cache.brokers)
  }

  #scheduleRefresh(): void {
    this.#refreshTimer?.cancel()
    if (this.closing.aborted) return
    const delayMs = Math.min(Math.max(this.settings.metadataMaxAgeMs, this.settings.retryBackoffMs), 0x7fff_ffff)
    this.#refreshTimer = this.#environment.timers.after(
      delayMs,
      () => {
        this.refresh().catch((error: unknown) => {
          if (this.closing.aborted) return
          this.#environment.log.debug('Refreshing metadata failed', { error })
          this.#scheduleRefresh()
        })
      },
      { background: true },
    )
  }

  #usedTopics(): string[] {
    return this.#cache.usedTopics(this.#environment.clock.monotonicMs() - this.settings.metadataMaxIdleMs)
  }
}

function throttleTimeMs(response: unknown): number {
  const throttle = (response as { readonly throttleTimeMs?: unknown } | null)?.throttleTimeMs
  return typeof throttle === 'number' ? throttle : 0
}

function topicProblem(topic: string, errorCode: number): string {
  return errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    ? `Topic ${topic} does not exist; create it first, or let the brokers do so by auto.create.topics.enable`
    : `Topic ${topic}`
}
