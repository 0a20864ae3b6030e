import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import type { JoinGroupResponse } from '@streamwright/protocol/messages/join-group'
import type { Environment, Timer, Transitions } from '@streamwright/std'
import { StateMachine, asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { backoffMs } from '../../connection/backoff.ts'
import { isRetriable } from '../../errors.ts'
import type { Assignor, GroupMetadata, MemberAssignment, RebalanceProtocol } from '../assignors/assignor.ts'
import { CommitFailedError } from '../consumer-errors.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { encodeSubscription } from './consumer-protocol.ts'
import { GroupLeader } from './group-leader.ts'
import type { GroupMember } from './group-member.ts'
import type { JoinProtocol } from './classic-requests.ts'
import { ClassicRequests } from './classic-requests.ts'

type MemberState = 'unjoined' | 'joining' | 'joined' | 'stable' | 'rejoining' | 'left'

/**
 * ```text
 *            prepare                answered           taken over
 * unjoined ──────────▶ joining ───────────────▶ joined ──────────▶ stable ──▶ rejoining ──prepare──▶ joining
 *    ▲                 │     ▲ again               │                  │           │
 *    └─────────────────┴─────┴─────────────────────┴──────────────────┴───────────┘  (membership lost)
 * every state ──▶ left ──▶ unjoined
 * ```
 * To prepare and to take over is to call the application's listeners, which happens within a poll. All else happens in
 * the background, so that a poll returns in time, and with the cooperative protocol work goes on during a rebalance.
 */
const transitions: Transitions<MemberState> = {
  unjoined: ['joining', 'left'],
  joining: ['joined', 'unjoined', 'left'],
  joined: ['stable', 'unjoined', 'left'],
  stable: ['rejoining', 'unjoined', 'left'],
  rejoining: ['joining', 'unjoined', 'left'],
  left: ['unjoined'],
}

/** What happens to an assignment on its way to the application. */
export interface TakeOverSteps {
  /** The assignor is told, after what goes to others was given up, and before what is new comes. */
  readonly tellAssignor: () => void
  /** The assignment is not the last: others wait for what was given up, or it does not fit the subscription. */
  readonly rejoin: (reason: string) => void
}

/** What the consumer does for its membership. All may reject; the group goes on, and the poll rejects in the end. */
export interface ClassicMemberCallbacks {
  /** Topics subscribed to right now: a pattern may match more than before. */
  readonly topics: () => Promise<readonly string[]>
  readonly owned: () => readonly TopicPartition[]
  /** Before joining: commits, and gives up what cannot be kept meanwhile. */
  readonly prepare: (protocol: RebalanceProtocol) => Promise<void>
  /** The membership was lost, and with it all that was owned: others may have it already. */
  readonly lost: () => Promise<void>
  readonly takeOver: (assignment: MemberAssignment, protocol: RebalanceProtocol, steps: TakeOverSteps) => Promise<void>
  /** Something has happened that a poll has to look at. */
  readonly wake: () => void
}

export interface ClassicMemberOptions extends ClassicMemberCallbacks {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly environment: Environment
  readonly groupId: string
}

interface Joined {
  readonly assignor: Assignor
  readonly assignment: MemberAssignment
}

/** This consumer's membership in its group, by the classic protocol: join, sync, heartbeats, leave. */
export class ClassicMember implements GroupMember {
  readonly #options: ClassicMemberOptions
  readonly #requests: ClassicRequests
  readonly #leader: GroupLeader
  readonly #protocol: RebalanceProtocol
  readonly #machine: StateMachine<MemberState>
  #memberId = ''
  #generationId = -1
  #joined: Joined | undefined
  /** Counts attempts to join, so that the outcome of one that was given up is told apart. */
  #attempt = 0
  #isJoinUnderWay = false
  /** While the coordinator waits for all members it knows that this one lives, and its generation is about to change. */
  #isJoinUnanswered = false
  #joinFailures = 0
  #retryAtMs = 0
  /** Why the next join happens, for the coordinator's log. */
  #reason = 'joining for the first time'
  #mustRejoin = false
  #isLost = false
  #heartbeat: Timer | undefined
  #isHeartbeatUnderWay = false
  #lastPollMs = 0
  /** What the next poll rejects with. */
  #failure: Error | undefined
  /** What every poll rejects with from now on. */
  #fatal: Error | undefined

  constructor(options: ClassicMemberOptions) {
    const { cluster, groupId, settings } = options
    this.#options = options
    this.#requests = new ClassicRequests(cluster, settings, groupId)
    this.#leader = new GroupLeader(cluster)
    // Members may only keep partitions while they join if whatever assignor is chosen knows how to deal with that.
    const isCooperative = settings.assignors.every(({ protocols }) => protocols.includes('cooperative'))
    this.#protocol = isCooperative ? 'cooperative' : 'eager'
    this.#machine = new StateMachine('Group member', transitions, 'unjoined')
  }

  get metadata(): GroupMetadata {
    return {
      groupId: this.#options.groupId,
      generationId: this.#generationId,
      memberId: this.#memberId,
      groupInstanceId: this.#options.settings.groupInstanceId,
    }
  }

  async advance(): Promise<void> {
    this.#lastPollMs = this.#options.environment.clock.monotonicMs()
    const failures: unknown[] = []
    if (this.#fatal !== undefined) failures.push(this.#fatal)
    if (this.#failure !== undefined) failures.push(this.#failure)
    this.#failure = undefined
    for (let isMoving = true; isMoving;) {
      try {
        isMoving = await this.#step()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw asError(failures[0])
  }

  resubscribe(reason: string): void {
    this.#rejoin(reason)
  }

  enforceRebalance(reason: string): void {
    this.#rejoin(reason)
  }

  /** The next poll joins again; `reason` is for the coordinator's log. */
  #rejoin(reason: string): void {
    this.#mustRejoin = true
    this.#reason = reason
    this.#options.wake()
  }

  noticeTopics(): void {
    if (this.#machine.is('stable') && this.#leader.isOutdated) this.#rejoin('the partitions of the topics have changed')
  }

  commitRefused(error: KafkaError, sent: GroupMetadata): Error {
    switch (error.errorCode) {
      case ErrorCode.ILLEGAL_GENERATION:
      case ErrorCode.UNKNOWN_MEMBER_ID: {
        const isOld = sent.memberId !== this.#memberId || sent.generationId !== this.#generationId
        // A rebalance has come in between, and the commit was simply one of before.
        if (isOld || this.#isJoinUnderWay)
          return kafkaError(ErrorCode.REBALANCE_IN_PROGRESS, 'poll, then commit what is still assigned')
        this.#lose(false)
        return new CommitFailedError(error)
      }
      case ErrorCode.REBALANCE_IN_PROGRESS:
        this.#rejoin('a commit has met a rebalance')
        return error
      default:
        return error
    }
  }

  async leave(isSilent: boolean, timeoutMs: number, reason: string): Promise<void> {
    this.#heartbeat?.cancel()
    this.#attempt += 1
    this.#endAttempt()
    const member = this.metadata
    if (!this.#machine.is('left')) this.#machine.transitionTo('left')
    this.#generationId = -1
    this.#memberId = ''
    this.#joined = undefined
    this.#isLost = false
    if (isSilent || member.memberId === '') return
    try {
      await this.#requests.leave(member, reason, timeoutMs)
    } catch (error) {
      this.#options.environment.log.info(
        'The group was not told that this member leaves; it finds out by the session time-out',
        { group: member.groupId, error: asError(error) },
      )
    }
  }

  comeBack(): void {
    if (this.#machine.is('left')) this.#machine.transitionTo('unjoined')
  }

  /** One step towards being a member. False: nothing more to do right now. */
  async #step(): Promise<boolean> {
    if (this.#isLost) {
      this.#isLost = false
      await this.#options.lost()
      return true
    }
    if (this.#fatal !== undefined) return false
    switch (this.#machine.state) {
      case 'unjoined':
      case 'rejoining':
        this.#mustRejoin = false
        try {
          await this.#options.prepare(this.#protocol)
        } finally {
          if (this.#machine.is('unjoined', 'rejoining') && !this.#isLost) this.#machine.transitionTo('joining')
        }
        return true
      case 'joining':
        if (!this.#isJoinUnderWay && this.#options.environment.clock.monotonicMs() >= this.#retryAtMs) void this.#join()
        return false
      case 'joined':
        await this.#takeOver()
        return true
      case 'stable':
        if (this.#mustRejoin) this.#machine.transitionTo('rejoining')
        return this.#mustRejoin
      case 'left':
        return false
    }
  }

  async #takeOver(): Promise<void> {
    const joined = this.#joined
    this.#joined = undefined
    this.#machine.transitionTo('stable')
    if (joined === undefined) return
    const { assignment, assignor } = joined
    await this.#options.takeOver(assignment, this.#protocol, {
      tellAssignor: () => assignor.onAssignment(assignment, this.metadata),
      rejoin: (reason) => this.#rejoin(reason),
    })
  }

  async #join(): Promise<void> {
    const attempt = ++this.#attempt
    this.#isJoinUnderWay = true
    try {
      const protocols = await this.#protocols()
      if (attempt !== this.#attempt) return
      this.#isJoinUnanswered = true
      const response = await this.#requests.join(this.#memberId, protocols, this.#reason)
      if (attempt !== this.#attempt) return
      this.#isJoinUnanswered = false
      this.#memberId = response.memberId
      if (response.errorCode === ErrorCode.MEMBER_ID_REQUIRED) return
      this.#generationId = response.generationId
      // From here on the coordinator counts the time between signs of life again.
      this.#startHeartbeats()
      const joined = await this.#sync(response)
      if (attempt !== this.#attempt) return
      this.#joined = joined
      this.#joinFailures = 0
      this.#machine.transitionTo('joined')
    } catch (error) {
      if (attempt === this.#attempt) this.#joinFailed(error)
    } finally {
      if (attempt === this.#attempt) this.#endAttempt()
      this.#options.wake()
    }
  }

  #endAttempt(): void {
    this.#isJoinUnderWay = false
    this.#isJoinUnanswered = false
  }

  async #sync(response: JoinGroupResponse): Promise<Joined> {
    const assignor = this.#options.settings.assignors.find(({ name }) => name === response.protocolName)
    if (assignor === undefined) {
      throw kafkaError(
        ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
        `the group uses ${response.protocolName}, which this consumer does not know`,
      )
    }
    const isLeader = response.leader === response.memberId
    if (!isLeader) this.#leader.resign()
    const assignments = isLeader ? await this.#leader.assign(assignor, response) : []
    return { assignor, assignment: await this.#requests.sync(response, assignments) }
  }

  async #protocols(): Promise<JoinProtocol[]> {
    const { clientRack, assignors } = this.#options.settings
    const topics = await this.#options.topics()
    const ownedPartitions = this.#protocol === 'eager' ? [] : this.#options.owned()
    return assignors.map((assignor) => ({
      name: assignor.name,
      metadata: encodeSubscription({
        topics,
        userData: assignor.subscriptionUserData(new Set(topics)),
        ownedPartitions,
        generationId: this.#generationId,
        rackId: clientRack === '' ? null : clientRack,
      }),
    }))
  }

  /** Decides what a failed attempt to join means: try again, as a new member, or give up. */
  #joinFailed(thrown: unknown): void {
    const { cluster, environment } = this.#options
    if (cluster.closing.aborted) return
    const code = thrown instanceof KafkaError ? thrown.errorCode : undefined
    environment.log.debug('Joining the group failed', { group: this.#options.groupId, error: asError(thrown) })
    // Somebody has joined meanwhile: so once more, at once.
    if (code === ErrorCode.REBALANCE_IN_PROGRESS) return
    this.#joinFailures += 1
    const backoff = cluster.retryBackoff
    this.#retryAtMs = environment.clock.monotonicMs() + backoffMs(backoff, this.#joinFailures, environment.random)
    if (code === ErrorCode.UNKNOWN_MEMBER_ID || code === ErrorCode.ILLEGAL_GENERATION) {
      this.#retryAtMs = 0
      this.#lose(code === ErrorCode.UNKNOWN_MEMBER_ID)
    } else if (code === ErrorCode.FENCED_INSTANCE_ID) this.#fence()
    else if (!isRetriable(thrown)) this.#failure = asError(thrown)
    else if (code !== ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) this.#requests.forgetCoordinator()
  }

  /** Membership ends without a word: the next poll tells the listener, and joins anew. */
  #lose(asNewMember: boolean): void {
    this.#heartbeat?.cancel()
    this.#attempt += 1
    this.#endAttempt()
    this.#joined = undefined
    if (asNewMember) this.#memberId = ''
    this.#generationId = -1
    this.#reason = 'the membership was lost'
    if (this.#machine.is('left')) return
    this.#isLost = true
    if (!this.#machine.is('unjoined')) this.#machine.transitionTo('unjoined')
    this.#options.wake()
  }

  /** Another consumer runs under the same `group.instance.id`: this one has to stop. */
  #fence(): void {
    const { groupInstanceId } = this.#options.settings
    this.#lose(false)
    this.#fatal = kafkaError(
      ErrorCode.FENCED_INSTANCE_ID,
      `another consumer has joined with group.instance.id ${groupInstanceId ?? ''}; give each its own`,
    )
  }

  #startHeartbeats(): void {
    const { environment, settings } = this.#options
    this.#heartbeat?.cancel()
    this.#heartbeat = environment.timers.every(settings.heartbeatIntervalMs, () => void this.#beat(), {
      background: true,
    })
  }

  async #beat(): Promise<void> {
    const { cluster, environment, settings } = this.#options
    if (environment.clock.monotonicMs() - this.#lastPollMs > settings.maxPollIntervalMs) {
      this.#giveUp()
      return
    }
    for (const topic of this.#leader.topics) cluster.markUsed(topic)
    if (this.#isHeartbeatUnderWay || this.#isJoinUnanswered) return
    this.#isHeartbeatUnderWay = true
    const member = this.metadata
    try {
      this.#heard(await this.#requests.heartbeat(member), member)
    } catch (error) {
      if (cluster.closing.aborted) return
      this.#requests.forgetCoordinator()
      environment.log.debug('A heartbeat failed', { error: asError(error) })
    } finally {
      this.#isHeartbeatUnderWay = false
    }
  }

  /** The application does not poll: whoever does shall have the partitions. */
  #giveUp(): void {
    const { environment, groupId, settings } = this.#options
    environment.log.warn(
      'This member leaves its group, since it did not poll within max.poll.interval.ms; process less per poll, or raise it',
      { group: groupId, maxPollIntervalMs: settings.maxPollIntervalMs },
    )
    const member = this.metadata
    const isStatic = settings.groupInstanceId !== null
    this.#lose(!isStatic)
    if (isStatic) return
    this.#requests
      .leave(member, 'max.poll.interval.ms was exceeded', settings.requestTimeoutMs)
      .catch((error: unknown) => environment.log.debug('The group was not told', { error: asError(error) }))
  }

  #heard(errorCode: number, sent: GroupMetadata): void {
    // The answer to a member that this one no longer is, or is about to be no longer.
    if (this.#isJoinUnanswered) return
    if (sent.memberId !== this.#memberId || sent.generationId !== this.#generationId) return
    switch (errorCode) {
      case ErrorCode.NONE:
        return
      case ErrorCode.REBALANCE_IN_PROGRESS:
        if (this.#machine.is('stable', 'joined')) this.#rejoin('the group rebalances')
        return
      case ErrorCode.NOT_COORDINATOR:
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
        this.#requests.forgetCoordinator()
        return
      case ErrorCode.ILLEGAL_GENERATION:
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#lose(errorCode === ErrorCode.UNKNOWN_MEMBER_ID)
        return
      case ErrorCode.FENCED_INSTANCE_ID:
        this.#fence()
        return
      default: {
        const error = kafkaError(errorCode, `the heartbeat of a member of group ${this.#options.groupId}`)
        if (!error.retriable) this.#failure = error
        this.#options.wake()
      }
    }
  }
}
