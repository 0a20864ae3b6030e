import { refuseUnavailable } from '../command-line/available-options.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { excludeOtherScenarios } from '../consumer-groups/check-options.ts'

/** What goes with one action only. */
const availableWith: Readonly<Record<string, readonly string[]>> = {
  state: ['list', 'describe'],
  members: ['describe'],
  offsets: ['describe'],
  verbose: ['describe'],
}

/** Refuses combinations in the order and the words of Kafka's tool. */
export function checkOptions(options: ParsedOptions): void {
  refuseUnavailable(options, availableWith)
  options.required('bootstrap-server')
  if (options.has('describe')) checkDescribe(options)
  if (options.has('delete')) checkDelete(options)
  if (options.has('delete-offsets')) checkDeleteOffsets(options)
  if (options.has('reset-offsets')) checkReset(options)
  checkInternalTopics(options)
  if ((options.has('dry-run') || options.has('execute')) && !options.has('reset-offsets'))
    throw new UsageError('Only Option [reset-offsets] accepts [execute] or [dry-run]')
  options.exclude('list', ['members', 'offsets'])
  options.exclude('group', ['all-groups', 'list'])
  options.exclude('input-topic', ['list', 'describe', 'delete'])
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

function checkDelete(options: ParsedOptions): void {
  requireGroups(options, 'delete')
  if (options.has('input-topic') || options.has('all-input-topics'))
    throw new UsageError('Kafka Streams does not support topic-specific offset deletion from a streams group.')
}

function checkDeleteOffsets(options: ParsedOptions): void {
  const groups = options.values('group')
  if (groups.length === 0 || !(options.has('input-topic') || options.has('all-input-topics'))) {
    throw new UsageError(
      'Option [delete-offsets] takes the [group] and one of these options: [all-input-topics], [input-topic]',
    )
  }
  if (groups.length > 1) {
    throw new UsageError(
      `Option [delete-offsets] supports only one [group] at a time, but found: [${groups.join(', ')}]`,
    )
  }
}

function checkReset(options: ParsedOptions): void {
  if (options.has('dry-run') && options.has('execute'))
    throw new UsageError('Option [reset-offsets] only accepts one of [execute] and [dry-run]')
  if (!options.has('dry-run') && !options.has('execute'))
    throw new UsageError('Option [reset-offsets] takes the option: [execute] or [dry-run]')
  requireGroups(options, 'reset-offsets')
  excludeOtherScenarios(options)
}

function checkInternalTopics(options: ParsedOptions): void {
  const resets = options.has('reset-offsets')
  if (options.has('delete-all-internal-topics')) {
    if (!resets && !options.has('delete'))
      throw new UsageError('Option [delete-all-internal-topics] takes one of these options: [delete], [reset-offsets]')
    if (resets && !options.has('execute'))
      throw new UsageError('Option [delete-all-internal-topics] takes [execute] when [reset-offsets] is used.')
  } else if (options.has('delete-internal-topic') && !(resets && options.has('execute'))) {
    throw new UsageError('Option [delete-internal-topic] takes [reset-offsets] when [execute] is used.')
  }
}
