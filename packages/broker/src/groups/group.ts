import { Reader } from '@streamwright/protocol'
import { consumerProtocolSubscription } from '@streamwright/protocol/messages/consumer-protocol-subscription'
import type { Timer } from '@streamwright/std'
import { StateMachine, asBuffer, assert, present } from '@streamwright/std'
import type { GroupState } from './group-state.ts'
import { groupTransitions } from './group-state.ts'
import type { Member, MemberProtocol } from './member.ts'

/** The protocol type of consumers, whose metadata the broker can read. */
export const consumerProtocolType = 'consumer'

/** A classic group: its members and its generation. What happens to it is in membership.ts. */
export class Group {
  readonly id: string
  readonly #state: StateMachine<GroupState>
  /** In the order in which they joined. */
  readonly #members = new Map<string, Member>()
  readonly #idsByInstance = new Map<string, string>()
  /** Ids given to clients that have not joined with them yet. */
  readonly pendingIds: Map<string, Timer> = new Map()
  /** Members of the current generation whose SyncGroup has not come. */
  readonly unsynced: Set<string> = new Set()
  /** Empty: nobody has joined yet, only offsets were committed. */
  protocolType = ''
  protocolName: string | null = null
  generation = 0
  leaderId: string | null = null
  stateSinceMs: number
  /** For the delay of the first rebalance: somebody joined since it was last set. */
  newMemberJoined = false
  isInitialRebalance = false
  joinTimer: Timer | undefined
  syncTimer: Timer | undefined

  constructor(id: string, state: GroupState, nowMs: number) {
    this.id = id
    this.#state = new StateMachine(`Group ${id}`, groupTransitions, state)
    this.stateSinceMs = nowMs
  }

  get state(): GroupState {
    return this.#state.state
  }

  is(...states: readonly GroupState[]): boolean {
    return this.#state.is(...states)
  }

  transitionTo(state: GroupState, nowMs: number): void {
    this.#state.transitionTo(state)
    this.stateSinceMs = nowMs
  }

  get size(): number {
    return this.#members.size
  }

  get members(): IterableIterator<Member> {
    return this.#members.values()
  }

  member(id: string): Member | undefined {
    return this.#members.get(id)
  }

  memberIdOf(instanceId: string): string | undefined {
    return this.#idsByInstance.get(instanceId)
  }

  add(member: Member): void {
    assert(!this.#members.has(member.id), 'A member joins a group once under one id')
    this.#members.set(member.id, member)
    if (member.instanceId !== null) this.#idsByInstance.set(member.instanceId, member.id)
  }

  remove(member: Member): void {
    this.#members.delete(member.id)
    this.unsynced.delete(member.id)
    if (member.instanceId !== null && this.#idsByInstance.get(member.instanceId) === member.id) {
      this.#idsByInstance.delete(member.instanceId)
    }
    if (this.leaderId === member.id) this.leaderId = this.#members.keys().next().value ?? null
  }

  /** A static member is back under another id: it takes the place, and the leadership, of the old one. */
  replace(old: Member, member: Member): void {
    const wasLeader = this.leaderId === old.id
    this.#members.delete(old.id)
    if (this.unsynced.delete(old.id)) this.unsynced.add(member.id)
    this.#members.set(member.id, member)
    if (member.instanceId !== null) this.#idsByInstance.set(member.instanceId, member.id)
    if (wasLeader) this.leaderId = member.id
  }

  get haveAllJoined(): boolean {
    if (this.pendingIds.size > 0) return false
    for (const member of this.#members.values()) if (!member.isAwaitingJoin) return false
    return true
  }

  /** The longest that a member may take to rejoin. */
  get rebalanceTimeoutMs(): number {
    let longest = 0
    for (const member of this.#members.values()) longest = Math.max(longest, member.rebalanceTimeoutMs)
    return longest
  }

  /** Whether a member with these protocols could join: somebody must be first, or all must share one protocol. */
  supports(protocolType: string, protocols: readonly MemberProtocol[]): boolean {
    if (this.is('Empty')) return protocolType !== '' && protocols.length > 0
    if (protocolType !== this.protocolType) return false
    return protocols.some(({ name }) => this.#isSharedByAll(name))
  }

  /** The protocol that most members would take first among those that all can do. */
  selectProtocol(): string {
    const votes = new Map<string, number>()
    for (const member of this.#members.values()) {
      const choice = member.protocols.find(({ name }) => this.#isSharedByAll(name))
      const name = present(choice, 'Every member shares a protocol with all others').name
      votes.set(name, (votes.get(name) ?? 0) + 1)
    }
    const [winner] = [...votes].toSorted(([, left], [, right]) => right - left)
    return present(winner, 'A protocol is selected while there are members')[0]
  }

  /** `false`: somebody must have rejoined to lead, and nobody has. */
  electLeader(): boolean {
    const leader = this.leaderId === null ? undefined : this.#members.get(this.leaderId)
    if (leader?.isAwaitingJoin === true) return true
    for (const member of this.#members.values()) {
      if (!member.isAwaitingJoin) continue
      this.leaderId = member.id
      return true
    }
    return false
  }

  /** The topics that members of a consumer group are subscribed to; `undefined` when that cannot be known. */
  subscribedTopics(): ReadonlySet<string> | undefined {
    if (this.is('Empty', 'Dead')) return new Set()
    if (this.protocolType !== consumerProtocolType || this.protocolName === null) return undefined
    const topics = new Set<string>()
    try {
      for (const member of this.#members.values()) {
        const reader = new Reader(asBuffer(member.metadataFor(this.protocolName)))
        const version = Math.min(reader.int16(), consumerProtocolSubscription.maxVersion)
        for (const topic of consumerProtocolSubscription.decode(reader, version).topics) topics.add(topic)
      }
    } catch {
      return undefined
    }
    return topics
  }

  #isSharedByAll(protocol: string): boolean {
    for (const { protocols } of this.#members.values()) {
      if (!protocols.some(({ name }) => name === protocol)) return false
    }
    return true
  }
}
