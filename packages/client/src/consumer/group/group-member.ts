import type { KafkaError } from '@streamwright/protocol'
import type { GroupMetadata } from '../assignors/assignor.ts'

/** A consumer's membership in its group, by either protocol. */
export interface GroupMember {
  /** Identity in the group. The generation (by KIP-848: the member's epoch) is −1 while this is no member. */
  readonly metadata: GroupMetadata

  /**
   * Does what a poll has to do for the membership: calls listeners where one is due, and joins where that is due. Waits
   * for listeners and for commits before partitions go, never for the group. Rejects with what went wrong, in the
   * background or in a listener.
   */
  advance(): Promise<void>

  /** The consumer wants other topics than before; `reason` is for the coordinator's log. */
  resubscribe(reason: string): void

  /** The application wants a rebalance. */
  enforceRebalance(reason: string): void

  /** The cluster has described topics. */
  noticeTopics(): void

  /** The coordinator has refused a commit of `sent`. Returns what the application is to be told. */
  commitRefused(error: KafkaError, sent: GroupMetadata): Error

  /** Tells the group, unless `isSilent`, that this member goes. Static members go silently: a restart is no rebalance. */
  leave(isSilent: boolean, timeoutMs: number, reason: string): Promise<void>

  /** After leaving, a new subscription joins anew. */
  comeBack(): void
}
