import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { heartbeat as heartbeatApi } from '@streamwright/protocol/messages/heartbeat'
import { joinGroup as joinGroupApi } from '@streamwright/protocol/messages/join-group'
import type { JoinGroupResponse } from '@streamwright/protocol/messages/join-group'
import { leaveGroup as leaveGroupApi } from '@streamwright/protocol/messages/leave-group'
import { syncGroup as syncGroupApi } from '@streamwright/protocol/messages/sync-group'
import type { Environment, Timer, Transitions } from '@streamwright/std'
import { StateMachine, asError, delay } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { isRetriable } from '../../errors.ts'
import type { Assignor, GroupMetadata, MemberAssignment } from '../assignors/assignor.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import type { TopicPartition } from '../topic-partition.ts'
import {
  consumerProtocolType,
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from './consumer-protocol.ts'

type MemberState = 'unjoined' | 'joining' | 'stable' | 'rejoining' | 'left'

/**
 * ```text
 * unjoined ──▶ joining ──▶ stable ──▶ rejoining ──▶ joining
 *    ▲            │          │            │
 *    └────────────┴──────────┴────────────┘   (lost: unknown member, fenced, silent for too long)
 * every state ──▶ left
 * ```
 */
const transitions: Transitions<MemberState> = {
  unjoined: ['joining', 'left'],
  joining: ['stable', 'unjoined', 'joining', 'left'],
  stable: ['rejoining', 'unjoined', 'left'],
  rejoining: ['joining', 'unjoined', 'left'],
  left: ['unjoined'],
}

/** Beyond the rebalance time-out a coordinator still needs a moment to answer. */
const joinGraceMs = 5_000

export interface GroupMemberOptions {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly environment: Environment
  readonly groupId: string
  /** Topics subscribed to right now: a pattern may match more than before. */
  readonly topics: () => Promise<readonly string[]>
  readonly owned: () => readonly TopicPartition[]
  /** Under the eager protocol, before joining: give up everything. */
  readonly beforeJoin: (eager: boolean) => Promise<void>
  /** The membership was lost with all it owned. */
  readonly onLost: () => Promise<void>
  readonly onAssigned: (assignment: MemberAssignment, eager: boolean) => Promise<void>
  /** The coordinator asks for a rebalance, or membership is in doubt: somebody should poll. */
  readonly onChange: () => void
}

/** This consumer's membership in its group, by the classic protocol: join, sync, heartbeats, leave. */
export class GroupMember {
  readonly #options: GroupMemberOptions
  readonly #machine: StateMachine<MemberState>
  #memberId = ''
  #generationId = -1
  #heartbeat: Timer | undefined
  #heartbeatUnderWay = false
  #lastHeartbeatMs = 0
  #lastPollMs = 0
  #lost = false
  #fatal: Error | undefined
  /** Partition counts that the leader's last assignment was made with. */
  #countedPartitions: ReadonlyMap<string, number> = new Map()
  #isLeader = false

  constructor(options: GroupMemberOptions) {
    this.#options = options
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

  get isStable(): boolean {
    return this.#machine.is('stable') && !this.#lost
  }

  /** Joins, or joins again, when there is a reason to. Called by each poll. */
  async ensureJoined(isStopped: () => boolean): Promise<void> {
    this.#lastPollMs = this.#options.environment.clock.monotonicMs()
    if (this.#fatal !== undefined) throw this.#fatal
    if (this.#lost) {
      this.#lost = false
      this.#reset()
      await this.#options.onLost()
    }
    while (!this.#machine.is('stable') && !isStopped()) {
      try {
        await this.#join()
      } catch (thrown) {
        await this.#recover(thrown)
      }
    }
  }

  /** The next poll joins again: the subscription, or what it matches, has changed. */
  rejoin(): void {
    if (this.#machine.is('stable')) this.#machine.transitionTo('rejoining')
    this.#options.onChange()
  }

  /** Whether the partition counts of the assigned topics are other ones than the leader counted. */
  noticePartitionCounts(counts: (topic: string) => number | undefined): void {
    if (!this.#isLeader || !this.#machine.is('stable')) return
    for (const [topic, count] of this.#countedPartitions) {
      const now = counts(topic)
      if (now !== undefined && now !== count) {
        this.rejoin()
        return
      }
    }
  }

  /** A commit has found that this member is out. */
  markLost(): void {
    this.#lost = true
    this.#options.onChange()
  }

  /** Static members stay unless told otherwise: a restart is then no rebalance. */
  async leave(leaveGroup: boolean): Promise<void> {
    this.#heartbeat?.cancel()
    const memberId = this.#memberId
    const wasMember = memberId !== '' && !this.#machine.is('left')
    if (!this.#machine.is('left')) this.#machine.transitionTo('left')
    const { cluster, groupId, settings } = this.#options
    if (!leaveGroup || !wasMember) return
    try {
      const coordinator = await cluster.coordinator('group', groupId)
      const { groupInstanceId } = settings
      await cluster.send(
        coordinator,
        leaveGroupApi,
        (version) => (version >= 3 ? { groupId, members: [{ memberId, groupInstanceId }] } : { groupId, memberId }),
        { lane: 'group' },
      )
    } catch (error) {
      this.#options.environment.log.info(
        'The group was not told that this member leaves; it finds out by the session time-out',
        { error: asError(error) },
      )
    }
    this.#memberId = ''
    this.#generationId = -1
  }

  /** After leaving, a new subscription joins as a new member. */
  comeBack(): void {
    if (this.#machine.is('left')) this.#machine.transitionTo('unjoined')
  }

  async #join(): Promise<void> {
    const { settings } = this.#options
    const eager = !settings.assignors.every(({ protocols }) => protocols.includes('cooperative'))
    await this.#options.beforeJoin(eager)
    this.#machine.transitionTo('joining')
    this.#heartbeat?.cancel()
    const joined = await this.#sendJoin(eager)
    const assignor = settings.assignors.find(({ name }) => name === joined.protocolName)
    if (assignor === undefined)
      throw kafkaError(
        ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
        `the group uses ${joined.protocolName}, which this consumer does not know`,
      )
    this.#memberId = joined.memberId
    this.#generationId = joined.generationId
    this.#isLeader = joined.leader === joined.memberId
    const assignments = this.#isLeader && !joined.skipAssignment ? await this.#assign(assignor, joined) : []
    const assignment = await this.#sendSync(joined, assignments)
    assignor.onAssignment(assignment, this.metadata)
    this.#machine.transitionTo('stable')
    this.#startHeartbeats()
    await this.#options.onAssigned(assignment, eager)
  }

  async #sendJoin(eager: boolean): Promise<JoinGroupResponse> {
    const { cluster, groupId, settings } = this.#options
    const topics = await this.#options.topics()
    const protocols = settings.assignors.map((assignor) => ({
      name: assignor.name,
      metadata: encodeSubscription({
        topics,
        userData: assignor.subscriptionUserData(new Set(topics)),
        ownedPartitions: eager ? [] : this.#options.owned(),
        generationId: this.#generationId,
        rackId: settings.clientRack === '' ? null : settings.clientRack,
      }),
    }))
    const coordinator = await cluster.coordinator('group', groupId)
    const response = await cluster.send(
      coordinator,
      joinGroupApi,
      {
        groupId,
        sessionTimeoutMs: settings.sessionTimeoutMs,
        rebalanceTimeoutMs: settings.maxPollIntervalMs,
        memberId: this.#memberId,
        groupInstanceId: settings.groupInstanceId,
        protocolType: consumerProtocolType,
        protocols,
      },
      { lane: 'group', timeoutMs: Math.max(settings.requestTimeoutMs, settings.maxPollIntervalMs + joinGraceMs) },
    )
    if (response.errorCode === ErrorCode.MEMBER_ID_REQUIRED) this.#memberId = response.memberId
    if (response.errorCode !== 0) throw kafkaError(response.errorCode)
    return response
  }

  async #assign(assignor: Assignor, joined: JoinGroupResponse): Promise<{ memberId: string; assignment: Buffer }[]> {
    const subscriptions = new Map(
      joined.members.map(({ memberId, metadata, groupInstanceId }) => [
        memberId,
        decodeSubscription(metadata, groupInstanceId),
      ]),
    )
    const topics = [...new Set([...subscriptions.values()].flatMap((subscription) => subscription.topics))]
    const metadata = await this.#options.cluster.topicMetadata(topics, { refresh: true })
    const counts = new Map<string, number>()
    for (const [topic, { errorCode, partitions }] of metadata) if (errorCode === 0) counts.set(topic, partitions.length)
    this.#countedPartitions = counts
    const rackOf = new Map(this.#options.cluster.brokers.map(({ id, rack }) => [id, rack]))
    const assigned = await assignor.assign(
      {
        partitionCount: (topic) => counts.get(topic),
        racks: (topic, partition) =>
          (metadata.get(topic)?.partitions[partition]?.replicas ?? []).flatMap((id) => rackOf.get(id) ?? []),
      },
      subscriptions,
    )
    return Array.from(assigned, ([memberId, assignment]) => ({ memberId, assignment: encodeAssignment(assignment) }))
  }

  async #sendSync(
    joined: JoinGroupResponse,
    assignments: readonly { memberId: string; assignment: Buffer }[],
  ): Promise<MemberAssignment> {
    const { cluster, groupId, settings } = this.#options
    const coordinator = await cluster.coordinator('group', groupId)
    const response = await cluster.send(
      coordinator,
      syncGroupApi,
      {
        groupId,
        generationId: joined.generationId,
        memberId: joined.memberId,
        groupInstanceId: settings.groupInstanceId,
        protocolType: consumerProtocolType,
        protocolName: joined.protocolName,
        assignments,
      },
      { lane: 'group', timeoutMs: Math.max(settings.requestTimeoutMs, settings.maxPollIntervalMs + joinGraceMs) },
    )
    if (response.errorCode !== 0) throw kafkaError(response.errorCode)
    return decodeAssignment(response.assignment)
  }

  /** Decides what a failed attempt to join means: try again, as a new member, or give up. */
  async #recover(thrown: unknown): Promise<void> {
    if (this.#machine.is('left')) return
    if (thrown instanceof KafkaError) {
      const code = thrown.errorCode
      if (code === ErrorCode.MEMBER_ID_REQUIRED || code === ErrorCode.REBALANCE_IN_PROGRESS) return
      if (code === ErrorCode.UNKNOWN_MEMBER_ID || code === ErrorCode.ILLEGAL_GENERATION) {
        this.#reset()
        await this.#options.onLost()
        return
      }
    }
    if (!isRetriable(thrown)) throw thrown
    const { cluster, environment, groupId, settings } = this.#options
    cluster.invalidateCoordinator('group', groupId)
    await delay(environment.timers, settings.retryBackoffMs, cluster.closing)
  }

  #reset(): void {
    this.#heartbeat?.cancel()
    this.#memberId = ''
    this.#generationId = -1
    if (!this.#machine.is('unjoined')) this.#machine.transitionTo('unjoined')
  }

  #startHeartbeats(): void {
    const { environment, settings } = this.#options
    this.#lastHeartbeatMs = environment.clock.monotonicMs()
    this.#heartbeat?.cancel()
    this.#heartbeat = environment.timers.every(settings.heartbeatIntervalMs, () => void this.#beat(), {
      background: true,
    })
  }

  async #beat(): Promise<void> {
    const { cluster, environment, groupId, settings } = this.#options
    const nowMs = environment.clock.monotonicMs()
    if (nowMs - this.#lastPollMs > settings.maxPollIntervalMs) {
      environment.log.warn(
        'This member leaves its group, since it did not poll within max.poll.interval.ms; process less per poll, or raise it',
        { group: groupId },
      )
      this.#heartbeat?.cancel()
      this.markLost()
      return
    }
    if (this.#heartbeatUnderWay || !this.#machine.is('stable', 'rejoining')) return
    this.#heartbeatUnderWay = true
    try {
      const coordinator = await cluster.coordinator('group', groupId)
      const { memberId, generationId, groupInstanceId } = this.metadata
      const response = await cluster.send(
        coordinator,
        heartbeatApi,
        { groupId, generationId, memberId, groupInstanceId },
        { lane: 'group' },
      )
      this.#heard(response.errorCode)
    } catch (error) {
      cluster.invalidateCoordinator('group', groupId)
      if (environment.clock.monotonicMs() - this.#lastHeartbeatMs > settings.sessionTimeoutMs) this.markLost()
      environment.log.debug('A heartbeat failed', { error: asError(error) })
    } finally {
      this.#heartbeatUnderWay = false
    }
  }

  #heard(errorCode: number): void {
    if (errorCode === 0) this.#lastHeartbeatMs = this.#options.environment.clock.monotonicMs()
    else if (errorCode === ErrorCode.REBALANCE_IN_PROGRESS) this.rejoin()
    else if (errorCode === ErrorCode.NOT_COORDINATOR || errorCode === ErrorCode.COORDINATOR_NOT_AVAILABLE) {
      this.#options.cluster.invalidateCoordinator('group', this.#options.groupId)
    } else if (errorCode === ErrorCode.ILLEGAL_GENERATION || errorCode === ErrorCode.UNKNOWN_MEMBER_ID) this.markLost()
    else {
      this.#fatal = kafkaError(errorCode)
      this.#options.onChange()
    }
  }
}
