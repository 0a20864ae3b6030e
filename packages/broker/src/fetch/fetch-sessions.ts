import { ErrorCode } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { int32Max } from '@streamwright/std'
import { fetchSessionEvictionMs, fetchSessionPartitionsMax } from '../limits.ts'

/** What a client wants of one partition. Kept in a session, where the client only says what changes. */
export interface FetchPosition {
  /** Empty when the client names topics by id. */
  readonly topic: string
  /** The zero uuid when the client names topics by name. */
  readonly topicId: string
  readonly partition: number
  readonly currentLeaderEpoch: number
  readonly lastFetchedEpoch: number
  readonly fetchOffset: number
  readonly maxBytes: number
}

/** A position in a session, with what the client was told last. */
export interface SessionPartition {
  position: FetchPosition
  /** −1: tell the client at the next occasion, whatever it is. */
  toldHighWatermark: number
  toldLogStartOffset: number
}

/** A client's incremental fetch (KIP-227). */
export class FetchSession {
  readonly id: number
  readonly usesTopicIds: boolean
  /** In the order in which they are served: who got data goes to the end. */
  readonly partitions: Map<string, SessionPartition> = new Map()
  nextEpoch = 1
  lastUsedMs: number

  constructor(id: number, usesTopicIds: boolean, nowMs: number) {
    this.id = id
    this.usesTopicIds = usesTopicIds
    this.lastUsedMs = nowMs
  }

  update(position: FetchPosition): void {
    const key = partitionKey(position)
    const known = this.partitions.get(key)
    if (known !== undefined) known.position = position
    else this.partitions.set(key, { position, toldHighWatermark: -1, toldLogStartOffset: -1 })
  }

  forget(topic: string, topicId: string, partition: number): void {
    this.partitions.delete(partitionKey({ topic, topicId, partition }))
  }

  moveToEnd(position: FetchPosition): void {
    const key = partitionKey(position)
    const partition = this.partitions.get(key)
    if (partition === undefined) return
    this.partitions.delete(key)
    this.partitions.set(key, partition)
  }
}

/** How a request is to be served: within a session that exists or is new, without one, or not at all. */
export type SessionDecision =
  | { readonly kind: 'none' }
  | { readonly kind: 'full'; readonly session: FetchSession }
  | { readonly kind: 'incremental'; readonly session: FetchSession }
  | { readonly kind: 'refused'; readonly errorCode: number }

const noSession: SessionDecision = { kind: 'none' }

/** The sessions, at most as many as there are slots. */
export class FetchSessions {
  readonly #environment: Environment
  readonly #slots: number
  /** Least recently used first. */
  readonly #sessions = new Map<number, FetchSession>()

  constructor(slots: number, environment: Environment) {
    this.#slots = slots
    this.#environment = environment
  }

  get count(): number {
    return this.#sessions.size
  }

  /** `epoch` 0 opens a session, −1 ends it, anything else goes on in it. */
  decide(sessionId: number, epoch: number, usesTopicIds: boolean, partitionCount: number): SessionDecision {
    if (epoch === 0 || epoch === -1) {
      this.#sessions.delete(sessionId)
      if (epoch === -1) return noSession
      return this.#open(usesTopicIds, partitionCount)
    }
    const session = this.#sessions.get(sessionId)
    if (session === undefined) return { kind: 'refused', errorCode: ErrorCode.FETCH_SESSION_ID_NOT_FOUND }
    if (session.nextEpoch !== epoch) return { kind: 'refused', errorCode: ErrorCode.INVALID_FETCH_SESSION_EPOCH }
    if (session.usesTopicIds !== usesTopicIds) {
      return { kind: 'refused', errorCode: ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR }
    }
    session.nextEpoch = epoch === int32Max ? 1 : epoch + 1
    this.#use(session)
    return { kind: 'incremental', session }
  }

  close(session: FetchSession): void {
    this.forget(session.id)
  }

  /** As if it had never been opened. */
  forget(sessionId: number): void {
    this.#sessions.delete(sessionId)
  }

  /** The client has not got what it was about to be told. */
  tellAgain(sessionId: number): void {
    for (const partition of this.#sessions.get(sessionId)?.partitions.values() ?? []) partition.toldHighWatermark = -1
  }

  #open(usesTopicIds: boolean, partitionCount: number): SessionDecision {
    if (this.#slots === 0 || partitionCount > fetchSessionPartitionsMax) return noSession
    if (this.#sessions.size >= this.#slots && !this.#evict()) return noSession
    const session = new FetchSession(this.#newId(), usesTopicIds, this.#now())
    this.#sessions.set(session.id, session)
    return { kind: 'full', session }
  }

  /** Gives up the session that was idle longest, if it was idle long enough. */
  #evict(): boolean {
    for (const session of this.#sessions.values()) {
      if (this.#now() - session.lastUsedMs < fetchSessionEvictionMs) return false
      this.#sessions.delete(session.id)
      return true
    }
    return false
  }

  #use(session: FetchSession): void {
    session.lastUsedMs = this.#now()
    this.#sessions.delete(session.id)
    this.#sessions.set(session.id, session)
  }

  #newId(): number {
    for (;;) {
      const id = 1 + this.#environment.random.below(int32Max)
      if (!this.#sessions.has(id)) return id
    }
  }

  #now(): number {
    return this.#environment.clock.monotonicMs()
  }
}

function partitionKey(position: {
  readonly topic: string
  readonly topicId: string
  readonly partition: number
}): string {
  return `${position.topic}/${position.topicId}/${position.partition}`
}
