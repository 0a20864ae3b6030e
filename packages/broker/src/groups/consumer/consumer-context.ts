import type { Environment } from '@streamwright/std'
import type { Topic } from '../../metadata/topics.ts'
import type { BrokerSettings } from '../../settings.ts'
import type { GroupRecord } from '../record-framing.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import type { ConsumerGroupChange } from './consumer-group-records.ts'

/** What may be set for a single group. */
export interface ConsumerGroupSettings {
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly assignmentIntervalMs: number
}

/** Topics as the rules of consumer groups see them. */
export interface KnownTopics {
  get(name: string): Topic | undefined
  getById(id: string): Topic | undefined
  all(): Iterable<Topic>
  /** Grows with every change of a topic. */
  readonly version: number
  /** The version with which the newest topic came. */
  readonly creationVersion: number
}

/** A group that a request is for, and what is to be done first when it changes: a new one, one made of a classic one. */
export interface GroupOrigin {
  readonly group: ConsumerGroup
  /** To be written before the group's own changes, in the same batch. */
  readonly records: readonly GroupRecord[]
  /** Makes the group the one of its id. */
  readonly install: () => void
}

/** A consumer group that is to become a classic one. */
export interface Downgrade {
  readonly leaving: readonly ConsumerGroupMember[]
  /** A classic member that takes the place of a static one, with the changes for that. */
  readonly joining?: { readonly member: ConsumerGroupMember; readonly changes: readonly ConsumerGroupChange[] }
  readonly rebalances: boolean
}

/** What the rules of consumer groups need of the coordinator. */
export interface ConsumerContext {
  readonly environment: Environment
  readonly settings: BrokerSettings
  readonly topics: KnownTopics
  settingsOf(groupId: string): ConsumerGroupSettings
  /** `false`: it was deleted, or became another one. */
  isCurrent(group: ConsumerGroup): boolean
  /**
   * Makes the changes, in memory at once; resolves when they will survive the end of the process. Rejects with a
   * {@link GroupError} when they could not be written, and the group is again as it was on the disk.
   */
  commit(origin: GroupOrigin, changes: readonly ConsumerGroupChange[]): Promise<void>
  /** Makes a classic group of the members that remain; resolves when that is written. */
  downgrade(group: ConsumerGroup, downgrade: Downgrade): Promise<void>
}

/** For a group that is there already. */
export function asItIs(group: ConsumerGroup): GroupOrigin {
  return { group, records: [], install: () => {} }
}
