import type { Init } from '@streamwright/protocol'
import type { JoinGroupRequest, JoinGroupResponse } from '@streamwright/protocol/messages/join-group'
import { joinGroup } from '@streamwright/protocol/messages/join-group'
import { heartbeat } from '@streamwright/protocol/messages/heartbeat'
import { leaveGroup } from '@streamwright/protocol/messages/leave-group'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { offsetCommit } from '@streamwright/protocol/messages/offset-commit'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import type { SyncGroupRequest, SyncGroupResponse } from '@streamwright/protocol/messages/sync-group'
import { syncGroup } from '@streamwright/protocol/messages/sync-group'
import { present } from '@streamwright/std'
import type { ProtocolClient } from '../support/protocol-client.ts'

/** A subscription to `topic`, as consumers write it (version 1, no user data, nothing owned). */
export const subscription: Buffer = Buffer.from('00010000000100 05746f706963ffffffff00000000'.replace(' ', ''), 'hex')

export const sessionTimeoutMs = 10_000
export const rebalanceTimeoutMs = 20_000

/** The requests of one member, on a connection of its own. */
export class GroupClient {
  readonly client: ProtocolClient
  readonly groupId: string
  readonly instanceId: string | null
  memberId = ''
  generationId = -1

  constructor(client: ProtocolClient, groupId = 'group', instanceId: string | null = null) {
    this.client = client
    this.groupId = groupId
    this.instanceId = instanceId
  }

  /** One JoinGroup, as it is. Takes over the member id and the generation of the answer. */
  async join(request: Init<JoinGroupRequest> = {}, version = 9): Promise<JoinGroupResponse> {
    const answer = await this.client.send(joinGroup, version, {
      groupId: this.groupId,
      sessionTimeoutMs,
      ...(version >= 1 && { rebalanceTimeoutMs }),
      memberId: this.memberId,
      ...(version >= 5 && { groupInstanceId: this.instanceId }),
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: subscription }],
      ...request,
    })
    if (answer.errorCode === 0 || answer.memberId !== '') this.memberId = answer.memberId
    if (answer.errorCode === 0) this.generationId = answer.generationId
    return answer
  }

  /** Joins for the first time: gets an id, then joins with it. Resolves when the group has a generation. */
  async enter(): Promise<JoinGroupResponse> {
    if (this.instanceId === null) await this.join()
    return this.join()
  }

  sync(
    assignments: Readonly<Record<string, string>> = {},
    request: Init<SyncGroupRequest> = {},
  ): Promise<SyncGroupResponse> {
    return this.client.send(syncGroup, 5, {
      groupId: this.groupId,
      generationId: this.generationId,
      memberId: this.memberId,
      groupInstanceId: this.instanceId,
      protocolType: 'consumer',
      protocolName: 'range',
      assignments: Object.entries(assignments).map(([memberId, text]) => ({ memberId, assignment: Buffer.from(text) })),
      ...request,
    })
  }

  async heartbeat(generationId: number = this.generationId, memberId: string = this.memberId): Promise<number> {
    const answer = await this.client.send(heartbeat, 4, {
      groupId: this.groupId,
      generationId,
      memberId,
      groupInstanceId: this.instanceId,
    })
    return answer.errorCode
  }

  async leave(memberId: string = this.memberId, instanceId: string | null = this.instanceId): Promise<number> {
    const { members } = await this.client.send(leaveGroup, 5, {
      groupId: this.groupId,
      members: [{ memberId, groupInstanceId: instanceId }],
    })
    return present(members[0], 'Each member is answered').errorCode
  }

  async commit(
    offset: number,
    options: {
      generationId?: number
      memberId?: string
      topic?: string
      partition?: number
      metadata?: string
      version?: number
    } = {},
  ): Promise<number> {
    const { generationId = this.generationId, memberId = this.memberId, topic = 'topic', version = 9 } = options
    const { topics } = await this.client.send(offsetCommit, version, {
      groupId: this.groupId,
      generationIdOrMemberEpoch: generationId,
      memberId,
      ...(version >= 7 && { groupInstanceId: memberId === '' ? null : this.instanceId }),
      topics: [
        {
          name: topic,
          partitions: [
            {
              partitionIndex: options.partition ?? 0,
              committedOffset: BigInt(offset),
              committedMetadata: options.metadata ?? '',
            },
          ],
        },
      ],
    })
    return present(topics[0]?.partitions[0], 'Each partition is answered').errorCode
  }

  /** −1: nothing was committed. */
  async committed(topic = 'topic', partition = 0): Promise<number> {
    const { groups } = await this.client.send(offsetFetch, 8, {
      groups: [{ groupId: this.groupId, topics: [{ name: topic, partitionIndexes: [partition] }] }],
    })
    const answer = present(groups[0]?.topics[0]?.partitions[0], 'Each partition is answered')
    return Number(answer.committedOffset)
  }
}

/** Makes `topic`, which members subscribe to. */
export async function createTopic(client: ProtocolClient, name = 'topic'): Promise<void> {
  await client.send(metadata, 9, { topics: [{ name }], allowAutoTopicCreation: true })
}
