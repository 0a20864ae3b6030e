import type { Admin, GroupDescription } from '@streamwright/client'
import { ErrorCode, KafkaError } from '@streamwright/protocol'
import { show, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { groupOffsets } from './group-offsets.ts'
import { selectedGroups, timeoutOf } from './group-selection.ts'
import { membersTable } from './members-table.ts'
import { offsetsTable } from './offsets-table.ts'
import { stateTable } from './state-table.ts'

/** Offsets, members or states of groups, a table for each. */
export async function describeGroups(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const ids = (await selectedGroups(admin, options)).toSorted()
  const described = await admin.describeGroups(ids, timeoutOf(options))
  const groups = ids.flatMap((id) => described.get(id) ?? [])
  const missing = groups.find(({ state }) => state === 'Dead')
  if (missing !== undefined) {
    throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, `Group ${missing.groupId} not found.`)
  }
  const verbose = options.has('verbose')
  const json = wantsJson(options)
  if (options.has('members')) {
    if (json) return show(options, terminal, groups.map(membersOf), () => undefined)
    for (const group of groups) {
      tellState(group, terminal)
      terminal.out(membersTable(group, verbose))
    }
  } else if (options.has('state')) {
    const { brokers } = await admin.describeCluster(timeoutOf(options))
    if (json) return show(options, terminal, groups.map(stateOf), () => undefined)
    for (const group of groups) {
      tellState(group, terminal)
      terminal.out(
        stateTable(
          group,
          brokers.find(({ id }) => id === group.coordinator),
          verbose,
        ),
      )
    }
  } else {
    const offsets = await groupOffsets(admin, groups, timeoutOf(options))
    if (json) {
      const content = groups.map((group) => ({ ...stateOf(group), offsets: offsets.get(group.groupId) ?? [] }))
      return show(options, terminal, content, () => undefined)
    }
    for (const group of groups) {
      tellState(group, terminal)
      const rows = offsets.get(group.groupId) ?? []
      if (rows.length > 0) terminal.out(offsetsTable(group.groupId, rows, verbose))
    }
  }
}

function stateOf({
  groupId,
  state,
  type,
  protocol,
  coordinator,
  groupEpoch,
  assignmentEpoch,
  members,
}: GroupDescription): object {
  return { groupId, state, type, assignor: protocol, coordinator, groupEpoch, assignmentEpoch, members: members.length }
}

function membersOf({ groupId, state, members }: GroupDescription): object {
  return {
    groupId,
    state,
    members: members.map(
      ({ memberId, groupInstanceId, clientId, clientHost, assignment, memberEpoch, targetAssignment }) => ({
        ...{ memberId, groupInstanceId, clientId, clientHost, memberEpoch, assignment, targetAssignment },
      }),
    ),
  }
}

/** What Kafka's tool says beside the table, on standard error. */
function tellState({ groupId, state }: GroupDescription, terminal: Terminal): void {
  if (state === 'Empty') terminal.error(`\nConsumer group '${groupId}' has no active members.\n`)
  else if (state !== 'Stable') terminal.error(`\nWarning: Consumer group '${groupId}' is rebalancing.\n`)
}
