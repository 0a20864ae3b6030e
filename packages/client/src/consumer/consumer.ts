import type { Environment } from '@streamwright/std'
import { ConfigurationError, asError, deferred, systemEnvironment } from '@streamwright/std'
import type { WaitOptions } from '../abortable.ts'
import { abortable } from '../abortable.ts'
import { Cluster } from '../cluster/cluster.ts'
import { within } from '../cluster/retry.ts'
import { ClientClosedError, OperationTimeoutError } from '../errors.ts'
import { InterceptorChain } from '../interceptor-chain.ts'
import { Assignment } from './assignment.ts'
import type { GroupMetadata } from './assignors/assignor.ts'
import { AutoCommit } from './auto-commit.ts'
import { illegalState } from './consumer-errors.ts'
import type { ConsumerInterceptor } from './consumer-interceptor.ts'
import type { ConsumerConfig, ConsumerSettings } from './consumer-settings.ts'
import { readConsumerSettings } from './consumer-settings.ts'
import type { ConsumedRecord, FetchedBatch } from './fetch/fetched-batch.ts'
import { eachRecord, recordsOf } from './fetch/fetched-batch.ts'
import { Fetcher } from './fetch/fetcher.ts'
import { Membership } from './membership.ts'
import { closeTimeoutMs, pollSliceMs, yieldIntervalMs } from './limits.ts'
import { positionsToCommit } from './offsets/commit-queue.ts'
import type { CommittedOffset, OffsetToCommit } from './offsets/group-offsets.ts'
import type { ListedOffset } from './offsets/list-offsets.ts'
import { lookUpOffsets, offsetSpecs } from './offsets/list-offsets.ts'
import { Positions } from './offsets/positions.ts'
import type { RebalanceListener } from './rebalance.ts'
import { Rebalance } from './rebalance.ts'
import type { SubscriptionPattern } from './subscription.ts'
import { Subscription } from './subscription.ts'
import type { TopicPartition } from './topic-partition.ts'
import { keyOf } from './topic-partition.ts'
import { TopicRefresher } from './topic-refresher.ts'
import { Wakeup } from './wakeup.ts'

export interface ConsumerCloseOptions {
  /** Whether the group is told. Default: yes, unless the consumer is a static member. */
  readonly leaveGroup?: boolean
  /** How long it may take at most; what was not done by then is left. Default 30 000. */
  readonly timeoutMs?: number
}

/** @see WaitOptions */
export type PollOptions = WaitOptions

/**
 * Reads topics, alone (`assign`) or as a member of a group (`subscribe`). One poll at a time. Java: `KafkaConsumer`.
 *
 * Nothing but a poll calls the listener, returns records or moves positions; requests go out and answers come in in the
 * background, and heartbeats go on while the application works (as long as it lets the event loop run).
 */
export class Consumer implements AsyncDisposable {
  readonly #settings: ConsumerSettings
  readonly #environment: Environment
  readonly #cluster: Cluster
  readonly #wakeup: Wakeup
  readonly #interceptors: InterceptorChain<ConsumerInterceptor>
  readonly #refresher: TopicRefresher
  readonly #fetcher: Fetcher
  readonly #positions: Positions
  readonly #subscription: Subscription
  readonly #assignment = new Assignment()
  readonly #rebalance: Rebalance
  readonly #autoCommit: AutoCommit | undefined
  readonly #membership: Membership | undefined
  #polling: Promise<unknown> | undefined
  #isWoken = false
  #yieldedAtMs: number
  #closed: Promise<void> | undefined

