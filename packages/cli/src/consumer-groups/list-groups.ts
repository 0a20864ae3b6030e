import type { Admin, GroupListing } from '@streamwright/client'
import { columns, widthOf } from '../command-line/columns.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { consumerGroups } from './group-selection.ts'

const states = ['Stable', 'CompletingRebalance', 'Reconciling', 'Assigning', 'Dead', 'Empty', 'PreparingRebalance']
const types = ['Classic', 'Consumer']
const groupWidthMin = 15
/** Kafka's tool leaves this much room behind the longest name. */
const groupRoom = 10
const columnWidth = 20

/** Names of groups, line by line; with `--state` or `--type` in columns. */
export async function listGroups(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const wantedStates = chosenOf(options, 'state', states, 'states')
  const wantedTypes = chosenOf(options, 'type', types, 'types')
  const groups = (await consumerGroups(admin, options))
    .map((group) => ({ ...group, type: capitalized(group.type) }))
    .filter((group) => wantedStates.length === 0 || wantedStates.includes(group.state))
    .filter((group) => wantedTypes.length === 0 || wantedTypes.includes(group.type))
  show(options, terminal, groups, () => print(groups, options, terminal))
}

function print(groups: readonly GroupListing[], options: ParsedOptions, terminal: Terminal): void {
  const hasType = options.has('type')
  const hasState = options.has('state')
  if (!hasType && !hasState) {
    for (const { groupId } of groups) terminal.out(`${groupId}\n`)
    return
  }
  const groupWidth =
    widthOf(
      groups.map(({ groupId }) => groupId),
      groupWidthMin,
    ) + groupRoom
  const line = (group: string, type: string, state: string): void => {
    const values = [group, ...(hasType ? [type] : []), ...(hasState ? [state] : [])]
    terminal.out(`${columns([groupWidth, columnWidth, columnWidth], values)}\n`)
  }
  line('GROUP', 'TYPE', 'STATE')
  for (const { groupId, type, state } of groups) line(groupId, type || 'Unknown', state || 'Unknown')
}

/** The items of an optional list, whatever their case. */
export function chosenOf(options: ParsedOptions, name: string, known: readonly string[], plural: string): string[] {
  const text = options.value(name) ?? ''
  if (text === '') return []
  return text.split(',').map((item) => {
    const found = known.find((each) => each.toLowerCase() === item.trim().toLowerCase())
    if (found === undefined)
      throw new UsageError(
        `Invalid ${plural} list '${text}'. Valid ${plural} are: ${known.join(', ')}`.replace(
          'states list',
          'state list',
        ),
      )
    return found
  })
}

/** `classic` → `Classic`. */
export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
