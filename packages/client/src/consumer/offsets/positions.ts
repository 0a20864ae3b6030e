import { KafkaError, errorInfo, zeroUuid } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { isRetriable } from '../../errors.ts'
import { LogTruncationError, NoOffsetError } from '../consumer-errors.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { PartitionState } from '../partition-state.ts'
import { placesOf } from '../assignment.ts'
import type { TopicRefresher } from '../topic-refresher.ts'
import type { Wakeup } from '../wakeup.ts'
import type { GroupOffsets } from './group-offsets.ts'
import type { EpochEnd, EpochQuestion } from './leader-epochs.ts'
import { epochEnds } from './leader-epochs.ts'
import type { ListedOffset, ListedOffsets } from './list-offsets.ts'
import { listOffsetsOnce, offsetSpecs } from './list-offsets.ts'

export interface PositionsOptions {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly environment: Environment
  readonly refresher: TopicRefresher
  readonly wakeup: Wakeup
  /** Undefined without a group. */
  readonly offsets: GroupOffsets | undefined
}

/** What one round of {@link Positions.run} finds to do. */
interface Work {
  readonly uncommitted: PartitionState[]
  readonly resets: PartitionState[]
  readonly questions: (EpochQuestion & { readonly state: PartitionState })[]
}

/**
 * Finds out, in the background, where partitions go on: from the offset that the group has committed, else by
 * `auto.offset.reset`. And whether a new leader's log still has what was read before: if it was cut off there, readers
 * go on from the cut (or learn of it, if there is no reset policy).
 *
 * ```text
 *   no position ──committed──▶ position ──new leader──▶ to be validated ──▶ position
 *        └──none committed──▶ to be reset ──▶ position ──out of range──▶ to be reset
 * ```
 */
export class Positions {
  readonly #options: PositionsOptions
  #failure: Error | undefined

  constructor(options: PositionsOptions) {
    this.#options = options
  }

  /**
   * Starts what can be done now. Throws what went wrong for good since the last call, and {@link NoOffsetError} for
   * partitions that have no position and get none by the reset policy. `hasFetched`: data waits that comes first.
   */
  run(states: Iterable<PartitionState>, hasFetched: (state: PartitionState) => boolean): void {
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure
    const work: Work = { uncommitted: [], resets: [], questions: [] }
    const nowMs = this.#options.environment.clock.monotonicMs()
    for (const state of states) {
      if (state.isLookedUp || state.retryAtMs > nowMs) continue
      if (state.isOutOfRange && state.position !== undefined && !hasFetched(state)) state.reset(true)
      if (state.position !== undefined) this.#compareTopic(state)
      if (state.position !== undefined) this.#compareLeader(state, work)
      else if (state.needsReset || this.#options.offsets === undefined) work.resets.push(state)
      else work.uncommitted.push(state)
    }
    void this.#during(work.uncommitted, () => this.#readCommitted(work.uncommitted))
    const asked = work.questions.map(({ state }) => state)
    void this.#during(asked, () => this.#validate(work.questions))
    const lost = work.resets.find(({ topic }) => this.#options.settings.offsetReset(topic).kind === 'none')
    if (lost !== undefined) throw new NoOffsetError(lost.topic, lost.partition, lost.isOutOfRange)
    void this.#during(work.resets, () => this.#reset(work.resets))
  }

  /** In a topic that was deleted and made anew under its name, an offset of the old one means nothing. */
  #compareTopic(state: PartitionState): void {
    const { cluster, environment } = this.#options
    const topicId = cluster.cachedTopic(state.topic)?.topicId
    if (topicId === undefined || topicId === zeroUuid || topicId === state.topicId) return
    const isAnother = state.topicId !== undefined
    state.topicId = topicId
    if (!isAnother) return
    environment.log.warn('A topic was made anew under its name; auto.offset.reset decides where reading goes on', {
      partition: state.key,
      position: state.position,
    })
    state.reset(false)
  }

  #compareLeader(state: PartitionState, { questions }: Work): void {
    const current = this.#options.cluster.leaderOf(state.topic, state.partition)
    if (current === undefined || current.leaderEpoch === state.validatedEpoch) return
    // A log is not cut off while one leader keeps it.
    if (current.leaderEpoch < 0 || state.positionEpoch < 0 || state.positionEpoch === current.leaderEpoch) {
      state.validatedEpoch = current.leaderEpoch
      return
    }
    state.discardFetched()
    const { topic, partition, positionEpoch: leaderEpoch } = state
    const { leader, leaderEpoch: currentLeaderEpoch } = current
    questions.push({ state, topic, partition, leader, currentLeaderEpoch, leaderEpoch })
  }

