import type { CommittedOffset } from './committed-offsets.ts'
import { CommittedOffsets } from './committed-offsets.ts'

/**
 * Offsets that producers have committed in transactions that are still open: nobody sees them, and who wants to be sure
 * of a group's offsets has to wait.
 */
export class PendingOffsets {
  readonly #byGroup = new Map<string, Map<number, CommittedOffsets>>()
  readonly #groupsByProducer = new Map<number, Set<string>>()

  set(producerId: number, groupId: string, topic: string, partition: number, offset: CommittedOffset): void {
    let producers = this.#byGroup.get(groupId)
    if (producers === undefined) this.#byGroup.set(groupId, (producers = new Map()))
    let offsets = producers.get(producerId)
    if (offsets === undefined) producers.set(producerId, (offsets = new CommittedOffsets()))
    offsets.set(topic, partition, offset)
    let groups = this.#groupsByProducer.get(producerId)
    if (groups === undefined) this.#groupsByProducer.set(producerId, (groups = new Set()))
    groups.add(groupId)
  }

  has(groupId: string, topic: string, partition: number): boolean {
    for (const offsets of this.#byGroup.get(groupId)?.values() ?? []) {
      if (offsets.get(topic, partition) !== undefined) return true
    }
    return false
  }

  get groupIds(): Iterable<string> {
    return this.#byGroup.keys()
  }

  hasAny(groupId: string): boolean {
    return this.#byGroup.has(groupId)
  }

  /** Every place for which an offset of the group is pending. */
  *placesOf(groupId: string): Generator<{ readonly topic: string; readonly partition: number }> {
    for (const offsets of this.#byGroup.get(groupId)?.values() ?? []) {
      for (const [topic, partitions] of offsets.all())
        for (const partition of partitions.keys()) yield { topic, partition }
    }
  }

  /** Groups with offsets of the producer. */
  groupsOf(producerId: number): readonly string[] {
    return [...(this.#groupsByProducer.get(producerId) ?? [])]
  }

  /** The transaction has ended for this group: what it had is given back, and not pending any more. */
  take(producerId: number, groupId: string): CommittedOffsets | undefined {
    const producers = this.#byGroup.get(groupId)
    const offsets = producers?.get(producerId)
    producers?.delete(producerId)
    if (producers?.size === 0) this.#byGroup.delete(groupId)
    const groups = this.#groupsByProducer.get(producerId)
    groups?.delete(groupId)
    if (groups?.size === 0) this.#groupsByProducer.delete(producerId)
    return offsets
  }

  /** Somebody deleted what is committed here, and what was about to be. */
  delete(groupId: string, topic: string, partition: number): void {
    for (const [producerId, offsets] of this.#byGroup.get(groupId) ?? []) {
      offsets.delete(topic, partition)
      if (offsets.isEmpty) this.take(producerId, groupId)
    }
  }

  clear(): void {
    this.#byGroup.clear()
    this.#groupsByProducer.clear()
  }
}
