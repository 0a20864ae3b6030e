/** An offset that a group has committed for a partition. */
export interface CommittedOffset {
  readonly offset: number
  /** −1: not said. */
  readonly leaderEpoch: number
  readonly metadata: string
  readonly commitTimestampMs: number
  /** The zero uuid when the record has none. */
  readonly topicId: string
  /** Which of two commits came later: that with the higher number. Given by the coordinator. */
  readonly order?: number
}

/** The committed offsets of one group. */
export class CommittedOffsets {
  readonly #byTopic = new Map<string, Map<number, CommittedOffset>>()

  get isEmpty(): boolean {
    return this.#byTopic.size === 0
  }

  get(topic: string, partition: number): CommittedOffset | undefined {
    return this.#byTopic.get(topic)?.get(partition)
  }

  ofTopic(topic: string): ReadonlyMap<number, CommittedOffset> {
    return this.#byTopic.get(topic) ?? new Map()
  }

  all(): ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>> {
    return this.#byTopic
  }

  set(topic: string, partition: number, offset: CommittedOffset): void {
    let partitions = this.#byTopic.get(topic)
    if (partitions === undefined) this.#byTopic.set(topic, (partitions = new Map()))
    partitions.set(partition, offset)
  }

  delete(topic: string, partition: number): void {
    const partitions = this.#byTopic.get(topic)
    partitions?.delete(partition)
    if (partitions?.size === 0) this.#byTopic.delete(topic)
  }
}
