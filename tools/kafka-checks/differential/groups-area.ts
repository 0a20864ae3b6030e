import { ApiKey } from '@streamwright/protocol'
import type { Area, Ask, Choice, Step } from './ask.ts'
import { Reference } from './reference.ts'

const topic = 'groups-topic'
const classic = ['groups-classic-1', 'groups-classic-2']
const consumers = ['groups-consumer-1', 'groups-consumer-2']
const subscription = Buffer.concat([
  Buffer.from('000000000001000c', 'hex'),
  Buffer.from(topic),
  Buffer.from('ffffffff', 'hex'),
])

function groupId(choice: Choice): string {
  return choice.mostly(choice.mostly(choice.of(classic), consumers, 4), ['groups-none', ''], 15)
}

/** The member of a classic group that joined last. */
function memberOf(choice: Choice, group: string): unknown {
  return choice.mostly(new Reference(`member of ${group}`, 'nobody'), ['', 'somebody'], 8)
}

function generationOf(choice: Choice, group: string): unknown {
  const change = choice.mostly(0, [-1, 1], 8)
  return new Reference(`generation of ${group}`, 1, (value) => (value as number) + change)
}

/** One member; without anybody else the answer comes at once. */
function join(choice: Choice): Ask {
  const group = choice.mostly(choice.of(classic), [choice.of(consumers), 'groups-other', ''], 10)
  return {
    api: ApiKey.JoinGroup,
    // Before v1 a member waits for others as long as its session lasts.
    version: choice.between(1, 9),
    body: {
      groupId: group,
      sessionTimeoutMs: choice.mostly(60_000, [1, 0, -1, 10_000_000], 10),
      rebalanceTimeoutMs: choice.mostly(300, [-1, 0], 10),
      memberId: choice.mostly(new Reference(`member of ${group}`, ''), ['', 'somebody']),
      groupInstanceId: null,
      protocolType: choice.mostly('consumer', ['', 'connect'], 10),
      protocols: choice.mostly(
        [{ name: 'range', metadata: subscription }],
        [
          [],
          [{ name: 'other', metadata: subscription }],
          [
            { name: 'range', metadata: subscription },
            { name: 'roundrobin', metadata: subscription },
          ],
          [{ name: '', metadata: subscription }],
        ],
        8,
      ),
      reason: choice.mostly(null, ['because', 'x'.repeat(400)]),
    },
    learn: { memberId: `member of ${group}`, generationId: `generation of ${group}` },
  }
}

function sync(choice: Choice): Ask {
  const group = groupId(choice)
  return {
    api: ApiKey.SyncGroup,
    version: choice.between(0, 5),
    body: {
      groupId: group,
      generationId: generationOf(choice, group),
      memberId: memberOf(choice, group),
      groupInstanceId: choice.mostly(null, ['instance', ''], 12),
      protocolType: choice.mostly('consumer', [null, 'x', ''], 8),
      protocolName: choice.mostly('range', [null, 'x', ''], 8),
      assignments: choice.mostly(
        [{ memberId: new Reference(`member of ${group}`, 'nobody'), assignment: Buffer.from('assignment') }],
        [[], [{ memberId: 'somebody', assignment: Buffer.from('other') }]],
      ),
    },
  }
}

function heartbeat(choice: Choice): Ask {
  const group = groupId(choice)
  return {
    api: ApiKey.Heartbeat,
    version: choice.between(0, 4),
    body: {
      groupId: group,
      generationId: generationOf(choice, group),
      memberId: memberOf(choice, group),
      groupInstanceId: choice.mostly(null, ['instance', ''], 8),
    },
  }
}

function leave(choice: Choice): Ask {
  const group = groupId(choice)
  const members = Array.from({ length: choice.mostly(1, [0, 2], 6) }, () => ({
    memberId: memberOf(choice, group),
    groupInstanceId: choice.mostly(null, ['instance', ''], 6),
    reason: choice.mostly(null, ['bye'], 3),
  }))
  return {
    api: ApiKey.LeaveGroup,
    version: choice.between(0, 5),
    body: { groupId: group, memberId: memberOf(choice, group), members },
  }
}

function topicsToCommit(choice: Choice): object[] {
  return Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => ({
    name: choice.mostly(topic, ['groups-nowhere', '', 'bad name!'], 8),
    topicId: choice.mostly(new Reference(`topic ${topic}`, 'AQIDBAUGBwgJCgsMDQ4PEA'), ['AQIDBAUGBwgJCgsMDQ4PEA'], 8),
    partitions: Array.from({ length: choice.mostly(1, [0, 2], 8) }, () => ({
      partitionIndex: choice.mostly(0, [1, 7, -1]),
      committedOffset: BigInt(choice.mostly(choice.between(0, 9), [-1, -5])),
      committedLeaderEpoch: choice.mostly(-1, [0, 5, -7]),
      committedMetadata: choice.mostly('m', ['', null, 'x'.repeat(4097)]),
    })),
  }))
}

function commit(choice: Choice): Ask {
  const group = groupId(choice)
  const isSimple = choice.once(2)
  return {
    api: ApiKey.OffsetCommit,
    version: choice.between(2, 10),
    body: {
      groupId: group,
      generationIdOrMemberEpoch: isSimple ? -1 : generationOf(choice, group),
      memberId: isSimple ? '' : memberOf(choice, group),
      groupInstanceId: choice.mostly(null, ['instance', ''], 12),
      retentionTimeMs: choice.mostly(-1n, [0n, 5000n]),
      topics: topicsToCommit(choice),
    },
  }
}

