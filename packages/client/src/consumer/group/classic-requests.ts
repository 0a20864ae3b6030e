import { kafkaError, ErrorCode } from '@streamwright/protocol'
import { heartbeat as heartbeatApi } from '@streamwright/protocol/messages/heartbeat'
import { joinGroup as joinGroupApi } from '@streamwright/protocol/messages/join-group'
import type { JoinGroupResponse } from '@streamwright/protocol/messages/join-group'
import { leaveGroup as leaveGroupApi } from '@streamwright/protocol/messages/leave-group'
import { syncGroup as syncGroupApi } from '@streamwright/protocol/messages/sync-group'
import type { Cluster } from '../../cluster/cluster.ts'
import type { GroupMetadata, MemberAssignment } from '../assignors/assignor.ts'
import type { ConsumerSettings } from '../consumer-settings.ts'
import { joinGraceMs } from '../limits.ts'
import { consumerProtocolType, decodeAssignment } from './consumer-protocol.ts'

/** What a member says about one assignor when it joins. */
export interface JoinProtocol {
  readonly name: string
  readonly metadata: Buffer
}

/** An assignment that the leader has made for a member. */
export interface SyncAssignment {
  readonly memberId: string
  readonly assignment: Buffer
}

/** The requests of the classic group protocol, to the coordinator of one group. Errors are `KafkaError`s. */
export class ClassicRequests {
  readonly #cluster: Cluster
  readonly #settings: ConsumerSettings
  readonly #groupId: string

  constructor(cluster: Cluster, settings: ConsumerSettings, groupId: string) {
    this.#cluster = cluster
    this.#settings = settings
    this.#groupId = groupId
  }

  /** The whole response, also when the broker wants the member id that it gives to be used (`MEMBER_ID_REQUIRED`). */
  async join(memberId: string, protocols: readonly JoinProtocol[], reason: string): Promise<JoinGroupResponse> {
    const { groupInstanceId, maxPollIntervalMs, sessionTimeoutMs } = this.#settings
    const response = await this.#cluster.send(
      await this.#coordinator(),
      joinGroupApi,
      (version) => ({
        groupId: this.#groupId,
        sessionTimeoutMs,
        ...(version >= 1 ? { rebalanceTimeoutMs: maxPollIntervalMs } : {}),
        memberId,
        ...(version >= 5 ? { groupInstanceId } : {}),
        protocolType: consumerProtocolType,
        protocols,
        ...(version >= 8 ? { reason } : {}),
      }),
      { lane: 'join', timeoutMs: this.#rebalanceTimeoutMs },
    )
    if (response.errorCode !== ErrorCode.NONE && response.errorCode !== ErrorCode.MEMBER_ID_REQUIRED)
      throw kafkaError(response.errorCode, `joining group ${this.#groupId}`)
    return response
  }

  async sync(
    { generationId, memberId, protocolName }: JoinGroupResponse,
    assignments: readonly SyncAssignment[],
  ): Promise<MemberAssignment> {
    const { groupInstanceId } = this.#settings
    const response = await this.#cluster.send(
      await this.#coordinator(),
      syncGroupApi,
      (version) => ({
        groupId: this.#groupId,
        generationId,
        memberId,
        ...(version >= 3 ? { groupInstanceId } : {}),
        ...(version >= 5 ? { protocolType: consumerProtocolType, protocolName } : {}),
        assignments,
      }),
      { lane: 'join', timeoutMs: this.#rebalanceTimeoutMs },
    )
    if (response.errorCode !== ErrorCode.NONE)
      throw kafkaError(response.errorCode, `getting an assignment in group ${this.#groupId}`)
    return decodeAssignment(response.assignment)
  }

  /** The error code of the answer. */
  async heartbeat({ generationId, memberId, groupInstanceId }: GroupMetadata): Promise<number> {
    const response = await this.#cluster.send(
      await this.#coordinator(),
      heartbeatApi,
      (version) => ({
        groupId: this.#groupId,
        generationId,
        memberId,
        ...(version >= 3 ? { groupInstanceId } : {}),
      }),
      { lane: 'group' },
    )
    return response.errorCode
  }

  async leave({ memberId, groupInstanceId }: GroupMetadata, reason: string, timeoutMs: number): Promise<void> {
    const groupId = this.#groupId
    const coordinator = await this.#cluster.coordinator('group', groupId, { timeoutMs })
    const response = await this.#cluster.send(
      coordinator,
      leaveGroupApi,
      (version) =>
        version >= 3
          ? { groupId, members: [{ memberId, groupInstanceId, ...(version >= 5 ? { reason } : {}) }] }
          : { groupId, memberId },
      { lane: 'group', timeoutMs },
    )
    const errorCode = response.errorCode === ErrorCode.NONE ? response.members[0]?.errorCode : response.errorCode
    if (errorCode !== undefined && errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, `leaving group ${groupId}`)
  }

  /** The coordinator has moved, or cannot be reached. */
  forgetCoordinator(): void {
    this.#cluster.invalidateCoordinator('group', this.#groupId)
  }

  #coordinator(): Promise<number> {
    return this.#cluster.coordinator('group', this.#groupId)
  }

  /** A coordinator answers when all members have joined, at the latest after the rebalance time-out. */
  get #rebalanceTimeoutMs(): number {
    const { maxPollIntervalMs, requestTimeoutMs } = this.#settings
    return Math.max(requestTimeoutMs, maxPollIntervalMs + joinGraceMs)
  }
}
