/** Of each topic, of each partition, an offset. */
export type PositionComponents = Readonly<Record<string, Readonly<Record<number, number>>>>

/**
 * How far a store has come: of each partition that its records came from, the offset of the last one that it has seen.
 * A value: what changes one returns another. Java: `Position`.
 */
export class Position {
  readonly #topics: ReadonlyMap<string, ReadonlyMap<number, number>>

  private constructor(topics: ReadonlyMap<string, ReadonlyMap<number, number>>) {
    this.#topics = topics
  }

  static emptyPosition(): Position {
    return empty
  }

  /** `{ orders: { 0: 41, 1: 17 } }`, which is also what {@link toJSON} gives. */
  static from(components: PositionComponents): Position {
    const topics = Object.entries(components).map(([topic, partitions]) => {
      const offsets = Object.entries(partitions).map(([partition, offset]) => [Number(partition), offset] as const)
      return [topic, new Map(offsets)] as const
    })
    return new Position(new Map(topics))
  }

  /** With an offset of one partition, unless a later one is known. */
  withComponent(topic: string, partition: number, offset: number): Position {
    const known = this.#topics.get(topic)
    if ((known?.get(partition) ?? -1) >= offset) return this
    return new Position(new Map([...this.#topics, [topic, new Map([...(known ?? []), [partition, offset]])]]))
  }

  /** The later offset of each partition. */
  merge(other: Position): Position {
    return [...other.components()].reduce<Position>(
      (merged, { topic, partition, offset }) => merged.withComponent(topic, partition, offset),
      this,
    )
  }

  get topics(): readonly string[] {
    return [...this.#topics.keys()]
  }

  /** The offsets of a topic, by partition; empty for one that is not known. */
  partitionPositions(topic: string): ReadonlyMap<number, number> {
    return this.#topics.get(topic) ?? new Map()
  }

  get isEmpty(): boolean {
    return this.#topics.size === 0
  }

  equals(other: Position): boolean {
    const [ours, theirs] = [[...this.components()], [...other.components()]]
    return (
      ours.length === theirs.length &&
      theirs.every(({ topic, partition, offset }) => this.#topics.get(topic)?.get(partition) === offset)
    )
  }

  *components(): Generator<{ readonly topic: string; readonly partition: number; readonly offset: number }> {
    for (const [topic, partitions] of this.#topics) {
      for (const [partition, offset] of partitions) yield { topic, partition, offset }
    }
  }

  toJSON(): PositionComponents {
    return Object.fromEntries([...this.#topics].map(([topic, offsets]) => [topic, Object.fromEntries(offsets)]))
  }

  toString(): string {
    return JSON.stringify(this)
  }
}

const empty = Position.from({})
