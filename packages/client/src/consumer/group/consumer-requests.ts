import type { Init } from '@streamwright/protocol'
import { consumerGroupHeartbeat } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@streamwright/protocol/messages/consumer-group-heartbeat'
import type { Cluster } from '../../cluster/cluster.ts'

/** Says, in place of an epoch, that a member joins, leaves, or is a static one that leaves for a while. */
export const memberEpochs = { join: 0, leave: -1, leaveStatic: -2 } as const

type Fields = (version: number) => Omit<Init<ConsumerGroupHeartbeatRequest>, 'groupId'>

/** The one request of KIP-848's protocol, to the coordinator of one group. */
export class ConsumerRequests {
  readonly #cluster: Cluster
  readonly #groupId: string
  #hasAsked = false

  constructor(cluster: Cluster, groupId: string) {
    this.#cluster = cluster
    this.#groupId = groupId
  }

  /** Whether the coordinator may have heard of this member. */
  get hasAsked(): boolean {
    return this.#hasAsked
  }

  /** The response with its error code. Rejects with `UnsupportedVersionError` if the broker is too old for it. */
  async heartbeat(
    fields: Fields,
    options: { readonly minVersion?: number; readonly timeoutMs?: number } = {},
  ): Promise<ConsumerGroupHeartbeatResponse> {
    const { minVersion, timeoutMs } = options
    const waiting = timeoutMs === undefined ? {} : { timeoutMs }
    const coordinator = await this.#cluster.coordinator('group', this.#groupId, waiting)
    this.#hasAsked = true
    return this.#cluster.send(
      coordinator,
      consumerGroupHeartbeat,
      (version) => ({ groupId: this.#groupId, ...fields(version) }),
      { lane: 'group', ...waiting, ...(minVersion === undefined ? {} : { minVersion }) },
    )
  }

  /** The coordinator has moved, or cannot be reached. */
  forgetCoordinator(): void {
    this.#cluster.invalidateCoordinator('group', this.#groupId)
  }
}
