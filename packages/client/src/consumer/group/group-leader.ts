import type { JoinGroupResponse } from '@streamwright/protocol/messages/join-group'
import { StreamwrightError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicMetadata } from '../../cluster/topic-metadata.ts'
import type { AssignmentMetadata, Assignor, MemberSubscription } from '../assignors/assignor.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { groupByTopic } from '../topic-partition.ts'
import { decodeSubscription, encodeAssignment } from './consumer-protocol.ts'
import type { SyncAssignment } from './classic-requests.ts'

/** The shape of a topic that does not exist. */
const missing = 'missing'

/**
 * What the member that leads its group does in addition: it makes the assignment of all members, and looks after the
 * topics that any of them subscribes to, because only the leader notices when they change.
 */
export class GroupLeader {
  readonly #cluster: Cluster
  /** What each topic of the group looked like when the last assignment was made; missing topics, too. */
  #shapes: ReadonlyMap<string, string> = new Map()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** The topics of the group; empty at members that do not lead. */
  get topics(): Iterable<string> {
    return this.#shapes.keys()
  }

  /** Another member leads now. */
  resign(): void {
    this.#shapes = new Map()
  }

  /** Whether an assignment would be made for other partitions (or other racks) than the last one was. */
  get isOutdated(): boolean {
    for (const [topic, shape] of this.#shapes) if (shapeOf(this.#cluster.cachedTopic(topic)) !== shape) return true
    return false
  }

  /**
   * Makes the assignment of all members. With `skipAssignment` a static leader has come back, and everybody keeps what
   * they have: then it only learns which topics to look after.
   */
  async assign(assignor: Assignor, joined: JoinGroupResponse): Promise<SyncAssignment[]> {
    const subscriptions = new Map(
      joined.members.map(({ memberId, metadata, groupInstanceId }) => [
        memberId,
        decodeSubscription(metadata, groupInstanceId),
      ]),
    )
    const topics = topicsOf(subscriptions)
    const metadata = await this.#cluster.topicMetadata(topics, { refresh: true })
    this.#shapes = new Map(topics.map((topic) => [topic, shapeOf(metadata.get(topic))]))
    if (joined.skipAssignment) return []
    const assigned = await assignor.assign(this.#metadata(metadata), subscriptions)
    for (const memberId of subscriptions.keys())
      if (!assigned.has(memberId))
        throw new StreamwrightError(`The assignor ${assignor.name} gave no answer for member ${memberId}`, {
          code: 'INCOMPLETE_ASSIGNMENT',
        })
    this.#noticeCreatedTopics([...assigned.values()].flatMap(({ partitions }) => partitions))
    return Array.from(assigned, ([memberId, assignment]) => ({ memberId, assignment: encodeAssignment(assignment) }))
  }

  /** An assignor may have made topics that were missing: when they show, that is no news. */
  #noticeCreatedTopics(assigned: readonly TopicPartition[]): void {
    const shapes = new Map(this.#shapes)
    for (const [topic, numbers] of groupByTopic(assigned))
      if (shapes.get(topic) === missing) shapes.set(topic, String(Math.max(...numbers) + 1))
    this.#shapes = shapes
  }

  #metadata(topics: ReadonlyMap<string, TopicMetadata>): AssignmentMetadata {
    const racks = new Map(this.#cluster.brokers.map(({ id, rack }) => [id, rack]))
    return {
      partitionCount: (topic) => {
        const found = topics.get(topic)
        return found === undefined || found.errorCode !== 0 ? undefined : found.partitions.length
      },
      racks: (topic, partition) =>
        (topics.get(topic)?.partitions[partition]?.replicas ?? []).flatMap((id) => racks.get(id) ?? []),
    }
  }
}

function topicsOf(subscriptions: ReadonlyMap<string, MemberSubscription>): string[] {
  return [...new Set(subscriptions.values().flatMap((subscription) => subscription.topics))]
}

/** Two topics of the same shape are divided alike. */
function shapeOf(topic: TopicMetadata | undefined): string {
  return topic === undefined || topic.errorCode !== 0 ? missing : String(topic.partitions.length)
}
