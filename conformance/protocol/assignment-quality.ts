import assert from 'node:assert/strict'
import type { MemberSubscription } from '../../packages/client/src/consumer/assignors/index.ts'

/** The partitions of each member, as `topic-0`. */
export type Assignment = ReadonlyMap<string, readonly string[]>

/**
 * For rounds in which Java's answer depends on the order of a hash map: ours need not be the same, but must be as good.
 * No partition twice and none to a member that did not ask for it; as many assigned, as evenly spread, and at least as
 * many left where they were before.
 */
export function checkQuality(
  subscriptions: ReadonlyMap<string, MemberSubscription>,
  before: Assignment,
  ours: Assignment,
  theirs: Assignment,
): void {
  const seen = new Set<string>()
  for (const [id, partitions] of ours) {
    for (const partition of partitions) {
      assert.ok(!seen.has(partition), `${partition} is assigned twice`)
      seen.add(partition)
      assert.ok(subscriptions.get(id)?.topics.includes(topicOf(partition)), `${id} did not subscribe to ${partition}`)
    }
  }
  assert.deepEqual([...seen].toSorted(), [...theirs.values()].flat().toSorted(), 'assigned partitions')
  assert.deepEqual(loads(ours), loads(theirs), 'partitions per member')
  assert.ok(kept(before, ours) >= kept(before, theirs), `${kept(before, ours)} stay, of Java's ${kept(before, theirs)}`)
}

function loads(assignment: Assignment): readonly number[] {
  return [...assignment.values()].map((partitions) => partitions.length).toSorted((left, right) => left - right)
}

function kept(before: Assignment, after: Assignment): number {
  let count = 0
  for (const [id, partitions] of after) {
    const owned = new Set(before.get(id))
    count += partitions.filter((partition) => owned.has(partition)).length
  }
  return count
}

function topicOf(partition: string): string {
  return partition.slice(0, partition.lastIndexOf('-'))
}
