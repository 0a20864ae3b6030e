import { refuseUnavailable } from '../command-line/available-options.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { UsageError } from '../command-line/usage-error.ts'

/** The ways to say where offsets go; only one at a time. */
const scenarios = [
  'to-offset',
  'to-datetime',
  'by-duration',
  'to-earliest',
  'to-latest',
  'to-current',
  'shift-by',
  'from-file',
] as const

/** What goes with one action only. */
const availableWith: Readonly<Record<string, readonly string[]>> = {
  members: ['describe'],
  verbose: ['describe'],
  offsets: ['describe'],
  state: ['describe', 'list'],
  type: ['list'],
}

/** Refuses combinations in the order and the words of Kafka's tool. `warn` is told of a reset that is only tried. */
export function checkOptions(options: ParsedOptions, warn: (line: string) => void): void {
  refuseUnavailable(options, availableWith)
  if (!options.has('validate-regex')) options.required('bootstrap-server')
  if (options.has('describe')) checkDescribe(options)
  if (options.has('delete')) {
    requireGroups(options, 'delete')
    if (options.has('topic'))
      throw new UsageError('The consumer does not support topic-specific offset deletion from a consumer group.')
  }
  if (options.has('delete-offsets') && !(options.has('group') && options.has('topic')))
    throw new UsageError('Option [delete-offsets] takes the following options: [topic], [group]')
  if (options.has('reset-offsets')) checkReset(options, warn)
  options.exclude('group', ['all-groups', 'list'])
  options.exclude('topic', ['list', 'describe'])
}

function requireGroups(options: ParsedOptions, action: string): void {
  if (!options.has('group') && !options.has('all-groups'))
    throw new UsageError(`Option [${action}] takes one of these options: [all-groups], [group]`)
}

function checkDescribe(options: ParsedOptions): void {
  requireGroups(options, 'describe')
  if (['members', 'offsets', 'state'].filter((name) => options.has(name)).length > 1)
    throw new UsageError('Option [describe] takes at most one of these options: [members], [offsets], [state]')
  if (options.value('state')) throw new UsageError('Option [describe] does not take a value for [state]')
}

function checkReset(options: ParsedOptions, warn: (line: string) => void): void {
  if (options.has('dry-run') && options.has('execute'))
    throw new UsageError('Option [reset-offsets] only accepts one of [execute] and [dry-run]')
  if (!options.has('dry-run') && !options.has('execute')) {
    warn(
      'WARN: No action will be performed as the --execute option is missing. In version 5.0, this command will require either --dry-run or --execute to be specified. You should add the --dry-run option explicitly if you are scripting this command and want to keep the current default behavior without prompting.',
    )
  }
  requireGroups(options, 'reset-offsets')
  excludeOtherScenarios(options)
}

/** Refuses more than one way to say where offsets go. */
export function excludeOtherScenarios(options: ParsedOptions): void {
  for (const name of scenarios)
    options.exclude(
      name,
      scenarios.filter((other) => other !== name),
    )
}

/** No scenario was chosen. Kafka's tool finds out only when it has looked at the group. */
export function missingScenario(): UsageError {
  return new UsageError(
    "Option '[reset-offsets]' requires one of the following scenarios: [[shift-by], [to-offset], [to-earliest], [to-current], [to-latest], [by-duration], [to-datetime], [from-file]]",
  )
}
