import { equalBytes } from '@streamwright/std'
import type { MemberProtocol } from '../member.ts'
import type { AssignedPartitions } from './topic-partitions.ts'
import { isSameAssignment, nothingAssigned } from './topic-partitions.ts'

/**
 * How far a member is on its way to its target.
 *
 * - `stable`: it has what its epoch's target gives it.
 * - `unrevoked`: it has to give up partitions first, and stays in its epoch until it says that it has.
 * - `unreleased`: it is in the target's epoch, and some of its partitions are still with others.
 * - `unknown`: a state of a later version of Kafka, read from the disk.
 */
export type MemberState = 'stable' | 'unrevoked' | 'unreleased' | 'unknown'

/** What a member that speaks the classic protocol said when it joined. */
export interface ClassicMember {
  readonly sessionTimeoutMs: number
  readonly protocols: readonly MemberProtocol[]
}

/** What a member says of itself. */
export interface MemberMetadata {
  readonly instanceId: string | null
  readonly rackId: string | null
  readonly clientId: string
  readonly clientHost: string
  /** −1: not said yet. */
  readonly rebalanceTimeoutMs: number
  readonly subscribedTopicNames: ReadonlySet<string>
  /** Empty or null: none. */
  readonly subscribedTopicRegex: string | null
  readonly serverAssignor: string | null
  /** `null`: it speaks the consumer protocol. */
  readonly classic: ClassicMember | null
}

/** What a member has. */
export interface CurrentAssignment {
  /** 0: joins. −1: leaves. −2: a static member that is away, and may come back. */
  readonly epoch: number
  readonly previousEpoch: number
  readonly state: MemberState
  readonly assigned: AssignedPartitions
  readonly pendingRevocation: AssignedPartitions
}

/** A member of a consumer group. A change makes another one. */
export interface ConsumerGroupMember extends MemberMetadata, CurrentAssignment {
  readonly id: string
}

export const leaveEpoch = -1
export const staticLeaveEpoch = -2

/** A member of which nothing is known yet but its id. */
export function newMember(id: string): ConsumerGroupMember {
  return {
    id,
    instanceId: null,
    rackId: null,
    clientId: '',
    clientHost: '',
    rebalanceTimeoutMs: -1,
    subscribedTopicNames: new Set(),
    subscribedTopicRegex: '',
    serverAssignor: null,
    classic: null,
    epoch: 0,
    previousEpoch: -1,
    state: 'stable',
    assigned: nothingAssigned,
    pendingRevocation: nothingAssigned,
  }
}

export function isReconciledTo(member: ConsumerGroupMember, targetEpoch: number): boolean {
  return member.state === 'stable' && member.epoch === targetEpoch
}

/** The member's regular expression; `undefined`: it has none. */
export function regexOf(member: ConsumerGroupMember): string | undefined {
  return member.subscribedTopicRegex === null || member.subscribedTopicRegex === ''
    ? undefined
    : member.subscribedTopicRegex
}

export function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((item) => right.has(item))
}

export function isSameMetadata(left: MemberMetadata, right: MemberMetadata): boolean {
  return (
    left.instanceId === right.instanceId &&
    left.rackId === right.rackId &&
    left.clientId === right.clientId &&
    left.clientHost === right.clientHost &&
    left.rebalanceTimeoutMs === right.rebalanceTimeoutMs &&
    left.subscribedTopicRegex === right.subscribedTopicRegex &&
    left.serverAssignor === right.serverAssignor &&
    isSameSet(left.subscribedTopicNames, right.subscribedTopicNames) &&
    isSameClassic(left.classic, right.classic)
  )
}

export function isSameCurrent(left: CurrentAssignment, right: CurrentAssignment): boolean {
  return (
    left.epoch === right.epoch &&
    left.previousEpoch === right.previousEpoch &&
    left.state === right.state &&
    isSameAssignment(left.assigned, right.assigned) &&
    isSameAssignment(left.pendingRevocation, right.pendingRevocation)
  )
}

function isSameClassic(left: ClassicMember | null, right: ClassicMember | null): boolean {
  if (left === null || right === null) return left === right
  return (
    left.sessionTimeoutMs === right.sessionTimeoutMs &&
    left.protocols.length === right.protocols.length &&
    left.protocols.every(({ name, metadata }, index) => {
      const other = right.protocols[index]
      return other !== undefined && other.name === name && equalBytes(other.metadata, metadata)
    })
  )
}
