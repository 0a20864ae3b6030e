import type { Environment } from '@streamwright/std'
import { ConfigurationError, StreamwrightError, asError, systemEnvironment } from '@streamwright/std'
import { Cluster } from '../cluster/cluster.ts'
import type { GroupMetadata, MemberAssignment } from './assignors/assignor.ts'
import { CommitFailedError, NoOffsetError } from './consumer-errors.ts'
import type { ConsumerConfig, ConsumerSettings } from './consumer-settings.ts'
import { readConsumerSettings } from './consumer-settings.ts'
import type { FetchedBatch } from './fetch/fetched-batch.ts'
import { Fetcher } from './fetch/fetcher.ts'
import { GroupMember } from './group/group-member.ts'
import type { CommittedOffset, OffsetToCommit } from './offsets/group-offsets.ts'
import { GroupOffsets } from './offsets/group-offsets.ts'
import type { ListedOffset } from './offsets/list-offsets.ts'
import { lookUpOffsets, offsetSpecs } from './offsets/list-offsets.ts'
import { partitionState } from './partition-state.ts'
import type { PartitionState } from './partition-state.ts'
import { Subscription } from './subscription.ts'
import type { TopicPartition } from './topic-partition.ts'
import { keyOf } from './topic-partition.ts'

/** Told of what a rebalance takes and gives. The group goes on when the returned promise resolves. */
export interface RebalanceListener {
  onPartitionsAssigned?(partitions: readonly TopicPartition[]): void | Promise<void>
  /** The last chance to commit: nobody else reads these partitions yet. */
  onPartitionsRevoked?(partitions: readonly TopicPartition[]): void | Promise<void>
  /** Others own these already. Default: as revoked. */
  onPartitionsLost?(partitions: readonly TopicPartition[]): void | Promise<void>
}

export interface ConsumerCloseOptions {
  /** Whether the group is told. Default: yes, unless the consumer is a static member. */
  readonly leaveGroup?: boolean
}

/** How long a position that could not be found is left alone. */
const positionRetryMs = 100

/**
 * Reads topics, alone (`assign`) or as a member of a group (`subscribe`). One call at a time: the methods are not for
 * concurrent use, but for {@link Consumer.wakeup}. Java: `KafkaConsumer`.
 */
export class Consumer implements AsyncDisposable {
  readonly #settings: ConsumerSettings
  readonly #environment: Environment
  readonly #cluster: Cluster
  readonly #fetcher: Fetcher
  readonly #offsets: GroupOffsets | undefined
  readonly #member: GroupMember | undefined
  readonly #subscription: Subscription
  readonly #assigned = new Map<string, PartitionState>()
  #listener: RebalanceListener = {}
  #lastAutoCommitMs: number
  #woken = false
  #closed: Promise<void> | undefined

