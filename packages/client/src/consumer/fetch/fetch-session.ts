import type { Init } from '@streamwright/protocol'
import { ErrorCode } from '@streamwright/protocol'
import type { FetchRequest, FetchResponse, FetchResponsePartitionData } from '@streamwright/protocol/messages/fetch'
import { fetchSessionEpochMax } from '../limits.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { partitionKey } from '../topic-partition.ts'

/** What is asked of one partition. A broker with a session remembers it, and is told only what changes. */
export interface SessionPartition extends TopicPartition {
  readonly topicId: string
  readonly fetchOffset: number
  readonly leaderEpoch: number
  readonly maxBytes: number
}

/** The part of a fetch request that belongs to the session. */
export type SessionRequest = Pick<Init<FetchRequest>, 'sessionId' | 'sessionEpoch' | 'topics' | 'forgottenTopicsData'>

/** One partition's part of a response, under the topic's name. */
export interface PartitionAnswer {
  readonly key: string
  readonly data: FetchResponsePartitionData
}

/** First versions of the fetch request that know sessions, leader epochs, and topics by id. */
const sessionsFrom = 7
const leaderEpochsFrom = 9
const topicIdsFrom = 13

/** No session, and none wanted. */
const noSession = { sessionId: 0, sessionEpoch: -1 }

/**
 * The client's side of an incremental fetch with one broker (KIP-227). The first request names all partitions and
 * opens a session; later ones name those that are new, changed or gone. When broker and client disagree, the session
 * is closed by opening the next.
 *
 * ```text
 * epoch 0: full request, wants a new session (and closes the one whose id it carries)
 * epoch 1…: incremental        epoch −1: full, closes the session
 * ```
 */
export class FetchSession {
  #id = 0
  #epoch = 0
  #byId = false
  #partitions = new Map<string, SessionPartition>()
  #topicNames = new Map<string, string>()

  /** The id of the session at the broker; 0: none. */
  get id(): number {
    return this.#id
  }

  /** The next request, for exactly these partitions, in the layout of `version`. Each has to be answered or failed. */
  request(wanted: ReadonlyMap<string, SessionPartition>, version: number): SessionRequest {
    const byId = version >= topicIdsFrom
    // A session names topics in one way: it cannot go over from names to ids or back.
    if (byId !== this.#byId) this.#epoch = 0
    this.#byId = byId
    const before = this.#partitions
    this.#partitions = new Map(wanted)
    this.#topicNames = new Map(wanted.values().map(({ topic, topicId }) => [topicId, topic]))
    if (version < sessionsFrom) return { ...noSession, topics: this.#topics(wanted.values(), version) }
    const session = { sessionId: this.#id, sessionEpoch: this.#epoch }
    if (this.#epoch === 0) return { ...session, topics: this.#topics(wanted.values(), version) }
    const changed = wanted.values().filter((partition) => !isSame(before.get(keyOf(partition)), partition))
    const gone = [...before].flatMap(([key, partition]) =>
      // A topic that was made anew under its old name is another one.
      wanted.get(key)?.topicId === partition.topicId ? [] : [partition],
    )
    return { ...session, topics: this.#topics(changed, version), forgottenTopicsData: this.#forgotten(gone) }
  }

  /**
   * Reads the answer to the last request. Undefined when the broker refused the session, or answered about something
   * else than what was asked: what it says then counts for nothing, and the next request starts a session anew.
   */
  accept(response: FetchResponse): PartitionAnswer[] | undefined {
    if (response.errorCode !== ErrorCode.NONE) {
      if (response.errorCode === ErrorCode.FETCH_SESSION_ID_NOT_FOUND) this.#id = 0
      this.#epoch = 0
      return undefined
    }
    const answers: PartitionAnswer[] = []
    for (const { topic: name, topicId, partitions } of response.responses) {
      const topic = this.#byId ? this.#topicNames.get(topicId) : name
      for (const data of partitions) {
        const key = topic === undefined ? '' : partitionKey(topic, data.partitionIndex)
        if (!this.#partitions.has(key)) return this.#disagree()
        answers.push({ key, data })
      }
    }
    const isFull = this.#epoch === 0
    if (isFull && answers.length !== this.#partitions.size) return this.#disagree()
    if (response.sessionId === 0) {
      this.#id = 0
      this.#epoch = 0
    } else {
      this.#id = response.sessionId
      this.#epoch = isFull || this.#epoch === fetchSessionEpochMax ? 1 : this.#epoch + 1
    }
    return answers
  }

  /** There is no answer to the last request: whether the broker has seen it is not known. */
  failed(): void {
    this.#epoch = 0
  }

  /** The request that ends the session; undefined if there is none. */
  closing(): SessionRequest | undefined {
    return this.#id === 0 ? undefined : { sessionId: this.#id, sessionEpoch: -1, topics: [], forgottenTopicsData: [] }
  }

  #disagree(): undefined {
    this.#epoch = 0
    return undefined
  }

  #topics(partitions: Iterable<SessionPartition>, version: number): SessionRequest['topics'] {
    return this.#byTopic(partitions).map(([topic, each]) => ({
      ...topic,
      partitions: each.map(({ partition, fetchOffset, leaderEpoch, maxBytes }) => ({
        partition,
        ...(version >= leaderEpochsFrom ? { currentLeaderEpoch: leaderEpoch } : {}),
        fetchOffset: BigInt(fetchOffset),
        partitionMaxBytes: maxBytes,
      })),
    }))
  }

  #forgotten(partitions: Iterable<SessionPartition>): SessionRequest['forgottenTopicsData'] {
    return this.#byTopic(partitions).map(([topic, each]) => ({
      ...topic,
      partitions: each.map(({ partition }) => partition),
    }))
  }

  #byTopic(
    partitions: Iterable<SessionPartition>,
  ): [{ readonly topic?: string; readonly topicId?: string }, SessionPartition[]][] {
    const groups = Map.groupBy(partitions, ({ topic, topicId }) => (this.#byId ? topicId : topic))
    return Array.from(groups, ([name, each]) => [this.#byId ? { topicId: name } : { topic: name }, each])
  }
}

function keyOf({ topic, partition }: SessionPartition): string {
  return partitionKey(topic, partition)
}

function isSame(before: SessionPartition | undefined, now: SessionPartition): boolean {
  return (
    before !== undefined &&
    before.topicId === now.topicId &&
    before.fetchOffset === now.fetchOffset &&
    before.leaderEpoch === now.leaderEpoch &&
    before.maxBytes === now.maxBytes
  )
}
