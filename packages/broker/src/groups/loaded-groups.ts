import type { GroupMetadataValue } from '@streamwright/protocol/messages/group-metadata-value'
import { ConsumerGroup } from './consumer/consumer-group.ts'
import { Group } from './group.ts'
import type { ReadGroupRecord } from './group-records.ts'
import { Member } from './member.ts'

/** The groups that records of `__consumer_offsets` lead to, read in their order. Their clocks do not run yet. */
export class LoadedGroups {
  readonly #classic = new Map<string, GroupMetadataValue>()
  readonly #consumer = new Map<string, ConsumerGroup>()

  /** Offsets are somebody else's. */
  apply(record: ReadGroupRecord): void {
    if (record.kind === 'group') {
      if (record.value === null) this.#classic.delete(record.group)
      else this.#classic.set(record.group, record.value)
      return
    }
    if (record.kind !== 'consumer') return
    const { group: id, change } = record
    if (change.kind === 'group' && change.value === null) return void this.#consumer.delete(id)
    let group = this.#consumer.get(id)
    if (group === undefined) {
      // What is deleted of a group that is not there is the rest of one that was deleted.
      if (change.value === null) return
      this.#consumer.set(id, (group = new ConsumerGroup(id)))
    }
    group.apply(change)
  }

  /** Members of classic groups are in the state of a stable group. */
  *all(nowMs: number): Generator<Group | ConsumerGroup> {
    for (const [id, value] of this.#classic) if (!this.#consumer.has(id)) yield restored(id, value, nowMs)
    yield* this.#consumer.values()
  }
}

function restored(groupId: string, value: GroupMetadataValue, nowMs: number): Group {
  const sinceMs = Number(value.currentStateTimestamp)
  const group = new Group(groupId, value.members.length > 0 ? 'Stable' : 'Empty', sinceMs < 0 ? nowMs : sinceMs)
  group.protocolType = value.protocolType
  group.generation = value.generation
  group.protocolName = value.protocol
  group.leaderId = value.leader
  for (const saved of value.members) {
    const member = new Member(saved.memberId, {
      instanceId: saved.groupInstanceId,
      clientId: saved.clientId,
      clientHost: saved.clientHost,
      sessionTimeoutMs: saved.sessionTimeout,
      rebalanceTimeoutMs: saved.rebalanceTimeout === -1 ? saved.sessionTimeout : saved.rebalanceTimeout,
      protocols: [{ name: value.protocol ?? '', metadata: Uint8Array.from(saved.subscription) }],
    })
    member.assignment = Uint8Array.from(saved.assignment)
    member.isNew = false
    group.add(member)
  }
  return group
}
