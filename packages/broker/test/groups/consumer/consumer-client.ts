import type { Init } from '@streamwright/protocol'
import type { ConsumerGroupDescribeResponse } from '@streamwright/protocol/messages/consumer-group-describe'
import { consumerGroupDescribe } from '@streamwright/protocol/messages/consumer-group-describe'
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@streamwright/protocol/messages/consumer-group-heartbeat'
import { consumerGroupHeartbeat } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { present } from '@streamwright/std'
import type { ProtocolClient } from '../../support/protocol-client.ts'

type DescribedGroup = ConsumerGroupDescribeResponse['groups'][number]

/** A member of a consumer group as a client has it: it owns what it was told, from the answer on. */
export class ConsumerClient {
  readonly client: ProtocolClient
  readonly memberId: string
  readonly groupId: string
  readonly instanceId: string | null
  epoch = 0
  /** By topic id. */
  owned: ReadonlyMap<string, readonly number[]> = new Map()

  constructor(
    client: ProtocolClient,
    memberId: string,
    { groupId = 'group', instanceId = null }: { groupId?: string; instanceId?: string | null } = {},
  ) {
    this.client = client
    this.memberId = memberId
    this.groupId = groupId
    this.instanceId = instanceId
  }

  /** One request, as it is. */
  send(request: Init<ConsumerGroupHeartbeatRequest> = {}, version = 1): Promise<ConsumerGroupHeartbeatResponse> {
    return this.client.send(consumerGroupHeartbeat, version, {
      groupId: this.groupId,
      memberId: this.memberId,
      memberEpoch: this.epoch,
      instanceId: this.instanceId,
      ...request,
    })
  }

  /** Joins, with nothing. */
  async join(request: Init<ConsumerGroupHeartbeatRequest> = {}): Promise<ConsumerGroupHeartbeatResponse> {
    this.owned = new Map()
    const answer = await this.send({
      memberEpoch: 0,
      rebalanceTimeoutMs: 5000,
      subscribedTopicNames: ['topic'],
      topicPartitions: [],
      ...request,
    })
    return this.#taken(answer)
  }

  /** Says what it has, and takes what it is told. */
  async heartbeat(request: Init<ConsumerGroupHeartbeatRequest> = {}): Promise<ConsumerGroupHeartbeatResponse> {
    const topicPartitions = [...this.owned].map(([topicId, partitions]) => ({ topicId, partitions: [...partitions] }))
    return this.#taken(await this.send({ topicPartitions, ...request }))
  }

  /** Nothing is new, and nothing is said. */
  async shortHeartbeat(): Promise<ConsumerGroupHeartbeatResponse> {
    return this.#taken(await this.send())
  }

  leave(epoch = -1): Promise<ConsumerGroupHeartbeatResponse> {
    return this.send({ memberEpoch: epoch })
  }

  /** Of its only topic. */
  get partitions(): readonly number[] {
    return [...this.owned.values()].flat()
  }

  #taken(answer: ConsumerGroupHeartbeatResponse): ConsumerGroupHeartbeatResponse {
    if (answer.errorCode !== 0) return answer
    this.epoch = answer.memberEpoch
    if (answer.assignment !== null) {
      this.owned = new Map(answer.assignment.topicPartitions.map(({ topicId, partitions }) => [topicId, partitions]))
    }
    return answer
  }
}

export async function createTopic(client: ProtocolClient, numPartitions: number, name = 'topic'): Promise<string> {
  const { topics } = await client.send(createTopics, 7, {
    topics: [{ name, numPartitions, replicationFactor: 1 }],
    timeoutMs: 1000,
  })
  return present(topics[0], 'A topic that is created is answered').topicId
}

export async function describeGroup(client: ProtocolClient, groupId = 'group'): Promise<DescribedGroup> {
  const { groups } = await client.send(consumerGroupDescribe, 1, { groupIds: [groupId] })
  return present(groups[0], 'Each group is answered')
}
