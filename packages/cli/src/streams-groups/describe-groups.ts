import type { Admin, StreamsGroupDescription } from '@streamwright/client'
import { wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { timeoutOf } from '../consumer-groups/group-selection.ts'
import { called } from './command-failure.ts'
import { inputOffsets } from './input-offsets.ts'
import { selectedStreamsGroups } from './list-groups.ts'
import { streamsMembersTable, streamsOffsetsTable, streamsStateTable } from './tables.ts'

/** Offsets, members or states of groups, a table for each; one group after the other, as Kafka's tool goes. */
export async function describeStreamsGroups(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const verbose = options.has('verbose')
  const content: object[] = []
  for (const groupId of await selectedStreamsGroups(admin, options)) {
    const group = await describedGroup(admin, groupId, options)
    if (wantsJson(options)) {
      const offsets = options.has('members') || options.has('state') ? {} : await offsetsOf(admin, group, options)
      content.push({ ...group, ...offsets })
    } else if (options.has('members')) {
      if (!hasRows(group)) continue
      tellState(group, terminal)
      terminal.out(streamsMembersTable(group, verbose))
    } else if (options.has('state')) {
      const { brokers } = await called('describeCluster', 'future', admin.describeCluster(timeoutOf(options)))
      tellState(group, terminal)
      terminal.out(
        streamsStateTable(
          group,
          brokers.find(({ id }) => id === group.coordinator),
          verbose,
        ),
      )
    } else {
      const { offsets } = await offsetsOf(admin, group, options)
      if (!hasRows(group)) continue
      tellState(group, terminal)
      terminal.out(streamsOffsetsTable(groupId, offsets, verbose))
    }
  }
  if (wantsJson(options)) terminal.out(`${JSON.stringify(content, null, 2)}\n`)
}

/** A group as its coordinator describes it; one that does not exist is a failure. */
export async function describedGroup(
  admin: Admin,
  groupId: string,
  options: ParsedOptions,
  wrapping: 'future' | 'wrapped' = 'future',
): Promise<StreamsGroupDescription> {
  const call = 'describeStreamsGroups(api=FIND_COORDINATOR)'
  const described = await called(call, wrapping, admin.describeStreamsGroups([groupId], timeoutOf(options)))
  const group = described.get(groupId)
  if (group === undefined) throw new Error(`The broker said nothing about ${groupId}`)
  return group
}

async function offsetsOf(
  admin: Admin,
  group: StreamsGroupDescription,
  options: ParsedOptions,
): Promise<{ offsets: Awaited<ReturnType<typeof inputOffsets>> }> {
  return { offsets: await inputOffsets(admin, group, timeoutOf(options)) }
}

function hasRows({ state, members }: StreamsGroupDescription): boolean {
  return state !== 'Dead' && members.length > 0
}

function tellState({ groupId, state }: StreamsGroupDescription, terminal: Terminal): void {
  if (state === 'Dead') terminal.out(`\nError: Streams group '${groupId}' does not exist.\n`)
  else if (state === 'Empty') terminal.out(`\nError: Streams group '${groupId}' has no active members.\n`)
}
