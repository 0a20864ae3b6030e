import type { CommittedOffset } from './committed-offsets.ts'
import { CommittedOffsets } from './committed-offsets.ts'
import { offsetRecord } from './group-records.ts'
import type { GroupStorage, TransactionalWriter } from './group-storage.ts'
import { PendingOffsets } from './pending-offsets.ts'
import type { GroupRecord } from './record-framing.ts'

/** A partition that offsets are committed for. */
export interface OffsetPlace {
  readonly topic: string
  readonly partition: number
}

/** An offset to commit, its topic known to exist. */
export interface OffsetToCommit extends OffsetPlace {
  readonly offset: CommittedOffset
}

/** From when on an offset of a group counts as unused; `undefined`: it is in use. */
export type UnusedSince = (topic: string, offset: CommittedOffset) => number | undefined

const noOffsets = new CommittedOffsets()

/** What groups have committed, whatever kind of group they are, or become: in memory, and in `__consumer_offsets`. */
export class GroupOffsets {
  readonly #storage: GroupStorage
  readonly #byGroup = new Map<string, CommittedOffsets>()
  readonly #pending = new PendingOffsets()
  #commits = 0

  constructor(storage: GroupStorage) {
    this.#storage = storage
  }

  /** What anybody may see. */
  of(groupId: string): CommittedOffsets {
    return this.#byGroup.get(groupId) ?? noOffsets
  }

  /** Groups with anything committed, or about to be. */
  get groupIds(): ReadonlySet<string> {
    return new Set([...this.#byGroup.keys(), ...this.#pending.groupIds])
  }

  hasAny(groupId: string): boolean {
    return this.#byGroup.has(groupId) || this.#pending.hasAny(groupId)
  }

  /** Whether a transaction is about to change this offset. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#pending.has(groupId, topic, partition)
  }

  /** Resolves when the offsets are safe; they are visible then, too. */
  async commit(groupId: string, offsets: readonly OffsetToCommit[]): Promise<void> {
    const order = ++this.#commits
    await this.#storage.append(groupId, recordsOf(groupId, offsets))
    for (const { topic, partition, offset } of offsets) this.#set(groupId, topic, partition, { ...offset, order })
  }

  /** Nobody sees the offsets until the transaction commits. */
  async commitInTransaction(
    groupId: string,
    producer: TransactionalWriter,
    offsets: readonly OffsetToCommit[],
  ): Promise<void> {
    const order = ++this.#commits
    // Unstable from now on: a reader must not get the old offset while the new one is on its way to the disk.
    for (const { topic, partition, offset } of offsets) {
      this.#pending.set(producer.producerId, groupId, topic, partition, { ...offset, order })
    }
    await this.#storage.append(groupId, recordsOf(groupId, offsets), producer)
  }

  /** A producer's transaction has ended in a partition of `__consumer_offsets`. */
  endTransaction(partition: number, producerId: number, outcome: 'commit' | 'abort'): void {
    for (const groupId of this.#pending.groupsOf(producerId)) {
      if (this.#storage.partitionOf(groupId) !== partition) continue
      const ended = this.#pending.take(producerId, groupId)
      if (ended === undefined || outcome === 'abort') continue
      for (const [topic, partitions] of ended.all()) {
        for (const [index, offset] of partitions) {
          const known = this.of(groupId).get(topic, index)?.order ?? 0
          if ((offset.order ?? 0) > known) this.#set(groupId, topic, index, offset)
        }
      }
    }
  }

  /** Those that are there, committed or pending. */
  async delete(groupId: string, places: readonly OffsetPlace[]): Promise<void> {
    const present = places.filter(
      ({ topic, partition }) =>
        this.of(groupId).get(topic, partition) !== undefined || this.#pending.has(groupId, topic, partition),
    )
    for (const place of present) this.#forget(groupId, place)
    await this.#storage.append(groupId, tombstones(groupId, present))
  }

  /** Everything that the group has; the records are to be written by who asks. */
  deleteAll(groupId: string): GroupRecord[] {
    const places = this.#placesOf(groupId)
    for (const place of places) this.#forget(groupId, place)
    return tombstones(groupId, places)
  }

  /** All groups' offsets of a topic that is gone. */
  async deleteTopic(topic: string): Promise<void> {
    const deletions = [...this.groupIds].map((groupId) => {
      const places = this.#placesOf(groupId).filter((place) => place.topic === topic)
      return this.delete(groupId, places)
    })
    await Promise.all(deletions)
  }

  /** Drops what has been unused since `oldestMs` or longer. What a transaction is about to change is left alone. */
  async expire(groupId: string, oldestMs: number, unusedSince: UnusedSince): Promise<void> {
    const expired: OffsetPlace[] = []
    for (const [topic, partitions] of this.of(groupId).all()) {
      for (const [partition, offset] of partitions) {
        const sinceMs = unusedSince(topic, offset)
        if (sinceMs === undefined || sinceMs > oldestMs || this.#pending.has(groupId, topic, partition)) continue
        expired.push({ topic, partition })
      }
    }
    await this.delete(groupId, expired)
  }

  clear(): void {
    this.#byGroup.clear()
    this.#pending.clear()
  }

  /** A record read at the start. `offset` null: a deletion. */
  load(groupId: string, place: OffsetPlace, offset: CommittedOffset | null, producerId: number | undefined): void {
    const { topic, partition } = place
    if (offset === null) return this.#forget(groupId, place)
    const ordered = { ...offset, order: ++this.#commits }
    if (producerId === undefined) this.#set(groupId, topic, partition, ordered)
    else this.#pending.set(producerId, groupId, topic, partition, ordered)
  }

  *snapshot(groupId: string): Generator<GroupRecord> {
    for (const [topic, partitions] of this.of(groupId).all()) {
      for (const [partition, offset] of partitions) yield offsetRecord(groupId, topic, partition, offset)
    }
  }

  #set(groupId: string, topic: string, partition: number, offset: CommittedOffset): void {
    let offsets = this.#byGroup.get(groupId)
    if (offsets === undefined) this.#byGroup.set(groupId, (offsets = new CommittedOffsets()))
    offsets.set(topic, partition, offset)
  }

  #forget(groupId: string, { topic, partition }: OffsetPlace): void {
    this.#pending.delete(groupId, topic, partition)
    const offsets = this.#byGroup.get(groupId)
    offsets?.delete(topic, partition)
    if (offsets?.isEmpty === true) this.#byGroup.delete(groupId)
  }

  #placesOf(groupId: string): OffsetPlace[] {
    const committed = [...this.of(groupId).all()].flatMap(([topic, partitions]) =>
      [...partitions.keys()].map((partition) => ({ topic, partition })),
    )
    const pending = [...this.#pending.placesOf(groupId)].filter(
      ({ topic, partition }) => this.of(groupId).get(topic, partition) === undefined,
    )
    return [...committed, ...new Map(pending.map((place) => [`${place.topic}-${place.partition}`, place])).values()]
  }
}

function recordsOf(groupId: string, offsets: readonly OffsetToCommit[]): GroupRecord[] {
  return offsets.map(({ topic, partition, offset }) => offsetRecord(groupId, topic, partition, offset))
}

function tombstones(groupId: string, places: readonly OffsetPlace[]): GroupRecord[] {
  return places.map(({ topic, partition }) => offsetRecord(groupId, topic, partition, null))
}
