import { ErrorCode, errorInfo, kafkaError, zeroUuid } from '@streamwright/protocol'
import type { Init } from '@streamwright/protocol'
import { fetch as fetchApi } from '@streamwright/protocol/messages/fetch'
import type { FetchRequest, FetchResponse, FetchResponsePartitionData } from '@streamwright/protocol/messages/fetch'
import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { clientChannels } from '../../diagnostics.ts'
import { isRetriable } from '../../errors.ts'
import type { Assignment } from '../assignment.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import { sessionCloseTimeoutMs, shortFetchWaitMs } from '../limits.ts'
import type { PartitionState } from '../partition-state.ts'
import type { TopicRefresher } from '../topic-refresher.ts'
import type { Wakeup } from '../wakeup.ts'
import { FetchBuffer } from './fetch-buffer.ts'
import type { PartitionAnswer, SessionPartition } from './fetch-session.ts'
import { FetchSession } from './fetch-session.ts'
import type { FetchedBatch } from './fetched-batch.ts'
import { ResponseLease } from './response-lease.ts'
import { receivePartition } from './partition-batches.ts'

/** The last version in which topics have names, for partitions whose topic has no id. */
const namedTopicsMax = 12

/** The first version in which a request names the rack of the reader. */
const racksFrom = 11

/** A partition that was asked for, as it was then. */
interface Question {
  readonly state: PartitionState
  readonly version: number
  readonly fetchOffset: number
}

interface BrokerFetch {
  readonly session: FetchSession
  isUnderWay: boolean
  /** Fetches in a row that had to leave out a partition, because enough of it waits here. */
  shortFetches: number
}

export interface FetcherOptions {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly environment: Environment
  readonly refresher: TopicRefresher
  readonly wakeup: Wakeup
}

/**
 * Keeps one fetch under way to each broker that has something for this consumer, while the caller works on what came
 * before. Fetches run ahead of the positions: of a partition, until `max.partition.fetch.bytes` of it wait here, and of
 * all together until `fetch.max.bytes` do; so memory stays within that, plus one response of each broker. Paused ones
 * are no exception: while Streams works on what it has of a partition, the next megabyte comes.
 */
export class Fetcher {
  readonly #options: FetcherOptions
  readonly #buffer: FetchBuffer
  readonly #brokers = new Map<number, BrokerFetch>()
  #failure: Error | undefined

  constructor(options: FetcherOptions) {
    this.#options = options
    this.#buffer = new FetchBuffer(options.settings.checkCrcs)
  }

  /** Whether a poll would return or throw something right now. */
  get isReady(): boolean {
    return this.#failure !== undefined || this.#buffer.isReady
  }

  /**
   * Batches that have come, with up to `recordsMax` records, the last one whole. Positions move past them.
   * Throws what went wrong and will not go away by itself.
   */
  take(recordsMax: number): FetchedBatch[] {
    if (this.#failure !== undefined) {
      const failure = this.#failure
      this.#failure = undefined
      throw failure
    }
    return this.#buffer.take(recordsMax)
  }

  /** Whether data of the partition waits here. */
  hasFetched(state: PartitionState): boolean {
    return this.#buffer.has(state)
  }

  /**
   * Sends a fetch to each broker that has none under way, for what may be fetched. `ahead`: before the next
   * {@link take}, so that the broker is at work while checksums are looked at here; then not to brokers that have a
   * partition of which enough waits, as it would have to wait for that fetch. Returns whether there are such.
   */
  sendFetches(assignment: Assignment, ahead = false): boolean {
    const nowMs = this.#options.environment.clock.monotonicMs()
    const byBroker = new Map<number, PartitionState[]>()
    const full = new Set<number>()
    const isRoomLeft = this.#buffer.bytes < Math.max(this.#options.settings.fetchMaxBytes, 1)
    for (const state of assignment) {
      const broker = this.#brokerOf(state, nowMs)
      if (broker === undefined) continue
      if (!isRoomLeft || this.#isFull(state)) full.add(broker)
      else listIn(byBroker, broker).push(state)
    }
    this.#buffer.prune((state) => assignment.find(state.key) === state)
    for (const [broker, list] of byBroker) {
      const fetch = this.#brokerFetch(broker)
      if (fetch.isUnderWay || (ahead && full.has(broker))) continue
      fetch.shortFetches = full.has(broker) ? fetch.shortFetches + 1 : 0
      void this.#fetch(broker, fetch, list)
    }
    return full.size > 0
  }

  /** Tells brokers that sessions end, and waits for that a moment. */
  async close(): Promise<void> {
    const { cluster } = this.#options
    const closings = Array.from(this.#brokers, async ([broker, { session, isUnderWay }]) => {
      const request = session.closing()
      if (request === undefined) return
      await cluster.send(
        broker,
        fetchApi,
        { ...request, maxWaitMs: 0, minBytes: 0 },
        // Behind a fetch that waits for data it would wait, too.
        { lane: isUnderWay ? 'group' : 'data', timeoutMs: sessionCloseTimeoutMs },
      )
    })
    await Promise.allSettled(closings)
  }

