import { ErrorCode, RecordBatch, errorInfo, kafkaError } from '@streamwright/protocol'
import { fetch as fetchApi } from '@streamwright/protocol/messages/fetch'
import type { FetchResponse, FetchResponsePartitionData } from '@streamwright/protocol/messages/fetch'
import type { Environment } from '@streamwright/std'
import { asError, deferred } from '@streamwright/std'
import type { Deferred } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { isRetriable } from '../../errors.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { PartitionState } from '../partition-state.ts'
import { groupByTopic, keyOf } from '../topic-partition.ts'
import { committedBatches } from './committed-batches.ts'
import type { FetchedBatch } from './fetched-batch.ts'

/** The last version that names topics by name. Ids buy this client nothing: it knows the name of all it reads. */
const fetchVersionMax = 12

/** How long a fetch may wait at the broker while data of other partitions waits here. */
const shortWaitMs = 10

/** Fetched and not handed out yet. `batch` is undefined for offsets that hold nothing for this reader. */
interface Buffered {
  readonly state: PartitionState
  readonly version: number
  readonly batch: RecordBatch | undefined
  readonly nextOffset: number
  readonly highWatermark: number
}

/**
 * Keeps one fetch under way to each broker that leads something this consumer reads, while the caller works on what
 * came before. A partition whose data waits here is not fetched again, so that memory stays within one response of
 * each broker.
 */
export class Fetcher {
  readonly #cluster: Cluster
  readonly #settings: ConsumerSettings
  readonly #environment: Environment
  readonly #inFlight = new Set<number>()
  readonly #buffered: Buffered[] = []
  readonly #waiting = new Map<string, number>()
  #arrival: Deferred<void> | undefined
  #failure: Error | undefined

  constructor(cluster: Cluster, settings: ConsumerSettings, environment: Environment) {
    this.#cluster = cluster
    this.#settings = settings
    this.#environment = environment
  }

