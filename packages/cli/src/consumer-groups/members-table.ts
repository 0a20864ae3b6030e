import type { GroupDescription, TopicPartition } from '@streamwright/client'
import { columns, widthOf } from '../command-line/columns.ts'

const missing = '-'

/** The table of `--describe --members`, with an empty line before it. */
export function membersTable({ groupId, members, assignmentEpoch }: GroupDescription, verbose: boolean): string {
  const isStatic = members.some(({ groupInstanceId }) => groupInstanceId !== null)
  const current = members.map(({ assignment }) => assignmentText(assignment))
  const target = members.map(({ targetAssignment }) => assignmentText(targetAssignment ?? []))
  const widths = [
    members.length === 0 ? 15 : Math.max(15, groupId.length),
    widthOf(
      members.map(({ memberId }) => memberId),
      15,
    ),
    ...(isStatic
      ? [
          widthOf(
            members.map(({ groupInstanceId }) => groupInstanceId ?? ''),
            17,
          ),
        ]
      : []),
    widthOf(
      members.map(({ clientHost }) => clientHost),
      15,
    ),
    widthOf(
      members.map(({ clientId }) => clientId),
      15,
    ),
    15,
  ]
  const verboseWidths = [15, widthOf(current, 20), 15, widthOf(target, 20)]
  // While a group goes from one protocol to the other, who has gone is of interest.
  const isMixed =
    members.some(({ upgraded }) => upgraded === true) && members.some(({ upgraded }) => upgraded === false)
  const verboseColumns = (values: readonly (string | number)[]): string => {
    const text = columns(verboseWidths, values.slice(0, verboseWidths.length))
    return isMixed ? `${text} ${values.at(-1)}` : text
  }
  const line = (values: readonly (string | number)[], more: readonly (string | number)[]): string =>
    `${columns(widths, values)} ${verbose ? verboseColumns(more) : ''}\n`
  const heads = ['GROUP', 'CONSUMER-ID', ...(isStatic ? ['GROUP-INSTANCE-ID'] : []), 'HOST', 'CLIENT-ID', '#PARTITIONS']
  const verboseHeads = ['CURRENT-EPOCH', 'CURRENT-ASSIGNMENT', 'TARGET-EPOCH', 'TARGET-ASSIGNMENT', 'UPGRADED']
  const lines = members.map((member, index) =>
    line(
      [
        ...[groupId, member.memberId, ...(isStatic ? [member.groupInstanceId ?? ''] : [])],
        ...[member.clientHost, member.clientId, member.assignment.length],
      ],
      [
        ...[member.memberEpoch ?? missing, current[index] ?? missing],
        ...[assignmentEpoch ?? missing, target[index] ?? missing, String(member.upgraded ?? missing)],
      ],
    ),
  )
  return `\n${line(heads, verboseHeads)}${lines.join('')}`
}

/** `orders:0,1;payments:2`. */
function assignmentText(partitions: readonly TopicPartition[]): string {
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic)
  const texts = [...byTopic].map(([topic, own]) => {
    const numbers = own.map(({ partition }) => partition).toSorted((left, right) => left - right)
    return `${topic}:${numbers.join(',')}`
  })
  return texts.length === 0 ? missing : texts.toSorted().join(';')
}
