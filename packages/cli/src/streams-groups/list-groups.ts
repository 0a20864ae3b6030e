import type { Admin, GroupListing } from '@streamwright/client'
import { columns, widthOf } from '../command-line/columns.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { timeoutOf } from '../consumer-groups/group-selection.ts'
import { chosenOf } from '../consumer-groups/list-groups.ts'
import { called } from './command-failure.ts'

const states = ['Reconciling', 'NotReady', 'Empty', 'Stable', 'Assigning', 'Dead']
const groupWidthMin = 15

/** Names of groups, line by line; with `--state` in columns. */
export async function listStreamsGroups(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const wanted = chosenOf(options, 'state', states, 'states')
  const groups = await streamsGroups(admin, options, wanted, options.has('state') ? 'future' : 'wrapped')
  show(options, terminal, groups, () => {
    if (!options.has('state')) for (const { groupId } of groups) terminal.out(`${groupId}\n`)
    else terminal.out(tableOf(groups))
  })
}

/** The listed groups of Streams applications. `wrapping` of a failure: see `CommandFailure`. */
export function streamsGroups(
  admin: Admin,
  options: ParsedOptions,
  wantedStates: readonly string[] = [],
  wrapping: 'future' | 'wrapped' = 'wrapped',
): Promise<GroupListing[]> {
  const query = { ...timeoutOf(options), types: ['Streams'], states: wantedStates }
  return called('listGroups', wrapping, admin.listGroups(query))
}

/** The groups of `--group` or `--all-groups`, each as often as it was named. */
export async function selectedStreamsGroups(admin: Admin, options: ParsedOptions): Promise<readonly string[]> {
  if (!options.has('all-groups')) return options.values('group')
  return (await streamsGroups(admin, options)).map(({ groupId }) => groupId)
}

function tableOf(groups: readonly GroupListing[]): string {
  const width = widthOf(
    groups.map(({ groupId }) => groupId),
    groupWidthMin,
  )
  const rows = [['GROUP', 'STATE'], ...groups.map(({ groupId, state }) => [groupId, state || 'Unknown'])]
  return rows.map((row) => `${columns([width], row)}\n`).join('')
}