  /** The broker to ask for a partition right now; undefined when there is nothing to ask, or nobody known. */
  #brokerOf(state: PartitionState, nowMs: number): number | undefined {
    if (state.position === undefined || state.isOutOfRange || state.isLookedUp || state.retryAtMs > nowMs)
      return undefined
    if (state.preferredReplica !== undefined) {
      if (state.preferredReplica.untilMs > nowMs) return state.preferredReplica.broker
      state.preferredReplica = undefined
    }
    const leader = this.#options.cluster.leaderOf(state.topic, state.partition)
    if (leader === undefined) {
      this.#options.refresher.refresh(state.topic)
      return undefined
    }
    // A new leader may have another log: first it has to be asked whether the position is in it.
    return leader.leaderEpoch === state.validatedEpoch ? leader.leader : undefined
  }

  #isFull(state: PartitionState): boolean {
    const limit = Math.max(this.#options.settings.maxPartitionFetchBytes, 1)
    return this.#buffer.bytesOf(state) >= limit || this.#buffer.isBroken(state)
  }

  #brokerFetch(broker: number): BrokerFetch {
    const known = this.#brokers.get(broker)
    if (known !== undefined) return known
    const created = { session: new FetchSession(), isUnderWay: false, shortFetches: 0 }
    this.#brokers.set(broker, created)
    return created
  }

  async #fetch(broker: number, fetch: BrokerFetch, states: readonly PartitionState[]): Promise<void> {
    const { cluster, settings, wakeup } = this.#options
    fetch.isUnderWay = true
    const partitions = new Map(states.map((state) => [state.key, this.#sessionPartition(state)]))
    const haveIds = partitions.values().every(({ topicId }) => topicId !== zeroUuid)
    const questions = new Map(
      states.map((state) => [state.key, { state, version: state.version, fetchOffset: state.fetchOffset }]),
    )
    try {
      const response = await cluster.send(broker, fetchApi, (version) => this.#request(fetch, partitions, version), {
        maxVersion: haveIds ? undefined : namedTopicsMax,
        timeoutMs: settings.requestTimeoutMs + settings.fetchMaxWaitMs,
      })
      this.#receive(broker, fetch, questions, response)
    } catch (error) {
      fetch.session.failed()
      this.#failed(broker, states, asError(error))
    } finally {
      fetch.isUnderWay = false
      wakeup.wake()
    }
  }

  #sessionPartition(state: PartitionState): SessionPartition {
    const { cluster, settings } = this.#options
    return {
      topic: state.topic,
      partition: state.partition,
      topicId: cluster.cachedTopic(state.topic)?.topicId ?? zeroUuid,
      fetchOffset: state.fetchOffset,
      leaderEpoch: cluster.leaderOf(state.topic, state.partition)?.leaderEpoch ?? -1,
      maxBytes: settings.maxPartitionFetchBytes,
    }
  }

  #request(
    { session, shortFetches }: BrokerFetch,
    partitions: ReadonlyMap<string, SessionPartition>,
    version: number,
  ): Init<FetchRequest> {
    const { settings } = this.#options
    const shortWaitMs = shortFetches === 0 ? Infinity : shortFetchWaitMs * 2 ** (shortFetches - 1)
    return {
      ...session.request(partitions, version),
      maxWaitMs: Math.min(shortWaitMs, settings.fetchMaxWaitMs),
      minBytes: settings.fetchMinBytes,
      maxBytes: settings.fetchMaxBytes,
      isolationLevel: settings.isolationLevel === 'read_committed' ? 1 : 0,
      ...(version >= racksFrom ? { rackId: settings.clientRack } : {}),
    }
  }

  #receive(
    broker: number,
    { session }: BrokerFetch,
    questions: ReadonlyMap<string, Question>,
    response: FetchResponse,
  ): void {
    const answers = session.accept(response)
    if (answers === undefined) {
      const { errorCode } = response
      this.#options.environment.log.debug('A fetch session begins anew', { broker, errorCode })
      if (errorCode !== ErrorCode.NONE && !errorInfo(errorCode).retriable) throw kafkaError(errorCode)
      if (errorCode === ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR || errorInfo(errorCode).refreshMetadata)
        for (const { state } of questions.values()) this.#options.refresher.refresh(state.topic)
      return
    }
    // All records of a response are views of its one piece of memory.
    const records = answers.find(({ data }) => (data.records?.length ?? 0) > 0)?.data.records
    const memory = this.#options.cluster.receiveMemory
    const lease = records === undefined || records === null ? undefined : new ResponseLease(memory, records.buffer)
    for (const answer of answers) {
      const question = questions.get(answer.key)
      // What was sought, revoked or reset meanwhile has another version.
      if (question !== undefined && question.version === question.state.version)
        this.#answered(broker, question, answer, response, lease)
    }
  }

  #answered(
    broker: number,
    question: Question,
    { data }: PartitionAnswer,
    response: FetchResponse,
    lease: ResponseLease | undefined,
  ): void {
    const { state, fetchOffset } = question
    if (data.errorCode !== ErrorCode.NONE) {
      this.#partitionFailed(broker, question, data, response)
      return
    }
    const { clock } = this.#options.environment
    if (data.preferredReadReplica >= 0) {
      const untilMs = clock.monotonicMs() + this.#options.settings.metadataMaxAgeMs
      state.preferredReplica = { broker: data.preferredReadReplica, untilMs }
    }
    if (data.highWatermark >= 0n) state.highWatermark = Number(data.highWatermark)
    if (data.lastStableOffset >= 0n) state.lastStableOffset = Number(data.lastStableOffset)
    const received = receivePartition(state.topic, data, fetchOffset, lease)
    if (clientChannels.fetch.hasSubscribers)
      clientChannels.fetch.publish({
        clientId: this.#options.settings.clientId,
        topic: state.topic,
        partition: state.partition,
        broker,
        fetchOffset,
        bytes: data.records?.length ?? 0,
      })
    const last = received.batches.at(-1)
    if (last !== undefined) state.fetched(last.batch.nextOffset)
    this.#buffer.add(state, received)
  }

  /** One partition of a response that is otherwise good. */
  #partitionFailed(
    broker: number,
    question: Question,
    data: FetchResponsePartitionData,
    response: FetchResponse,
  ): void {
    const { cluster, environment, refresher } = this.#options
    const { state, fetchOffset } = question
    const { errorCode } = data
    const wasReplica = state.preferredReplica?.broker === broker
    state.preferredReplica = undefined
    if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      // A replica that lags behind may not have come so far; its leader knows.
      if (!wasReplica) state.isOutOfRange = true
      environment.log.info('The fetch position is not in the log', { partition: state.key, offset: fetchOffset })
      return
    }
    const info = errorInfo(errorCode)
    if (!info.retriable && errorCode !== ErrorCode.UNKNOWN_SERVER_ERROR) {
      this.#failure = kafkaError(errorCode, `reading ${state.key}`)
      this.#pause([state])
      return
    }
    const { leaderId, leaderEpoch } = data.currentLeader
    const endpoints = response.nodeEndpoints.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }))
    if (cluster.updateLeader(state.topic, state.partition, { leader: leaderId, leaderEpoch }, endpoints)) return
    this.#pause([state])
    if (info.refreshMetadata) refresher.refresh(state.topic)
  }

  /** A whole fetch. */
  #failed(broker: number, states: readonly PartitionState[], error: Error): void {
    const { cluster, environment, refresher } = this.#options
    if (cluster.closing.aborted) return
    environment.log.debug('A fetch failed', { broker, error })
    this.#pause(states)
    for (const state of states) {
      state.preferredReplica = undefined
      refresher.refresh(state.topic)
    }
    if (!isRetriable(error)) this.#failure = error
  }

  #pause(states: readonly PartitionState[]): void {
    const { environment, settings } = this.#options
    const retryAtMs = environment.clock.monotonicMs() + settings.retryBackoffMs
    for (const state of states) state.retryAtMs = retryAtMs
  }
}

function listIn(lists: Map<number, PartitionState[]>, broker: number): PartitionState[] {
  const known = lists.get(broker)
  if (known !== undefined) return known
  const created: PartitionState[] = []
  lists.set(broker, created)
  return created
}
