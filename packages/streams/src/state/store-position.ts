import type { RecordContext } from '../processor/record-context.ts'
import type { PositionComponents } from '../queries/position.ts'
import { Position } from '../queries/position.ts'

type Offsets = Map<string, Map<number, number>>

/** The partition of the last write is counted by itself, the others in maps. */
interface Seen {
  readonly others: Offsets
  readonly topic: string | null
  readonly partition: number
  readonly offset: number
}

/**
 * How far a store has come: told of the record context with each write. Nearly every write follows one from the same
 * partition, which costs two comparisons; another partition two lookups, a commit one object.
 */
export class StorePosition {
  #others: Offsets
  /** What was committed has the same maps: they are copied before they change. */
  #isShared = true
  #topic: string | null = null
  #partition = -1
  #offset = -1
  #committed: Seen

  /** `committed` is what {@link text} was at the last commit, if there was one. */
  constructor(committed?: string) {
    const position =
      committed === undefined ? Position.emptyPosition() : Position.from(JSON.parse(committed) as PositionComponents)
    this.#others = new Map(position.topics.map((topic) => [topic, new Map(position.partitionPositions(topic))]))
    this.#committed = this.#seen()
  }

  /** A write because of this record. Punctuations have none, and move nothing. */
  observe({ topic, partition, offset }: Pick<RecordContext, 'topic' | 'partition' | 'offset'>): void {
    if (topic === this.#topic && partition === this.#partition) {
      if (offset > this.#offset) this.#offset = offset
    } else if (topic !== null) this.#switch(topic, partition, offset)
  }

  /** The store has been brought to where all records up to this one have been processed. */
  seed(seen: Pick<RecordContext, 'topic' | 'partition' | 'offset'>): void {
    this.observe(seen)
    this.commit()
  }

  get current(): Position {
    const others = Position.from(
      Object.fromEntries([...this.#others].map(([topic, offsets]) => [topic, Object.fromEntries(offsets)])),
    )
    return this.#topic === null ? others : others.withComponent(this.#topic, this.#partition, this.#offset)
  }

  /** What an engine keeps of it: the form that the constructor reads. */
  get text(): string {
    return JSON.stringify(this.current)
  }

  /** The writes so far are committed. */
  commit(): void {
    this.#committed = this.#seen()
    this.#isShared = true
  }

  /** Back to what was committed last. */
  discard(): void {
    const { others, topic, partition, offset } = this.#committed
    this.#others = others
    this.#isShared = true
    this.#topic = topic
    this.#partition = partition
    this.#offset = offset
  }

  /** Back to nothing: the store was wiped. */
  clear(): void {
    this.#others = new Map()
    this.#topic = null
    this.commit()
  }

  #switch(topic: string, partition: number, offset: number): void {
    if (this.#isShared) {
      this.#others = new Map([...this.#others].map(([name, offsets]) => [name, new Map(offsets)]))
      this.#isShared = false
    }
    if (this.#topic !== null) this.#offsetsOf(this.#topic).set(this.#partition, this.#offset)
    this.#topic = topic
    this.#partition = partition
    this.#offset = Math.max(offset, this.#offsetsOf(topic).get(partition) ?? -1)
  }

  #offsetsOf(topic: string): Map<number, number> {
    const offsets = this.#others.get(topic) ?? new Map<number, number>()
    this.#others.set(topic, offsets)
    return offsets
  }

  #seen(): Seen {
    return { others: this.#others, topic: this.#topic, partition: this.#partition, offset: this.#offset }
  }
}
