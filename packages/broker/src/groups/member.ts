import type { Timer } from '@streamwright/std'
import { emptyBytes, equalBytes } from '@streamwright/std'

/** A way of assigning that a member can do, with what it tells the leader for it. */
export interface MemberProtocol {
  readonly name: string
  readonly metadata: Uint8Array
}

/** What a JoinGroup is answered with. Without an error: the member's place in the generation. */
export interface JoinAnswer {
  readonly errorCode: number
  readonly memberId: string
  readonly generationId: number
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly leader: string
  readonly skipAssignment: boolean
  /** For the leader: everybody. */
  readonly members: readonly { memberId: string; groupInstanceId: string | null; metadata: Uint8Array }[]
}

/** What a SyncGroup is answered with. */
export interface SyncAnswer {
  readonly errorCode: number
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly assignment: Uint8Array
}

/** What a member says of itself when it joins. */
export interface MemberDescription {
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly protocols: readonly MemberProtocol[]
}

/** A member of a classic group. A static one (with an instance id) may come back under another id. */
export class Member {
  readonly id: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs: number
  protocols: readonly MemberProtocol[]
  assignment: Uint8Array = emptyBytes
  /** Has joined, but no generation with it exists yet. */
  isNew = true
  /** Ends the wait of its JoinGroup, of its SyncGroup. */
  answerJoin: ((answer: JoinAnswer) => void) | undefined
  answerSync: ((answer: SyncAnswer) => void) | undefined
  session: Timer | undefined

  constructor(id: string, description: MemberDescription) {
    this.id = id
    this.instanceId = description.instanceId
    this.clientId = description.clientId
    this.clientHost = description.clientHost
    this.sessionTimeoutMs = description.sessionTimeoutMs
    this.rebalanceTimeoutMs = description.rebalanceTimeoutMs
    this.protocols = description.protocols
  }

  get isAwaitingJoin(): boolean {
    return this.answerJoin !== undefined
  }

  metadataFor(protocolName: string | null): Uint8Array {
    return this.protocols.find(({ name }) => name === protocolName)?.metadata ?? emptyBytes
  }

  /** The same protocols in the same order with the same metadata: nothing new to assign by. */
  matches(protocols: readonly MemberProtocol[]): boolean {
    return (
      protocols.length === this.protocols.length &&
      protocols.every(({ name, metadata }, index) => {
        const own = this.protocols[index]
        return own !== undefined && own.name === name && equalBytes(own.metadata, metadata)
      })
    )
  }
}

/** A JoinGroup that failed. */
export function joinFailure(errorCode: number, memberId: string): JoinAnswer {
  return {
    errorCode,
    memberId,
    generationId: -1,
    protocolType: null,
    protocolName: null,
    leader: '',
    skipAssignment: false,
    members: [],
  }
}

/** A SyncGroup that failed. */
export function syncFailure(errorCode: number): SyncAnswer {
  return { errorCode, protocolType: null, protocolName: null, assignment: emptyBytes }
}
