import type {
  AssignmentMetadata,
  Assignor,
  MemberAssignment,
  MemberSubscription,
  RebalanceProtocol,
  TopicPartition,
} from '@streamwright/client'
import type { TaskId } from '../../processor/task-id.ts'
import type { TopologyDefinition } from '../../topology/definition.ts'
import type { PartitionPlan } from '../partition-counts.ts'
import type { HostInfo } from '../host-info.ts'
import { parseHostInfo } from '../host-info.ts'
import { decodeAssignmentInfo, encodeAssignmentInfo } from './assignment-info.ts'
import type { PartitionsByHost } from './host-partitions.ts'
import { decodeSubscriptionInfo, encodeSubscriptionInfo } from './subscription-info.ts'
import { assignTasks } from './task-assignment.ts'

export interface StreamsAssignorOptions {
  readonly definition: TopologyDefinition
  readonly processId: string
  /** Reads the cluster and makes the internal topics that are missing; the leader asks before each assignment. */
  readonly preparePartitions: () => Promise<PartitionPlan>
  /** Tasks that run in this member now, and tasks that have only left their state here. */
  readonly ownTasks: () => { readonly running: readonly TaskId[]; readonly resting: readonly TaskId[] }
  /** Where this instance can be asked by others. Default: nowhere. */
  readonly applicationServer?: string
  /** Told with each assignment which instance has what. */
  readonly onHosts?: (hosts: PartitionsByHost) => void
}

/**
 * Divides the tasks of an application among its members, by Kafka's classic group protocol under the name `stream`.
 * A task's partitions always go together. Java: `StreamsPartitionAssignor`.
 */
export class StreamsAssignor implements Assignor {
  readonly name = 'stream'
  readonly protocols: readonly RebalanceProtocol[] = ['eager']
  readonly #options: StreamsAssignorOptions
  #joins = 0

  constructor(options: StreamsAssignorOptions) {
    this.#options = options
  }

  subscriptionUserData(): Buffer {
    const { running, resting } = this.#options.ownTasks()
    this.#joins += 1
    const { processId, applicationServer } = this.#options
    return encodeSubscriptionInfo(processId, running, resting, this.#joins, applicationServer)
  }

  async assign(
    _metadata: AssignmentMetadata,
    subscriptions: ReadonlyMap<string, MemberSubscription>,
  ): Promise<ReadonlyMap<string, MemberAssignment>> {
    const plan = await this.#options.preparePartitions()
    const { definition } = this.#options
    const tasks = definition.subtopologies.flatMap(({ id }) =>
      Array.from({ length: plan.taskCounts.get(id) ?? 0 }, (_none, partition) => ({ subtopology: id, partition })),
    )
    const members = [...subscriptions].map(([id, subscription]) => {
      const info = subscription.userData === null ? undefined : decodeSubscriptionInfo(subscription.userData)
      const sums = (info?.taskOffsetSums ?? []).toSorted((left, right) => Number(left.sum - right.sum))
      return { id, previousTasks: sums.map(({ task }) => task), endPoint: info?.userEndPoint ?? '' }
    })
    const assigned = assignTasks(tasks, members)
    const hosts = this.#hosts(members, assigned, plan)
    return new Map([...assigned].map(([member, own]) => [member, this.#memberAssignment(own, plan, hosts)]))
  }

  /** The partitions say which tasks are meant: a task is one partition number of a sub-topology. */
  onAssignment({ userData }: MemberAssignment): void {
    if (userData !== null) this.#options.onHosts?.(decodeAssignmentInfo(Buffer.from(userData)).hosts)
  }

  /** The members of one process have one address, under which all their tasks stand. */
  #hosts(
    members: readonly { readonly id: string; readonly endPoint: string }[],
    assigned: ReadonlyMap<string, readonly TaskId[]>,
    plan: PartitionPlan,
  ): PartitionsByHost {
    const byAddress = new Map<string, { readonly host: HostInfo; readonly partitions: TopicPartition[] }>()
    for (const { id, endPoint } of members) {
      const host = parseHostInfo(endPoint)
      if (host === undefined) continue
      const entry = byAddress.get(endPoint) ?? { host, partitions: [] }
      byAddress.set(endPoint, entry)
      for (const task of assigned.get(id) ?? []) {
        entry.partitions.push(...partitionsOfTask(plan, task))
      }
    }
    return { active: [...byAddress.values()], standby: [] }
  }

  /** The active tasks stand in the order of the sorted partitions, a task once for each of its partitions. */
  #memberAssignment(tasks: readonly TaskId[], plan: PartitionPlan, hosts: PartitionsByHost): MemberAssignment {
    const pairs = tasks.flatMap((task) => partitionsOfTask(plan, task).map((partition) => ({ task, partition })))
    pairs.sort(
      (left, right) =>
        compareTexts(left.partition.topic, right.partition.topic) ||
        left.partition.partition - right.partition.partition,
    )
    return {
      partitions: pairs.map(({ partition }) => partition),
      userData: encodeAssignmentInfo(
        pairs.map(({ task }) => task),
        hosts,
      ),
    }
  }
}

/** The source partitions that a task reads. */
export function partitionsOfTask(plan: PartitionPlan, task: TaskId): TopicPartition[] {
  return (plan.sourceTopics.get(task.subtopology) ?? [])
    .filter((topic) => (plan.sourcePartitions.get(topic) ?? 0) > task.partition)
    .map((topic) => ({ topic, partition: task.partition }))
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
