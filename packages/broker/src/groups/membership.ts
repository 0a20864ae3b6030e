import { ErrorCode } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { asError, assert, deferred, emptyBytes } from '@streamwright/std'
import { newMemberJoinTimeoutMs } from '../limits.ts'
import type { BrokerSettings } from '../settings.ts'
import type { Group } from './group.ts'
import type { JoinAnswer, MemberDescription, SyncAnswer } from './member.ts'
import { Member, joinFailure, syncFailure } from './member.ts'

/** A JoinGroup, apart from the group's name. */
export interface JoinWish extends MemberDescription {
  /** Empty: a new member. */
  readonly memberId: string
  readonly protocolType: string
  /** A new dynamic member gets an id first and joins with it then, so that a lost answer leaves no ghost. */
  readonly mustKnowId: boolean
  /** A leader that comes back may be told that the assignment still holds. */
  readonly canSkipAssignment: boolean
}

/** A SyncGroup, apart from the group's name. */
export interface SyncWish {
  readonly memberId: string
  readonly instanceId: string | null
  readonly generationId: number
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Uint8Array }[]
}

/** Writes the group as it will be, with these assignments; resolves when that will survive a restart. */
export type SaveGroup = (group: Group, assignments?: ReadonlyMap<string, Uint8Array>) => Promise<void>

/**
 * Who is in a group: joins, syncs, heartbeats, leaves, and the timers that end waiting. The rules of Kafka's classic
 * group protocol; the states are in group-state.ts.
 */
export class Membership {
  readonly #environment: Environment
  readonly #settings: BrokerSettings
  readonly #save: SaveGroup

  constructor(environment: Environment, settings: BrokerSettings, save: SaveGroup) {
    this.#environment = environment
    this.#settings = settings
    this.#save = save
  }

  /** Resolves when the group has a generation with this member, or with why not. */
  async join(group: Group, wish: JoinWish): Promise<JoinAnswer> {
    if (!this.#hasRoom(group, wish.memberId)) {
      const member = group.member(wish.memberId)
      if (member !== undefined) this.#remove(group, member)
      return joinFailure(ErrorCode.GROUP_MAX_SIZE_REACHED, '')
    }
    if (group.is('Dead')) return joinFailure(ErrorCode.COORDINATOR_NOT_AVAILABLE, wish.memberId)
    if (!group.supports(wish.protocolType, wish.protocols)) {
      return joinFailure(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, wish.memberId)
    }
    return wish.memberId === '' ? this.#joinNew(group, wish) : this.#joinKnown(group, wish)
  }

  /** Resolves with the member's assignment, once the leader has sent it, or with why there is none. */
  async sync(group: Group, wish: SyncWish): Promise<SyncAnswer> {
    const error = this.#syncError(group, wish)
    if (error !== ErrorCode.NONE) return syncFailure(error)
    const member = group.member(wish.memberId)
    assert(member !== undefined, 'A member that syncs was found to be in the group')
    if (group.is('Stable')) {
      group.unsynced.delete(member.id)
      this.#keepAlive(group, member)
      return this.#synced(group, member)
    }
    const { promise, resolve } = deferred<SyncAnswer>()
    member.answerSync?.(syncFailure(ErrorCode.REBALANCE_IN_PROGRESS))
    member.answerSync = resolve
    group.unsynced.delete(member.id)
    if (group.leaderId === member.id) void this.#assign(group, wish)
    return promise
  }

  heartbeat(group: Group, memberId: string, instanceId: string | null, generationId: number): number {
    const error = group.is('Dead') ? ErrorCode.COORDINATOR_NOT_AVAILABLE : memberError(group, memberId, instanceId)
    if (error !== ErrorCode.NONE) return error
    if (group.is('Empty')) return ErrorCode.UNKNOWN_MEMBER_ID
    if (generationId !== group.generation) return ErrorCode.ILLEGAL_GENERATION
    const member = group.member(memberId)
    if (member !== undefined) this.#keepAlive(group, member)
    return group.is('PreparingRebalance') ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
  }