  /** Runs a lookup; the states take part in no other meanwhile. */
  async #during(states: readonly PartitionState[], look: () => Promise<void>): Promise<void> {
    if (states.length === 0) return
    for (const state of states) state.isLookedUp = true
    try {
      await look()
    } catch (error) {
      for (const state of states) this.#failed(state, asError(error))
    }
    for (const state of states) state.isLookedUp = false
    this.#options.wakeup.wake()
  }

  async #readCommitted(states: readonly PartitionState[]): Promise<void> {
    const { offsets, settings } = this.#options
    const versions = versionsOf(states)
    const committed = await offsets?.fetch(placesOf(states), settings.requestTimeoutMs)
    for (const state of states) {
      if (state.version !== versions.get(state)) continue
      const found = committed?.get(state.key)
      if (found === undefined) state.needsReset = true
      else state.seek(found.offset, found.leaderEpoch)
    }
  }

  async #reset(states: readonly PartitionState[]): Promise<void> {
    const versions = versionsOf(states)
    const answers = await this.#list(states, ({ topic }) => this.#resetTime(topic))
    // No record that late: everything that comes is.
    const late = states.filter((state) => (answers.found.get(state.key)?.offset ?? 0) < 0)
    const ends = late.length === 0 ? answers : await this.#list(late, () => offsetSpecs.latest)
    for (const state of states) {
      const from = late.includes(state) ? ends : answers
      const failure = from.failed.get(state.key)
      const found = from.found.get(state.key)
      if (failure !== undefined) this.#failed(state, failure)
      else if (found !== undefined && state.version === versions.get(state)) this.#resetTo(state, found)
    }
  }

  /** The time, or the place that stands for one, where reading of a topic begins. */
  #resetTime(topic: string): bigint {
    const { environment, settings } = this.#options
    const policy = settings.offsetReset(topic)
    if (policy.kind === 'duration') return BigInt(environment.clock.wallMs() - Math.ceil(policy.durationMs))
    return policy.kind === 'earliest' ? offsetSpecs.earliest : offsetSpecs.latest
  }

  #resetTo(state: PartitionState, { offset, leaderEpoch }: ListedOffset): void {
    if (state.isOutOfRange)
      this.#options.environment.log.warn(
        'The position of a partition was not in its log; auto.offset.reset decides where reading goes on',
        { partition: state.key, offset },
      )
    state.seek(offset, leaderEpoch)
  }

  #list(states: readonly PartitionState[], timeOf: (state: PartitionState) => bigint): Promise<ListedOffsets> {
    const { cluster, settings } = this.#options
    return listOffsetsOnce(
      cluster,
      states.map((state) => ({ topic: state.topic, partition: state.partition, timestamp: timeOf(state) })),
      { timeoutMs: settings.requestTimeoutMs, readCommitted: settings.isolationLevel === 'read_committed' },
    )
  }

  async #validate(questions: Work['questions']): Promise<void> {
    const versions = versionsOf(questions.map(({ state }) => state))
    const ends = await epochEnds(this.#options.cluster, questions)
    for (const { state, currentLeaderEpoch } of questions) {
      const end = ends.get(state.key)
      if (end instanceof Error) this.#failed(state, end)
      else if (state.version === versions.get(state)) this.#compare(state, end, currentLeaderEpoch)
    }
  }

  #compare(state: PartitionState, end: EpochEnd | undefined, currentLeaderEpoch: number): void {
    const position = state.position ?? 0
    const known = end !== undefined && end.endOffset >= 0 && end.leaderEpoch >= 0
    if (end === undefined || (known && end.endOffset >= position)) {
      state.validatedEpoch = currentLeaderEpoch
      return
    }
    const { environment, settings } = this.#options
    const hasPolicy = settings.offsetReset(state.topic).kind !== 'none'
    if (!hasPolicy) {
      this.#failure = new LogTruncationError(state.topic, state.partition, position, known ? end.endOffset : undefined)
      this.#retryLater(state)
    } else if (known) {
      environment.log.warn('A new leader has less of a partition than was read; reading goes on at the end of that', {
        partition: state.key,
        position,
        offset: end.endOffset,
      })
      state.seek(end.endOffset, end.leaderEpoch)
      state.validatedEpoch = currentLeaderEpoch
    } else state.reset(true)
  }

  #failed(state: PartitionState, error: Error): void {
    const { cluster, environment, refresher } = this.#options
    if (cluster.closing.aborted) return
    this.#retryLater(state)
    const code = error instanceof KafkaError ? error.errorCode : undefined
    if (code === undefined || errorInfo(code).refreshMetadata) refresher.refresh(state.topic)
    environment.log.debug('The position of a partition is not known yet', { partition: state.key, error })
    if (!isRetriable(error)) this.#failure = error
  }

  #retryLater(state: PartitionState): void {
    const { environment, settings } = this.#options
    state.retryAtMs = environment.clock.monotonicMs() + settings.retryBackoffMs
  }
}

function versionsOf(states: readonly PartitionState[]): ReadonlyMap<PartitionState, number> {
  return new Map(states.map((state) => [state, state.version]))
}