  /** Sends a fetch to each broker that has none under way. */
  sendFetches(partitions: Iterable<PartitionState>): void {
    const nowMs = this.#environment.clock.monotonicMs()
    const byLeader = new Map<number, PartitionState[]>()
    for (const state of partitions) {
      if (state.paused || state.position === undefined || state.retryAtMs > nowMs || this.#waiting.has(keyOf(state)))
        continue
      const leader = this.#cluster.leaderOf(state.topic, state.partition)
      if (leader === undefined) {
        this.#learnLeader(state)
        continue
      }
      if (this.#inFlight.has(leader.leader)) continue
      const list = byLeader.get(leader.leader)
      if (list === undefined) byLeader.set(leader.leader, [state])
      else list.push(state)
    }
    for (const [broker, states] of byLeader) void this.#fetch(broker, states, this.#maxWaitMs(broker))
  }

  /**
   * A broker answers one fetch of a connection at a time. While data of some partitions waits here, those partitions are
   * not asked for; a fetch of the others must not keep the connection for long, or the data is used up meanwhile and
   * nobody asks for more. (Word count stood still for 500 ms of each 560: the input was read to its end, and a fetch of
   * it alone held up those of the repartition topic.)
   */
  #maxWaitMs(broker: number): number {
    const isWaiting = this.#buffered.some(
      ({ state }) => this.#cluster.leaderOf(state.topic, state.partition)?.leader === broker,
    )
    return isWaiting ? Math.min(shortWaitMs, this.#settings.fetchMaxWaitMs) : this.#settings.fetchMaxWaitMs
  }

  /** Batches in the order of their arrival, until they hold `max.poll.records`. Positions move past what is returned. */
  take(): FetchedBatch[] {
    if (this.#failure !== undefined) {
      const failure = this.#failure
      this.#failure = undefined
      throw failure
    }
    const taken: FetchedBatch[] = []
    const kept: Buffered[] = []
    let records = 0
    for (const buffered of this.#buffered) {
      const { state, batch, nextOffset, highWatermark } = buffered
      if (buffered.version !== state.version || state.position === undefined) {
        this.#done(state)
        continue
      }
      if (state.paused || records >= this.#settings.maxPollRecords) {
        kept.push(buffered)
        continue
      }
      if (batch !== undefined) {
        taken.push({ topic: state.topic, partition: state.partition, batch, skipBefore: state.position, highWatermark })
        records += batch.recordCount
      }
      state.position = Math.max(state.position, nextOffset)
      this.#done(state)
    }
    this.#buffered.length = 0
    this.#buffered.push(...kept)
    return taken
  }

  /** Resolves when something has come, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (this.#buffered.some(({ state }) => !state.paused) || this.#failure !== undefined) return
    this.#arrival ??= deferred()
    const { promise } = this.#arrival
    const timer = this.#environment.timers.after(timeoutMs, () => this.wake())
    await promise
    timer.cancel()
  }

  wake(): void {
    this.#arrival?.resolve()
    this.#arrival = undefined
  }

  /** Forgets what was fetched of partitions that are no longer assigned. */
  forget(states: Iterable<PartitionState>): void {
    for (const state of states) state.version += 1
  }

  #done(state: PartitionState): void {
    const key = keyOf(state)
    const left = (this.#waiting.get(key) ?? 1) - 1
    if (left <= 0) this.#waiting.delete(key)
    else this.#waiting.set(key, left)
  }

  #learnLeader(state: PartitionState): void {
    state.retryAtMs = this.#environment.clock.monotonicMs() + this.#settings.retryBackoffMs
    this.#cluster.invalidate(state.topic)
    this.#cluster.topicMetadata([state.topic]).then(
      () => this.wake(),
      () => this.wake(),
    )
  }

  async #fetch(broker: number, states: readonly PartitionState[], maxWaitMs: number): Promise<void> {
    this.#inFlight.add(broker)
    const asked = new Map(
      states.map((state) => [keyOf(state), { state, version: state.version, offset: state.position ?? 0 }]),
    )
    try {
      const response = await this.#cluster.send(broker, fetchApi, this.#request(states, maxWaitMs), {
        maxVersion: fetchVersionMax,
        timeoutMs: this.#settings.requestTimeoutMs + this.#settings.fetchMaxWaitMs,
      })
      if (response.errorCode !== 0) throw kafkaError(response.errorCode)
      this.#receive(response, asked)
    } catch (thrown) {
      const error = asError(thrown)
      const nowMs = this.#environment.clock.monotonicMs()
      for (const state of states) {
        state.retryAtMs = nowMs + this.#settings.retryBackoffMs
        this.#cluster.invalidate(state.topic)
      }
      if (!isRetriable(error) && !this.#cluster.closing.aborted) this.#failure = error
    } finally {
      this.#inFlight.delete(broker)
      this.wake()
    }
  }

  #request(states: readonly PartitionState[], maxWaitMs: number): Parameters<typeof fetchApi.request.encode>[2] {
    const settings = this.#settings
    const byName = new Map(states.map((state) => [keyOf(state), state]))
    return {
      maxWaitMs,
      minBytes: settings.fetchMinBytes,
      maxBytes: settings.fetchMaxBytes,
      isolationLevel: settings.isolationLevel === 'read_committed' ? 1 : 0,
      rackId: settings.clientRack,
      topics: Array.from(groupByTopic(states), ([topic, partitions]) => ({
        topic,
        partitions: partitions.map((partition) => ({
          partition,
          currentLeaderEpoch: this.#cluster.leaderOf(topic, partition)?.leaderEpoch ?? -1,
          fetchOffset: BigInt(byName.get(`${topic}-${partition}`)?.position ?? 0),
          partitionMaxBytes: settings.maxPartitionFetchBytes,
        })),
      })),
    }
  }

  #receive(
    response: FetchResponse,
    asked: ReadonlyMap<string, { state: PartitionState; version: number; offset: number }>,
  ): void {
    for (const { topic, partitions } of response.responses) {
      for (const data of partitions) {
        const question = asked.get(`${topic}-${data.partitionIndex}`)
        if (question === undefined || question.version !== question.state.version) continue
        if (data.errorCode !== 0) this.#partitionFailed(question.state, data)
        else this.#buffer(question.state, question.offset, data)
      }
    }
  }

  #buffer(state: PartitionState, offset: number, data: FetchResponsePartitionData): void {
    state.highWatermark = Number(data.highWatermark)
    state.lastStableOffset = Number(data.lastStableOffset)
    if (data.records === null || data.records.length === 0) return
    const aborted = (data.abortedTransactions ?? []).map(({ producerId, firstOffset }) => ({
      producerId: Number(producerId),
      firstOffset: Number(firstOffset),
    }))
    const batches = RecordBatch.read(data.records)
    if (batches.length === 0) {
      this.#failure = kafkaError(
        ErrorCode.MESSAGE_TOO_LARGE,
        `the batch at offset ${offset} of ${state.topic}-${state.partition} does not fit max.partition.fetch.bytes; raise it`,
      )
      return
    }
    let count = 0
    for (const { batch, isVisible } of committedBatches(batches, aborted)) {
      if (batch.lastOffset < offset) continue
      if (this.#settings.checkCrcs) batch.ensureValid()
      const { version, highWatermark } = state
      const visible = isVisible && batch.recordCount > 0
      this.#buffered.push({
        state,
        version,
        batch: visible ? batch : undefined,
        nextOffset: batch.nextOffset,
        highWatermark,
      })
      count += 1
    }
    if (count > 0) this.#waiting.set(keyOf(state), count)
  }

  #partitionFailed(state: PartitionState, { errorCode }: FetchResponsePartitionData): void {
    state.retryAtMs = this.#environment.clock.monotonicMs() + this.#settings.retryBackoffMs
    if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      state.position = undefined
      state.outOfRange = true
      state.version += 1
    } else if (errorInfo(errorCode).retriable || errorCode === ErrorCode.UNKNOWN_LEADER_EPOCH)
      this.#cluster.invalidate(state.topic)
    else this.#failure = kafkaError(errorCode, `${state.topic}-${state.partition}`)
  }
}
