import type { TopicPartition } from '../topic-partition.ts'

/**
 * How members hand partitions over. `eager`: everybody gives up everything before joining. `cooperative`: members keep
 * what they own while the group rebalances, and give up only what goes to somebody else.
 */
export type RebalanceProtocol = 'eager' | 'cooperative'

/** What one member of the group says of itself when it joins. */
export interface MemberSubscription {
  readonly topics: readonly string[]
  /** What the member's own assignor gave as {@link Assignor.subscriptionUserData}. */
  readonly userData: Buffer | null
  /** What the member owns while it joins; empty under the eager protocol. */
  readonly ownedPartitions: readonly TopicPartition[]
  /** The generation in which it got what it owns; −1 when it does not say. */
  readonly generationId: number
  readonly rackId: string | null
  /** `group.instance.id` of a static member. */
  readonly groupInstanceId: string | null
}

/** What one member is given. */
export interface MemberAssignment {
  readonly partitions: readonly TopicPartition[]
  /** Bytes of the assignor for this one member, handed to its {@link Assignor.onAssignment}. */
  readonly userData: Uint8Array | null
}

/** What the leader knows of the topics that the members subscribe to. */
export interface AssignmentMetadata {
  /** Number of partitions; `undefined` where the topic does not exist. */
  partitionCount(topic: string): number | undefined
  /** Racks of the brokers that hold a replica; empty where they are unknown. */
  racks(topic: string, partition: number): readonly string[]
}

/** Which member of which group, and in which of its generations. */
export interface GroupMetadata {
  readonly groupId: string
  /** −1 outside of a group. */
  readonly generationId: number
  /** Empty outside of a group. */
  readonly memberId: string
  readonly groupInstanceId: string | null
}

/**
 * Divides the partitions of a group among its members. Every member runs one; the one of the member that the broker
 * chose as leader has its {@link Assignor.assign} called, all others only describe themselves and learn the result.
 */
export interface Assignor {
  /** The name under which members find a common assignor, such as `range`; `stream` for Kafka Streams. */
  readonly name: string
  /** The protocols it can work with, the most modern first. */
  readonly protocols: readonly RebalanceProtocol[]
  /** Bytes for the leader's assignor, asked for each time before the member joins. */
  subscriptionUserData(topics: ReadonlySet<string>): Uint8Array | null
  /** Runs at the leader. Members are in the order in which the broker listed them. Each must get an answer. */
  assign(
    metadata: AssignmentMetadata,
    subscriptions: ReadonlyMap<string, MemberSubscription>,
  ): ReadonlyMap<string, MemberAssignment> | Promise<ReadonlyMap<string, MemberAssignment>>
  /** Runs at every member when it has got its assignment, before listeners are told. */
  onAssignment(assignment: MemberAssignment, group: GroupMetadata): void
}
