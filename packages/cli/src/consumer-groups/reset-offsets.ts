import type { Admin, TopicPartition } from '@streamwright/client'
import { inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import { javaStringHash } from '@streamwright/protocol'
import { columns, widthOf } from '../command-line/columns.ts'
import { wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { selectedGroups, timeoutOf } from './group-selection.ts'
import { targetsOf } from './reset-targets.ts'
import { partitionsOfArguments } from './topic-argument.ts'

/** An offset that a group goes to. */
export interface ResetTarget extends TopicPartition {
  readonly offset: number
}

/** Moves the offsets of groups without members, and shows where to; as a table, as CSV or as JSON. */
export async function resetOffsets(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const groups = await selectedGroups(admin, options)
  const described = await admin.describeGroups(groups, timeoutOf(options))
  const planned = new Map<string, readonly ResetTarget[]>()
  for (const group of inJavaHashOrder(groups, javaStringHash)) {
    const state = described.get(group)?.state ?? 'Dead'
    if (state === 'Empty' || state === 'Dead') {
      planned.set(group, await resetGroup(admin, group, options, terminal))
    } else {
      terminal.out(
        `\nError: Assignments can only be reset if the group '${group}' is inactive, but the current state is ${state}.\n`,
      )
      planned.set(group, [])
    }
  }
  if (wantsJson(options)) terminal.out(`${JSON.stringify(Object.fromEntries(planned), null, 2)}\n`)
  else if (options.has('export')) terminal.out(`${csvOf(planned, options.values('group').length === 1)}\n`)
  else terminal.out(tableOf(planned))
}

async function resetGroup(
  admin: Admin,
  group: string,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<readonly ResetTarget[]> {
  const partitions = await partitionsToReset(admin, group, options)
  const targets = await targetsOf(admin, group, partitions, options, terminal)
  if (options.has('execute') && targets.length > 0) await admin.alterGroupOffsets(group, targets, timeoutOf(options))
  return inJavaHashOrder(targets, topicPartitionHash)
}

async function partitionsToReset(admin: Admin, group: string, options: ParsedOptions): Promise<TopicPartition[]> {
  if (options.has('all-topics')) return [...(await admin.listGroupOffsets(group, timeoutOf(options))).values()]
  if (options.has('topic')) return partitionsOfArguments(admin, options.values('topic'), timeoutOf(options))
  if (options.has('from-file')) return []
  throw new UsageError('One of the reset scopes should be defined: --all-topics, --topic.')
}

/** A plan as lines of CSV, as `--from-file` reads it. */
export function csvOf(planned: ReadonlyMap<string, readonly ResetTarget[]>, isSingle: boolean): string {
  const lines = [...planned].flatMap(([group, targets]) =>
    targets.map(({ topic, partition, offset }) => {
      const fields = [...(isSingle ? [] : [group]), topic, partition, offset]
      return `${fields.map((field) => quoted(String(field))).join(',')}\n`
    }),
  )
  return lines.join('')
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

function tableOf(planned: ReadonlyMap<string, readonly ResetTarget[]>): string {
  if (planned.size === 0) return '\n'
  const topics = [...planned.values()].flatMap((targets) => targets.map(({ topic }) => topic))
  const widths = [widthOf(planned.keys(), 15), widthOf(topics, 15), 10]
  const lines = [
    ['GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET'],
    ...[...planned].flatMap(([group, targets]) =>
      targets.map(({ topic, partition, offset }) => [group, topic, partition, offset]),
    ),
  ]
  return `${lines.map((values) => `\n${columns(widths, values)}`).join('')}\n`
}