function fetchOffsets(choice: Choice): Ask {
  const topics = choice.once(3)
    ? null
    : Array.from({ length: choice.mostly(1, [0, 2], 6) }, () => ({
        name: choice.mostly(topic, ['groups-nowhere', ''], 6),
        topicId: choice.mostly(
          new Reference(`topic ${topic}`, 'AQIDBAUGBwgJCgsMDQ4PEA'),
          ['AQIDBAUGBwgJCgsMDQ4PEA', 'AAAAAAAAAAAAAAAAAAAAAA'],
          6,
        ),
        partitionIndexes: Array.from({ length: choice.mostly(1, [0, 2], 6) }, () => choice.mostly(0, [1, 7, -1])),
      }))
  const group = groupId(choice)
  return {
    api: ApiKey.OffsetFetch,
    version: choice.between(1, 10),
    body: {
      groupId: group,
      topics,
      groups: [
        {
          groupId: group,
          memberId: choice.mostly(null, ['somebody', '', memberOf(choice, group)], 4),
          memberEpoch: choice.mostly(-1, [0, 1, 5], 4),
          topics,
        },
        ...(choice.once(5) ? [{ groupId: groupId(choice), topics: null }] : []),
      ],
      requireStable: choice.once(4),
    },
  }
}

function describe(choice: Choice): Ask {
  const groups = Array.from({ length: choice.between(0, 2) }, () => groupId(choice))
  return choice.of<() => Ask>([
    () => ({
      api: ApiKey.DescribeGroups,
      version: choice.between(0, 6),
      body: { groups, includeAuthorizedOperations: choice.once(3) },
    }),
    () => ({
      api: ApiKey.ConsumerGroupDescribe,
      version: choice.between(0, 1),
      body: { groupIds: groups, includeAuthorizedOperations: choice.once(3) },
    }),
    () => ({
      api: ApiKey.ListGroups,
      version: choice.between(0, 5),
      body: {
        statesFilter: choice.some(['Empty', 'stable', 'STABLE', 'PreparingRebalance', 'Assigning', 'x', ''], 2),
        typesFilter: choice.some(['classic', 'Consumer', 'share', 'x', ''], 2),
      },
    }),
  ])()
}

function remove(choice: Choice): Ask {
  return choice.of<() => Ask>([
    () => ({
      api: ApiKey.DeleteGroups,
      version: choice.between(0, 2),
      body: { groupsNames: Array.from({ length: choice.between(0, 2) }, () => groupId(choice)) },
    }),
    () => ({
      api: ApiKey.OffsetDelete,
      version: 0,
      body: {
        groupId: groupId(choice),
        topics: Array.from({ length: choice.mostly(1, [0, 2], 6) }, () => ({
          name: choice.mostly(topic, ['groups-nowhere', ''], 6),
          partitions: Array.from({ length: choice.mostly(1, [0, 2], 6) }, () => ({
            partitionIndex: choice.mostly(0, [1, 7, -1]),
          })),
        })),
      },
    }),
  ])()
}

/** A member of a consumer group has an id of its own making. */
function consumerHeartbeat(choice: Choice): Ask {
  const group = choice.mostly(choice.of(consumers), [choice.of(classic), 'groups-none', ''], 12)
  const memberId = choice.mostly(choice.of(['consumer-member-one', 'consumer-member-two']), ['', 'x'], 15)
  const isJoining = choice.once(2)
  const change = choice.mostly(0, [-1, 1], 8)
  return {
    api: ApiKey.ConsumerGroupHeartbeat,
    version: choice.between(0, 1),
    body: {
      groupId: group,
      memberId,
      memberEpoch: isJoining
        ? choice.mostly(0, [-1, -2, -3, 5])
        : new Reference(`epoch of ${group} ${memberId}`, 1, (value) => (value as number) + change),
      instanceId: choice.mostly(null, ['instance', ''], 8),
      rackId: choice.mostly(null, ['rack', ''], 8),
      rebalanceTimeoutMs: choice.mostly(isJoining ? 60_000 : -1, [60_000, -1, 0], 8),
      subscribedTopicNames: choice.mostly(isJoining ? [topic] : null, [[], null, [topic, 'groups-nowhere'], ['']], 8),
      subscribedTopicRegex: choice.mostly(null, ['', 'groups-t.*', '(', null], 8),
      serverAssignor: choice.mostly(null, ['range', 'uniform', 'x', ''], 5),
      topicPartitions: isJoining
        ? choice.mostly([], [null], 12)
        : choice.mostly(null, [[], [{ topicId: new Reference(`topic ${topic}`, ''), partitions: [0, 1] }]]),
    },
    learn: { memberEpoch: `epoch of ${group} ${memberId}` },
  }
}

/** Groups of both protocols and their offsets. */
export const groupsArea: Area = {
  name: 'groups',
  prepare: () => [
    ...[0, 1].map((keyType) => ({
      api: ApiKey.FindCoordinator,
      version: 4,
      body: { keyType, coordinatorKeys: ['groups-1'] },
    })),
    {
      api: ApiKey.CreateTopics,
      version: 7,
      body: { topics: [{ name: topic, numPartitions: 2, replicationFactor: 1 }], timeoutMs: 30_000 },
    },
  ],
  next: (choice): Step =>
    choice.step([
      ...[() => join(choice), () => join(choice), () => sync(choice), () => heartbeat(choice), () => leave(choice)],
      ...[() => commit(choice), () => commit(choice), () => fetchOffsets(choice), () => fetchOffsets(choice)],
      ...[() => describe(choice), () => describe(choice), () => remove(choice)],
      ...[() => consumerHeartbeat(choice), () => consumerHeartbeat(choice), () => consumerHeartbeat(choice)],
    ]),
}