  /** Connects to nothing yet. Throws `ConfigurationError`. */
  constructor(config: ConsumerConfig, environment: Environment = systemEnvironment) {
    this.#settings = readConsumerSettings(config, environment)
    this.#environment = environment
    this.#cluster = new Cluster(this.#settings, environment)
    this.#fetcher = new Fetcher(this.#cluster, this.#settings, environment)
    this.#subscription = new Subscription(this.#cluster, this.#settings)
    this.#lastAutoCommitMs = environment.clock.monotonicMs()
    const { groupId } = this.#settings
    if (groupId === null) return
    this.#offsets = new GroupOffsets(this.#cluster, environment, groupId)
    this.#member = new GroupMember({
      cluster: this.#cluster,
      settings: this.#settings,
      environment,
      groupId,
      topics: () => this.#subscription.topics(),
      owned: () => this.assignment(),
      beforeJoin: (eager) => this.#beforeJoin(eager),
      onLost: () => this.#loseAll(),
      onAssigned: (assignment, eager) => this.#takeAssignment(assignment, eager),
      onChange: () => this.#fetcher.wake(),
    })
    this.#cluster.onMetadata(() => {
      this.#member?.noticePartitionCounts((topic) => this.#cluster.cachedTopic(topic)?.partitions.length)
      if (this.#subscription.hasChanged()) this.#member?.rejoin()
    })
  }

  // ---- what to read ----

  /** Joins the group for these topics, or all whose name a pattern matches; takes the place of an earlier subscription. */
  subscribe(topics: readonly string[] | RegExp, listener: RebalanceListener = {}): void {
    if (this.#member === undefined)
      throw new ConfigurationError('subscribe needs a group.id; to read without a group use assign')
    if (this.#subscription.isManual)
      throw new StreamwrightError('This consumer has partitions by assign. Unsubscribe first', {
        code: 'ILLEGAL_STATE',
      })
    this.#listener = listener
    this.#member.comeBack()
    if (this.#subscription.set(topics)) this.#member.rejoin()
  }

  /** Reads exactly these partitions, without a group's help; takes the place of earlier ones. */
  assign(partitions: readonly TopicPartition[]): void {
    if (this.#subscription.isActive)
      throw new StreamwrightError('This consumer has a subscription. Unsubscribe first', { code: 'ILLEGAL_STATE' })
    this.#subscription.setManual(partitions.length > 0)
    this.#setAssignment(partitions)
  }

  /** Gives up subscription or assignment, and leaves the group. */
  async unsubscribe(): Promise<void> {
    if (this.#subscription.isActive) {
      await this.#revoke([...this.#assigned.values()])
      await this.#member?.leave(true)
    }
    this.#subscription.clear()
    this.#setAssignment([])
  }

  assignment(): TopicPartition[] {
    return Array.from(this.#assigned.values(), ({ topic, partition }) => ({ topic, partition }))
  }

  // ---- records ----

  /**
   * Batches that have come, at once if there are any, else those of the next `timeoutMs`. Takes part in rebalances, so
   * it may take longer while one runs. Rejects with what went wrong since the last call.
   */
  async poll(timeoutMs: number): Promise<readonly FetchedBatch[]> {
    this.#ensureOpen()
    const { clock } = this.#environment
    const deadlineMs = clock.monotonicMs() + timeoutMs
    for (;;) {
      if (this.#subscription.isActive) await this.#member?.ensureJoined(() => this.#woken)
      await this.#autoCommit()
      await this.#findPositions()
      const batches = this.#fetcher.take()
      this.#fetcher.sendFetches(this.#assigned.values())
      const leftMs = deadlineMs - clock.monotonicMs()
      if (batches.length > 0 || leftMs <= 0 || this.#woken) {
        this.#woken = false
        return batches
      }
      await this.#fetcher.wait(Math.min(leftMs, this.#settings.retryBackoffMs))
    }
  }

  /** Batches for as long as the loop runs. */
  async *[Symbol.asyncIterator](): AsyncGenerator<FetchedBatch> {
    while (this.#closed === undefined) yield* await this.poll(this.#settings.fetchMaxWaitMs)
  }

  /** Lets a poll that waits return at once, or the next one. */
  wakeup(): void {
    this.#woken = true
    this.#fetcher.wake()
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const state of this.#states(partitions)) state.paused = true
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const state of this.#states(partitions)) state.paused = false
  }

  paused(): TopicPartition[] {
    return this.assignment().filter((place) => this.#assigned.get(keyOf(place))?.paused === true)
  }

  // ---- positions ----

  /** The next poll of the partition goes on here. */
  seek(place: TopicPartition, offset: number): void {
    if (!(Number.isSafeInteger(offset) && offset >= 0))
      throw new ConfigurationError(`An offset is an integer from 0, not ${offset}`)
    const state = this.#state(place)
    state.position = offset
    state.outOfRange = false
    state.version += 1
  }

  async seekToBeginning(partitions: readonly TopicPartition[] = this.assignment()): Promise<void> {
    for (const [key, offset] of await this.beginningOffsets(partitions)) this.#seekTo(key, offset)
  }

  async seekToEnd(partitions: readonly TopicPartition[] = this.assignment()): Promise<void> {
    for (const [key, offset] of await this.endOffsets(partitions)) this.#seekTo(key, offset)
  }

  /** The offset of the next record of the partition. Finds it out if need be. */
  async position(place: TopicPartition): Promise<number> {
    const deadlineMs = this.#environment.clock.monotonicMs() + this.#settings.defaultApiTimeoutMs
    for (;;) {
      const state = this.#state(place)
      if (state.position !== undefined) return state.position
      await this.#findPositions()
      if (this.#environment.clock.monotonicMs() > deadlineMs) {
        throw new StreamwrightError(`The position of ${keyOf(place)} could not be found in time`, {
          code: 'OPERATION_TIMEOUT',
          retriable: true,
        })
      }
    }
  }

  /** First offsets by partition, `topic-partition` → offset. */
  async beginningOffsets(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    return offsetsOf(await this.#lookUp(partitions, () => offsetSpecs.earliest))
  }

  /** Offsets after the last record; under `read_committed`, after the last that is stable. */
  async endOffsets(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    return offsetsOf(await this.#lookUp(partitions, () => offsetSpecs.latest))
  }

  /** The first record of each partition from a time on; −1 where there is none. */
  offsetsForTimes(
    times: readonly (TopicPartition & { readonly timestamp: number })[],
  ): Promise<Map<string, ListedOffset>> {
    const byKey = new Map(times.map((time) => [keyOf(time), BigInt(time.timestamp)]))
    return this.#lookUp(times, (place) => byKey.get(keyOf(place)) ?? offsetSpecs.latest)
  }

  // ---- commits ----

  /** What the group has committed; without an entry where it has not. */
  committed(partitions: readonly TopicPartition[]): Promise<Map<string, CommittedOffset>> {
    if (partitions.length === 0) return Promise.resolve(new Map())
    return this.#group().fetch(partitions, this.#settings.defaultApiTimeoutMs)
  }

  /** Commits these offsets, or all positions. Rejects with {@link CommitFailedError} when the group has moved on. */
  async commit(offsets: readonly OffsetToCommit[] = this.#positions()): Promise<void> {
    const metadata = this.groupMetadata()
    const { defaultApiTimeoutMs } = this.#settings
    try {
      await this.#group().commit(offsets, metadata, defaultApiTimeoutMs)
    } catch (error) {
      if (error instanceof CommitFailedError) this.#member?.markLost()
      throw error
    }
  }

  /** Commits without being waited for; a failure is logged, unless `onDone` takes it. */
  commitAsync(
    offsets: readonly OffsetToCommit[] = this.#positions(),
    onDone?: (error: Error | undefined) => void,
  ): void {
    this.commit(offsets).then(
      () => onDone?.(undefined),
      (thrown: unknown) => {
        if (onDone !== undefined) onDone(asError(thrown))
        else
          this.#environment.log.warn('Offsets were not committed; the next commit covers them', {
            error: asError(thrown),
          })
      },
    )
  }

  /** Identity and generation in the group: what a transaction that commits offsets needs. */
  groupMetadata(): GroupMetadata {
    const { groupId, groupInstanceId } = this.#settings
    const none: GroupMetadata = { groupId: groupId ?? '', generationId: -1, memberId: '', groupInstanceId }
    return this.#subscription.isActive ? (this.#member?.metadata ?? none) : none
  }

  /** The next poll joins the group anew. */
  enforceRebalance(): void {
    this.#member?.rejoin()
  }

  /** Commits (if that is automatic), leaves the group and closes the connections. */
  close(options: ConsumerCloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(options)
    return this.#closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  // ---- inside ----

  async #close(options: ConsumerCloseOptions): Promise<void> {
    this.wakeup()
    try {
      if (this.#subscription.isActive && this.#member?.isStable === true) {
        await this.#revoke([...this.#assigned.values()])
        await this.#member.leave(options.leaveGroup ?? this.#settings.groupInstanceId === null)
      } else {
        if (this.#subscription.isManual) await this.#commitQuietly()
        await this.#member?.leave(options.leaveGroup ?? this.#settings.groupInstanceId === null)
      }
    } finally {
      this.#setAssignment([])
      await this.#cluster.close()
    }
  }

  #ensureOpen(): void {
    if (this.#closed !== undefined) throw new StreamwrightError('The consumer is closed', { code: 'CLIENT_CLOSED' })
    if (!this.#subscription.isActive && !this.#subscription.isManual && this.#assigned.size === 0) {
      if (this.#subscription.wasSet) return
      throw new StreamwrightError('This consumer reads nothing yet: subscribe to topics or assign partitions', {
        code: 'ILLEGAL_STATE',
      })
    }
  }

  #setAssignment(partitions: readonly TopicPartition[]): void {
    const wanted = new Set(partitions.map(keyOf))
    const gone = [...this.#assigned.values()].filter((state) => !wanted.has(keyOf(state)))
    this.#fetcher.forget(gone)
    for (const state of gone) this.#assigned.delete(keyOf(state))
    for (const place of partitions)
      if (!this.#assigned.has(keyOf(place))) this.#assigned.set(keyOf(place), partitionState(place))
  }

  async #beforeJoin(eager: boolean): Promise<void> {
    await this.#commitQuietly()
    if (eager) await this.#revoke([...this.#assigned.values()])
  }

  async #revoke(states: readonly PartitionState[]): Promise<void> {
    if (states.length === 0) return
    await this.#commitQuietly()
    await this.#listener.onPartitionsRevoked?.(places(states))
    const gone = new Set(states.map(keyOf))
    this.#setAssignment(this.assignment().filter((place) => !gone.has(keyOf(place))))
  }

  async #loseAll(): Promise<void> {
    const lost = this.assignment()
    this.#setAssignment([])
    if (lost.length === 0) return
    const listener = this.#listener
    if (listener.onPartitionsLost === undefined) await listener.onPartitionsRevoked?.(lost)
    else await listener.onPartitionsLost(lost)
  }

  async #takeAssignment({ partitions }: MemberAssignment, eager: boolean): Promise<void> {
    const wanted = new Set(partitions.map(keyOf))
    const given = eager ? [] : [...this.#assigned.values()].filter((state) => !wanted.has(keyOf(state)))
    const added = partitions.filter((place) => !this.#assigned.has(keyOf(place)))
    // What somebody else gets is given up first; then the group joins again, and hands it over.
    if (given.length > 0) {
      await this.#revoke(given)
      this.#member?.rejoin()
    }
    this.#setAssignment(partitions)
    await this.#listener.onPartitionsAssigned?.(eager ? [...partitions] : added)
  }

  async #autoCommit(): Promise<void> {
    if (!this.#settings.enableAutoCommit || this.#offsets === undefined) return
    const nowMs = this.#environment.clock.monotonicMs()
    if (nowMs - this.#lastAutoCommitMs < this.#settings.autoCommitIntervalMs) return
    this.#lastAutoCommitMs = nowMs
    await this.#commitQuietly()
  }

  async #commitQuietly(): Promise<void> {
    if (!this.#settings.enableAutoCommit || this.#offsets === undefined || this.#assigned.size === 0) return
    if (this.#subscription.isActive && this.#member?.isStable !== true && this.groupMetadata().generationId < 0) return
    try {
      await this.commit()
    } catch (error) {
      this.#environment.log.warn('Offsets were not committed automatically; records may be read again', {
        error: asError(error),
      })
    }
  }

  #positions(): OffsetToCommit[] {
    return [...this.#assigned.values()].flatMap(({ topic, partition, position }) =>
      position === undefined ? [] : [{ topic, partition, offset: position }],
    )
  }

  /** Positions of partitions that have none: from the group, else by the reset policy. */
  async #findPositions(): Promise<void> {
    const nowMs = this.#environment.clock.monotonicMs()
    const without = [...this.#assigned.values()].filter(
      ({ position, retryAtMs }) => position === undefined && retryAtMs <= nowMs,
    )
    if (without.length === 0) return
    try {
      const committed = await this.#committedOf(without.filter(({ outOfRange }) => !outOfRange))
      const open: PartitionState[] = []
      for (const state of without) {
        const offset = committed.get(keyOf(state))?.offset
        if (state.position !== undefined) continue
        if (offset === undefined) open.push(state)
        else state.position = offset
      }
      await this.#reset(open)
    } catch (error) {
      if (!(error instanceof StreamwrightError && error.retriable)) throw error
      for (const state of without) state.retryAtMs = nowMs + positionRetryMs
    }
  }

  #committedOf(states: readonly PartitionState[]): Promise<Map<string, CommittedOffset>> {
    if (this.#offsets === undefined || states.length === 0) return Promise.resolve(new Map())
    return this.#offsets.fetch(places(states), this.#settings.requestTimeoutMs)
  }

  async #reset(states: readonly PartitionState[]): Promise<void> {
    const first = states[0]
    if (first === undefined) return
    const policy = this.#settings.offsetReset
    if (policy.kind === 'none') throw new NoOffsetError(first.topic, first.partition, first.outOfRange)
    const timestamp =
      policy.kind === 'earliest'
        ? offsetSpecs.earliest
        : policy.kind === 'latest'
          ? offsetSpecs.latest
          : BigInt(this.#environment.clock.wallMs() - policy.durationMs)
    const found = await this.#lookUp(places(states), () => timestamp)
    const missing = states.filter((state) => (found.get(keyOf(state))?.offset ?? -1) < 0)
    // No record that late: everything that comes is.
    const ends =
      missing.length === 0
        ? new Map<string, ListedOffset>()
        : await this.#lookUp(places(missing), () => offsetSpecs.latest)
    for (const state of states) {
      if (state.position !== undefined) continue
      const offset = found.get(keyOf(state))?.offset ?? -1
      state.position = offset >= 0 ? offset : (ends.get(keyOf(state))?.offset ?? 0)
      state.outOfRange = false
    }
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
      { timeoutMs: defaultApiTimeoutMs, isolationLevel: isolationLevel === 'read_committed' ? 1 : 0 },
    )
  }

  #seekTo(key: string, offset: number): void {
    const state = this.#assigned.get(key)
    if (state !== undefined) this.seek(state, offset)
  }

  #group(): GroupOffsets {
    if (this.#offsets === undefined) throw new ConfigurationError('Committed offsets belong to a group: set group.id')
    return this.#offsets
  }

  #state(place: TopicPartition): PartitionState {
    const state = this.#assigned.get(keyOf(place))
    if (state === undefined)
      throw new StreamwrightError(`${keyOf(place)} is not assigned to this consumer`, { code: 'ILLEGAL_STATE' })
    return state
  }

  #states(partitions: readonly TopicPartition[]): PartitionState[] {
    return partitions.map((place) => this.#state(place))
  }
}

function places(states: readonly PartitionState[]): TopicPartition[] {
  return states.map(({ topic, partition }) => ({ topic, partition }))
}

function offsetsOf(listed: ReadonlyMap<string, ListedOffset>): Map<string, number> {
  return new Map(Array.from(listed, ([key, { offset }]) => [key, offset]))
}
