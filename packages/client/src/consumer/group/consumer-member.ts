import type { KafkaError } from '@streamwright/protocol'
import { ErrorCode, kafkaError, randomUuid } from '@streamwright/protocol'
import type { ConsumerGroupHeartbeatResponse } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import type { Environment, Timer, Transitions } from '@streamwright/std'
import { StateMachine, asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { backoffMs } from '../../connection/backoff.ts'
import type { GroupMetadata } from '../assignors/assignor.ts'
import { CommitFailedError } from '../consumer-errors.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { WantedTopics } from '../subscription.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { AssignedTopics } from './assigned-topics.ts'
import { assignedTopics, isSameAssignment, resolveAssignment } from './assigned-topics.ts'
import { ConsumerRequests, memberEpochs } from './consumer-requests.ts'
import type { GroupMember } from './group-member.ts'
import { HeartbeatFields, patternsFrom } from './heartbeat-fields.ts'
import { heartbeatRefusal } from './heartbeat-refusal.ts'
import { TopicNames } from './topic-names.ts'

type MemberState =
  | 'unsubscribed'
  | 'joining'
  | 'stable'
  | 'reconciling'
  | 'acknowledging'
  | 'fenced'
  | 'stale'
  | 'fatal'
  | 'leaving'

/**
 * ```text
 *                                  ┌────── new target ───────┐
 *                                  ▼                         │
 * unsubscribed ──▶ joining ──▶ reconciling ──taken over──▶ acknowledging ──▶ stable ──new target──▶ reconciling
 *      ▲              ▲ └── nothing to take over ──────────────────────────────▶ │
 *      │              │
 *      │              ├── fenced ◀── the coordinator knows no such member
 *      │              └── stale  ◀── not polled within max.poll.interval.ms
 *      │                  fatal  ◀── the coordinator refuses for good: every poll rejects
 *      └── leaving ◀── every state
 * ```
 * To take over, and to tell what was lost, is to call the application's listeners, which happens within a poll. All
 * else happens in the background: a heartbeat brings what is to be owned (the target), and takes along what is.
 */
const transitions: Transitions<MemberState> = {
  unsubscribed: ['joining', 'leaving'],
  joining: ['stable', 'reconciling', 'fenced', 'stale', 'fatal', 'leaving'],
  stable: ['reconciling', 'fenced', 'stale', 'fatal', 'leaving'],
  reconciling: ['acknowledging', 'stable', 'fenced', 'stale', 'fatal', 'leaving'],
  acknowledging: ['stable', 'reconciling', 'fenced', 'stale', 'fatal', 'leaving'],
  fenced: ['joining', 'leaving'],
  stale: ['joining', 'leaving'],
  fatal: ['leaving'],
  leaving: ['unsubscribed'],
}

const inGroup = ['joining', 'stable', 'reconciling', 'acknowledging'] as const

/** What the consumer does for its membership. All may reject; then the poll does. */
export interface ConsumerMemberCallbacks {
  /** What is subscribed to right now; asks the cluster if a pattern has to be compared with its topics here. */
  readonly wanted: () => Promise<WantedTopics>
  /**
   * Owns exactly these partitions from now on: commits, gives up the others, takes the new ones. When `isCurrent` says
   * no in between, the membership has ended meanwhile: stops, and resolves with false.
   */
  readonly reconcile: (partitions: readonly TopicPartition[], isCurrent: () => boolean) => Promise<boolean>
  /** The membership was lost, and with it all that was owned: others may have it already. */
  readonly lost: () => Promise<void>
  /** Something has happened that a poll has to look at. */
  readonly wake: () => void
}

export interface ConsumerMemberOptions extends ConsumerMemberCallbacks {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly environment: Environment
  readonly groupId: string
}

/**
 * This consumer's membership in its group by the consumer protocol (KIP-848): the coordinator assigns, and every
 * member comes to own what it was assigned at its own pace, without a moment at which all stand still.
 */
export class ConsumerMember implements GroupMember {
  readonly #options: ConsumerMemberOptions
  readonly #requests: ConsumerRequests
  readonly #fields: HeartbeatFields
  readonly #names: TopicNames
  readonly #machine: StateMachine<MemberState>
  readonly #memberId: string
  #epoch: number = memberEpochs.join
  #wanted: WantedTopics | undefined
  /** What this member owns; undefined until it has taken over its first assignment. */
  #owned: AssignedTopics | undefined
  #target: AssignedTopics = new Map()
  /** Counts memberships: what belongs to an earlier one is of no use any more. */
  #membership = 0
  #isReconciling = false
  #heartbeat: Timer | undefined
  #heartbeatIntervalMs = 0
  #isHeartbeatUnderWay = false
  #isHeartbeatDue = false
  #failures = 0
  /** The last farewell: nothing is said again before it was sent. */
  #farewell: Promise<void> = Promise.resolve()
  #pollTimer: Timer | undefined
  #lastPollMs = 0
  /** What the next poll rejects with. */
  #failure: Error | undefined
  /** What every poll rejects with from now on. */
  #fatal: Error | undefined
  #isLost = false

  constructor(options: ConsumerMemberOptions) {
    const { cluster, environment, groupId, settings, wake } = options
    this.#options = options
    this.#requests = new ConsumerRequests(cluster, groupId)
    this.#fields = new HeartbeatFields(settings)
    this.#names = new TopicNames(cluster, environment, wake)
    this.#machine = new StateMachine('Consumer group member', transitions, 'unsubscribed')
    this.#memberId = randomUuid(environment.random)
  }

  get metadata(): GroupMetadata {
    const { groupId, settings } = this.#options
    const { groupInstanceId } = settings
    return this.#epoch > 0 && this.#isInGroup
      ? { groupId, generationId: this.#epoch, memberId: this.#memberId, groupInstanceId }
      : { groupId, generationId: -1, memberId: '', groupInstanceId }
  }

  async advance(): Promise<void> {
    this.#polled()
    const failures: unknown[] = []
    if (this.#fatal !== undefined) failures.push(this.#fatal)
    if (this.#failure !== undefined) failures.push(this.#failure)
    this.#failure = undefined
    try {
      if (this.#isLost) {
        this.#isLost = false
        await this.#options.lost()
      }
    } catch (error) {
      failures.push(error)
    }
    try {
      if (this.#machine.is('unsubscribed', 'fenced', 'stale')) this.#join()
      else if (this.#machine.is('reconciling')) await this.#reconcile()
    } catch (error) {
      failures.push(error)
    }
    if (failures.length > 0) throw asError(failures[0])
  }

  resubscribe(): void {
    this.#wanted = undefined
    if (this.#isInGroup) void this.#beat()
  }

  enforceRebalance(): void {
    this.#options.environment.log.warn(
      'A member cannot ask for a rebalance by the consumer protocol: its coordinator decides; this call has no effect',
      { group: this.#options.groupId },
    )
  }

  noticeTopics(): void {
    if (this.#machine.is('reconciling')) this.#options.wake()
  }

  commitRefused(error: KafkaError, sent: GroupMetadata): Error {
    if (error.errorCode !== ErrorCode.UNKNOWN_MEMBER_ID && error.errorCode !== ErrorCode.STALE_MEMBER_EPOCH)
      return error
    // The answer to a heartbeat says what has become of this member.
    if (this.#isInGroup && sent.generationId === this.#epoch) void this.#beat()
    return new CommitFailedError(error)
  }

  async leave(isSilent: boolean, timeoutMs: number): Promise<void> {
    if (this.#machine.is('leaving')) return this.#farewell
    const wasMember = this.#isInGroup
    this.#endMembership('leaving')
    this.#pollTimer?.cancel()
    this.#fatal = undefined
    this.#isLost = false
    const isStatic = this.#options.settings.groupInstanceId !== null
    // By its instance id a static member says that it will be back; others have no way to stay.
    if (wasMember && this.#requests.hasAsked && (isStatic || !isSilent)) {
      this.#sayFarewell(isSilent ? memberEpochs.leaveStatic : memberEpochs.leave, timeoutMs)
      await this.#farewell
    }
    this.#machine.transitionTo('unsubscribed')
  }

  comeBack(): void {
    // An unsubscribed member joins with the next poll by itself.
  }

  get #isInGroup(): boolean {
    return this.#machine.is(...inGroup)
  }

  #polled(): void {
    const { environment, settings } = this.#options
    this.#lastPollMs = environment.clock.monotonicMs()
    this.#pollTimer ??= environment.timers.after(settings.maxPollIntervalMs, () => this.#lookWhetherPolled(), {
      background: true,
    })
  }

  /** The application does not poll: whoever does shall have the partitions. */
  #lookWhetherPolled(): void {
    const { environment, groupId, settings } = this.#options
    const { groupInstanceId, maxPollIntervalMs, requestTimeoutMs } = settings
    const leftMs = this.#lastPollMs + maxPollIntervalMs - environment.clock.monotonicMs()
    this.#pollTimer = undefined
    if (!this.#isInGroup) return
    if (leftMs > 0) {
      this.#pollTimer = environment.timers.after(leftMs, () => this.#lookWhetherPolled(), { background: true })
      return
    }
    environment.log.warn(
      'This member leaves its group, since it did not poll within max.poll.interval.ms; process less per poll, or raise it',
      { group: groupId, maxPollIntervalMs },
    )
    this.#endMembership('stale')
    this.#sayFarewell(groupInstanceId === null ? memberEpochs.leave : memberEpochs.leaveStatic, requestTimeoutMs)
  }

  #join(): void {
    this.#machine.transitionTo('joining')
    this.#membership += 1
    this.#epoch = memberEpochs.join
    this.#wanted = undefined
    this.#owned = undefined
    this.#target = new Map()
    this.#fields.forget()
    void this.#beat()
  }

  #endMembership(next: 'leaving' | 'fenced' | 'stale' | 'fatal'): void {
    this.#machine.transitionTo(next)
    this.#membership += 1
    this.#heartbeat?.cancel()
    this.#isHeartbeatDue = false
    this.#isLost = true
    this.#options.wake()
  }

  #sayFarewell(memberEpoch: number, timeoutMs: number): void {
    const { environment, groupId, settings } = this.#options
    const fields = { memberId: this.#memberId, memberEpoch, instanceId: settings.groupInstanceId }
    this.#farewell = this.#requests
      .heartbeat(() => fields, { timeoutMs })
      .then(
        () => undefined,
        (error: unknown) =>
          environment.log.info('The group was not told that this member leaves; it finds out by the session time-out', {
            group: groupId,
            error: asError(error),
          }),
      )
  }

  /** Takes over as much of the target as has names. */
  async #reconcile(): Promise<void> {
    const { topics, partitions, unknown } = resolveAssignment(this.#target, (id) => this.#options.cluster.topicName(id))
    this.#names.ask(unknown)
    if (unknown.length > 0 && this.#owned !== undefined && isSameAssignment(topics, this.#owned)) return
    const membership = this.#membership
    const isCurrent = (): boolean => membership === this.#membership
    this.#isReconciling = true
    try {
      if (!(await this.#options.reconcile(partitions, isCurrent)) || !isCurrent()) return
      this.#owned = topics
      this.#machine.transitionTo('acknowledging')
      void this.#beat()
    } finally {
      this.#isReconciling = false
    }
  }

  /** Sends a heartbeat now, or as soon as the one under way is answered. */
  async #beat(): Promise<void> {
    this.#isHeartbeatDue = this.#isHeartbeatUnderWay
    if (this.#isHeartbeatUnderWay) return
    this.#isHeartbeatUnderWay = true
    this.#heartbeat?.cancel()
    const { clock } = this.#options.environment
    const membership = this.#membership
    let nextMs = 0
    try {
      await this.#farewell
      this.#wanted ??= await this.#options.wanted()
      if (membership !== this.#membership) return
      const sentAtMs = clock.monotonicMs()
      const response = await this.#send(this.#wanted)
      if (membership !== this.#membership) return
      this.#heard(response)
      nextMs = sentAtMs + this.#heartbeatIntervalMs - clock.monotonicMs()
    } catch (error) {
      if (membership === this.#membership) nextMs = this.#failed(asError(error))
    } finally {
      this.#isHeartbeatUnderWay = false
      this.#schedule(nextMs)
    }
  }

  #schedule(delayMs: number): void {
    if (!this.#isInGroup || this.#options.cluster.closing.aborted) return
    if (this.#isHeartbeatDue) void this.#beat()
    else {
      this.#heartbeat = this.#options.environment.timers.after(Math.max(delayMs, 0), () => void this.#beat(), {
        background: true,
      })
    }
  }

  #send(wanted: WantedTopics): Promise<ConsumerGroupHeartbeatResponse> {
    if (this.#machine.is('joining')) this.#fields.forget()
    const member = { memberId: this.#memberId, memberEpoch: this.#epoch }
    const fields = this.#fields.next(wanted, this.#owned ?? new Map())
    // What was taken over is told by this very heartbeat.
    if (this.#machine.is('acknowledging')) this.#machine.transitionTo(this.#isTargetReached ? 'stable' : 'reconciling')
    if (this.#machine.is('reconciling')) this.#options.wake()
    return this.#requests.heartbeat(
      (version) => ({ ...member, ...fields(version) }),
      wanted.pattern === undefined ? {} : { minVersion: patternsFrom },
    )
  }

  get #isTargetReached(): boolean {
    return this.#owned !== undefined && isSameAssignment(this.#owned, this.#target)
  }

  #heard(response: ConsumerGroupHeartbeatResponse): void {
    const { assignment, errorCode, errorMessage, heartbeatIntervalMs, memberEpoch } = response
    if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, errorMessage)
    this.#failures = 0
    this.#heartbeatIntervalMs = heartbeatIntervalMs
    this.#epoch = memberEpoch
    if (assignment === null) return
    this.#target = assignedTopics(assignment.topicPartitions)
    // One that is being taken over, or told of, comes to an end first.
    if (this.#isReconciling || this.#machine.is('acknowledging')) return
    if (!this.#isTargetReached) {
      if (!this.#machine.is('reconciling')) this.#machine.transitionTo('reconciling')
      this.#options.wake()
    } else if (!this.#machine.is('stable')) this.#machine.transitionTo('stable')
  }

  /** Decides what a heartbeat that failed means. Returns how long to wait before the next. */
  #failed(error: Error): number {
    const { cluster, environment, groupId, settings } = this.#options
    if (cluster.closing.aborted) return 0
    environment.log.debug('A heartbeat failed', { group: groupId, error })
    // The coordinator may or may not have heard it.
    this.#fields.forget()
    this.#failures += 1
    const refusal = heartbeatRefusal(error)
    switch (refusal.kind) {
      case 'fenced':
        this.#failures = 0
        this.#endMembership('fenced')
        return 0
      case 'fatal':
        this.#fatal = refusal.explain(settings, this.#wanted)
        this.#endMembership('fatal')
        return 0
      case 'failed':
        this.#failure = error
        this.#options.wake()
        break
      case 'moved':
        this.#requests.forgetCoordinator()
        break
      case 'passing':
    }
    return backoffMs(cluster.retryBackoff, this.#failures, environment.random)
  }
}
