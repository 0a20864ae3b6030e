import { columns, widthOf } from '../command-line/columns.ts'
import type { PartitionRow } from './group-offsets.ts'

const missing = '-'

/** The table of `--describe --offsets`, with an empty line before it. */
export function offsetsTable(group: string, rows: readonly PartitionRow[], verbose: boolean): string {
  const epoch = verbose ? [15] : []
  const widths = [
    Math.max(15, group.length),
    widthOf(
      rows.map(({ topic }) => topic),
      15,
    ),
    ...[10, ...epoch, 15, 15, 15],
    widthOf(
      rows.map(({ memberId }) => memberId ?? missing),
      15,
    ),
    widthOf(
      rows.map(({ host }) => host ?? missing),
      15,
    ),
  ]
  const heads = verbose ? ['LEADER-EPOCH'] : []
  const lines = [
    [
      'GROUP',
      'TOPIC',
      'PARTITION',
      ...heads,
      'CURRENT-OFFSET',
      'LOG-END-OFFSET',
      'LAG',
      'CONSUMER-ID',
      'HOST',
      'CLIENT-ID',
    ],
    ...rows.map((row) => [
      ...[group, row.topic, row.partition],
      ...(verbose ? [row.leaderEpoch ?? missing] : []),
      ...[row.offset ?? missing, row.endOffset ?? missing, row.lag ?? missing],
      ...[row.memberId ?? missing, row.host ?? missing, row.clientId ?? missing],
    ]),
  ]
  return `\n${lines.map((values) => columns(widths, values)).join('\n')}\n`
}