  /** Connects to nothing yet. Throws `ConfigurationError`. */
  constructor(config: ConsumerConfig, environment: Environment = systemEnvironment) {
    const settings = readConsumerSettings(config, environment)
    const cluster = new Cluster(settings, environment)
    const wakeup = new Wakeup(environment)
    const refresher = new TopicRefresher(cluster, environment, wakeup, settings.allowAutoCreateTopics)
    const { groupId } = settings
    this.#settings = settings
    this.#environment = environment
    this.#cluster = cluster
    this.#wakeup = wakeup
    this.#interceptors = new InterceptorChain(settings.interceptors, environment.log)
    this.#refresher = refresher
    this.#yieldedAtMs = environment.clock.monotonicMs()
    this.#fetcher = new Fetcher({ cluster, settings, environment, refresher, wakeup })
    this.#subscription = new Subscription(cluster, settings)
    this.#rebalance = new Rebalance(this.#assignment, this.#subscription, groupId ?? '', () => this.#finishAutoCommit())
    if (groupId !== null) {
      this.#membership = new Membership({
        cluster,
        settings,
        environment,
        groupId,
        assignment: this.#assignment,
        subscription: this.#subscription,
        rebalance: this.#rebalance,
        committed: (offsets) => this.#interceptors.tell((each) => each.onCommit?.(offsets)),
        wake: () => wakeup.wake(),
      })
      if (settings.enableAutoCommit)
        this.#autoCommit = new AutoCommit(environment, settings.autoCommitIntervalMs, () => this.#commitPositions())
    }
    const offsets = this.#membership?.offsets
    this.#positions = new Positions({ cluster, settings, environment, refresher, wakeup, offsets })
  }

  // ---- what to read ----

  /**
   * Joins the group for these topics, or for all whose name a pattern matches; takes the place of an earlier
   * subscription. A `RegExp` is compared with the names here, a {@link SubscriptionPattern} by the brokers.
   */
  subscribe(topics: readonly string[] | RegExp | SubscriptionPattern, listener: RebalanceListener = {}): void {
    this.#ensureOpen()
    if (this.#membership === undefined)
      throw new ConfigurationError('subscribe needs a group.id; to read without a group use assign')
    if (this.#subscription.isManual) throw illegalState('This consumer has partitions by assign. Unsubscribe first')
    if ('pattern' in topics && this.#settings.groupProtocol !== 'consumer')
      throw new ConfigurationError(
        'Brokers compare patterns by the consumer protocol only: set group.protocol=consumer, or subscribe to a RegExp',
      )
    this.#rebalance.listener = listener
    this.#membership.member.comeBack()
    if (this.#subscription.set(topics)) this.#membership.member.resubscribe('the subscription has changed')
  }

  /** Reads exactly these partitions, without a group's help; takes the place of earlier ones. */
  assign(partitions: readonly TopicPartition[]): void {
    this.#ensureOpen()
    if (this.#subscription.isActive) throw illegalState('This consumer has a subscription. Unsubscribe first')
    this.#subscription.setManual(partitions.length > 0)
    this.#assignment.set(partitions)
  }

  /** Gives up subscription or assignment, and leaves the group. */
  async unsubscribe(): Promise<void> {
    this.#ensureOpen()
    if (this.#rebalance.isWithinListener)
      throw illegalState('A rebalance listener cannot unsubscribe: it is part of a poll. Do so when the poll has ended')
    if (this.#subscription.isActive) await this.#leave(this.#settings.groupInstanceId !== null, closeTimeoutMs)
    this.#subscription.clear()
    this.#assignment.set([])
  }

  assignment(): TopicPartition[] {
    return this.#assignment.places()
  }

  // ---- records ----

  /**
   * Batches that have come, at once if there are any, else those of the next `timeoutMs` (default:
   * `fetch.max.wait.ms`). Takes part in rebalances:
   * what listeners take comes on top of that time. Rejects with what went wrong since the last call.
   */
  poll(timeoutMs: number = this.#settings.fetchMaxWaitMs, options: PollOptions = {}): Promise<readonly FetchedBatch[]> {
    return this.#pollOnce(timeoutMs, options, this.#settings.maxPollRecords)
  }

  async #pollOnce(timeoutMs: number, { signal }: PollOptions, recordsMax: number): Promise<readonly FetchedBatch[]> {
    this.#ensureOpen()
    this.#ensureReading()
    if (this.#polling !== undefined) throw illegalState('Another poll of this consumer is under way')
    signal?.throwIfAborted()
    const aborted = (): void => this.#wakeup.wake()
    signal?.addEventListener('abort', aborted, { once: true })
    const polling = this.#poll(timeoutMs, signal, recordsMax)
    this.#polling = polling
    try {
      return await polling
    } finally {
      this.#polling = undefined
      signal?.removeEventListener('abort', aborted)
    }
  }

  /**
   * Batches for as long as the loop runs, or until the consumer is closed. A poll for each, so that positions, and with
   * them commits, are never beyond the batch that the loop has: one that ends early leaves the rest to whoever is next.
   */
  [Symbol.asyncIterator](): AsyncGenerator<FetchedBatch> {
    return this.batches()
  }

  /** The same, with a signal that ends it: the loop then throws the signal's reason. */
  async *batches(options: WaitOptions = {}): AsyncGenerator<FetchedBatch> {
    while (this.#closed === undefined) yield* await this.#pollOnce(this.#settings.fetchMaxWaitMs, options, 1)
  }

  /**
   * Record by record, as {@link batches}. Positions follow: a commit within the loop covers the record at hand and those
   * before it, and a loop that ends early goes on behind it. A promise for each: `batches` are for millions a second.
   */
  async *records(options: WaitOptions = {}): AsyncGenerator<ConsumedRecord> {
    for await (const batch of this.batches(options)) {
      const state = this.#assignment.find(keyOf(batch))
      if (state === undefined) yield* eachRecord([batch])
      else yield* recordsOf(batch, state)
      if (options.signal?.aborted === true) throw options.signal.reason
    }
  }

  /** Lets a poll that waits return at once, or the next one. */
  wakeup(): void {
    this.#isWoken = true
    this.#wakeup.wake()
  }

  /** Polls return nothing of these partitions until they are resumed; what has come of them stays. */
  pause(partitions: readonly TopicPartition[]): void {
    this.#ensureUsable()
    for (const place of partitions) this.#assignment.require(place).paused = true
  }

  resume(partitions: readonly TopicPartition[]): void {
    this.#ensureUsable()
    for (const place of partitions) this.#assignment.require(place).paused = false
  }

  paused(): TopicPartition[] {
    return this.assignment().filter((place) => this.#assignment.require(place).paused)
  }

  // ---- positions ----

  /** The next poll of the partition goes on here; what has come of it is dropped. */
  seek(place: TopicPartition, offset: number): void {
    this.#ensureUsable()
    if (!(Number.isSafeInteger(offset) && offset >= 0))
      throw new ConfigurationError(`An offset is an integer from 0, not ${offset}`)
    this.#assignment.require(place).seek(offset)
  }

  async seekToBeginning(partitions: readonly TopicPartition[] = this.assignment()): Promise<void> {
    for (const [key, offset] of await this.beginningOffsets(partitions)) this.#assignment.find(key)?.seek(offset)
  }

  async seekToEnd(partitions: readonly TopicPartition[] = this.assignment()): Promise<void> {
    for (const [key, offset] of await this.endOffsets(partitions)) this.#assignment.find(key)?.seek(offset)
  }

  /** The offset of the next record of the partition. Finds it out if need be. */
  async position(place: TopicPartition, { signal }: WaitOptions = {}): Promise<number> {
    const { clock } = this.#environment
    const deadlineMs = clock.monotonicMs() + this.#settings.defaultApiTimeoutMs
    for (;;) {
      this.#ensureOpen()
      signal?.throwIfAborted()
      const state = this.#assignment.require(place)
      if (state.position !== undefined) return state.position
      this.#lookAround()
      const leftMs = deadlineMs - clock.monotonicMs()
      if (leftMs <= 0) throw new OperationTimeoutError(`The position of ${keyOf(place)} could not be found in time`)
      await this.#wakeup.wait(Math.min(leftMs, pollSliceMs))
    }
  }

  /** First offsets by partition, `topic-partition` → offset. */
  async beginningOffsets(
    partitions: readonly TopicPartition[],
    options: WaitOptions = {},
  ): Promise<Map<string, number>> {
    return offsetsOf(await abortable(options, () => this.#lookUp(partitions, () => offsetSpecs.earliest)))
  }

  /** Offsets after the last record; under `read_committed`, after the last that is stable. */
  async endOffsets(partitions: readonly TopicPartition[], options: WaitOptions = {}): Promise<Map<string, number>> {
    return offsetsOf(await abortable(options, () => this.#lookUp(partitions, () => offsetSpecs.latest)))
  }

  /** The first record of each partition from a time on; −1 where there is none. */
  offsetsForTimes(
    times: readonly (TopicPartition & { readonly timestamp: number })[],
    options: WaitOptions = {},
  ): Promise<Map<string, ListedOffset>> {
    const byKey = new Map(times.map((time) => [keyOf(time), BigInt(time.timestamp)]))
    return abortable(options, () => this.#lookUp(times, (place) => byKey.get(keyOf(place)) ?? offsetSpecs.latest))
  }

  /** How many partitions a topic has. Waits until it exists. */
  partitionsFor(topic: string, options: WaitOptions = {}): Promise<number> {
    const { allowAutoCreateTopics: allowAutoCreate, defaultApiTimeoutMs: timeoutMs } = this.#settings
    return abortable(options, () => this.#cluster.partitionsFor(topic, { allowAutoCreate, timeoutMs }))
  }

  // ---- commits ----

  /** What the group has committed; without an entry where it has not. Waits until open transactions have ended. */
  async committed(
    partitions: readonly TopicPartition[],
    options: WaitOptions = {},
  ): Promise<Map<string, CommittedOffset>> {
    if (partitions.length === 0) return new Map()
    const { offsets } = this.#requireMembership()
    return abortable(options, () => offsets.fetch(partitions, this.#settings.defaultApiTimeoutMs))
  }

  /**
   * Commits these offsets, or all positions, after whatever was to be committed before. Rejects with
   * `CommitFailedError` when the group has moved on, and with the `KafkaError` REBALANCE_IN_PROGRESS when it is about to.
   */
  async commit(
    offsets: readonly OffsetToCommit[] = positionsToCommit(this.#assignment),
    options: WaitOptions = {},
  ): Promise<void> {
    this.#ensureUsable()
    const { commits } = this.#requireMembership()
    await abortable(options, () => commits.commit(offsets))
  }

  /** Commits without being waited for; a failure is logged, unless `onDone` takes it. */
  commitAsync(
    offsets: readonly OffsetToCommit[] = positionsToCommit(this.#assignment),
    onDone?: (error: Error | undefined) => void,
  ): void {
    this.commit(offsets).then(
      () => onDone?.(undefined),
      (thrown: unknown) => {
        const error = asError(thrown)
        if (onDone !== undefined) onDone(error)
        else this.#environment.log.warn('Offsets were not committed; the next commit covers them', { error })
      },
    )
  }

  /** Identity and generation in the group: what a transaction that commits offsets needs. */
  groupMetadata(): GroupMetadata {
    const { groupId, groupInstanceId } = this.#settings
    return this.#membership?.metadata() ?? { groupId: groupId ?? '', generationId: -1, memberId: '', groupInstanceId }
  }

  /**
   * The next poll joins the group anew; `reason` is for the coordinator's log. By the consumer protocol it has no effect:
   * there only the coordinator decides.
   */
  enforceRebalance(reason = 'the application has asked for a rebalance'): void {
    this.#membership?.member.enforceRebalance(reason)
  }

  /**
   * Lets a poll that runs end, commits (if that is automatic), tells the listener that partitions go, leaves the group
   * and closes the connections. In a rebalance listener, which is part of a poll, it only begins that and resolves at
   * once.
   */
  close(options: ConsumerCloseOptions = {}): Promise<void> {
    if (this.#closed === undefined) {
      this.#closed = this.#close(options)
      // Signal handlers do not wait for it; what they do not hear of must not end the process.
      this.#closed.catch((error: unknown) => {
        this.#environment.log.warn('The consumer was closed, and a rebalance listener has failed', { error })
      })
    }
    return this.#rebalance.isWithinListener ? Promise.resolve() : this.#closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  // ---- inside ----

  async #poll(
    timeoutMs: number,
    signal: AbortSignal | undefined,
    recordsMax: number,
  ): Promise<readonly FetchedBatch[]> {
    const { clock } = this.#environment
    const deadlineMs = clock.monotonicMs() + timeoutMs
    for (;;) {
      if (this.#subscription.isActive) await this.#membership?.member.advance()
      signal?.throwIfAborted()
      if (this.#closed !== undefined) return []
      this.#autoCommit?.run()
      this.#lookAround()
      const isRoomMissing = this.#fetcher.sendFetches(this.#assignment, true)
      const batches = this.#fetcher.take(recordsMax)
      if (isRoomMissing) this.#fetcher.sendFetches(this.#assignment)
      const leftMs = deadlineMs - clock.monotonicMs()
      if (batches.length > 0 || leftMs <= 0 || this.#isWoken) {
        this.#isWoken = false
        await this.#yield()
        return batches.length === 0
          ? batches
          : this.#interceptors.pass<readonly FetchedBatch[]>(batches, (each, given) => each.onConsume?.(given))
      }
      await this.#wakeup.wait(Math.min(leftMs, pollSliceMs))
      this.#yieldedAtMs = clock.monotonicMs()
    }
  }

  /** Starts in the background what is due: positions, metadata. Throws what has gone wrong there. */
  #lookAround(): void {
    this.#subscription.watch(
      this.#refresher,
      this.#environment.clock.monotonicMs(),
      Iterator.from(this.#assignment).map(({ topic }) => topic),
    )
    this.#refresher.run()
    this.#positions.run(this.#assignment, (state) => this.#fetcher.hasFetched(state))
  }

  /** Polls that always have data would keep the event loop from sockets and timers, and so heartbeats from going out. */
  async #yield(): Promise<void> {
    const { clock, timers } = this.#environment
    if (clock.monotonicMs() - this.#yieldedAtMs < yieldIntervalMs) return
    const turn = deferred()
    timers.afterIo(() => turn.resolve())
    await turn.promise
    this.#yieldedAtMs = clock.monotonicMs()
  }

  #requireMembership(): Membership {
    if (this.#membership === undefined)
      throw new ConfigurationError('Committed offsets belong to a group: set group.id')
    return this.#membership
  }

  /** Positions, if there is anybody to commit them for. A rebalance does not wait for a topic that was deleted. */
  async #commitPositions(): Promise<void> {
    if (this.#assignment.size === 0 || this.#membership === undefined) return
    if (this.#subscription.isActive && this.groupMetadata().generationId < 0) return
    await this.#membership.commits.commit(positionsToCommit(this.#assignment), false)
  }

  async #finishAutoCommit(timeoutMs: number = this.#settings.requestTimeoutMs): Promise<void> {
    await this.#autoCommit?.finish(timeoutMs)
  }

  async #close({ leaveGroup, timeoutMs = closeTimeoutMs }: ConsumerCloseOptions): Promise<void> {
    this.wakeup()
    const ending = this.#end(!(leaveGroup ?? this.#settings.groupInstanceId === null), timeoutMs)
    try {
      await within(this.#environment, timeoutMs, 'Closing the consumer', ending)
    } catch (error) {
      // What the listener has thrown is the caller's business; that time is over, nobody can help.
      if (!(error instanceof OperationTimeoutError)) throw error
      this.#environment.log.warn('The consumer was closed before it was done', { error })
    } finally {
      this.#assignment.set([])
      await this.#cluster.close()
      this.#interceptors.close()
    }
  }

  async #end(isSilent: boolean, timeoutMs: number): Promise<void> {
    await this.#polling?.catch(() => {})
    try {
      if (this.#subscription.isActive) await this.#leave(isSilent, timeoutMs)
      else await this.#finishAutoCommit(timeoutMs)
    } finally {
      await this.#fetcher.close()
    }
  }

  /** Gives up all partitions, and then the membership. */
  async #leave(isSilent: boolean, timeoutMs: number): Promise<void> {
    const member = this.#membership?.member
    if (member === undefined) return
    try {
      if (this.groupMetadata().generationId < 0) await this.#rebalance.lose()
      else {
        await this.#finishAutoCommit(timeoutMs)
        await this.#rebalance.revoke(this.#assignment.places())
      }
    } finally {
      await member.leave(isSilent, timeoutMs, 'the consumer is being closed')
    }
  }

  #ensureOpen(): void {
    if (this.#closed !== undefined) throw new ClientClosedError('The consumer is closed')
  }

  /** Listeners may commit and seek while the consumer is being closed; when it is closed, nobody may. */
  #ensureUsable(): void {
    if (this.#cluster.closing.aborted) throw new ClientClosedError('The consumer is closed')
  }

  #ensureReading(): void {
    const { isActive, isManual, wasSet } = this.#subscription
    if (isActive || isManual || wasSet) return
    throw illegalState('This consumer reads nothing yet: subscribe to topics or assign partitions')
  }

  #lookUp(
    partitions: readonly TopicPartition[],
    timestampOf: (place: TopicPartition) => bigint,
  ): Promise<Map<string, ListedOffset>> {
    const { isolationLevel, defaultApiTimeoutMs } = this.#settings
    return lookUpOffsets(
      this.#cluster,
      this.#environment,
      partitions.map((place) => ({ topic: place.topic, partition: place.partition, timestamp: timestampOf(place) })),
      { timeoutMs: defaultApiTimeoutMs, readCommitted: isolationLevel === 'read_committed' },
    )
  }
}

function offsetsOf(listed: ReadonlyMap<string, ListedOffset>): Map<string, number> {
  return new Map(Array.from(listed, ([key, { offset }]) => [key, offset]))
}
