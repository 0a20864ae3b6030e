import type { Environment } from '@streamwright/std'
import type { Cluster } from '../cluster/cluster.ts'
import type { Assignment } from './assignment.ts'
import type { GroupMetadata } from './assignors/assignor.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import { GroupCommits } from './group-commits.ts'
import { ClassicMember } from './group/classic-member.ts'
import { ConsumerMember } from './group/consumer-member.ts'
import type { GroupMember } from './group/group-member.ts'
import type { OffsetToCommit } from './offsets/group-offsets.ts'
import { GroupOffsets } from './offsets/group-offsets.ts'
import type { Rebalance } from './rebalance.ts'
import type { Subscription } from './subscription.ts'

/** What a consumer's part in its group is made of. */
export interface MembershipOptions {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly environment: Environment
  readonly groupId: string
  readonly assignment: Assignment
  readonly subscription: Subscription
  readonly rebalance: Rebalance
  /** Offsets were committed. */
  readonly committed: (offsets: readonly OffsetToCommit[]) => void
  /** Something has happened that a poll has to look at. */
  readonly wake: () => void
}

/** A consumer's part in its group: the member, by the protocol that the settings name, and its offsets. */
export class Membership {
  readonly member: GroupMember
  readonly offsets: GroupOffsets
  readonly commits: GroupCommits
  readonly #subscription: Subscription
  readonly #none: GroupMetadata

  constructor(options: MembershipOptions) {
    const { cluster, environment, groupId, settings, subscription } = options
    const { defaultApiTimeoutMs: timeoutMs, groupInstanceId } = settings
    const isConsumer = settings.groupProtocol === 'consumer'
    const member = isConsumer ? consumerMember(options) : classicMember(options)
    this.#none = { groupId, generationId: -1, memberId: '', groupInstanceId }
    this.#subscription = subscription
    this.member = member
    this.offsets = new GroupOffsets(cluster, environment, groupId, () =>
      isConsumer && this.metadata().generationId >= 0 ? this.metadata() : undefined,
    )
    cluster.onMetadata(() => {
      member.noticeTopics()
      if (subscription.hasChanged()) member.resubscribe('the pattern matches other topics')
    })
    this.commits = new GroupCommits({
      offsets: this.offsets,
      member,
      sender: () => this.metadata(),
      isMember: () => subscription.isActive,
      timeoutMs,
      environment,
      committed: options.committed,
    })
  }

  /** Identity and generation; those of nobody in particular where partitions were assigned by hand. */
  metadata(): GroupMetadata {
    return this.#subscription.isActive ? this.member.metadata : this.#none
  }
}

function classicMember(options: MembershipOptions): ClassicMember {
  const { assignment, cluster, environment, groupId, rebalance, settings, subscription, wake } = options
  return new ClassicMember({
    cluster,
    settings,
    environment,
    groupId,
    topics: () => subscription.topics(),
    owned: () => assignment.places(),
    prepare: (protocol) => rebalance.prepare(protocol),
    lost: () => rebalance.lose(),
    takeOver: (assigned, protocol, steps) => rebalance.takeOver(assigned, protocol, steps),
    wake,
  })
}

function consumerMember({
  cluster,
  environment,
  groupId,
  rebalance,
  settings,
  subscription,
  wake,
}: MembershipOptions): ConsumerMember {
  return new ConsumerMember({
    cluster,
    settings,
    environment,
    groupId,
    wanted: () => subscription.wantedTopics(),
    reconcile: (partitions, isCurrent) => rebalance.reconcile(partitions, isCurrent),
    lost: () => rebalance.lose(),
    wake,
  })
}
