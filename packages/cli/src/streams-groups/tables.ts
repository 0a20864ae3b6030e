import type { BrokerMetadata, StreamsGroupAssignment, StreamsGroupDescription } from '@streamwright/client'
import { columns, widthOf } from '../command-line/columns.ts'
import type { InputRow } from './input-offsets.ts'

const missing = '-'

/** The table of `--describe --offsets`. */
export function streamsOffsetsTable(groupId: string, rows: readonly InputRow[], verbose: boolean): string {
  const topicWidth = widthOf(
    rows.map(({ topic }) => topic),
    15,
  )
  const widths = [Math.max(15, groupId.length), topicWidth, 10, ...(verbose ? [15, 15, 15, 15] : [])]
  const heads = verbose ? ['CURRENT-OFFSET', 'LEADER-EPOCH', 'LOG-END-OFFSET', 'OFFSET-LAG'] : ['OFFSET-LAG']
  const lines = [
    ['GROUP', 'TOPIC', 'PARTITION', ...heads],
    ...rows.map((row) => [
      ...[groupId, row.topic, row.partition],
      ...(verbose ? [row.offset ?? missing, row.leaderEpoch ?? missing, row.endOffset] : []),
      row.lag,
    ]),
  ]
  return textOf(widths, lines)
}

/** The table of `--describe --members`. */
export function streamsMembersTable(group: StreamsGroupDescription, verbose: boolean): string {
  const { groupId, members, targetAssignmentEpoch, topologyEpoch } = group
  const groupWidth = Math.max(15, groupId.length)
  const memberWidth = widthOf(
    members.map(({ memberId }) => memberId),
    15,
  )
  const processWidth = widthOf(
    members.map(({ processId }) => processId),
    15,
  )
  const clientWidth = widthOf(
    members.map(({ clientId }) => clientId),
    15,
  )
  if (!verbose) {
    return textOf(
      [groupWidth, memberWidth, processWidth, clientWidth],
      [
        ['GROUP', 'MEMBER', 'PROCESS', 'CLIENT-ID', 'ASSIGNMENTS'],
        ...members.map(({ memberId, processId, clientId, assignment }) => [
          ...[groupId, memberId, processId, clientId],
          tasksText(assignment),
        ]),
      ],
    )
  }
  // Kafka's tool has no blank between these two columns.
  const topology = (epoch: string | number, memberId: string): string =>
    String(epoch).padEnd(15) + memberId.padEnd(memberWidth)
  return textOf(
    [groupWidth, 25, 15 + memberWidth, 15, 15, processWidth, clientWidth],
    [
      [
        ...['GROUP', 'TARGET-ASSIGNMENT-EPOCH', topology('TOPOLOGY-EPOCH', 'MEMBER'), 'MEMBER-PROTOCOL'],
        ...['MEMBER-EPOCH', 'PROCESS', 'CLIENT-ID', 'ASSIGNMENTS'],
      ],
      ...members.map((member) => [
        ...[groupId, targetAssignmentEpoch, topology(topologyEpoch, member.memberId)],
        ...[member.isClassic ? 'classic' : 'streams', member.memberEpoch, member.processId, member.clientId],
        tasksText(member.assignment) + tasksText(member.targetAssignment, 'TARGET-'),
      ]),
    ],
  )
}

/** The table of `--describe --state`. */
export function streamsStateTable(
  group: StreamsGroupDescription,
  broker: BrokerMetadata | undefined,
  verbose: boolean,
): string {
  const coordinator = `${broker?.host ?? ''}:${broker?.port ?? ''} (${group.coordinator})`
  const widths = [
    Math.max(15, group.groupId.length),
    Math.max(25, coordinator.length),
    ...[25, ...(verbose ? [15, 25] : [])],
  ]
  return textOf(widths, [
    [
      ...['GROUP', 'COORDINATOR (ID)', 'STATE', ...(verbose ? ['GROUP-EPOCH', 'TARGET-ASSIGNMENT-EPOCH'] : [])],
      '#MEMBERS',
    ],
    [
      ...[group.groupId, coordinator, group.state],
      ...(verbose ? [group.groupEpoch, group.targetAssignmentEpoch] : []),
      group.members.length,
    ],
  ])
}

/** `ACTIVE: 0:[0,1]; 1:[0]; STANDBY: …`. */
function tasksText({ activeTasks, standbyTasks, warmupTasks }: StreamsGroupAssignment, prefix = ''): string {
  const kinds = [
    ['ACTIVE', activeTasks],
    ['STANDBY', standbyTasks],
    ['WARMUP', warmupTasks],
  ] as const
  return kinds
    .filter(([, tasks]) => tasks.length > 0)
    .map(([kind, tasks]) => {
      const texts = tasks.map(({ subtopologyId, partitions }) => `${subtopologyId}:[${partitions.join(',')}]; `)
      return `${prefix}${kind}: ${texts.join('')}`
    })
    .join('')
}

function textOf(widths: readonly number[], lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((line) => `${columns(widths, line)}\n`).join('')
}