  /** One of those that a LeaveGroup names: by id, by instance id, or both. */
  leave(group: Group, memberId: string, instanceId: string | null): number {
    if (group.is('Dead')) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    const pending = group.pendingIds.get(memberId)
    if (pending !== undefined) {
      pending.cancel()
      group.pendingIds.delete(memberId)
      this.#joinMayBeComplete(group)
      return ErrorCode.NONE
    }
    const id = memberId === '' && instanceId !== null ? group.memberIdOf(instanceId) : memberId
    if (id === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    const error = memberError(group, id, instanceId)
    const member = group.member(id)
    if (error !== ErrorCode.NONE || member === undefined) return error
    this.#removeAndRebalance(group, member)
    return ErrorCode.NONE
  }

  /** The member was heard of: its session begins anew. */
  #keepAlive(group: Group, member: Member, sessionMs: number = member.sessionTimeoutMs): void {
    member.session?.cancel()
    const expired = (): void => this.#sessionExpired(group, member)
    member.session = this.#environment.timers.after(sessionMs, expired, { background: true })
  }

  /** For members of a generation: any request of theirs counts as a sign of life. */
  keepAlive(group: Group, memberId: string): void {
    const member = group.member(memberId)
    if (member !== undefined) this.#keepAlive(group, member)
  }

  /** For members of a group that was a consumer group until now: all of them have to join anew. */
  rebalance(group: Group): void {
    this.#rebalance(group)
  }

  /** Ends all waiting: the group is deleted, becomes another one, or the broker closes. */
  dissolve(group: Group, errorCode: number = ErrorCode.COORDINATOR_NOT_AVAILABLE): void {
    group.joinTimer?.cancel()
    group.syncTimer?.cancel()
    for (const timer of group.pendingIds.values()) timer.cancel()
    group.pendingIds.clear()
    for (const member of group.members) {
      member.session?.cancel()
      this.#answerJoin(member, joinFailure(errorCode, member.id))
      this.#answerSync(member, syncFailure(errorCode))
    }
    if (!group.is('Dead')) group.transitionTo('Dead', this.#nowMs())
  }

  #hasRoom(group: Group, memberId: string): boolean {
    const max = this.#settings.groupMaxSize
    if (group.is('Empty', 'Dead')) return true
    const member = group.member(memberId)
    if (!group.is('PreparingRebalance')) return member !== undefined || group.size < max
    if (member?.isAwaitingJoin === true) return true
    return [...group.members].filter(({ isAwaitingJoin }) => isAwaitingJoin).length < max
  }

