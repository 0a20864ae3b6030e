import type { BrokerMetadata, GroupDescription } from '@streamwright/client'
import { columns } from '../command-line/columns.ts'

const missing = '-'

/** The table of `--describe --state`, with an empty line before it. */
export function stateTable(group: GroupDescription, broker: BrokerMetadata | undefined, verbose: boolean): string {
  const coordinator = `${broker?.host ?? ''}:${broker?.port ?? ''}  (${group.coordinator})`
  const widths = [
    Math.max(15, group.groupId.length),
    Math.max(25, coordinator.length),
    ...[20, 20, ...(verbose ? [15, 25] : []), 0],
  ]
  const heads = [
    ...['GROUP', 'COORDINATOR (ID)', 'ASSIGNMENT-STRATEGY', 'STATE'],
    ...(verbose ? ['GROUP-EPOCH', 'TARGET-ASSIGNMENT-EPOCH'] : []),
    '#MEMBERS',
  ]
  const values = [
    ...[group.groupId, coordinator, group.protocol === '' ? missing : group.protocol, group.state],
    ...(verbose ? [group.groupEpoch ?? missing, group.assignmentEpoch ?? missing] : []),
    group.members.length,
  ]
  return `\n${columns(widths, heads)}\n${columns(widths, values)}\n`
}
