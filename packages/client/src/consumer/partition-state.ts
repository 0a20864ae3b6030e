import type { TopicPartition } from './topic-partition.ts'
import { keyOf } from './topic-partition.ts'

/** Another broker than the leader to read from, because it is nearer (KIP-392), until it is asked about again. */
export interface PreferredReplica {
  readonly broker: number
  readonly untilMs: number
}

/** What the consumer keeps of one partition assigned to it. */
export class PartitionState implements TopicPartition {
  readonly topic: string
  readonly partition: number
  readonly key: string
  paused = false
  highWatermark = -1
  lastStableOffset = -1
  /** The leader epoch with which the position was found to be in the log; −1 while it is not known to be. */
  validatedEpoch = -1
  /** No request about this partition before this point in monotonic time: the last one failed. */
  retryAtMs = 0
  /** A request that finds, resets or validates the position is under way. */
  isLookedUp = false
  preferredReplica: PreferredReplica | undefined
  /** The id of the topic that the position is in; undefined while it is not known. */
  topicId: string | undefined
  /** The position is not in the log: the reset policy decides, once what was fetched before is used up. */
  isOutOfRange = false
  /** The group has no committed offset (or it is of no use): the reset policy decides. */
  needsReset = false
  #position: number | undefined
  #positionEpoch = -1
  #fetchOffset = 0
  #version = 0

  constructor({ topic, partition }: TopicPartition) {
    this.topic = topic
    this.partition = partition
    this.key = keyOf({ topic, partition })
  }

  /** The offset of the next record that a poll returns; undefined until it is known. */
  get position(): number | undefined {
    return this.#position
  }

  /** The leader epoch of the record before the position; −1 if it is not known. */
  get positionEpoch(): number {
    return this.#positionEpoch
  }

  /** The offset of the next record to ask a broker for: beyond the position while fetched data waits. */
  get fetchOffset(): number {
    return this.#fetchOffset
  }

  /** Grows whenever what was fetched or asked for before counts for nothing any more. */
  get version(): number {
    return this.#version
  }

  /** Goes on at `offset`, whatever was before. */
  seek(offset: number, leaderEpoch = -1): void {
    this.#position = offset
    this.#positionEpoch = leaderEpoch
    this.validatedEpoch = -1
    this.isOutOfRange = false
    this.needsReset = false
    this.isLookedUp = false
    this.retryAtMs = 0
    this.discardFetched()
  }

  /** The position has to be found anew, by the reset policy. */
  reset(isOutOfRange: boolean): void {
    this.#position = undefined
    this.#positionEpoch = -1
    this.validatedEpoch = -1
    this.isOutOfRange = isOutOfRange
    this.needsReset = true
    this.preferredReplica = undefined
    this.#version += 1
  }

  /** Of what a poll has returned, only what lies before `offset` counts as read, for now. What was fetched stays. */
  handOver(offset: number): void {
    this.#position = offset
  }

  /** What was fetched and not yet returned is fetched again. */
  discardFetched(): void {
    this.#fetchOffset = this.#position ?? 0
    this.#version += 1
  }

  /** Data up to `nextOffset` has come and waits here. */
  fetched(nextOffset: number): void {
    this.#fetchOffset = Math.max(this.#fetchOffset, nextOffset)
  }

  /** A poll returns what lies before `nextOffset`. */
  consumed(nextOffset: number, leaderEpoch: number): void {
    this.#position = Math.max(this.#position ?? 0, nextOffset)
    if (leaderEpoch >= 0) this.#positionEpoch = leaderEpoch
  }
}