  #joinNew(group: Group, wish: JoinWish): Promise<JoinAnswer> | JoinAnswer {
    const id = `${wish.instanceId ?? wish.clientId}-${this.#uuid()}`
    const oldId = wish.instanceId === null ? undefined : group.memberIdOf(wish.instanceId)
    const old = oldId === undefined ? undefined : group.member(oldId)
    if (old !== undefined) return this.#takeOver(group, old, id, wish)
    if (wish.instanceId === null && wish.mustKnowId) {
      this.#expect(group, id, wish.sessionTimeoutMs)
      return joinFailure(ErrorCode.MEMBER_ID_REQUIRED, id)
    }
    return this.#add(group, id, wish)
  }

  /** The id is kept for a session's time; the rebalance waits for it. */
  #expect(group: Group, id: string, sessionTimeoutMs: number): void {
    const expired = (): void => {
      group.pendingIds.delete(id)
      this.#joinMayBeComplete(group)
    }
    group.pendingIds.set(id, this.#environment.timers.after(sessionTimeoutMs, expired, { background: true }))
  }

  #joinKnown(group: Group, wish: JoinWish): Promise<JoinAnswer> | JoinAnswer {
    const pending = group.pendingIds.get(wish.memberId)
    if (pending !== undefined && wish.instanceId === null) {
      pending.cancel()
      group.pendingIds.delete(wish.memberId)
      return this.#add(group, wish.memberId, wish)
    }
    const error = memberError(group, wish.memberId, wish.instanceId)
    const member = group.member(wish.memberId)
    if (error !== ErrorCode.NONE || member === undefined) return joinFailure(error, wish.memberId)
    const hasNews = !member.matches(wish.protocols)
    const isLeader = group.leaderId === member.id
    if (!hasNews && group.is('CompletingRebalance')) {
      this.#keepAlive(group, member)
      return this.#joined(group, member)
    }
    if (!hasNews && group.is('Stable') && !isLeader) {
      this.#keepAlive(group, member)
      return this.#joined(group, member)
    }
    return this.#rejoin(group, member, wish)
  }

  #add(group: Group, id: string, wish: JoinWish): Promise<JoinAnswer> {
    const member = new Member(id, wish)
    const { promise, resolve } = deferred<JoinAnswer>()
    member.answerJoin = resolve
    if (group.size === 0) group.protocolType = wish.protocolType
    group.add(member)
    group.leaderId ??= id
    group.newMemberJoined = true
    this.#keepAlive(group, member, newMemberJoinTimeoutMs)
    this.#rebalance(group)
    return promise
  }

  #rejoin(group: Group, member: Member, wish: JoinWish): Promise<JoinAnswer> {
    this.#update(member, wish)
    const { promise, resolve } = deferred<JoinAnswer>()
    this.#answerJoin(member, joinFailure(ErrorCode.REBALANCE_IN_PROGRESS, member.id))
    member.answerJoin = resolve
    this.#rebalance(group)
    return promise
  }

  #update(member: Member, wish: JoinWish): void {
    member.protocols = wish.protocols
    member.sessionTimeoutMs = wish.sessionTimeoutMs
    member.rebalanceTimeoutMs = wish.rebalanceTimeoutMs
  }

  /** A static member restarted. While the group is stable and nothing else changes, nobody else notices. */
  async #takeOver(group: Group, old: Member, id: string, wish: JoinWish): Promise<JoinAnswer> {
    const leaderBefore = group.leaderId
    const member = new Member(id, wish)
    member.assignment = old.assignment
    member.isNew = false
    old.session?.cancel()
    this.#answerJoin(old, joinFailure(ErrorCode.FENCED_INSTANCE_ID, old.id))
    this.#answerSync(old, syncFailure(ErrorCode.FENCED_INSTANCE_ID))
    group.replace(old, member)
    this.#keepAlive(group, member)
    if (!group.is('Stable') || group.selectProtocol() !== group.protocolName) return this.#rejoin(group, member, wish)
    try {
      await this.#save(group)
    } catch (error) {
      this.#environment.log.warn('A group could not be saved', { group: group.id, error: asError(error) })
      return joinFailure(ErrorCode.NOT_COORDINATOR, id)
    }
    const answer = this.#joined(group, member)
    if (wish.canSkipAssignment) return { ...answer, skipAssignment: group.leaderId === id }
    // An old client that is told to lead would assign; told the old leader's id, it only fetches its assignment.
    return { ...answer, members: [], leader: leaderBefore ?? '' }
  }

  #rebalance(group: Group): void {
    if (group.is('PreparingRebalance')) return this.#joinMayBeComplete(group)
    if (group.is('CompletingRebalance')) {
      for (const member of group.members) {
        member.assignment = emptyBytes
        this.#answerSync(member, syncFailure(ErrorCode.REBALANCE_IN_PROGRESS))
      }
    }
    group.syncTimer?.cancel()
    group.unsynced.clear()
    group.isInitialRebalance = group.is('Empty')
    group.transitionTo('PreparingRebalance', this.#nowMs())
    if (!group.isInitialRebalance) return this.#waitForMembers(group)
    const delayMs = this.#settings.groupInitialRebalanceDelayMs
    group.newMemberJoined = false
    if (delayMs === 0) this.#completeJoin(group)
    else this.#waitForMore(group, delayMs, Math.max(group.rebalanceTimeoutMs - delayMs, 0))
  }

  /** The first rebalance of a group: as long as more members come, it waits for more, within bounds. */
  #waitForMore(group: Group, delayMs: number, remainingMs: number): void {
    const elapsed = (): void => {
      if (!group.newMemberJoined || remainingMs === 0) return this.#completeJoin(group)
      group.newMemberJoined = false
      const next = Math.min(this.#settings.groupInitialRebalanceDelayMs, remainingMs)
      this.#waitForMore(group, next, Math.max(remainingMs - next, 0))
    }
    group.joinTimer = this.#environment.timers.after(delayMs, elapsed, { background: true })
  }

  #waitForMembers(group: Group): void {
    if (group.haveAllJoined) return this.#completeJoin(group)
    const timeUp = (): void => this.#completeJoin(group)
    group.joinTimer = this.#environment.timers.after(group.rebalanceTimeoutMs, timeUp, { background: true })
  }

  #joinMayBeComplete(group: Group): void {
    if (group.is('PreparingRebalance') && !group.isInitialRebalance && group.haveAllJoined) this.#completeJoin(group)
  }

  #completeJoin(group: Group): void {
    group.joinTimer?.cancel()
    group.joinTimer = undefined
    group.isInitialRebalance = false
    if (!group.is('PreparingRebalance')) return
    for (const member of group.members) {
      if (!member.isAwaitingJoin && member.instanceId === null) this.#remove(group, member)
    }
    if (group.size > 0 && !group.electLeader()) {
      // Only static members, and none is back yet: they keep their places until their sessions end.
      const timeUp = (): void => this.#completeJoin(group)
      group.joinTimer = this.#environment.timers.after(group.rebalanceTimeoutMs, timeUp, { background: true })
      return
    }
    group.generation += 1
    if (group.size === 0) return this.#emptied(group)
    group.protocolName = group.selectProtocol()
    group.transitionTo('CompletingRebalance', this.#nowMs())
    for (const member of group.members) {
      group.unsynced.add(member.id)
      member.isNew = false
      this.#keepAlive(group, member)
      this.#answerJoin(member, this.#joined(group, member))
    }
    const generation = group.generation
    const timeUp = (): void => this.#syncTimedOut(group, generation)
    group.syncTimer = this.#environment.timers.after(group.rebalanceTimeoutMs, timeUp, { background: true })
  }

  #emptied(group: Group): void {
    group.protocolName = null
    group.leaderId = null
    group.transitionTo('Empty', this.#nowMs())
    this.#save(group).catch((error: unknown) => {
      this.#environment.log.warn('A group could not be saved', { group: group.id, error: asError(error) })
    })
  }

  /** Whoever has joined and does not fetch its assignment is gone. */
  #syncTimedOut(group: Group, generation: number): void {
    if (group.generation !== generation || group.unsynced.size === 0) return
    if (!group.is('CompletingRebalance', 'Stable')) return
    for (const id of group.unsynced) {
      const member = group.member(id)
      if (member !== undefined) this.#remove(group, member)
    }
    this.#rebalance(group)
  }

  async #assign(group: Group, wish: SyncWish): Promise<void> {
    const { generation } = group
    const given = new Map(wish.assignments.map(({ memberId, assignment }) => [memberId, Uint8Array.from(assignment)]))
    const assignments = new Map([...group.members].map(({ id }) => [id, given.get(id) ?? emptyBytes]))
    let errorCode: number = ErrorCode.NONE
    try {
      await this.#save(group, assignments)
    } catch (error) {
      this.#environment.log.warn('A group could not be saved', { group: group.id, error: asError(error) })
      errorCode = ErrorCode.NOT_COORDINATOR
    }
    if (!group.is('CompletingRebalance') || group.generation !== generation) return
    if (errorCode !== ErrorCode.NONE) {
      for (const member of group.members) this.#answerSync(member, syncFailure(errorCode))
      return this.#rebalance(group)
    }
    for (const member of group.members) member.assignment = assignments.get(member.id) ?? member.assignment
    group.transitionTo('Stable', this.#nowMs())
    for (const member of group.members) {
      if (member.answerSync === undefined) continue
      this.#keepAlive(group, member)
      this.#answerSync(member, this.#synced(group, member))
    }
  }

  #syncError(group: Group, wish: SyncWish): number {
    if (group.is('Dead')) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    const error = memberError(group, wish.memberId, wish.instanceId)
    if (error !== ErrorCode.NONE) return error
    if (wish.generationId !== group.generation) return ErrorCode.ILLEGAL_GENERATION
    const hasOtherType = wish.protocolType !== null && wish.protocolType !== group.protocolType
    const isSettled = group.is('CompletingRebalance', 'Stable')
    const hasOtherName = isSettled && wish.protocolName !== null && wish.protocolName !== group.protocolName
    if (hasOtherType || hasOtherName) return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    if (group.is('Empty')) return ErrorCode.UNKNOWN_MEMBER_ID
    return group.is('PreparingRebalance') ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
  }

  #sessionExpired(group: Group, member: Member): void {
    if (group.member(member.id) !== member || group.is('Dead')) return
    const isWaiting = member.isAwaitingJoin || member.answerSync !== undefined
    if (!member.isNew && isWaiting) return
    this.#environment.log.info('A member was silent for longer than its session and is removed', {
      group: group.id,
      member: member.id,
    })
    this.#removeAndRebalance(group, member)
  }

  #removeAndRebalance(group: Group, member: Member): void {
    this.#remove(group, member)
    if (group.is('Stable', 'CompletingRebalance')) this.#rebalance(group)
    else this.#joinMayBeComplete(group)
  }

  #remove(group: Group, member: Member): void {
    member.session?.cancel()
    group.remove(member)
    this.#answerJoin(member, joinFailure(ErrorCode.UNKNOWN_MEMBER_ID, member.id))
    this.#answerSync(member, syncFailure(ErrorCode.UNKNOWN_MEMBER_ID))
  }

  #answerJoin(member: Member, answer: JoinAnswer): void {
    const resolve = member.answerJoin
    member.answerJoin = undefined
    resolve?.(answer)
  }

  #answerSync(member: Member, answer: SyncAnswer): void {
    const resolve = member.answerSync
    member.answerSync = undefined
    resolve?.(answer)
  }

  #joined(group: Group, member: Member): JoinAnswer {
    const isLeader = group.leaderId === member.id
    return {
      errorCode: ErrorCode.NONE,
      memberId: member.id,
      generationId: group.generation,
      protocolType: group.protocolType,
      protocolName: group.protocolName,
      leader: group.leaderId ?? '',
      skipAssignment: false,
      members: isLeader
        ? [...group.members].map((each) => ({
            memberId: each.id,
            groupInstanceId: each.instanceId,
            metadata: each.metadataFor(group.protocolName),
          }))
        : [],
    }
  }

  #synced(group: Group, member: Member): SyncAnswer {
    const { protocolType, protocolName } = group
    return { errorCode: ErrorCode.NONE, protocolType, protocolName, assignment: member.assignment }
  }

  #nowMs(): number {
    return this.#environment.clock.wallMs()
  }

  #uuid(): string {
    const hex = this.#environment.random.bytes(16).toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}

/** Whether the member is who it says: unknown, replaced by another with its instance id, or in the group. */
export function memberError(group: Group, memberId: string, instanceId: string | null): number {
  if (instanceId !== null) {
    const current = group.memberIdOf(instanceId)
    if (current === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    if (current !== memberId) return ErrorCode.FENCED_INSTANCE_ID
  }
  return group.member(memberId) === undefined ? ErrorCode.UNKNOWN_MEMBER_ID : ErrorCode.NONE
}
